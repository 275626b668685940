package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must be true of every message in every dialect; a failure names the seed and the message. */
final class IsoPropertyTest {
    private static final long SEED = 20260611;

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[RandomMessages.CAPACITY]);

    static Stream<String> dialects() {
        return TestDialects.all();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldReadWhatItWrote(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        for (int i = 0; i < 300; i++) {
            // given
            final Map<Integer, String> values = messages.values();

            // when
            final byte[] message = messages.encoded(i, values);

            // then
            assertEquals(0, decode(decoder, message), () -> describe(message));
            assertEquals(i, decoder.mti());
            assertEquals(values, valuesOf(decoder), () -> describe(message));
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldAgreeWithTheOracleOnWholeCutAndDamagedMessages(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED + 1);
        final Random random = new Random(SEED + 2);
        for (int i = 0; i < 800; i++) {
            byte[] message = messages.encoded(i, messages.values());
            if (random.nextInt(4) == 0) {
                message = Arrays.copyOf(message, random.nextInt(message.length + 4));
            }
            for (int damage = random.nextInt(4); damage > 0 && message.length > 0; damage--) {
                message[random.nextInt(message.length)] = interesting(random);
            }
            assertAgrees(dialect, message);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldAgreeWithTheOracleOnNoise(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final Random random = new Random(SEED + 3);
        final byte[] start = new RandomMessages(dialect, SEED).encoded(200, Map.of());
        for (int i = 0; i < 800; i++) {
            final byte[] message = new byte[random.nextInt(400)];
            random.nextBytes(message);
            System.arraycopy(start, 0, message, 0, Math.min(message.length, random.nextInt(start.length + 1)));
            assertAgrees(dialect, message);
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldFindEveryPrefixTruncatedAndKeepTheFieldsBefore(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED + 4);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final EnumSet<DecodeError> truncated = EnumSet.of(DecodeError.TRUNCATED, DecodeError.TRUNCATED_LENGTH);
        for (int i = 0; i < 5; i++) {
            final Map<Integer, String> values = messages.shortValues();
            final byte[] message = messages.encoded(i, values);
            for (int length = 0; length < message.length; length++) {
                final byte[] prefix = Arrays.copyOf(message, length);
                assertTrue(truncated.contains(DecodeError.of(decode(decoder, prefix))), () -> describe(prefix));
                assertEquals(length, decoder.errorOffset());
                final Map<Integer, String> before = new TreeMap<>(values);
                before.keySet().removeIf(field -> field >= decoder.errorField());
                assertEquals(before, valuesOf(decoder), () -> describe(prefix));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldAnswerAValueOrANamedErrorForEveryDamagedByte(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED + 5);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final byte[] message = messages.encoded(200, messages.shortValues());
        for (int i = 0; i < message.length; i++) {
            final byte whole = message[i];
            for (int value = 0; value < 256; value++) {
                message[i] = (byte) value;
                final DecodeError error = DecodeError.of(decode(decoder, message));
                assertEquals(error == DecodeError.NONE || error == DecodeError.TRAILING_DATA, decoder.errorField() < 0);
                readEverything(decoder);
            }
            message[i] = whole;
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void shouldWriteTheSameBytesFromCharactersAndFromBytes(final String name) {
        final Dialect dialect = TestDialects.named(name);
        final RandomMessages messages = new RandomMessages(dialect, SEED + 6);
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        for (int i = 0; i < 100; i++) {
            // given
            final byte[] message = messages.encoded(i, messages.values());
            decode(decoder, message);

            // when
            final byte[] copy = new byte[message.length];
            encoder.wrap(new UnsafeBuffer(copy), 0, copy.length).begin(decoder.mti());
            for (int field = decoder.nextField(0); field > 0; field = decoder.nextField(field)) {
                copyField(dialect, decoder, encoder, field);
            }

            // then
            assertEquals(message.length, encoder.finish(), () -> describe(message));
            assertArrayEquals(message, copy, () -> describe(message));
        }
    }

    private void copyField(final Dialect dialect, final IsoDecoder decoder, final IsoEncoder encoder, final int field) {
        final FieldSpec spec = dialect.field(field);
        final long number = decoder.getLong(field);
        final boolean plain = spec.isFixed() || (number != IsoDecoder.MISSING && decoder.characterAt(field, 0) != '0');
        if (number != IsoDecoder.MISSING && plain && spec.type != FieldType.TEXT) {
            encoder.putLong(field, number);
        } else if (spec.type == FieldType.BINARY) {
            encoder.putBytes(field, scratch, 0, decoder.getBytes(field, scratch, 0));
        } else {
            encoder.putAscii(field, scratch, 0, decoder.getAscii(field, scratch, 0));
        }
    }

    private static void assertAgrees(final Dialect dialect, final byte[] message) {
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final NaiveDecoder.Result expected = NaiveDecoder.decode(dialect, message);
        final DecodeError error = DecodeError.of(decode(decoder, message));
        assertEquals(expected.error(), error, () -> describe(message));
        assertEquals(expected.field(), decoder.errorField(), () -> describe(message));
        assertEquals(expected.mti(), decoder.mti(), () -> describe(message));
        assertEquals(expected.values(), valuesOf(decoder), () -> describe(message));
        assertEquals(expected.offset(), decoder.errorOffset(), () -> describe(message));
    }

    /**
     * Decodes in the middle of a larger buffer, so that reading outside the message is noticed; of messages with an
     * even length, the buffer is outside the heap.
     */
    private static int decode(final IsoDecoder decoder, final byte[] message) {
        final int length = message.length + 16;
        final UnsafeBuffer buffer = message.length % 2 == 0
                ? new UnsafeBuffer(ByteBuffer.allocateDirect(length))
                : new UnsafeBuffer(new byte[length]);
        buffer.setMemory(0, buffer.capacity(), (byte) 0x31);
        buffer.putBytes(8, message);
        return decoder.decode(buffer, 8, message.length);
    }

    private static Map<Integer, String> valuesOf(final IsoDecoder decoder) {
        final Map<Integer, String> values = new TreeMap<>();
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            values.put(field, decoder.getString(field));
        }
        return values;
    }

    private void readEverything(final IsoDecoder decoder) {
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            final int characters = decoder.getAscii(field, scratch, 0);
            assertEquals(decoder.count(field) == 0, characters == 0);
            assertEquals(
                    characters == 0 ? IsoDecoder.ABSENT : scratch.getByte(0) & 0xFF, decoder.characterAt(field, 0));
            assertTrue(decoder.getBytes(field, scratch, 0) <= decoder.valueLength(field));
            final long number = decoder.getLong(field);
            assertTrue(number == IsoDecoder.MISSING || Math.abs(number) < 1_000_000_000_000_000_000L);
        }
    }

    private static byte interesting(final Random random) {
        final int[] bytes = {0x00, 0x0F, 0x20, 0x30, 0x39, 0x3A, 0x3D, 0x41, 0x7F, 0x80, 0x99, 0xF0, 0xF9, 0xFA, 0xFF};
        return (byte) (random.nextBoolean() ? bytes[random.nextInt(bytes.length)] : random.nextInt(256));
    }

    private static String describe(final byte[] message) {
        return "seed=" + SEED + " message=" + HexFormat.of().withUpperCase().formatHex(message);
    }
}

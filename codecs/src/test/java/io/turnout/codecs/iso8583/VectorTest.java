package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.YamlDocument;
import io.turnout.configuration.YamlSection;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages, fields and frames written by other implementations are read as those implementations read them. */
final class VectorTest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final YamlDocument VECTORS =
            YamlDocument.read("vectors.yaml", TestDialects.resource("vectors.yaml"));

    static Stream<Arguments> messages() {
        return vectors("messages");
    }

    static Stream<Arguments> acceptedMessages() {
        return vectors("messages").filter(vector -> !((YamlSection) vector.get()[1]).has("error"));
    }

    static Stream<Arguments> fields() {
        return vectors("fields");
    }

    static Stream<Arguments> frames() {
        return vectors("frames");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void shouldReadTheFieldsOfAMessage(final String id, final YamlSection vector) {
        // given
        final byte[] bytes = HEX.parseHex(vector.string("hex"));
        final IsoDecoder decoder = new IsoDecoder(dialectOf(vector));

        // when
        final int error = decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length);

        // then
        final String expected = vector.string("error", "none");
        assertEquals(expected, nameOf(DecodeError.of(error)), () -> id + " at " + decoder.errorOffset());
        assertEquals(vector.integer("error-field", -1, 192, -1), decoder.errorField());
        assertEquals(expectedFields(vector), fieldsOf(decoder, bytes, dialectOf(vector)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptedMessages")
    void shouldWriteTheSameBytes(final String id, final YamlSection vector) {
        // given
        final Dialect dialect = dialectOf(vector);
        final byte[] expected = HEX.parseHex(vector.string("hex"));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[expected.length]);
        final Map<String, String> fields = expectedFields(vector);

        // when
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(buffer, 0, expected.length);
        encoder.begin(Integer.parseInt(fields.get("0")));
        if (fields.containsKey("h")) {
            final byte[] header = HEX.parseHex(fields.get("h"));
            encoder.putHeader(new UnsafeBuffer(header), 0, header.length);
        }
        fields.forEach((field, value) -> {
            if (!field.equals("h") && !field.equals("0")) {
                encoder.putString(Integer.parseInt(field), value);
            }
        });

        // then
        assertEquals(expected.length, encoder.finish(), () -> id + " field " + encoder.errorField());
        assertEquals(HEX.formatHex(expected), HEX.formatHex(buffer.byteArray()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void shouldAnswerAValueOrANamedErrorForEveryPrefixAndEveryDamagedByte(final String id, final YamlSection vector) {
        assertAnswers(dialectOf(vector), HEX.parseHex(vector.string("hex")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void shouldAnswerAValueOrANamedErrorForEveryDamageOfAField(final String id, final YamlSection vector) {
        final Dialect dialect = TestDialects.withFieldTwo("pyiso-f2-ascii", vector.string("field"));
        assertAnswers(dialect, HEX.parseHex("30323030" + "34" + "30".repeat(15) + vector.string("hex")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldAnswerALengthOrANamedResultForEveryDamageOfAFrame(final String id, final YamlSection vector) {
        final Framing framing = vector.enumeration("framing", Framing.class);
        final byte[] bytes = HEX.parseHex(vector.string("hex"));
        for (int i = 0; i < bytes.length * 256; i++) {
            final byte[] damaged = bytes.clone();
            damaged[i / 256] = (byte) i;
            for (int available = 0; available <= damaged.length; available++) {
                final int length = framing.read(new UnsafeBuffer(damaged), 0, available, 1000);
                assertTrue(length >= Framing.TOO_LONG && length <= 1000);
                assertTrue(length <= 0 || framing.frameLength(length) <= available);
            }
        }
    }

    /** Every damage gives what it gives the oracle, which is slow and therefore asked about some values only. */
    private static void assertAnswers(final Dialect dialect, final byte[] message) {
        final IsoDecoder decoder = new IsoDecoder(dialect);
        for (int length = 0; length < message.length; length++) {
            assertAgrees(dialect, decoder, Arrays.copyOf(message, length));
        }
        for (int i = 0; i < message.length; i++) {
            final byte[] damaged = message.clone();
            for (int value = 0; value < 256; value++) {
                damaged[i] = (byte) value;
                final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(damaged), 0, damaged.length));
                final boolean inField = error != DecodeError.NONE && error != DecodeError.TRAILING_DATA;
                assertEquals(inField, decoder.errorField() >= 0);
            }
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                damaged[i] = (byte) (message[i] ^ (1 << bit));
                assertAgrees(dialect, decoder, damaged);
            }
        }
    }

    private static void assertAgrees(final Dialect dialect, final IsoDecoder decoder, final byte[] message) {
        final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(message), 0, message.length));
        if (!dialect.message().strictNumeric()) {
            // The oracle knows digits as digits only.
            return;
        }
        final NaiveDecoder.Result expected = NaiveDecoder.decode(dialect, message);
        assertEquals(expected.error(), error, () -> HEX.formatHex(message));
        assertEquals(expected.field(), decoder.errorField(), () -> HEX.formatHex(message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void shouldReadAndWriteASingleField(final String id, final YamlSection vector) {
        // given
        final Dialect dialect = TestDialects.withFieldTwo("pyiso-f2-ascii", vector.string("field"));
        final byte[] bytes = HEX.parseHex("30323030" + "34" + "30".repeat(15) + vector.string("hex"));
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final UnsafeBuffer written = new UnsafeBuffer(new byte[bytes.length]);

        // when
        final int error = decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length);
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(written, 0, bytes.length);
        final int length =
                encoder.begin(200).putString(2, vector.string("value")).finish();

        // then
        assertEquals(0, error, id);
        assertEquals(vector.string("value"), decoder.getString(2));
        assertEquals(bytes.length, length);
        assertEquals(HEX.formatHex(bytes), HEX.formatHex(written.byteArray()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("frames")
    void shouldFindTheMessageInAFrame(final String id, final YamlSection vector) {
        // given
        final Framing framing = vector.enumeration("framing", Framing.class);
        final byte[] bytes = HEX.parseHex(vector.string("hex"));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        buffer.putBytes(0, bytes);
        final int length = vector.integer("length", 0, 1000);
        final String payload = vector.string("payload");

        // when
        final int read = framing.read(buffer, 0, framing.frameLength(length), 1000);
        final int header = framing.headerLength();

        // then
        assertEquals(length, read, id);
        assertEquals(payload, HEX.formatHex(buffer.byteArray(), header, header + payload.length() / 2));
    }

    private static Stream<Arguments> vectors(final String kind) {
        final List<YamlSection> vectors = VECTORS.root().sections(kind);
        return vectors.stream().map(vector -> Arguments.of(vector.string("id"), vector));
    }

    private static Dialect dialectOf(final YamlSection vector) {
        final String name = vector.string("dialect");
        if (vector.has("override")) {
            return TestDialects.withFieldTwo(name, vector.string("override"));
        }
        return vector.flag("strict-numeric", true) ? TestDialects.named(name) : TestDialects.lenient(name);
    }

    private static Map<String, String> expectedFields(final YamlSection vector) {
        final YamlSection fields = vector.section("fields");
        final Map<String, String> expected = new LinkedHashMap<>();
        fields.keys().forEach(field -> expected.put(field, fields.string(field)));
        return expected;
    }

    private static Map<String, String> fieldsOf(final IsoDecoder decoder, final byte[] bytes, final Dialect dialect) {
        final Map<String, String> fields = new LinkedHashMap<>();
        if (dialect.headerLength() > 0) {
            fields.put("h", HEX.formatHex(bytes, 0, dialect.headerLength()));
        }
        if (decoder.errorField() != 0) {
            fields.put("0", "%04d".formatted(decoder.mti()));
        }
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            fields.put(String.valueOf(field), decoder.getString(field));
        }
        return fields;
    }

    private static String nameOf(final DecodeError error) {
        return error.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

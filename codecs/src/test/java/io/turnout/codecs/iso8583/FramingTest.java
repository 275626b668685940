package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class FramingTest {
    private static final long SEED = 1987;
    private static final int LIMIT = 8192;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1 << 17]);

    @ParameterizedTest
    @CsvSource({
        "BIN2_EXCLUSIVE,   300, 012C,     ''",
        "BIN2_INCLUSIVE,   300, 012E,     ''",
        "BIN3_EXCLUSIVE,   300, 00012C,   ''",
        "BIN4_EXCLUSIVE,   300, 0000012C, ''",
        "ASCII4_EXCLUSIVE, 300, 30333030, ''",
        "ASCII4_INCLUSIVE, 300, 30333034, ''",
        "HEX4_EXCLUSIVE,   300, 30313243, ''",
        "BCD2_EXCLUSIVE,   300, 0300,     ''",
        "BIN2_ZERO2,       300, 012C0000, ''",
        "ZERO2_BIN2,       300, 0000012C, ''",
        "VML4,             300, 012C0000, ''",
        "BIN2_ETX,         300, 012D,     03"
    })
    void shouldSurroundAMessage(final Framing framing, final int length, final String header, final String trailer) {
        // when
        final int frameLength = framing.write(buffer, 10, length);

        // then
        final int messageEnd = 10 + framing.headerLength() + length;
        assertEquals(framing.headerLength() + length + framing.trailerLength(), frameLength);
        assertEquals(header, hex(10, 10 + framing.headerLength()));
        assertEquals(trailer, hex(messageEnd, messageEnd + framing.trailerLength()));
        assertEquals(length, framing.read(buffer, 10, frameLength, LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadWhatItWritesOfEveryLength(final Framing framing) {
        for (int length = 1; length <= 9000; length++) {
            final int written = framing.write(buffer, 0, length);
            assertEquals(length, framing.read(buffer, 0, written, 9000));
            assertEquals(Framing.NEED_MORE, framing.read(buffer, 0, written - 1, 9000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindTheSameMessagesHoweverTheStreamIsCut(final Framing framing) {
        final Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            // given
            final List<Integer> lengths = new ArrayList<>();
            int end = 0;
            for (int i = 0; i < 20; i++) {
                lengths.add(1 + random.nextInt(random.nextBoolean() ? 5 : 500));
                end += framing.write(buffer, end, lengths.get(i));
            }

            // when
            final List<Integer> found = new ArrayList<>();
            int start = 0;
            int arrived = 0;
            while (start < end) {
                arrived = round == 0 ? arrived + 1 : Math.min(end, arrived + 1 + random.nextInt(700));
                int length = framing.read(buffer, start, arrived - start, LIMIT);
                while (length > 0) {
                    found.add(length);
                    start += framing.frameLength(length);
                    length = framing.read(buffer, start, arrived - start, LIMIT);
                }
                assertEquals(Framing.NEED_MORE, length, () -> "seed=" + SEED);
            }

            // then
            assertEquals(lengths, found, () -> "seed=" + SEED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BIN2_EXCLUSIVE, 0000",
        "BIN2_INCLUSIVE, 0000",
        "BIN2_INCLUSIVE, 0002",
        "BIN3_EXCLUSIVE, 000000",
        "BIN4_EXCLUSIVE, 00000000",
        "ASCII4_EXCLUSIVE, 30303030",
        "ASCII4_INCLUSIVE, 30303034",
        "HEX4_EXCLUSIVE, 30303030",
        "BCD2_EXCLUSIVE, 0000",
        "VML4, 00000020",
        "BIN2_ETX, 000103"
    })
    void shouldReadAFrameWithoutAMessageAsAKeepAlive(final Framing framing, final String hex) {
        assertEquals(0, framing.read(buffer, 0, put(hex), LIMIT));
    }

    @ParameterizedTest
    @CsvSource({
        "BIN2_INCLUSIVE, 0001",
        "ASCII4_EXCLUSIVE, 30303A30",
        "ASCII4_EXCLUSIVE, 00000010",
        "ASCII4_INCLUSIVE, 30303033",
        "HEX4_EXCLUSIVE, 30303047",
        "HEX4_EXCLUSIVE, 303030FF",
        "BCD2_EXCLUSIVE, 000A",
        "BCD2_EXCLUSIVE, A000",
        "BIN2_ETX, 00023104",
        "BIN2_ETX, 0000"
    })
    void shouldRefuseALengthThatIsNone(final Framing framing, final String hex) {
        assertEquals(Framing.BAD, framing.read(buffer, 0, put(hex), LIMIT));
    }

    @ParameterizedTest
    @CsvSource({
        "BIN2_EXCLUSIVE, 2001",
        "BIN2_INCLUSIVE, 2003",
        "BIN3_EXCLUSIVE, FFFFFF",
        "BIN4_EXCLUSIVE, 00002001",
        "BIN4_EXCLUSIVE, 7FFFFFFF",
        "BIN4_EXCLUSIVE, FFFFFFFF",
        "ASCII4_EXCLUSIVE, 38313933",
        "HEX4_EXCLUSIVE, 46464646",
        "BCD2_EXCLUSIVE, 9999",
        "BIN2_ETX, FFFF"
    })
    void shouldRefuseALongFrameAsSoonAsItsLengthIsKnown(final Framing framing, final String hex) {
        assertEquals(Framing.TOO_LONG, framing.read(buffer, 0, put(hex), LIMIT));
    }

    @ParameterizedTest
    @CsvSource({
        "BIN2_EXCLUSIVE, 65535",
        "BIN2_INCLUSIVE, 65533",
        "BIN3_EXCLUSIVE, 16777215",
        "BIN4_EXCLUSIVE, 2147483647",
        "ASCII4_EXCLUSIVE, 9999",
        "ASCII4_INCLUSIVE, 9995",
        "HEX4_EXCLUSIVE, 65535",
        "BCD2_EXCLUSIVE, 9999",
        "BIN2_ZERO2, 65535",
        "ZERO2_BIN2, 65535",
        "VML4, 65535",
        "BIN2_ETX, 65534"
    })
    void shouldNotWriteALengthThatHasNoRoom(final Framing framing, final int maximum) {
        assertEquals(maximum, framing.maximumMessageLength());
        if (maximum < 1 << 16) {
            assertEquals(framing.frameLength(maximum), framing.write(buffer, 0, maximum));
            assertEquals(maximum, framing.read(buffer, 0, framing.frameLength(maximum), maximum));
            assertEquals(Framing.TOO_LONG, framing.write(buffer, 0, maximum + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"VML4, 000F0020, true", "VML4, 000F0000, false", "VML4, 000F0002, false", "BIN2_ZERO2, 000F0020, false"
    })
    void shouldTellTransportMessagesFromPayments(final Framing framing, final String hex, final boolean control) {
        put(hex);
        if (control) {
            assertTrue(framing.isControl(buffer, 0));
        } else {
            assertFalse(framing.isControl(buffer, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerSomethingNamedForEveryHeader(final Framing framing) {
        final Random random = new Random(SEED);
        final byte[] bytes = new byte[8];
        for (int i = 0; i < 20_000; i++) {
            random.nextBytes(bytes);
            buffer.putBytes(0, bytes);
            final int answer = framing.read(buffer, 0, random.nextInt(9), LIMIT);
            assertTrue(answer >= Framing.TOO_LONG && answer <= 8, () -> "seed=" + SEED + " answer=" + answer);
        }
    }

    private int put(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        buffer.putBytes(0, bytes);
        return bytes.length;
    }

    private String hex(final int from, final int to) {
        return HexFormat.of().withUpperCase().formatHex(buffer.byteArray(), from, to);
    }
}

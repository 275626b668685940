package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digits eight at a time are the digits one at a time. */
final class DigitsTest {
    private static final long SEED = 10;
    private static final int OFFSET = 16;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private final Random random = new Random(SEED);

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, 3030303030303030", "IBM1047, F0F0F0F0F0F0F0F0"})
    void shouldWriteAndReadNumbersInCharacters(final Charset charset, final String zonesHex) {
        final long zones = Long.parseUnsignedLong(zonesHex, 16);
        for (int i = 0; i < 10_000; i++) {
            // given
            final int digits = 1 + random.nextInt(Digits.MAXIMUM_DIGITS);
            final long number = Math.floorMod(random.nextLong(), Digits.limit(1 + random.nextInt(digits)));
            buffer.setMemory(0, 128, (byte) random.nextInt());

            // when
            Digits.putCharacters(buffer, OFFSET, digits, number, zones);

            // then
            final byte[] bytes = new byte[digits];
            buffer.getBytes(OFFSET, bytes);
            assertEquals(("%0" + digits + "d").formatted(number), new String(bytes, charset));
            assertTrue(Digits.areCharacters(buffer, OFFSET, digits, zones));
            assertEquals(number, Digits.ofCharacters(buffer, OFFSET, digits));
        }
    }

    @Test
    void shouldWriteAndReadPackedNumbers() {
        for (int i = 0; i < 10_000; i++) {
            // given
            final int bytes = 1 + random.nextInt(8);
            final long number = Math.floorMod(random.nextLong(), Digits.limit(2 * bytes));
            buffer.setMemory(0, 128, (byte) random.nextInt());

            // when
            Digits.putPacked(buffer, OFFSET, bytes, number);

            // then
            assertEquals(("%0" + 2 * bytes + "d").formatted(number), hex(OFFSET, bytes));
            assertTrue(Digits.arePacked(buffer, OFFSET, bytes));
            assertEquals(number, Digits.ofPacked(buffer, OFFSET, bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Digits.ASCII_ZONES, Digits.EBCDIC_ZONES})
    void shouldFindEveryByteThatIsNoDigit(final long zones) {
        for (int length = 1; length <= 20; length++) {
            for (int bad = 0; bad < length; bad++) {
                for (int value = 0; value < 256; value++) {
                    buffer.setMemory(OFFSET - 8, 8, (byte) value);
                    buffer.setMemory(OFFSET, length, (byte) (zones | 9));
                    buffer.putByte(OFFSET + bad, (byte) value);
                    final boolean digit = (value & 0xF0) == (zones & 0xF0) && (value & 0xF) <= 9;
                    if (Digits.areCharacters(buffer, OFFSET, length, zones) != digit) {
                        assertEquals(digit, !digit, "length=" + length + " bad=" + bad + " value=" + value);
                    }
                }
            }
        }
    }

    @Test
    void shouldFindEveryNibbleThatIsNoDigit() {
        for (int length = 1; length <= 20; length++) {
            for (int bad = 0; bad < length; bad++) {
                for (int value = 0; value < 256; value++) {
                    buffer.setMemory(OFFSET - 8, 8, (byte) value);
                    buffer.setMemory(OFFSET, length, (byte) 0x99);
                    buffer.putByte(OFFSET + bad, (byte) value);
                    final boolean digits = value >> 4 <= 9 && (value & 0xF) <= 9;
                    if (Digits.arePacked(buffer, OFFSET, length) != digits) {
                        assertEquals(digits, !digits, "length=" + length + " bad=" + bad + " value=" + value);
                    }
                }
            }
        }
    }

    @Test
    void shouldAcceptNothing() {
        buffer.setMemory(0, 128, (byte) 0xFF);
        assertTrue(Digits.areCharacters(buffer, OFFSET, 0, Digits.ASCII_ZONES));
        assertTrue(Digits.arePacked(buffer, OFFSET, 0));
        assertFalse(Digits.areCharacters(buffer, OFFSET, 1, Digits.ASCII_ZONES));
        assertEquals(0, Digits.ofCharacters(buffer, OFFSET, 0));
        assertEquals(0, Digits.ofPacked(buffer, OFFSET, 0));
    }

    @Test
    void shouldCountDigits() {
        for (long power = 1; power > 0 && power <= 1_000_000_000_000_000_000L; power *= 10) {
            assertEquals(String.valueOf(power).length(), Digits.count(power));
            assertEquals(String.valueOf(power - 1).length(), Digits.count(power - 1));
            assertEquals(String.valueOf(power + 1).length(), Digits.count(power + 1));
        }
        assertEquals(19, Digits.count(Long.MAX_VALUE));
        for (int i = 0; i < 10_000; i++) {
            final long number = random.nextLong() >>> (1 + random.nextInt(62));
            assertEquals(String.valueOf(number).length(), Digits.count(number), () -> "number=" + number);
        }
    }

    @Test
    void shouldNotWriteBeyondTheEndOfTheBuffer() {
        final UnsafeBuffer small = new UnsafeBuffer(new byte[3]);
        Digits.putCharacters(small, 0, 3, 42, Digits.ASCII_ZONES);
        assertEquals("042", new String(small.byteArray(), StandardCharsets.US_ASCII));
    }

    private String hex(final int offset, final int length) {
        final StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 2 * length; i++) {
            hex.append(Digits.nibbleAt(buffer, offset, i));
        }
        return hex.toString();
    }
}

package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
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

    private final byte[] bytes = new byte[128];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
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
            Digits.putCharacters(bytes, OFFSET, digits, number, zones);

            // then
            final String text = new String(bytes, OFFSET, digits, charset);
            assertEquals(("%0" + digits + "d").formatted(number), text);
            assertTrue(Digits.areCharacters(bytes, OFFSET, digits, zones));
            assertEquals(number, Digits.ofCharacters(bytes, OFFSET, digits));
        }
    }

    @Test
    void shouldWriteAndReadPackedNumbers() {
        for (int i = 0; i < 10_000; i++) {
            // given
            final int length = 1 + random.nextInt(8);
            final long number = Math.floorMod(random.nextLong(), Digits.limit(2 * length));
            buffer.setMemory(0, 128, (byte) random.nextInt());

            // when
            Digits.putPacked(bytes, OFFSET, length, number);

            // then
            assertEquals(("%0" + 2 * length + "d").formatted(number), hex(OFFSET, length));
            assertTrue(Digits.arePacked(bytes, OFFSET, length));
            assertEquals(number, Digits.ofPacked(bytes, OFFSET, length));
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
                    if (Digits.areCharacters(bytes, OFFSET, length, zones) != digit) {
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
                    if (Digits.arePacked(bytes, OFFSET, length) != digits) {
                        assertEquals(digits, !digits, "length=" + length + " bad=" + bad + " value=" + value);
                    }
                }
            }
        }
    }

    @Test
    void shouldAcceptNothing() {
        buffer.setMemory(0, 128, (byte) 0xFF);
        assertTrue(Digits.areCharacters(bytes, OFFSET, 0, Digits.ASCII_ZONES));
        assertTrue(Digits.arePacked(bytes, OFFSET, 0));
        assertFalse(Digits.areCharacters(bytes, OFFSET, 1, Digits.ASCII_ZONES));
        assertEquals(0, Digits.ofCharacters(bytes, OFFSET, 0));
        assertEquals(0, Digits.ofPacked(bytes, OFFSET, 0));
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
    void shouldLookAtDigitsWhileItCopiesThem() {
        for (int length = 0; length <= 20; length++) {
            for (int bad = -1; bad < length; bad++) {
                for (final int value : new int[] {'/', ':', 0, 0xFF, 0xB0}) {
                    // given
                    buffer.setMemory(0, 128, (byte) 'x');
                    for (int i = 0; i < length; i++) {
                        bytes[OFFSET + i] = (byte) (i == bad ? value : '0' + random.nextInt(10));
                    }
                    final byte[] copy = new byte[1 + length + Long.BYTES];

                    // when
                    final boolean digits = Bytes.copyDigitsIn(buffer, OFFSET, copy, 1, length);

                    // then
                    final byte[] expected = Arrays.copyOfRange(bytes, OFFSET, OFFSET + length);
                    assertArrayEquals(expected, Arrays.copyOfRange(copy, 1, 1 + length), "length=" + length);
                    assertEquals(0, copy[0]);
                    assertEquals(bad < 0, digits, "length=" + length + " bad=" + bad + " value=" + value);
                }
            }
        }
    }

    @Test
    void shouldCopyValuesOfAnyLengthAndOutOfAMessageNothingBesideThem() {
        for (int length = 0; length <= 80; length++) {
            // given
            random.nextBytes(bytes);
            final UnsafeBuffer there = new UnsafeBuffer(ByteBuffer.allocateDirect(length + 2));
            final byte[] back = new byte[1 + length + Long.BYTES];

            // when
            Bytes.copyOut(bytes, OFFSET, there, 1, length);
            Bytes.copyIn(there, 1, back, 1, length);

            // then
            final byte[] expected = Arrays.copyOfRange(bytes, OFFSET, OFFSET + length);
            assertEquals(0, there.getByte(0) | there.getByte(length + 1));
            assertArrayEquals(expected, Arrays.copyOfRange(back, 1, 1 + length), "length=" + length);
        }
    }

    private String hex(final int offset, final int length) {
        final StringBuilder hex = new StringBuilder();
        for (int i = 0; i < 2 * length; i++) {
            hex.append(Digits.nibbleAt(bytes, offset, i));
        }
        return hex.toString();
    }
}

package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decimal digits, one to a byte or two to a byte, read and written eight bytes at a time.
 *
 * <p>Words are loaded and stored little-endian, so that the first byte of the message is the lowest of the word. The
 * last up to eight bytes of a value are loaded as the word that ends with them, and what precedes them is masked away.
 * Inside a message that is always possible, because MTI and bitmap precede every field and are longer than a word;
 * these methods must not be used on anything else.
 */
final class Digits {
    static final long ASCII_ZONES = 0x3030303030303030L;
    static final long EBCDIC_ZONES = 0xF0F0F0F0F0F0F0F0L;
    static final int MAXIMUM_DIGITS = 18;

    private static final long UPPER_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    private static final long LOWER_NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final long SIXES = 0x0606060606060606L;
    private static final long EVERY_OTHER_BYTE = 0x00FF00FF00FF00FFL;
    private static final int WORD_BYTES = 8;
    private static final long WORD_DECIMALS = 100_000_000;

    private static final byte[] PAIRS = new byte[100];
    private static final long[] POWERS = new long[MAXIMUM_DIGITS + 1];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (byte) (((i / 10) << 4) | (i % 10));
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Digits() {}

    /** How many digits the number has when written without leading zeros; not negative. */
    static int count(final long number) {
        for (int digits = 1; digits <= MAXIMUM_DIGITS; digits++) {
            if (number < POWERS[digits]) {
                return digits;
            }
        }
        return MAXIMUM_DIGITS + 1;
    }

    /** Whether every byte is a digit with the zones given. */
    static boolean areCharacters(final UnsafeBuffer message, final int offset, final int length, final long zones) {
        int end = offset + length;
        while (end > offset) {
            final int bytes = Math.min(WORD_BYTES, end - offset);
            // Masked before the addition, so that no byte in front of the value can carry into it.
            final long digits = (wordEndingAt(message, end) ^ zones) & lastBytes(bytes);
            if ((((digits + SIXES) | digits) & UPPER_NIBBLES) != 0) {
                return false;
            }
            end -= bytes;
        }
        return true;
    }

    /** The number written in characters that {@link #areCharacters}, at most {@link #MAXIMUM_DIGITS} of them. */
    static long ofCharacters(final UnsafeBuffer message, final int offset, final int length) {
        long number = 0;
        int position = offset;
        int remaining = length;
        while (remaining > 0) {
            final int bytes = ((remaining - 1) & (WORD_BYTES - 1)) + 1;
            position += bytes;
            final long digits = wordEndingAt(message, position) & LOWER_NIBBLES & lastBytes(bytes);
            number = number * WORD_DECIMALS + eightDigits(digits);
            remaining -= bytes;
        }
        return number;
    }

    /**
     * Writes the number zero-filled on the left; it must not have more digits than that.
     *
     * <p>Up to seven bytes after the digits are overwritten where the buffer has them: a word is stored faster than its
     * parts, and a message is written from front to back.
     */
    static void putCharacters(
            final UnsafeBuffer message, final int offset, final int length, final long number, final long zones) {
        if (length <= WORD_BYTES) {
            putWord(message, offset, length, (int) number, zones);
            return;
        }
        final long quotient = number / WORD_DECIMALS;
        final int wordOffset = offset + length - WORD_BYTES;
        putCharacters(message, offset, length - WORD_BYTES, quotient, zones);
        putWord(message, wordOffset, WORD_BYTES, (int) (number - quotient * WORD_DECIMALS), zones);
    }

    /** Whether every nibble is a decimal digit. */
    static boolean arePacked(final UnsafeBuffer message, final int offset, final int length) {
        int end = offset + length;
        while (end > offset) {
            final int bytes = Math.min(WORD_BYTES, end - offset);
            final long word = wordEndingAt(message, end) & lastBytes(bytes);
            final long over = (word >>> 3) & ((word >>> 2) | (word >>> 1));
            if ((over & 0x1111111111111111L) != 0) {
                return false;
            }
            end -= bytes;
        }
        return true;
    }

    static int nibbleAt(final UnsafeBuffer message, final int offset, final int index) {
        final int pair = message.getByte(offset + (index >> 1));
        return (index & 1) == 0 ? (pair >> 4) & 0xF : pair & 0xF;
    }

    /** Writes the number packed and zero-filled on the left. */
    static void putPacked(final UnsafeBuffer message, final int offset, final int length, final long number) {
        long rest = number;
        for (int i = offset + length - 1; i >= offset; i--) {
            final long quotient = rest / 100;
            message.putByte(i, PAIRS[(int) (rest - quotient * 100)]);
            rest = quotient;
        }
    }

    private static long wordEndingAt(final UnsafeBuffer message, final int end) {
        return message.getLong(end - WORD_BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    private static void putWord(
            final UnsafeBuffer message, final int offset, final int length, final int number, final long zones) {
        final long word = (eightDigits(number) | zones) >>> (Byte.SIZE * (WORD_BYTES - length));
        if (offset + WORD_BYTES <= message.capacity()) {
            message.putLong(offset, word, ByteOrder.LITTLE_ENDIAN);
            return;
        }
        for (int i = 0; i < length; i++) {
            message.putByte(offset + i, (byte) (word >>> (Byte.SIZE * i)));
        }
    }

    /** The mask of the last bytes of a word, from 1 to 8 of them. */
    private static long lastBytes(final int bytes) {
        return -1L << (Byte.SIZE * (WORD_BYTES - bytes));
    }

    /** Adds up neighbours three times: eight digits are four pairs, two fours, one number. */
    private static long eightDigits(final long digits) {
        final long pairs = (digits * 10 + (digits >>> 8)) & EVERY_OTHER_BYTE;
        final long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000FFFF0000FFFFL;
        return (fours * 10_000 + (fours >>> 32)) & 0xFFFFFFFFL;
    }

    /** The reverse: divides by 10 000, by 100 and by 10, each time in all lanes of the word at once. */
    private static long eightDigits(final int number) {
        final long fours = (number / 10_000) | ((long) (number % 10_000) << 32);
        final long hundreds = ((fours * 10_486) >>> 20) & 0x0000007F0000007FL;
        final long pairs = hundreds | ((fours - 100 * hundreds) << 16);
        final long tens = ((pairs * 103) >>> 10) & 0x000F000F000F000FL;
        return tens | ((pairs - 10 * tens) << 8);
    }
}

package io.turnout.codecs.iso8583;

/**
 * Decimal digits, one to a byte or two to a byte, read and written eight bytes at a time.
 *
 * <p>Words are loaded and stored little-endian, so that the first byte of the message is the lowest of the word. The
 * last up to eight bytes of a value are loaded as the word that ends with them, and what precedes them is masked away.
 * Inside a message that is always possible, because MTI and bitmap precede every field and are longer than a word;
 * these methods must not be used on anything else. What is written may overwrite up to seven bytes after it, which the
 * encoder's array has.
 */
final class Digits {
    static final long ASCII_ZONES = 0x3030303030303030L;
    static final long EBCDIC_ZONES = 0xF0F0F0F0F0F0F0F0L;
    static final int MAXIMUM_DIGITS = 18;

    private static final int WORD_BYTES = Long.BYTES;
    private static final int HALF_WORD_BYTES = Integer.BYTES;
    private static final long WORD_DECIMALS = 100_000_000;

    private static final long UPPER_NIBBLES = 0xF0F0F0F0F0F0F0F0L;
    private static final long LOWER_NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final long LOWEST_BITS_OF_NIBBLES = 0x1111111111111111L;
    private static final long SIXES = 0x0606060606060606L;
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long EVEN_PAIRS = 0x0000FFFF0000FFFFL;
    private static final long LOWER_HALF = 0x00000000FFFFFFFFL;

    private static final long[] POWERS = new long[MAXIMUM_DIGITS + 1];

    /** Indexed by a number from 0 to 99; its two digits in one byte. */
    private static final byte[] PAIRS = new byte[100];

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

    /** The smallest number that needs more digits; the largest long when every long of 18 digits fits. */
    static long limit(final int digits) {
        return digits > MAXIMUM_DIGITS ? Long.MAX_VALUE : POWERS[digits];
    }

    /** How many digits the number has when written without leading zeros; not negative. */
    static int count(final long number) {
        // The bits times log10(2) are the digits, or one less.
        final int digits = ((Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233) >> 12;
        return digits > MAXIMUM_DIGITS || number < POWERS[digits] ? Math.max(1, digits) : digits + 1;
    }

    /** Whether every byte is a digit with the zones given. */
    static boolean areCharacters(final byte[] message, final int offset, final int length, final long zones) {
        final int lastWord = offset + length - WORD_BYTES;
        if (length < WORD_BYTES) {
            // Masked before the addition, so that no byte in front of the value can carry into it.
            return length == 0 || areDigits((Words.eight(message, lastWord) ^ zones) & lastBytes(length));
        }
        // Nearly all are digits: it is faster to look once at what has come together than at each word.
        long excess = excess(Words.eight(message, lastWord) ^ zones);
        for (int i = offset; i < lastWord; i += WORD_BYTES) {
            excess |= excess(Words.eight(message, i) ^ zones);
        }
        return (excess & UPPER_NIBBLES) == 0;
    }

    /** The number written in characters that {@link #areCharacters}, at most {@link #MAXIMUM_DIGITS} of them. */
    static long ofCharacters(final byte[] message, final int offset, final int length) {
        final int lastWord = offset + length - WORD_BYTES;
        final long last = Words.eight(message, lastWord) & LOWER_NIBBLES;
        if (length <= WORD_BYTES) {
            return length == 0 ? 0 : eightDigits(last & lastBytes(length));
        }
        final int moreDigits = length - WORD_BYTES;
        final long before = Words.eight(message, lastWord - WORD_BYTES) & LOWER_NIBBLES;
        if (moreDigits <= WORD_BYTES) {
            return eightDigits(before & lastBytes(moreDigits)) * WORD_DECIMALS + eightDigits(last);
        }
        final long first = Words.eight(message, offset) & LOWER_NIBBLES;
        final long firstDigits = eightDigits(first << (Byte.SIZE * (2 * WORD_BYTES - moreDigits)));
        return (firstDigits * WORD_DECIMALS + eightDigits(before)) * WORD_DECIMALS + eightDigits(last);
    }

    /**
     * Writes the number zero-filled on the left; it must not have more digits than that.
     *
     * <p>Up to seven bytes after the digits are overwritten: a word is stored faster than its parts, and a message is
     * written from front to back.
     */
    static void putCharacters(
            final byte[] message, final int offset, final int length, final long number, final long zones) {
        if (length <= HALF_WORD_BYTES) {
            putUpToFour(message, offset, length, (int) number, (int) zones);
            return;
        }
        if (length <= WORD_BYTES) {
            final long word = (eightDigits((int) number) | zones) >>> (Byte.SIZE * (WORD_BYTES - length));
            Words.putEight(message, offset, word);
            return;
        }
        final int lastWord = offset + length - WORD_BYTES;
        final int moreDigits = length - WORD_BYTES;
        final long upper = number / WORD_DECIMALS;
        if (moreDigits <= WORD_BYTES) {
            final long word = eightDigits((int) upper) | zones;
            Words.putEight(message, offset, word >>> (Byte.SIZE * (WORD_BYTES - moreDigits)));
        } else {
            putCharacters(message, offset, moreDigits, upper, zones);
        }
        Words.putEight(message, lastWord, eightDigits((int) (number - upper * WORD_DECIMALS)) | zones);
    }

    /** Whether every nibble is a decimal digit. */
    static boolean arePacked(final byte[] message, final int offset, final int length) {
        final int lastWord = offset + length - WORD_BYTES;
        if (length < WORD_BYTES) {
            return length == 0 || areNibbles(Words.eight(message, lastWord) & lastBytes(length));
        }
        long excess = nibbleExcess(Words.eight(message, lastWord));
        for (int i = offset; i < lastWord; i += WORD_BYTES) {
            excess |= nibbleExcess(Words.eight(message, i));
        }
        return excess == 0;
    }

    /** The number in bytes that {@link #arePacked}, at most eight of them. */
    static long ofPacked(final byte[] message, final int offset, final int length) {
        if (length == 0) {
            return 0;
        }
        final long word = Words.eight(message, offset + length - WORD_BYTES) & lastBytes(length);
        final long pairs = ((word >>> 4) & LOWER_NIBBLES) * 10 + (word & LOWER_NIBBLES);
        final long fours = (pairs & EVEN_BYTES) * 100 + ((pairs >>> 8) & EVEN_BYTES);
        final long eights = (fours & EVEN_PAIRS) * 10_000 + ((fours >>> 16) & EVEN_PAIRS);
        return (eights & LOWER_HALF) * WORD_DECIMALS + (eights >>> 32);
    }

    static boolean isCharacter(final byte value, final long zones) {
        return (value & 0xF0) == (zones & 0xF0) && (value & 0xF) <= 9;
    }

    static boolean isPacked(final byte value) {
        return (value & 0xF0) <= 0x90 && (value & 0xF) <= 9;
    }

    /** The number in four characters anywhere in an array, or negative when they are no digits. */
    static int ofFourCharacters(final byte[] message, final int offset, final long zones) {
        final long word = (Words.four(message, offset) & LOWER_HALF) << Integer.SIZE;
        final long digits = word ^ (zones & ~LOWER_HALF);
        return areDigits(digits) ? (int) eightDigits(digits) : -1;
    }

    /**
     * The number written in up to four characters, or negative when they are no digits.
     *
     * @param end after the last of them; four bytes before it belong to the message
     * @param mask keeps those of the four bytes that are characters of the number
     */
    static int upToFour(final byte[] message, final int end, final int mask, final int zones) {
        final int digits = (Words.four(message, end - HALF_WORD_BYTES) ^ zones) & mask;
        final int pairs = (digits * 10 + (digits >>> 8)) & 0x00FF00FF;
        final int number = (pairs * 100 + (pairs >>> 16)) & 0xFFFF;
        return (excess(digits) & (int) UPPER_NIBBLES) == 0 ? number : -1;
    }

    /** Writes a number of up to four characters; the rest of eight bytes is overwritten. */
    static void putUpToFour(
            final byte[] message, final int offset, final int length, final int number, final int zones) {
        final long word = fourDigits(number) | (zones & LOWER_HALF);
        Words.putEight(message, offset, word >>> (Byte.SIZE * (HALF_WORD_BYTES - length)));
    }

    /** The number in two packed bytes anywhere in an array, or negative when they are no digits. */
    static int ofTwoPackedBytes(final byte[] message, final int offset) {
        final byte first = message[offset];
        final byte second = message[offset + 1];
        if (!isPacked(first) || !isPacked(second)) {
            return -1;
        }
        return 1000 * ((first >> 4) & 0xF) + 100 * (first & 0xF) + 10 * ((second >> 4) & 0xF) + (second & 0xF);
    }

    static int nibbleAt(final byte[] message, final int offset, final int index) {
        final int pair = message[offset + (index >> 1)];
        return (index & 1) == 0 ? (pair >> 4) & 0xF : pair & 0xF;
    }

    /** Writes the number packed and zero-filled on the left. */
    static void putPacked(final byte[] message, final int offset, final int length, final long number) {
        long rest = number;
        for (int i = offset + length - 1; i >= offset; i--) {
            final long quotient = rest / 100;
            message[i] = PAIRS[(int) (rest - quotient * 100)];
            rest = quotient;
        }
    }

    /** Whether the eight bytes of a word are digits in ASCII. */
    static boolean areAscii(final long word) {
        return areDigits(word ^ ASCII_ZONES);
    }

    private static boolean areDigits(final long digits) {
        return (excess(digits) & UPPER_NIBBLES) == 0;
    }

    /** Has a bit in the upper nibble of a byte that is more than nine, and perhaps of the one above it. */
    private static long excess(final long digits) {
        return (digits + SIXES) | digits;
    }

    private static int excess(final int digits) {
        return (digits + (int) SIXES) | digits;
    }

    private static boolean areNibbles(final long word) {
        return nibbleExcess(word) == 0;
    }

    /** Has the lowest bit of each nibble that is more than nine. */
    private static long nibbleExcess(final long word) {
        return (word >>> 3) & ((word >>> 2) | (word >>> 1)) & LOWEST_BITS_OF_NIBBLES;
    }

    /** The mask of the last bytes of a word, from 1 to 8 of them. */
    private static long lastBytes(final int bytes) {
        return -1L << (Byte.SIZE * (WORD_BYTES - bytes));
    }

    /** Adds up neighbours three times: eight digits are four pairs, two fours, one number. */
    private static long eightDigits(final long digits) {
        final long pairs = (digits * 10 + (digits >>> 8)) & EVEN_BYTES;
        final long fours = (pairs * 100 + (pairs >>> 16)) & EVEN_PAIRS;
        return (fours * 10_000 + (fours >>> 32)) & LOWER_HALF;
    }

    /** The reverse: divides by 10 000, by 100 and by 10, each time in all lanes of the word at once. */
    private static long eightDigits(final int number) {
        final long fours = (number / 10_000) | ((long) (number % 10_000) << 32);
        final long hundreds = ((fours * 10_486) >>> 20) & 0x0000007F0000007FL;
        final long pairs = hundreds | ((fours - 100 * hundreds) << 16);
        final long tens = ((pairs * 103) >>> 10) & 0x000F000F000F000FL;
        return tens | ((pairs - 10 * tens) << 8);
    }

    /** The same for four digits. */
    private static long fourDigits(final int number) {
        final int hundreds = (number * 5_243) >>> 19;
        final int pairs = hundreds | ((number - 100 * hundreds) << 16);
        final int tens = ((pairs * 103) >>> 10) & 0x000F000F;
        return tens | ((pairs - 10 * tens) << 8);
    }
}

package io.turnout.codecs.iso8583;

/**
 * Bytes and bitmaps written as hexadecimal characters, in ASCII or EBCDIC; either case is read, upper case is written.
 */
final class Hex {
    private static final long ONES = 0x0101010101010101L;
    private static final long LOWER_NIBBLES = 0x0F0F0F0F0F0F0F0FL;
    private static final long TOO_LARGE = 0x1010101010101010L;
    private static final long CASE_BITS = 0x2020202020202020L;
    private static final long EVEN_BYTES = 0x00FF00FF00FF00FFL;
    private static final long EVEN_PAIRS = 0x0000FFFF0000FFFFL;

    /** Indexed by a value from 0 to 15. */
    static final byte[] ASCII_CHARACTERS = characters(TextEncoding.ASCII);

    /** Indexed by a value from 0 to 15. */
    static final byte[] EBCDIC_CHARACTERS = characters(TextEncoding.EBCDIC_1047);

    /** Indexed by an ASCII character; its value, or -1. */
    static final byte[] ASCII = values(TextEncoding.ASCII);

    /** Indexed by an EBCDIC character; its value, or -1. */
    static final byte[] EBCDIC = values(TextEncoding.EBCDIC_1047);

    private Hex() {}

    /** The ISO 8859-1 character of a value from 0 to 15. */
    static byte characterOf(final int value) {
        return ASCII_CHARACTERS[value];
    }

    /** The offset of the first byte that is no hexadecimal character, or {@link ValueCheck#NOTHING}. */
    static int find(final byte[] message, final int offset, final int end, final byte[] values) {
        for (int i = offset; i < end; i++) {
            if (values[message[i] & 0xFF] < 0) {
                return i;
            }
        }
        return ValueCheck.NOTHING;
    }

    /** The byte written in the two characters at the offset. */
    static byte byteAt(final byte[] message, final int offset, final byte[] values) {
        return (byte) ((values[message[offset] & 0xFF] << 4) | values[message[offset + 1] & 0xFF]);
    }

    /** The bitmap written in the sixteen characters at the offset. */
    static long bitmap(final byte[] message, final int offset, final byte[] values) {
        long bitmap = 0;
        for (int i = 0; i < 2 * Long.BYTES; i++) {
            bitmap = (bitmap << 4) | values[message[offset + i] & 0xFF];
        }
        return bitmap;
    }

    /** Whether sixteen bytes are hexadecimal characters in ASCII, of either case. */
    static boolean isAsciiBitmap(final byte[] message, final int offset) {
        return areAscii(Words.eight(message, offset)) && areAscii(Words.eight(message, offset + Long.BYTES));
    }

    /** The same as {@link #bitmap}, eight characters at a time, of what {@link #isAsciiBitmap}. */
    static long asciiBitmap(final byte[] message, final int offset) {
        final long first = pack(valuesOf(Words.eight(message, offset)));
        final long second = pack(valuesOf(Words.eight(message, offset + Long.BYTES)));
        return (first << Integer.SIZE) | second;
    }

    /** Writes the sixteen characters of a bitmap in ASCII, eight at a time. */
    static void putAsciiBitmap(final byte[] message, final int offset, final long bitmap, final boolean lowerCase) {
        // A digit has the bit already that makes a letter small.
        final long caseBits = lowerCase ? CASE_BITS : 0;
        final long first = charactersOf(unpack((int) (bitmap >>> Integer.SIZE))) | caseBits;
        final long second = charactersOf(unpack((int) bitmap)) | caseBits;
        Words.putEight(message, offset, first);
        Words.putEight(message, offset + Long.BYTES, second);
    }

    /** Characters are right if they are, but for the case of letters, what their values would be written as. */
    private static boolean areAscii(final long characters) {
        final long values = valuesOf(characters);
        final long upperCase = characters & ~((characters >>> 1) & CASE_BITS);
        return ((values & TOO_LARGE) | (charactersOf(values) ^ upperCase)) == 0;
    }

    /** In each byte: the lower half of a digit, or nine more than that of a letter, which has bit 6 set. */
    private static long valuesOf(final long characters) {
        return (characters & LOWER_NIBBLES) + 9 * ((characters >>> 6) & ONES);
    }

    /** In each byte: the digit, or the upper-case letter, which is seven further than a tenth digit would be. */
    private static long charactersOf(final long values) {
        final long letters = ((values + 6 * ONES) >>> 4) & ONES;
        return values + 7 * letters + Digits.ASCII_ZONES;
    }

    /** Eight values, the first in the lowest byte, to the number they write. */
    private static long pack(final long values) {
        final long bytes = ((values << 4) | (values >>> 8)) & EVEN_BYTES;
        final long pairs = (bytes | (bytes >>> 8)) & EVEN_PAIRS;
        return Integer.reverseBytes((int) (pairs | (pairs >>> 16))) & 0xFFFFFFFFL;
    }

    private static long unpack(final int number) {
        final long four = Integer.reverseBytes(number) & 0xFFFFFFFFL;
        final long pairs = (four | (four << 16)) & EVEN_PAIRS;
        final long bytes = (pairs | (pairs << 8)) & EVEN_BYTES;
        return ((bytes >>> 4) & LOWER_NIBBLES) | ((bytes & LOWER_NIBBLES) << 8);
    }

    private static byte[] values(final TextEncoding encoding) {
        final byte[] toLatin1 = encoding.toLatin1();
        final byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (toLatin1[i] < 0 ? -1 : Character.digit(toLatin1[i], 16));
        }
        return values;
    }

    static void putByte(final byte[] message, final int offset, final byte value, final byte[] characters) {
        message[offset] = characters[(value >> 4) & 0xF];
        message[offset + 1] = characters[value & 0xF];
    }

    static void putBitmap(final byte[] message, final int offset, final long bitmap, final byte[] characters) {
        for (int i = 0; i < Long.BYTES; i++) {
            putByte(message, offset + 2 * i, (byte) (bitmap >>> (Long.SIZE - Byte.SIZE * (i + 1))), characters);
        }
    }

    private static byte[] characters(final TextEncoding encoding) {
        return "0123456789ABCDEF".getBytes(encoding.charset());
    }
}

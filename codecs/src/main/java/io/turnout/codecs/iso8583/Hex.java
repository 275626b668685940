package io.turnout.codecs.iso8583;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes and bitmaps written as hexadecimal characters, in ASCII or EBCDIC; either case is read, upper case is written.
 */
final class Hex {
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
    static int find(final UnsafeBuffer message, final int offset, final int end, final byte[] values) {
        for (int i = offset; i < end; i++) {
            if (values[message.getByte(i) & 0xFF] < 0) {
                return i;
            }
        }
        return ValueCheck.NOTHING;
    }

    /** The byte written in the two characters at the offset. */
    static byte byteAt(final UnsafeBuffer message, final int offset, final byte[] values) {
        return (byte) ((values[message.getByte(offset) & 0xFF] << 4) | values[message.getByte(offset + 1) & 0xFF]);
    }

    /** The bitmap written in the sixteen characters at the offset. */
    static long bitmap(final UnsafeBuffer message, final int offset, final byte[] values) {
        long bitmap = 0;
        for (int i = 0; i < 2 * Long.BYTES; i++) {
            bitmap = (bitmap << 4) | values[message.getByte(offset + i) & 0xFF];
        }
        return bitmap;
    }

    private static byte[] values(final TextEncoding encoding) {
        final byte[] toLatin1 = encoding.toLatin1();
        final byte[] values = new byte[256];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (toLatin1[i] < 0 ? -1 : Character.digit(toLatin1[i], 16));
        }
        return values;
    }

    static void putByte(final UnsafeBuffer message, final int offset, final byte value, final byte[] characters) {
        message.putByte(offset, characters[(value >> 4) & 0xF]);
        message.putByte(offset + 1, characters[value & 0xF]);
    }

    static void putBitmap(final UnsafeBuffer message, final int offset, final long bitmap, final byte[] characters) {
        for (int i = 0; i < Long.BYTES; i++) {
            putByte(message, offset + 2 * i, (byte) (bitmap >>> (Long.SIZE - Byte.SIZE * (i + 1))), characters);
        }
    }

    private static byte[] characters(final TextEncoding encoding) {
        return "0123456789ABCDEF".getBytes(encoding.charset());
    }
}

package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Copies the short values of a message, for which the general routines take longer to start than to run.
 *
 * <p>A value is copied word by word; its last word ends with the value and overlaps the one before, which saves
 * copying byte by byte. No byte beside the value is touched.
 */
final class Bytes {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int LONGEST_SHORT = 64;
    private static final long LOWER_HALF = 0xFFFFFFFFL;

    private Bytes() {}

    /** Copies from a message. */
    static void copyOut(
            final byte[] message,
            final int offset,
            final MutableDirectBuffer destination,
            final int destinationOffset,
            final int length) {
        if (length > LONGEST_SHORT) {
            destination.putBytes(destinationOffset, message, offset, length);
        } else if (length >= Long.BYTES) {
            final int lastWord = length - Long.BYTES;
            for (int i = 0; i < lastWord; i += Long.BYTES) {
                destination.putLong(destinationOffset + i, Words.eight(message, offset + i), ORDER);
            }
            destination.putLong(destinationOffset + lastWord, Words.eight(message, offset + lastWord), ORDER);
        } else if (length >= Integer.BYTES) {
            final int lastWord = length - Integer.BYTES;
            destination.putInt(destinationOffset, Words.four(message, offset), ORDER);
            destination.putInt(destinationOffset + lastWord, Words.four(message, offset + lastWord), ORDER);
        } else if (length >= Short.BYTES) {
            final int lastWord = length - Short.BYTES;
            destination.putShort(destinationOffset, Words.two(message, offset), ORDER);
            destination.putShort(destinationOffset + lastWord, Words.two(message, offset + lastWord), ORDER);
        } else if (length == 1) {
            destination.putByte(destinationOffset, message[offset]);
        }
    }

    /** Copies into a message. */
    static void copyIn(
            final DirectBuffer source,
            final int sourceOffset,
            final byte[] message,
            final int offset,
            final int length) {
        if (length > LONGEST_SHORT) {
            source.getBytes(sourceOffset, message, offset, length);
        } else if (length >= Long.BYTES) {
            final int lastWord = length - Long.BYTES;
            for (int i = 0; i < lastWord; i += Long.BYTES) {
                Words.putEight(message, offset + i, source.getLong(sourceOffset + i, ORDER));
            }
            Words.putEight(message, offset + lastWord, source.getLong(sourceOffset + lastWord, ORDER));
        } else {
            putShort(message, offset, length, shortWord(source, sourceOffset, length));
        }
    }

    /**
     * Copies digits in ASCII into a message, and looks at them on the way.
     *
     * @return whether they are digits; when they are not, they are copied all the same
     */
    static boolean copyDigitsIn(
            final DirectBuffer source,
            final int sourceOffset,
            final byte[] message,
            final int offset,
            final int length) {
        if (length < Long.BYTES) {
            final long word = shortWord(source, sourceOffset, length);
            putShort(message, offset, length, word);
            return length == 0 || Digits.areAscii(word | (length < Integer.BYTES ? fill(length) : 0));
        }
        boolean digits = true;
        final int lastWord = length - Long.BYTES;
        for (int i = 0; i < lastWord; i += Long.BYTES) {
            final long word = source.getLong(sourceOffset + i, ORDER);
            digits &= Digits.areAscii(word);
            Words.putEight(message, offset + i, word);
        }
        final long word = source.getLong(sourceOffset + lastWord, ORDER);
        Words.putEight(message, offset + lastWord, word);
        return digits & Digits.areAscii(word);
    }

    /** Up to seven bytes in one word: their first half from bit 0 on, their overlapping last half above it. */
    private static long shortWord(final DirectBuffer source, final int offset, final int length) {
        if (length >= Integer.BYTES) {
            final long last = source.getInt(offset + length - Integer.BYTES, ORDER);
            return (source.getInt(offset, ORDER) & LOWER_HALF) | (last << Integer.SIZE);
        }
        if (length >= Short.BYTES) {
            final int last = source.getShort(offset + length - Short.BYTES, ORDER) & 0xFFFF;
            return (source.getShort(offset, ORDER) & 0xFFFF) | ((long) last << Short.SIZE);
        }
        return length == 1 ? source.getByte(offset) & 0xFF : 0;
    }

    private static void putShort(final byte[] message, final int offset, final int length, final long word) {
        if (length >= Integer.BYTES) {
            Words.putFour(message, offset, (int) word);
            Words.putFour(message, offset + length - Integer.BYTES, (int) (word >>> Integer.SIZE));
        } else if (length >= Short.BYTES) {
            Words.putTwo(message, offset, (short) word);
            Words.putTwo(message, offset + length - Short.BYTES, (short) (word >>> Short.SIZE));
        } else if (length == 1) {
            message[offset] = (byte) word;
        }
    }

    /** Digits for the bytes of a word that a value of one to three bytes leaves empty. */
    private static long fill(final int length) {
        return Digits.ASCII_ZONES << (length == 1 ? Byte.SIZE : Integer.SIZE);
    }
}

package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Copies the short values of a message, for which the general routines take longer to start than to run.
 *
 * <p>A value is copied in words, the last of which ends with the value and overlaps the one before. That saves copying
 * byte by byte; and most values have two words and need no loop, which is slow to begin.
 */
final class Bytes {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int TWO_WORDS = 2 * Long.BYTES;
    private static final int LONGEST_SHORT = 64;

    private Bytes() {}

    /** Copies from a message; no byte beside the value is touched. */
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
            destination.putLong(destinationOffset, Words.eight(message, offset), ORDER);
            if (length > TWO_WORDS) {
                for (int i = Long.BYTES; i < lastWord; i += Long.BYTES) {
                    destination.putLong(destinationOffset + i, Words.eight(message, offset + i), ORDER);
                }
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

    /** Copies into a message, and overwrites up to seven bytes after the value. */
    static void copyIn(
            final DirectBuffer source,
            final int sourceOffset,
            final byte[] message,
            final int offset,
            final int length) {
        if (length < Long.BYTES) {
            Words.putEight(message, offset, shortWord(source, sourceOffset, length));
        } else if (length > LONGEST_SHORT) {
            source.getBytes(sourceOffset, message, offset, length);
        } else {
            final int lastWord = length - Long.BYTES;
            Words.putEight(message, offset, source.getLong(sourceOffset, ORDER));
            if (length > TWO_WORDS) {
                for (int i = Long.BYTES; i < lastWord; i += Long.BYTES) {
                    Words.putEight(message, offset + i, source.getLong(sourceOffset + i, ORDER));
                }
            }
            Words.putEight(message, offset + lastWord, source.getLong(sourceOffset + lastWord, ORDER));
        }
    }

    /**
     * Copies digits in ASCII as {@link #copyIn} does, and looks at them on the way.
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
            Words.putEight(message, offset, word);
            return Digits.areAscii(word | (Digits.ASCII_ZONES << (Byte.SIZE * length)));
        }
        final int lastWord = length - Long.BYTES;
        final long first = source.getLong(sourceOffset, ORDER);
        Words.putEight(message, offset, first);
        boolean digits = Digits.areAscii(first);
        if (length > TWO_WORDS) {
            for (int i = Long.BYTES; i < lastWord; i += Long.BYTES) {
                final long word = source.getLong(sourceOffset + i, ORDER);
                digits &= Digits.areAscii(word);
                Words.putEight(message, offset + i, word);
            }
        }
        final long last = source.getLong(sourceOffset + lastWord, ORDER);
        Words.putEight(message, offset + lastWord, last);
        return digits && Digits.areAscii(last);
    }

    /** Up to seven bytes in one word, the rest of which is 0. */
    private static long shortWord(final DirectBuffer source, final int offset, final int length) {
        final int unused = Byte.SIZE * (Long.BYTES - length);
        if (offset + Long.BYTES <= source.capacity()) {
            return length == 0 ? 0 : source.getLong(offset, ORDER) & (-1L >>> unused);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | (source.getByte(offset + i) & 0xFF);
        }
        return word;
    }
}

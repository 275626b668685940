package io.turnout.codecs.iso8583;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Copies and fills the short texts of a message, for which the general routines take longer to start than to run. */
final class Bytes {
    private static final int LONGEST_SHORT = 64;

    private Bytes() {}

    /** Copies between buffers that do not overlap. */
    static void copy(
            final DirectBuffer source,
            final int sourceOffset,
            final MutableDirectBuffer destination,
            final int destinationOffset,
            final int length) {
        if (length > LONGEST_SHORT) {
            destination.putBytes(destinationOffset, source, sourceOffset, length);
            return;
        }
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                destination.putByte(destinationOffset + i, source.getByte(sourceOffset + i));
            }
            return;
        }
        final int lastWord = length - Long.BYTES;
        for (int i = 0; i < lastWord; i += Long.BYTES) {
            destination.putLong(destinationOffset + i, source.getLong(sourceOffset + i));
        }
        // The last word ends with the text and overlaps the one before it, which saves copying byte by byte.
        destination.putLong(destinationOffset + lastWord, source.getLong(sourceOffset + lastWord));
    }

    /** Writes the same byte many times. */
    static void fill(final MutableDirectBuffer destination, final int offset, final int length, final byte value) {
        if (length > 0) {
            destination.setMemory(offset, length, value);
        }
    }
}

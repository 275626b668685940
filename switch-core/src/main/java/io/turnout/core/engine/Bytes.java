package io.turnout.core.engine;

import org.agrona.DirectBuffer;

/** Fixed-length texts as bytes in buffers. */
final class Bytes {
    private Bytes() {}

    static boolean areEqual(
            final DirectBuffer a, final int offsetA, final DirectBuffer b, final int offsetB, final int length) {
        for (int i = 0; i < length; i++) {
            if (a.getByte(offsetA + i) != b.getByte(offsetB + i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text was left out: blanks or zero bytes only. */
    static boolean areBlank(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte value = buffer.getByte(offset + i);
            if (value != ' ' && value != 0) {
                return false;
            }
        }
        return true;
    }
}

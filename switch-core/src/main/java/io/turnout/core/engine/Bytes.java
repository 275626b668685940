package io.turnout.core.engine;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Short fields of fixed length as bytes in buffers. Eight bytes go at once, and the compiler unrolls the loops because
 * callers give constant lengths: a call of a general copy routine would cost more than the copy.
 */
final class Bytes {
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Bytes() {}

    static void copy(
            final DirectBuffer source,
            final int sourceOffset,
            final MutableDirectBuffer target,
            final int targetOffset,
            final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            target.putLong(targetOffset + i, source.getLong(sourceOffset + i, ORDER), ORDER);
        }
        if (i + Integer.BYTES <= length) {
            target.putInt(targetOffset + i, source.getInt(sourceOffset + i, ORDER), ORDER);
            i += Integer.BYTES;
        }
        for (; i < length; i++) {
            target.putByte(targetOffset + i, source.getByte(sourceOffset + i));
        }
    }

    /** From a buffer to off-heap memory. */
    static void copy(final DirectBuffer source, final int sourceOffset, final long targetAddress, final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            UnsafeApi.putLong(targetAddress + i, source.getLong(sourceOffset + i, ORDER));
        }
        if (i + Integer.BYTES <= length) {
            UnsafeApi.putInt(targetAddress + i, source.getInt(sourceOffset + i, ORDER));
            i += Integer.BYTES;
        }
        for (; i < length; i++) {
            UnsafeApi.putByte(targetAddress + i, source.getByte(sourceOffset + i));
        }
    }

    /** From off-heap memory to a buffer. */
    static void copy(
            final long sourceAddress, final MutableDirectBuffer target, final int targetOffset, final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            target.putLong(targetOffset + i, UnsafeApi.getLong(sourceAddress + i), ORDER);
        }
        if (i + Integer.BYTES <= length) {
            target.putInt(targetOffset + i, UnsafeApi.getInt(sourceAddress + i), ORDER);
            i += Integer.BYTES;
        }
        for (; i < length; i++) {
            target.putByte(targetOffset + i, UnsafeApi.getByte(sourceAddress + i));
        }
    }

    static void fill(final MutableDirectBuffer target, final int targetOffset, final int length, final byte value) {
        for (int i = 0; i < length; i++) {
            target.putByte(targetOffset + i, value);
        }
    }

    static boolean areEqual(
            final DirectBuffer a, final int offsetA, final DirectBuffer b, final int offsetB, final int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (a.getLong(offsetA + i, ORDER) != b.getLong(offsetB + i, ORDER)) {
                return false;
            }
        }
        for (; i < length; i++) {
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

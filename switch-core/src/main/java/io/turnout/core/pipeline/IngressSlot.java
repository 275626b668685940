package io.turnout.core.pipeline;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One command in the ingress ring: a view into the ring's off-heap memory.
 *
 * <pre>
 *   0                   4                   8
 *  +-------------------+-------------------+------------------------- - -
 *  |  length (int32)   |     (padding)     |  SBE header and message
 *  +-------------------+-------------------+------------------------- - -
 * </pre>
 *
 * A length of zero means that the producer failed while writing; such a slot is passed over.
 */
final class IngressSlot {
    static final int LENGTH_OFFSET = 0;
    static final int COMMAND_OFFSET = LENGTH_OFFSET + 2 * BitUtil.SIZE_OF_INT;

    private final UnsafeBuffer buffer;

    IngressSlot(final UnsafeBuffer buffer) {
        this.buffer = buffer;
    }

    static int slotLength(final int maximumCommandLength) {
        return BitUtil.align(COMMAND_OFFSET + maximumCommandLength, BitUtil.CACHE_LINE_LENGTH);
    }

    void clear() {
        buffer.putInt(LENGTH_OFFSET, 0);
    }

    void write(final DirectBuffer source, final int offset, final int length) {
        buffer.putBytes(COMMAND_OFFSET, source, offset, length);
        buffer.putInt(LENGTH_OFFSET, length);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return buffer.getInt(LENGTH_OFFSET);
    }
}

package io.turnout.core.pipeline;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The one off-heap buffer of a ring, handed out slot by slot while the ring is being built. */
final class SlotMemory {
    private final ByteBuffer memory;
    private final int slotLength;
    private int nextOffset;

    SlotMemory(final int capacity, final int slotLength) {
        final long length = (long) capacity * slotLength;
        if (length > Integer.MAX_VALUE - BitUtil.CACHE_LINE_LENGTH) {
            throw new IllegalArgumentException("ring too large: capacity=" + capacity + " slotLength=" + slotLength);
        }
        this.memory = BufferUtil.allocateDirectAligned((int) length, BitUtil.CACHE_LINE_LENGTH);
        this.slotLength = slotLength;
    }

    UnsafeBuffer nextSlot() {
        final UnsafeBuffer slot = new UnsafeBuffer(memory, nextOffset, slotLength);
        nextOffset += slotLength;
        return slot;
    }
}

package io.turnout.core.pipeline;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event in the egress ring: a view into the ring's off-heap memory.
 *
 * <pre>
 *   0                8                  16             24            28          32
 *  +----------------+------------------+--------------+-------------+-----------+-------------------- - -
 *  | event sequence | command sequence | timestamp ns |   length    | (padding) | SBE header and message
 *  +----------------+------------------+--------------+-------------+-----------+-------------------- - -
 * </pre>
 */
final class EgressSlot {
    static final int EVENT_SEQUENCE_OFFSET = 0;
    static final int COMMAND_SEQUENCE_OFFSET = EVENT_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    static final int TIMESTAMP_OFFSET = COMMAND_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    static final int LENGTH_OFFSET = TIMESTAMP_OFFSET + BitUtil.SIZE_OF_LONG;
    static final int EVENT_OFFSET = LENGTH_OFFSET + 2 * BitUtil.SIZE_OF_INT;

    private final UnsafeBuffer header;
    private final UnsafeBuffer event;

    EgressSlot(final UnsafeBuffer slot) {
        this.header = new UnsafeBuffer(slot, 0, EVENT_OFFSET);
        this.event = new UnsafeBuffer(slot, EVENT_OFFSET, slot.capacity() - EVENT_OFFSET);
    }

    static int slotLength(final int maximumEventLength) {
        return BitUtil.align(EVENT_OFFSET + maximumEventLength, BitUtil.CACHE_LINE_LENGTH);
    }

    void describe(final long eventSequence, final long commandSequence, final long timestampNs, final int length) {
        header.putLong(EVENT_SEQUENCE_OFFSET, eventSequence);
        header.putLong(COMMAND_SEQUENCE_OFFSET, commandSequence);
        header.putLong(TIMESTAMP_OFFSET, timestampNs);
        header.putInt(LENGTH_OFFSET, length);
    }

    MutableDirectBuffer event() {
        return event;
    }

    long eventSequence() {
        return header.getLong(EVENT_SEQUENCE_OFFSET);
    }

    long commandSequence() {
        return header.getLong(COMMAND_SEQUENCE_OFFSET);
    }

    long timestampNs() {
        return header.getLong(TIMESTAMP_OFFSET);
    }

    int length() {
        return header.getInt(LENGTH_OFFSET);
    }
}

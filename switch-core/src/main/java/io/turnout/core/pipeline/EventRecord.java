package io.turnout.core.pipeline;

import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Flyweight over the payload of one record of the event journal. The event's sequence and timestamp are those of the
 * record.
 *
 * <pre>
 *   0                          8                        40
 *  +--------------------------+------------------------+------------------------- - -
 *  | command sequence (LE)    |  chain value (SHA-256) |  SBE header and message
 *  +--------------------------+------------------------+------------------------- - -
 * </pre>
 */
public final class EventRecord {
    /** Where the sequence of the command that caused the event stands. */
    public static final int COMMAND_SEQUENCE_OFFSET = 0;
    /** Where the chain value stands; see {@link EventChain}. */
    public static final int CHAIN_OFFSET = COMMAND_SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    /** Where the event begins. */
    public static final int EVENT_OFFSET = CHAIN_OFFSET + EventChain.VALUE_LENGTH;

    private DirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * Points the flyweight at a payload.
     *
     * @throws IllegalArgumentException when the payload is too short to be an event record
     */
    public EventRecord wrap(final DirectBuffer recordBuffer, final int recordOffset, final int recordLength) {
        if (recordLength <= EVENT_OFFSET) {
            throw new IllegalArgumentException(
                    "not an event record: length=" + recordLength + " minimum=" + (EVENT_OFFSET + 1));
        }
        buffer = recordBuffer;
        offset = recordOffset;
        length = recordLength;
        return this;
    }

    /** The command that caused the event. */
    public long commandSequence() {
        return buffer.getLong(offset + COMMAND_SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** Copies the chain value. */
    public void chainValue(final byte[] destination) {
        buffer.getBytes(offset + CHAIN_OFFSET, destination, 0, EventChain.VALUE_LENGTH);
    }

    /** Where the event begins in the buffer wrapped. */
    public int eventOffset() {
        return offset + EVENT_OFFSET;
    }

    /** Bytes of the event. */
    public int eventLength() {
        return length - EVENT_OFFSET;
    }
}

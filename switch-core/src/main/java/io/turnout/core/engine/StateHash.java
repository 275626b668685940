package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import org.agrona.DirectBuffer;

/**
 * Hash over the records of a snapshot. Two engines have the same hash when they would write the same snapshot, however
 * their tables lie in memory. Finds accidents, not forgeries.
 */
final class StateHash implements SnapshotSink {
    private final SnapshotSink next;
    private long hash;
    private long records;

    /** Hashes the records and passes them on. */
    StateHash(final SnapshotSink next) {
        this.next = next;
    }

    /** Hashes the records. */
    StateHash() {
        this((buffer, offset, length) -> {});
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        hash = Hash.fold(hash, length);
        int position = 0;
        for (; position + Long.BYTES <= length; position += Long.BYTES) {
            hash = Hash.fold(hash, buffer.getLong(offset + position, SnapshotPaymentDecoder.BYTE_ORDER));
        }
        long rest = 0;
        for (; position < length; position++) {
            rest = (rest << Byte.SIZE) | (buffer.getByte(offset + position) & 0xFF);
        }
        hash = Hash.fold(hash, rest);
        records++;
        next.onRecord(buffer, offset, length);
    }

    long value() {
        return hash;
    }

    /** Records hashed. */
    long records() {
        return records;
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory of all payments: equal records in off-heap chunks, numbered by slots from 0. A slot says where a record
 * lies and nothing else; nothing that leaves the engine may depend on it.
 *
 * <pre>
 *   record, 448 bytes = 7 cache lines
 *   +------------+----------+------+----------+--------------------------------+--------+
 *   | heap index | previous | next | (unused) | block of SnapshotPayment       | zeroes |
 *   | int32      | int32    | int32| int32    | as in the schema               |        |
 *   +------------+----------+------+----------+--------------------------------+--------+
 *   0            4          8      12         16
 * </pre>
 *
 * The first 16 bytes tell where the record stands in the deadline heap and in the one list it may be in. They depend on
 * the layout and are neither hashed nor written to a snapshot.
 *
 * <p>Records are read and written by address. An access through a buffer that may lie on the heap or off it is a
 * barrier to the compiler: after each one it loads every other field anew, which made up a quarter of a payment's time.
 * What makes addresses safe is that {@link #address} checks each slot, and that all offsets lie within a record.
 */
final class PaymentSlab {
    static final int NONE = -1;
    static final int BLOCK_LENGTH = SnapshotPaymentEncoder.BLOCK_LENGTH;
    static final int RECORD_LENGTH = 448;
    static final int HEAP_INDEX_OFFSET = 0;
    static final int PREVIOUS_OFFSET = HEAP_INDEX_OFFSET + Integer.BYTES;
    static final int NEXT_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;
    static final int BLOCK_OFFSET = NEXT_OFFSET + 2 * Integer.BYTES;

    static final int CACHE_LINE_LENGTH = 64;

    private static final int CHUNK_SHIFT = 20;
    private static final int CHUNK_RECORDS = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private final UnsafeBuffer[] chunks;

    private final long[] chunkAddresses;

    /** Copied over a record to wipe it, which takes half the time of setting its memory. */
    private final UnsafeBuffer zeroes =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(RECORD_LENGTH, CACHE_LINE_LENGTH));

    private final int capacity;
    private int firstFree = NONE;
    private int used;
    private int count;

    PaymentSlab(final int capacity) {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new IllegalStateException("records are kept as in the schema: byteOrder=" + ByteOrder.nativeOrder());
        }
        this.capacity = capacity;
        this.chunks = new UnsafeBuffer[(capacity + CHUNK_MASK) >>> CHUNK_SHIFT];
        this.chunkAddresses = new long[chunks.length];
        for (int i = 0; i < chunks.length; i++) {
            final int records = Math.min(CHUNK_RECORDS, capacity - (i << CHUNK_SHIFT));
            chunks[i] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(records * RECORD_LENGTH, CACHE_LINE_LENGTH));
            chunkAddresses[i] = chunks[i].addressOffset();
        }
    }

    UnsafeBuffer buffer(final int slot) {
        return chunks[slot >>> CHUNK_SHIFT];
    }

    int offset(final int slot) {
        return (slot & CHUNK_MASK) * RECORD_LENGTH;
    }

    boolean isFull() {
        return count == capacity;
    }

    int capacity() {
        return capacity;
    }

    /** Slots below this one have been used at least once. */
    int used() {
        return used;
    }

    int count() {
        return count;
    }

    /** Takes a free slot; the record in it is all zeroes and in no list. */
    int allocate() {
        final int slot;
        if (firstFree == NONE) {
            slot = used++;
        } else {
            slot = firstFree;
            firstFree = next(slot);
        }
        heapIndex(slot, NONE);
        previous(slot, NONE);
        next(slot, NONE);
        count++;
        return slot;
    }

    /** Gives a slot back and wipes the record. */
    void free(final int slot) {
        UnsafeApi.copyMemory(zeroes.addressOffset(), address(slot), RECORD_LENGTH);
        next(slot, firstFree);
        firstFree = slot;
        count--;
    }

    /** First byte of a record in memory. */
    long address(final int slot) {
        if (slot < 0 || slot >= used) {
            throw new IllegalStateException("no record: slot=" + slot + " used=" + used);
        }
        return chunkAddresses[slot >>> CHUNK_SHIFT] + (long) (slot & CHUNK_MASK) * RECORD_LENGTH;
    }

    int heapIndex(final int slot) {
        return UnsafeApi.getInt(address(slot) + HEAP_INDEX_OFFSET);
    }

    void heapIndex(final int slot, final int value) {
        UnsafeApi.putInt(address(slot) + HEAP_INDEX_OFFSET, value);
    }

    int previous(final int slot) {
        return UnsafeApi.getInt(address(slot) + PREVIOUS_OFFSET);
    }

    void previous(final int slot, final int value) {
        UnsafeApi.putInt(address(slot) + PREVIOUS_OFFSET, value);
    }

    int next(final int slot) {
        return UnsafeApi.getInt(address(slot) + NEXT_OFFSET);
    }

    void next(final int slot, final int value) {
        UnsafeApi.putInt(address(slot) + NEXT_OFFSET, value);
    }
}

package io.turnout.core.engine;

import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Approved payments past the horizon, kept for the follow-ups, reversals and status inquiries that name them: compact
 * records in the order in which they left the payment table, found by the acquirer's key and by payment id.
 */
final class OriginalTable {
    static final int NONE = -1;
    private static final int CACHE_LINE_LENGTH = 64;
    private static final int CHUNK_SHIFT = 20;
    private static final int CHUNK_RECORDS = 1 << CHUNK_SHIFT;
    private static final int CHUNK_MASK = CHUNK_RECORDS - 1;

    private final OriginalRecord candidate = new OriginalRecord();
    private final UnsafeBuffer[] chunks;
    private final int[] previous;
    private final int[] next;
    private final SlotIndex byKey;
    private final SlotIndex byId;
    private final int capacity;
    private int first = NONE;
    private int last = NONE;
    private int firstFree = NONE;
    private int used;
    private int count;

    OriginalTable(final int capacity) {
        this.capacity = capacity;
        this.chunks = new UnsafeBuffer[(capacity + CHUNK_MASK) >>> CHUNK_SHIFT];
        for (int i = 0; i < chunks.length; i++) {
            final int records = Math.min(CHUNK_RECORDS, capacity - (i << CHUNK_SHIFT));
            chunks[i] = new UnsafeBuffer(
                    BufferUtil.allocateDirectAligned(records * OriginalRecord.BLOCK_LENGTH, CACHE_LINE_LENGTH));
        }
        this.previous = new int[capacity];
        this.next = new int[capacity];
        this.byKey = new SlotIndex(capacity);
        this.byId = new SlotIndex(capacity);
    }

    /** Memory for so many originals. */
    static long bytes(final int capacity) {
        return (OriginalRecord.BLOCK_LENGTH + 2L * Integer.BYTES) * capacity + 2 * SlotIndex.bytes(capacity);
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    /** The one that came first, or {@link #NONE}. */
    int first() {
        return first;
    }

    /** The one that came next after another, or {@link #NONE}. */
    int next(final int slot) {
        return next[slot];
    }

    OriginalRecord wrap(final int slot, final OriginalRecord original) {
        return original.wrap(chunks[slot >>> CHUNK_SHIFT], (slot & CHUNK_MASK) * OriginalRecord.BLOCK_LENGTH);
    }

    /** Takes a place at the end; {@link #enter} makes what is written there findable. */
    int allocate() {
        final int slot;
        if (firstFree == NONE) {
            slot = used++;
        } else {
            slot = firstFree;
            firstFree = next[slot];
        }
        previous[slot] = last;
        next[slot] = NONE;
        if (last == NONE) {
            first = slot;
        } else {
            next[last] = slot;
        }
        last = slot;
        count++;
        return slot;
    }

    void enter(final int slot) {
        wrap(slot, candidate);
        byKey.add(keyHash(candidate), slot);
        byId.add(PaymentTable.idHash(candidate.decoder().paymentId()), slot);
    }

    void remove(final int slot) {
        wrap(slot, candidate);
        byKey.remove(keyHash(candidate), slot);
        byId.remove(PaymentTable.idHash(candidate.decoder().paymentId()), slot);
        candidate.buffer().setMemory(candidate.offset(), OriginalRecord.BLOCK_LENGTH, (byte) 0);
        if (previous[slot] == NONE) {
            first = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] == NONE) {
            last = previous[slot];
        } else {
            previous[next[slot]] = previous[slot];
        }
        next[slot] = firstFree;
        firstFree = slot;
        count--;
    }

    int findByKey(final long acquirerId, final long referenceHigh, final long referenceLow, final long createdAtNs) {
        final int hash = PaymentTable.keyHash(acquirerId, referenceHigh, referenceLow, createdAtNs);
        for (int i = byKey.first(hash); i != SlotIndex.NONE; i = byKey.next(i, hash)) {
            final int slot = byKey.slotAt(i);
            if (wrap(slot, candidate).hasKey(acquirerId, referenceHigh, referenceLow, createdAtNs)) {
                return slot;
            }
        }
        return NONE;
    }

    int findById(final long paymentId) {
        final int hash = PaymentTable.idHash(paymentId);
        for (int i = byId.first(hash); i != SlotIndex.NONE; i = byId.next(i, hash)) {
            final int slot = byId.slotAt(i);
            if (wrap(slot, candidate).decoder().paymentId() == paymentId) {
                return slot;
            }
        }
        return NONE;
    }

    private static int keyHash(final OriginalRecord original) {
        return PaymentTable.keyHash(
                original.decoder().acquirerId(),
                original.decoder().clientReference().high(),
                original.decoder().clientReference().low(),
                original.decoder().createdAtNs());
    }
}

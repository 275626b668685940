package io.turnout.core.engine;

/**
 * The deadlines of payments as a binary heap in the order of (deadline, payment id), which does not depend on how the
 * heap or the records lie in memory. Each record knows its place, so that a deadline can be moved or removed.
 */
final class DeadlineHeap {
    private final PaymentSlab slab;
    private final long[] deadlineNs;
    private final long[] paymentId;
    private final int[] slots;
    private int size;

    DeadlineHeap(final PaymentSlab slab) {
        this.slab = slab;
        this.deadlineNs = new long[slab.capacity()];
        this.paymentId = new long[slab.capacity()];
        this.slots = new int[slab.capacity()];
    }

    static long bytes(final int capacity) {
        return (2L * Long.BYTES + Integer.BYTES) * capacity;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The earliest deadline, or {@link Long#MAX_VALUE} when there is none. */
    long earliestNs() {
        return size == 0 ? Long.MAX_VALUE : deadlineNs[0];
    }

    /** The record with the earliest deadline. */
    int earliest() {
        return slots[0];
    }

    void add(final int slot, final long recordDeadlineNs, final long recordPaymentId) {
        siftUp(size++, slot, recordDeadlineNs, recordPaymentId);
    }

    void remove(final int slot) {
        final int index = indexOf(slot);
        slab.heapIndex(slot, PaymentSlab.NONE);
        size--;
        if (index < size) {
            siftEither(index, slots[size], deadlineNs[size], paymentId[size]);
        }
    }

    void move(final int slot, final long newDeadlineNs) {
        final int index = indexOf(slot);
        siftEither(index, slot, newDeadlineNs, paymentId[index]);
    }

    private int indexOf(final int slot) {
        final int index = slab.heapIndex(slot);
        if (index < 0 || index >= size || slots[index] != slot) {
            throw new IllegalStateException("no deadline: slot=" + slot + " heapIndex=" + index + " size=" + size);
        }
        return index;
    }

    private void siftEither(final int index, final int slot, final long deadline, final long id) {
        if (index > 0 && isBefore(deadline, id, (index - 1) >>> 1)) {
            siftUp(index, slot, deadline, id);
        } else {
            siftDown(index, slot, deadline, id);
        }
    }

    private void siftUp(final int from, final int slot, final long deadline, final long id) {
        int index = from;
        while (index > 0) {
            final int parent = (index - 1) >>> 1;
            if (!isBefore(deadline, id, parent)) {
                break;
            }
            place(index, slots[parent], deadlineNs[parent], paymentId[parent]);
            index = parent;
        }
        place(index, slot, deadline, id);
    }

    private void siftDown(final int from, final int slot, final long deadline, final long id) {
        int index = from;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(deadlineNs[child + 1], paymentId[child + 1], child)) {
                child++;
            }
            if (isBefore(deadline, id, child)) {
                break;
            }
            place(index, slots[child], deadlineNs[child], paymentId[child]);
            index = child;
        }
        place(index, slot, deadline, id);
    }

    private boolean isBefore(final long deadline, final long id, final int index) {
        return deadline < deadlineNs[index] || (deadline == deadlineNs[index] && id < paymentId[index]);
    }

    private void place(final int index, final int slot, final long deadline, final long id) {
        slots[index] = slot;
        deadlineNs[index] = deadline;
        paymentId[index] = id;
        slab.heapIndex(slot, index);
    }
}

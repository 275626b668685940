package io.turnout.core.engine;

/** A list of payment records, linked through the records themselves. A record is in one list at most. */
final class RecordList {
    static final int NONE = PaymentSlab.NONE;

    private final PaymentSlab slab;
    private int first = NONE;
    private int last = NONE;
    private int count;

    RecordList(final PaymentSlab slab) {
        this.slab = slab;
    }

    int first() {
        return first;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void append(final int slot) {
        slab.previous(slot, last);
        slab.next(slot, NONE);
        if (last == NONE) {
            first = slot;
        } else {
            slab.next(last, slot);
        }
        last = slot;
        count++;
    }

    void remove(final int slot) {
        final int previous = slab.previous(slot);
        final int next = slab.next(slot);
        if (previous == NONE) {
            if (first != slot) {
                throw new IllegalStateException("not in list: slot=" + slot + " first=" + first);
            }
            first = next;
        } else {
            slab.next(previous, next);
        }
        if (next == NONE) {
            last = previous;
        } else {
            slab.previous(next, previous);
        }
        slab.previous(slot, NONE);
        slab.next(slot, NONE);
        count--;
    }
}

package io.turnout.core.engine;

/** Record slots to be walked in the order of a key. Allocated for one walk: for snapshots and hashes only. */
final class SlotOrder {
    private final long[] keys;
    private final int[] slots;
    private int count;

    SlotOrder(final int capacity) {
        this.keys = new long[capacity];
        this.slots = new int[capacity];
    }

    /** All records of a table in the order of their payment ids. */
    static SlotOrder byPaymentId(final PaymentSlab slab) {
        final SlotOrder order = new SlotOrder(slab.count());
        final PaymentRecord payment = new PaymentRecord(slab);
        for (int slot = 0; slot < slab.used(); slot++) {
            final long paymentId = payment.wrap(slot).paymentId();
            if (paymentId != 0) {
                order.add(paymentId, slot);
            }
        }
        order.sort();
        return order;
    }

    void add(final long key, final int slot) {
        keys[count] = key;
        slots[count] = slot;
        count++;
    }

    void sort() {
        KeySort.sort(keys, slots, count);
    }

    int count() {
        return count;
    }

    int slotAt(final int index) {
        return slots[index];
    }
}

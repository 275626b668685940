package io.turnout.core.engine;

/** Record slots to be walked in the order of a key. Allocated for one walk: for snapshots and hashes only. */
final class SlotOrder {
    private long[] keys;
    private int[] slots;
    private long[] mergedKeys;
    private int[] mergedSlots;
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

    /**
     * Merges neighbouring runs until there is one (Knuth, The Art of Computer Programming, volume 3, section 5.2.4,
     * algorithm N). Slots are used again about in the order in which payments came, so there are few runs, or short
     * ways to go.
     */
    void sort() {
        while (endOfRun(0) < count) {
            mergePairs();
        }
    }

    int count() {
        return count;
    }

    int slotAt(final int index) {
        return slots[index];
    }

    private void mergePairs() {
        if (mergedKeys == null) {
            mergedKeys = new long[count];
            mergedSlots = new int[count];
        }
        int from = 0;
        while (from < count) {
            final int middle = endOfRun(from);
            final int to = endOfRun(middle);
            merge(from, middle, to);
            from = to;
        }
        final long[] sourceKeys = keys;
        final int[] sourceSlots = slots;
        keys = mergedKeys;
        slots = mergedSlots;
        mergedKeys = sourceKeys;
        mergedSlots = sourceSlots;
    }

    private void merge(final int from, final int middle, final int to) {
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            final boolean takesLeft = right == to || (left < middle && keys[left] <= keys[right]);
            final int source = takesLeft ? left++ : right++;
            mergedKeys[at] = keys[source];
            mergedSlots[at] = slots[source];
        }
    }

    /** First place behind the run that begins here. */
    private int endOfRun(final int from) {
        int at = Math.min(from + 1, count);
        while (at < count && keys[at - 1] <= keys[at]) {
            at++;
        }
        return at;
    }
}

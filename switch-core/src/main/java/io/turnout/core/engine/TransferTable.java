package io.turnout.core.engine;

/**
 * Open reservations, found by their id, and given up in the order of (deadline, id, owner). The holds of payments lie
 * here too, found by the payment's id.
 *
 * <p>The deadlines are a binary heap over the records; each record knows its place in it.
 */
final class TransferTable {
    static final int NONE = -1;
    static final long NEVER = Long.MAX_VALUE;

    private final long[] transferId;
    private final long[] amountMinor;
    private final long[] expiresAtNs;
    private final int[] debit;
    private final int[] credit;
    private final boolean[] ofPayment;
    private final int[] heapIndex;
    private final int[] heap;
    private final int[] free;
    private final SlotIndex byId;
    private int count;

    TransferTable(final int capacity) {
        this.transferId = new long[capacity];
        this.amountMinor = new long[capacity];
        this.expiresAtNs = new long[capacity];
        this.debit = new int[capacity];
        this.credit = new int[capacity];
        this.ofPayment = new boolean[capacity];
        this.heapIndex = new int[capacity];
        this.heap = new int[capacity];
        this.free = new int[capacity];
        this.byId = new SlotIndex(capacity);
        for (int i = 0; i < capacity; i++) {
            free[i] = i;
        }
    }

    static long bytes(final int capacity) {
        return (3L * Long.BYTES + 5L * Integer.BYTES + 1) * capacity + SlotIndex.bytes(capacity);
    }

    int count() {
        return count;
    }

    int capacity() {
        return heap.length;
    }

    /**
     * Adds a reservation whose id is not in the table.
     *
     * @param expiry when it is given up, or {@link #NEVER}
     * @throws EngineCapacityException when there is no room
     */
    int add(
            final long id,
            final boolean isOfPayment,
            final int debitNumber,
            final int creditNumber,
            final long amount,
            final long expiry) {
        if (count == heap.length) {
            throw new EngineCapacityException("transfers", heap.length);
        }
        final int slot = free[count];
        transferId[slot] = id;
        ofPayment[slot] = isOfPayment;
        debit[slot] = debitNumber;
        credit[slot] = creditNumber;
        amountMinor[slot] = amount;
        expiresAtNs[slot] = expiry;
        byId.add(hash(id), slot);
        siftUp(count++, slot);
        return slot;
    }

    void remove(final int slot) {
        final int index = heapIndex[slot];
        if (index >= count || heap[index] != slot) {
            throw new IllegalStateException("no such transfer: slot=" + slot);
        }
        byId.remove(hash(transferId[slot]), slot);
        count--;
        free[count] = slot;
        if (index < count) {
            final int moved = heap[count];
            siftUp(index, moved);
            siftDown(heapIndex[moved], moved);
        }
    }

    int find(final long id, final boolean isOfPayment) {
        final int hash = hash(id);
        for (int i = byId.first(hash); i != SlotIndex.NONE; i = byId.next(i, hash)) {
            final int slot = byId.slotAt(i);
            if (transferId[slot] == id && ofPayment[slot] == isOfPayment) {
                return slot;
            }
        }
        return NONE;
    }

    /** The earliest deadline, or {@link #NEVER}. */
    long earliestNs() {
        return count == 0 ? NEVER : expiresAtNs[heap[0]];
    }

    /** The reservation with the earliest deadline. */
    int earliest() {
        return heap[0];
    }

    long transferId(final int slot) {
        return transferId[slot];
    }

    boolean isOfPayment(final int slot) {
        return ofPayment[slot];
    }

    int debit(final int slot) {
        return debit[slot];
    }

    int credit(final int slot) {
        return credit[slot];
    }

    long amountMinor(final int slot) {
        return amountMinor[slot];
    }

    long expiresAtNs(final int slot) {
        return expiresAtNs[slot];
    }

    /** All reservations in the order of their ids, a payment's hold after a reservation of the same id. Allocates. */
    SlotOrder inOrder() {
        final SlotOrder order = new SlotOrder(count);
        for (int i = 0; i < count; i++) {
            order.add(transferId[heap[i]] << 1 | (ofPayment[heap[i]] ? 1 : 0), heap[i]);
        }
        order.sort();
        return order;
    }

    private void siftUp(final int from, final int slot) {
        int index = from;
        while (index > 0 && isBefore(slot, heap[(index - 1) >>> 1])) {
            place(index, heap[(index - 1) >>> 1]);
            index = (index - 1) >>> 1;
        }
        place(index, slot);
    }

    private void siftDown(final int from, final int slot) {
        int index = from;
        while (2 * index + 1 < count) {
            int child = 2 * index + 1;
            if (child + 1 < count && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], slot)) {
                break;
            }
            place(index, heap[child]);
            index = child;
        }
        place(index, slot);
    }

    private boolean isBefore(final int a, final int b) {
        if (expiresAtNs[a] != expiresAtNs[b]) {
            return expiresAtNs[a] < expiresAtNs[b];
        }
        return transferId[a] != transferId[b] ? transferId[a] < transferId[b] : !ofPayment[a] && ofPayment[b];
    }

    private void place(final int index, final int slot) {
        heap[index] = slot;
        heapIndex[slot] = index;
    }

    private static int hash(final long id) {
        return (int) Hash.mix(id);
    }
}

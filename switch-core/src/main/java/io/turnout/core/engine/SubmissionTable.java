package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LedgerProblem;

/**
 * Submissions and the answers they got, oldest first, found by their ids. A ring: the oldest is forgotten first.
 *
 * <p>A submission may be forgotten only when its repeat would be refused as stale. The highest creation instant
 * forgotten still separates what may have been forgotten from what cannot have been, should the horizon grow.
 */
final class SubmissionTable {
    static final int NONE = -1;

    private final long[] idHigh;
    private final long[] idLow;
    private final long[] createdAtNs;
    private final long[] contentHash;
    private final byte[] problem;
    private final byte[] legs;
    private final byte[] leg;
    private final SlotIndex byId;
    private int first;
    private int count;
    private long forgottenUntilNs = Long.MIN_VALUE;

    SubmissionTable(final int capacity) {
        this.idHigh = new long[capacity];
        this.idLow = new long[capacity];
        this.createdAtNs = new long[capacity];
        this.contentHash = new long[capacity];
        this.problem = new byte[capacity];
        this.legs = new byte[capacity];
        this.leg = new byte[capacity];
        this.byId = new SlotIndex(capacity);
    }

    static long bytes(final int capacity) {
        return (4L * Long.BYTES + 3) * capacity + SlotIndex.bytes(capacity);
    }

    int capacity() {
        return idHigh.length;
    }

    int count() {
        return count;
    }

    /** The n-th oldest submission. */
    int slotAt(final int index) {
        return (first + index) % idHigh.length;
    }

    int find(final long high, final long low) {
        final int hash = hash(high, low);
        for (int i = byId.first(hash); i != SlotIndex.NONE; i = byId.next(i, hash)) {
            final int slot = byId.slotAt(i);
            if (idHigh[slot] == high && idLow[slot] == low) {
                return slot;
            }
        }
        return NONE;
    }

    /**
     * Adds a submission with its answer.
     *
     * @throws EngineCapacityException when there is no room
     */
    int add(final long high, final long low, final long createdAt, final long hash) {
        if (count == idHigh.length) {
            throw new EngineCapacityException("submissions", count);
        }
        final int slot = slotAt(count++);
        idHigh[slot] = high;
        idLow[slot] = low;
        createdAtNs[slot] = createdAt;
        contentHash[slot] = hash;
        answer(slot, 0, LedgerProblem.NONE, 0);
        byId.add(hash(high, low), slot);
        return slot;
    }

    void answer(final int slot, final int legCount, final LedgerProblem reason, final int refusedLeg) {
        legs[slot] = (byte) legCount;
        problem[slot] = (byte) reason.value();
        leg[slot] = (byte) refusedLeg;
    }

    /** Forgets the oldest submission. */
    void forgetOldest() {
        forgottenUntilNs = Math.max(forgottenUntilNs, createdAtNs[first]);
        byId.remove(hash(idHigh[first], idLow[first]), first);
        first = slotAt(1);
        count--;
    }

    long forgottenUntilNs() {
        return forgottenUntilNs;
    }

    void forgottenUntilNs(final long value) {
        forgottenUntilNs = value;
    }

    long idHigh(final int slot) {
        return idHigh[slot];
    }

    long idLow(final int slot) {
        return idLow[slot];
    }

    long createdAtNs(final int slot) {
        return createdAtNs[slot];
    }

    long contentHash(final int slot) {
        return contentHash[slot];
    }

    int legs(final int slot) {
        return legs[slot];
    }

    LedgerProblem problem(final int slot) {
        return LedgerProblem.get(problem[slot]);
    }

    int leg(final int slot) {
        return leg[slot];
    }

    private static int hash(final long high, final long low) {
        return (int) Hash.fold(high, low);
    }
}

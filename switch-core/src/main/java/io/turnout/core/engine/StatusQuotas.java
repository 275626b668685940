package io.turnout.core.engine;

/** How many status inquiries each acquirer may still make: a {@link TokenBucket} each. */
final class StatusQuotas {
    private final long[] acquirerId;
    private final long[] perSecond;
    private final long[] paidUntilNs;
    private int count;

    StatusQuotas(final int acquirers) {
        this.acquirerId = new long[acquirers];
        this.perSecond = new long[acquirers];
        this.paidUntilNs = new long[acquirers];
    }

    static long bytes(final int acquirers) {
        return 3L * Long.BYTES * acquirers;
    }

    void clear() {
        count = 0;
    }

    /** @param inquiriesPerSecond 0 = no limit */
    void define(final int index, final long ofAcquirerId, final long inquiriesPerSecond) {
        acquirerId[index] = ofAcquirerId;
        perSecond[index] = inquiriesPerSecond;
        paidUntilNs[index] = 0;
        count = index + 1;
    }

    /** Takes a token; false when there is none. */
    boolean admit(final int index, final long nowNs) {
        if (!TokenBucket.hasToken(paidUntilNs[index], nowNs, perSecond[index])) {
            return false;
        }
        paidUntilNs[index] = TokenBucket.withoutToken(paidUntilNs[index], nowNs, perSecond[index]);
        return true;
    }

    int count() {
        return count;
    }

    long acquirerId(final int index) {
        return acquirerId[index];
    }

    long paidUntilNs(final int index) {
        return paidUntilNs[index];
    }

    void paidUntilNs(final int index, final long value) {
        paidUntilNs[index] = value;
    }

    /** Whether some tokens are missing: only then does the state differ from a fresh one. */
    boolean isUsed(final int index, final long nowNs) {
        return index < count && paidUntilNs[index] > nowNs;
    }

    int usedCount(final long nowNs) {
        int used = 0;
        for (int i = 0; i < count; i++) {
            used += isUsed(i, nowNs) ? 1 : 0;
        }
        return used;
    }
}

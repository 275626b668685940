package io.turnout.core.engine;

/** Disjoint ranges of 8-digit card prefixes, each leading to an issuer. Looked up by binary search. */
final class BinTable {
    static final int NO_ISSUER = 0;
    private static final int LONG_PAN_LENGTH = 16;
    private static final int SHORT_BIN_SCALE = 100;

    /** First prefix in the upper half, last prefix in the lower: sorting the ranges sorts them by first prefix. */
    private final long[] ranges;

    private final int[] issuerIds;
    private int count;

    BinTable(final int capacity) {
        this.ranges = new long[capacity];
        this.issuerIds = new int[capacity];
    }

    static long bytes(final int capacity) {
        return (long) (Long.BYTES + Integer.BYTES) * capacity;
    }

    int count() {
        return count;
    }

    int capacity() {
        return ranges.length;
    }

    void clear() {
        count = 0;
    }

    void add(final int first, final int last, final int issuerId) {
        ranges[count] = ((long) first << Integer.SIZE) | last;
        issuerIds[count] = issuerId;
        count++;
    }

    /** Orders the ranges, which may have come in any order; lookups need it. */
    void sort() {
        KeySort.sort(ranges, issuerIds, count);
    }

    /** Whether two of the sorted ranges share a prefix. */
    boolean overlaps() {
        for (int i = 1; i < count; i++) {
            if (first(i) <= last(i - 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The issuer of a card, or {@link #NO_ISSUER}. Card numbers of 16 and more digits are known by their first 8,
     * shorter ones by their first 6: those need a range that covers every prefix they may stand for.
     */
    int issuerOf(final long bin, final int panLength) {
        return panLength >= LONG_PAN_LENGTH
                ? find(bin, bin)
                : find(bin * SHORT_BIN_SCALE, bin * SHORT_BIN_SCALE + SHORT_BIN_SCALE - 1);
    }

    /** The issuer of the range that covers all prefixes from one to another, or {@link #NO_ISSUER}. */
    int find(final long from, final long to) {
        int low = 0;
        int high = count;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (first(middle) <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && to <= last(low - 1) ? issuerIds[low - 1] : NO_ISSUER;
    }

    private int first(final int index) {
        return (int) (ranges[index] >>> Integer.SIZE);
    }

    private int last(final int index) {
        return (int) ranges[index];
    }
}

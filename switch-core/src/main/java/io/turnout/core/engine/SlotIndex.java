package io.turnout.core.engine;

/**
 * Open addressing from a 32-bit hash to record slots: linear probing over one array, each entry holding the whole hash
 * beside the slot, so that a probe seldom has to look at a record. The caller compares the key in the record.
 *
 * <p>Deletion moves later entries of the same run back (Knuth, The Art of Computer Programming, volume 3, section 6.4,
 * algorithm R), so there are no tombstones and lookups stay as short after years as on the first day.
 */
final class SlotIndex {
    static final int NONE = -1;
    private static final long EMPTY = -1L;

    private final long[] entries;
    private final int mask;
    private final int capacity;
    private int size;

    /** @param capacity entries at most; the table is kept at most two thirds full */
    SlotIndex(final int capacity) {
        this.capacity = capacity;
        this.entries = new long[tableLength(capacity)];
        this.mask = entries.length - 1;
        clear();
    }

    static long bytes(final int capacity) {
        return (long) tableLength(capacity) * Long.BYTES;
    }

    /** Position of the first entry with this hash, or {@link #NONE}. */
    int first(final int hash) {
        return seek(hash & mask, hash);
    }

    /** Position of the next entry with this hash after the one at the position given, or {@link #NONE}. */
    int next(final int position, final int hash) {
        return seek((position + 1) & mask, hash);
    }

    int slotAt(final int position) {
        return (int) entries[position];
    }

    void add(final int hash, final int slot) {
        if (size == capacity) {
            throw new IllegalStateException("index full: capacity=" + capacity);
        }
        int position = hash & mask;
        while (entries[position] != EMPTY) {
            position = (position + 1) & mask;
        }
        entries[position] = entry(hash, slot);
        size++;
    }

    void remove(final int hash, final int slot) {
        int gap = positionOf(hash, slot);
        int position = gap;
        while (true) {
            position = (position + 1) & mask;
            final long entry = entries[position];
            if (entry == EMPTY) {
                break;
            }
            final int home = hashOf(entry) & mask;
            if (((position - home) & mask) >= ((position - gap) & mask)) {
                entries[gap] = entry;
                gap = position;
            }
        }
        entries[gap] = EMPTY;
        size--;
    }

    int size() {
        return size;
    }

    private void clear() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = EMPTY;
        }
    }

    private int seek(final int from, final int hash) {
        int position = from;
        while (true) {
            final long entry = entries[position];
            if (entry == EMPTY) {
                return NONE;
            }
            if (hashOf(entry) == hash) {
                return position;
            }
            position = (position + 1) & mask;
        }
    }

    private int positionOf(final int hash, final int slot) {
        final long wanted = entry(hash, slot);
        int position = hash & mask;
        while (entries[position] != wanted) {
            if (entries[position] == EMPTY) {
                throw new IllegalStateException("not in index: hash=" + hash + " slot=" + slot);
            }
            position = (position + 1) & mask;
        }
        return position;
    }

    private static int tableLength(final int capacity) {
        final long least = capacity + (capacity >> 1) + 2L;
        return 1 << (Long.SIZE - Long.numberOfLeadingZeros(least - 1));
    }

    private static long entry(final int hash, final int slot) {
        return ((long) hash << Integer.SIZE) | slot;
    }

    private static int hashOf(final long entry) {
        return (int) (entry >>> Integer.SIZE);
    }
}

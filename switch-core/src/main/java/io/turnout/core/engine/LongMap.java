package io.turnout.core.engine;

/** A map of fixed capacity from keys other than 0 to values from 0. Filled, read, cleared; never grows. */
final class LongMap {
    static final long MISSING = -1L;
    private static final long EMPTY = 0L;

    private final long[] keys;
    private final long[] values;
    private final int mask;
    private final int capacity;
    private int size;

    /** What was found last: the questions about one payment are mostly about one key. */
    private long foundKey = EMPTY;

    private long foundValue = MISSING;

    LongMap(final int capacity) {
        this.capacity = capacity;
        final int length = 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity));
        this.keys = new long[length];
        this.values = new long[length];
        this.mask = length - 1;
    }

    static long bytes(final int capacity) {
        return 2L * Long.BYTES * (1L << (Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity)));
    }

    /** The value, or {@link #MISSING}. */
    long get(final long key) {
        if (key != foundKey) {
            foundValue = find(key);
            foundKey = key;
        }
        return foundValue;
    }

    private long find(final long key) {
        int position = home(key);
        while (keys[position] != EMPTY) {
            if (keys[position] == key) {
                return values[position];
            }
            position = (position + 1) & mask;
        }
        return MISSING;
    }

    boolean contains(final long key) {
        return get(key) != MISSING;
    }

    /** Adds a key that is not in the map. */
    void add(final long key, final long value) {
        if (key == EMPTY || value < 0 || size == capacity) {
            throw new IllegalStateException("key=" + key + " value=" + value + " capacity=" + capacity);
        }
        int position = home(key);
        while (keys[position] != EMPTY) {
            position = (position + 1) & mask;
        }
        keys[position] = key;
        values[position] = value;
        foundKey = EMPTY;
        foundValue = MISSING;
        size++;
    }

    int size() {
        return size;
    }

    int capacity() {
        return capacity;
    }

    void clear() {
        for (int i = 0; i < keys.length; i++) {
            keys[i] = EMPTY;
        }
        foundKey = EMPTY;
        foundValue = MISSING;
        size = 0;
    }

    private int home(final long key) {
        return (int) Hash.mix(key) & mask;
    }
}

package io.turnout.core.engine;

/**
 * Numbers from 1 to a capacity; the lowest free one is given out first, so that which number comes next follows from
 * those in use and not from history.
 *
 * <p>Three levels of bits: a word of a level says which words of the level below it have a free number.
 */
final class NumberPool {
    static final int NONE = 0;
    private static final int SHIFT = 6;
    private static final int MAXIMUM_LEVELS = 6;

    private final long[][] free;
    private final int capacity;
    private int count;

    NumberPool(final int capacity) {
        this.capacity = capacity;
        final long[][] levels = new long[MAXIMUM_LEVELS][];
        int depth = 0;
        for (int bits = capacity; depth == 0 || bits > 1; bits = words(bits)) {
            levels[depth] = new long[words(bits)];
            fill(levels[depth], bits);
            depth++;
        }
        this.free = new long[depth][];
        System.arraycopy(levels, 0, free, 0, depth);
    }

    static long bytes(final int capacity) {
        return capacity / Byte.SIZE * 65L / 64;
    }

    int count() {
        return count;
    }

    /** The lowest free number, or {@link #NONE}; it is in use afterwards. */
    int take() {
        if (count == capacity) {
            return NONE;
        }
        int index = 0;
        for (int level = free.length - 1; level >= 0; level--) {
            index = (index << SHIFT) + Long.numberOfTrailingZeros(free[level][index]);
        }
        clear(index);
        count++;
        return index + 1;
    }

    /** Takes a number that is free. */
    void take(final int number) {
        if (!isFree(number)) {
            throw new IllegalStateException("number in use or out of range: number=" + number);
        }
        clear(number - 1);
        count++;
    }

    boolean isFree(final int number) {
        return number >= 1 && number <= capacity && (free[0][(number - 1) >>> SHIFT] & 1L << (number - 1)) != 0;
    }

    /** Gives a number back. */
    void release(final int number) {
        if (number < 1 || number > capacity || isFree(number)) {
            throw new IllegalStateException("number not in use: number=" + number);
        }
        int index = number - 1;
        for (int level = 0; level < free.length; level++) {
            free[level][index >>> SHIFT] |= 1L << index;
            index >>>= SHIFT;
        }
        count--;
    }

    private void clear(final int place) {
        int index = place;
        for (int level = 0; level < free.length; level++) {
            final int word = index >>> SHIFT;
            free[level][word] &= ~(1L << index);
            if (free[level][word] != 0) {
                return;
            }
            index = word;
        }
    }

    private static void fill(final long[] level, final int bits) {
        for (int i = 0; i < bits; i++) {
            level[i >>> SHIFT] |= 1L << i;
        }
    }

    private static int words(final int bits) {
        return (bits + Long.SIZE - 1) >>> SHIFT;
    }
}

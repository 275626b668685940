package io.turnout.core.engine;

/** Heap sort of keys together with the values that belong to them: in place, and never slower than n log n. */
final class KeySort {
    private KeySort() {}

    static void sort(final long[] keys, final int[] values, final int count) {
        if (isSorted(keys, count)) {
            return;
        }
        for (int root = count / 2 - 1; root >= 0; root--) {
            siftDown(keys, values, root, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(keys, values, 0, end);
            siftDown(keys, values, 0, end);
        }
    }

    private static boolean isSorted(final long[] keys, final int count) {
        for (int i = 1; i < count; i++) {
            if (keys[i] < keys[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private static void siftDown(final long[] keys, final int[] values, final int root, final int end) {
        int parent = root;
        int child = 2 * parent + 1;
        while (child < end) {
            if (child + 1 < end && keys[child + 1] > keys[child]) {
                child++;
            }
            if (keys[child] <= keys[parent]) {
                return;
            }
            swap(keys, values, parent, child);
            parent = child;
            child = 2 * parent + 1;
        }
    }

    private static void swap(final long[] keys, final int[] values, final int a, final int b) {
        final long key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
        final int value = values[a];
        values[a] = values[b];
        values[b] = value;
    }
}

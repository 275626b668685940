package io.turnout.simulators;

import java.util.Arrays;

/**
 * One deadline at most for each of a fixed number of items, earliest first; equal deadlines in the order they were set.
 * A binary heap in arrays allocated at construction: setting, moving and cancelling take O(log n).
 */
public final class DeadlineHeap {

    /** Returned when no item is due. */
    public static final int NONE = -1;

    private final int[] heap;
    private final int[] positions;
    private final long[] deadlinesNs;
    private final long[] orders;

    private int size;
    private long nextOrder;

    /** @param capacity items are numbered from 0 to below this */
    public DeadlineHeap(final int capacity) {
        heap = new int[capacity];
        positions = new int[capacity];
        deadlinesNs = new long[capacity];
        orders = new long[capacity];
        Arrays.fill(positions, NONE);
    }

    /** How many items have a deadline. */
    public int size() {
        return size;
    }

    /** Earliest deadline, or {@link Long#MAX_VALUE} when there is none. */
    public long earliestNs() {
        return size == 0 ? Long.MAX_VALUE : deadlinesNs[heap[0]];
    }

    /** Sets or moves the deadline of an item. */
    public void set(final int item, final long deadlineNs) {
        deadlinesNs[item] = deadlineNs;
        orders[item] = nextOrder++;
        if (positions[item] == NONE) {
            place(item, size++);
        }
        siftUp(positions[item]);
        siftDown(positions[item]);
    }

    /** Removes the deadline of an item, if it has one. */
    public void cancel(final int item) {
        final int position = positions[item];
        if (position == NONE) {
            return;
        }
        positions[item] = NONE;
        final int last = heap[--size];
        if (last != item) {
            place(last, position);
            siftUp(position);
            siftDown(positions[last]);
        }
    }

    /** Takes the earliest item out if its deadline is not after now, else returns {@link #NONE}. */
    public int pollDue(final long nowNs) {
        if (size == 0 || deadlinesNs[heap[0]] > nowNs) {
            return NONE;
        }
        final int item = heap[0];
        cancel(item);
        return item;
    }

    private void siftUp(final int start) {
        int position = start;
        final int item = heap[position];
        while (position > 0) {
            final int parent = (position - 1) >>> 1;
            if (!before(item, heap[parent])) {
                break;
            }
            place(heap[parent], position);
            position = parent;
        }
        place(item, position);
    }

    private void siftDown(final int start) {
        int position = start;
        final int item = heap[position];
        for (int child = 2 * position + 1; child < size; child = 2 * position + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], item)) {
                break;
            }
            place(heap[child], position);
            position = child;
        }
        place(item, position);
    }

    private void place(final int item, final int position) {
        heap[position] = item;
        positions[item] = position;
    }

    private boolean before(final int left, final int right) {
        final long leftNs = deadlinesNs[left];
        final long rightNs = deadlinesNs[right];
        return leftNs == rightNs ? orders[left] < orders[right] : leftNs < rightNs;
    }
}

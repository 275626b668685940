package io.turnout.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DeadlineHeapTest {

    @Test
    void shouldGiveItemsInTheOrderOfTheirDeadlinesAndThenOfBeingSet() {
        // given
        final DeadlineHeap heap = new DeadlineHeap(4);
        heap.set(3, 10);
        heap.set(1, 20);
        heap.set(0, 10);
        heap.set(2, 5);

        // then
        assertEquals(5, heap.earliestNs());
        assertEquals(DeadlineHeap.NONE, heap.pollDue(4));
        assertEquals(2, heap.pollDue(10));
        assertEquals(3, heap.pollDue(10));
        assertEquals(0, heap.pollDue(10));
        assertEquals(DeadlineHeap.NONE, heap.pollDue(10));
        assertEquals(1, heap.pollDue(20));
        assertEquals(Long.MAX_VALUE, heap.earliestNs());
    }

    @Test
    void shouldAgreeWithASortedMapOverRandomOperations() {
        final long seed = 20261123;
        final RandomSequence random = new RandomSequence(seed);
        final int capacity = 64;
        final DeadlineHeap heap = new DeadlineHeap(capacity);
        final TreeMap<String, Integer> sorted = new TreeMap<>();
        final String[] keys = new String[capacity];
        for (int step = 0; step < 20_000; step++) {
            final int item = (int) random.nextLong(capacity);
            if (keys[item] != null) {
                sorted.remove(keys[item]);
                keys[item] = null;
            }
            switch ((int) random.nextLong(3)) {
                case 0 -> heap.cancel(item);
                case 1 -> {
                    heap.cancel(item);
                    final long nowNs = random.nextLong(1000);
                    final boolean due = !sorted.isEmpty() && deadline(sorted.firstKey()) <= nowNs;
                    final int expected = due ? sorted.pollFirstEntry().getValue() : DeadlineHeap.NONE;
                    if (due) {
                        keys[expected] = null;
                    }
                    assertEquals(expected, heap.pollDue(nowNs), "seed=" + seed + " step=" + step);
                }
                default -> {
                    final long deadlineNs = random.nextLong(1000);
                    heap.set(item, deadlineNs);
                    keys[item] = String.format("%04d-%06d", deadlineNs, step);
                    sorted.put(keys[item], item);
                }
            }
            assertEquals(sorted.size(), heap.size(), "seed=" + seed + " step=" + step);
        }
    }

    private static long deadline(final String key) {
        return Long.parseLong(key.substring(0, 4));
    }
}

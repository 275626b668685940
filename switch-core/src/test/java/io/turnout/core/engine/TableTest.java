package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Each optimised structure beside a plain one that is certainly right. */
final class TableTest {
    private final long seed = Long.getLong("turnout.seed", 1);
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed(final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
    }

    @Test
    void shouldFindInTheSlotIndexWhatIsInIt() {
        final int capacity = 200;
        final SlotIndex index = new SlotIndex(capacity);
        final Map<Integer, Integer> hashBySlot = new HashMap<>();
        for (int step = 0; step < 100_000; step++) {
            final int slot = random.nextInt(capacity);
            final Integer known = hashBySlot.remove(slot);
            if (known != null) {
                index.remove(known, slot);
            } else {
                final int hash = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(64) * 0x0101;
                index.add(hash, slot);
                hashBySlot.put(slot, hash);
            }
            if (step % 64 == 0) {
                assertSame(hashBySlot, index);
            }
        }
        assertSame(hashBySlot, index);
    }

    @Test
    void shouldGoOnInTheFirstBucketOfTheSlotIndexWhenTheLastIsFull() {
        final SlotIndex index = new SlotIndex(16);
        final Map<Integer, Integer> hashBySlot = new HashMap<>();
        for (int slot = 0; slot < 16; slot++) {
            index.add(-1 - slot % 3, slot);
            hashBySlot.put(slot, -1 - slot % 3);
        }
        for (int slot = 0; slot < 16; slot += 2) {
            index.remove(hashBySlot.remove(slot), slot);
            assertSame(hashBySlot, index);
        }
    }

    @Test
    void shouldStopWhenTheSlotIndexIsFullOrAskedToRemoveWhatItHasNot() {
        final SlotIndex index = new SlotIndex(1);
        index.add(5, 7);

        assertThrows(IllegalStateException.class, () -> index.add(6, 8));
        assertThrows(IllegalStateException.class, () -> index.remove(5, 8));
        index.remove(5, 7);
        assertThrows(IllegalStateException.class, () -> index.remove(5, 7));
    }

    @Test
    void shouldGiveDeadlinesInTheirOrderAndThatOfPaymentIdsOnTies() {
        record Deadline(long deadlineNs, long paymentId, int slot) {}
        final int capacity = 100;
        final PaymentSlab slab = new PaymentSlab(capacity);
        final DeadlineHeap heap = new DeadlineHeap(slab);
        final TreeSet<Deadline> oracle =
                new TreeSet<>(Comparator.comparing(Deadline::deadlineNs).thenComparing(Deadline::paymentId));
        final Map<Integer, Deadline> bySlot = new HashMap<>();
        for (int slot = 0; slot < capacity; slot++) {
            slab.allocate();
        }
        for (int step = 0; step < 100_000; step++) {
            final int slot = random.nextInt(capacity);
            final Deadline known = bySlot.get(slot);
            final long deadlineNs = random.nextInt(50);
            if (known == null) {
                final Deadline added = new Deadline(deadlineNs, 1000L - slot, slot);
                heap.add(slot, deadlineNs, added.paymentId());
                bySlot.put(slot, added);
                oracle.add(added);
            } else if (random.nextBoolean()) {
                heap.remove(slot);
                oracle.remove(bySlot.remove(slot));
            } else {
                final Deadline moved = new Deadline(deadlineNs, known.paymentId(), slot);
                heap.move(slot, deadlineNs);
                oracle.remove(bySlot.put(slot, moved));
                oracle.add(moved);
            }
            assertEquals(oracle.size(), heap.size());
            assertEquals(oracle.isEmpty() ? Long.MAX_VALUE : oracle.first().deadlineNs(), heap.earliestNs());
            if (!oracle.isEmpty()) {
                assertEquals(oracle.first().slot(), heap.earliest());
            }
        }
        while (!oracle.isEmpty()) {
            assertEquals(oracle.first().slot(), heap.earliest());
            heap.remove(oracle.pollFirst().slot());
        }
        assertTrue(heap.isEmpty());
        assertThrows(IllegalStateException.class, () -> heap.remove(0));
    }

    @Test
    void shouldKeepTheOrderOfAList() {
        final PaymentSlab slab = new PaymentSlab(50);
        for (int slot = 0; slot < 50; slot++) {
            slab.allocate();
        }
        final RecordList list = new RecordList(slab);
        final List<Integer> oracle = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            final Integer slot = random.nextInt(50);
            if (oracle.remove(slot)) {
                list.remove(slot);
            } else {
                list.append(slot);
                oracle.add(slot);
            }
            assertEquals(oracle.size(), list.count());
            int at = list.first();
            for (final int expected : oracle) {
                assertEquals(expected, at);
                at = slab.next(at);
            }
            assertEquals(RecordList.NONE, at);
        }
    }

    @Test
    void shouldStopWhenARecordIsNotInTheList() {
        final PaymentSlab slab = new PaymentSlab(2);
        final RecordList list = new RecordList(slab);
        list.append(slab.allocate());
        final int stranger = slab.allocate();

        assertThrows(IllegalStateException.class, () -> list.remove(stranger));
    }

    @Test
    void shouldFindTheIssuerOfEveryPrefix() {
        final int limit = 2_000;
        for (int round = 0; round < 50; round++) {
            final int[] issuerOf = new int[limit];
            final List<int[]> ranges = new ArrayList<>();
            int from = random.nextInt(20);
            while (from < limit) {
                final int to = Math.min(limit - 1, from + random.nextInt(200));
                final int issuerId = 1 + random.nextInt(5);
                ranges.add(new int[] {from, to, issuerId});
                Arrays.fill(issuerOf, from, to + 1, issuerId);
                from = to + 1 + (random.nextBoolean() ? 0 : random.nextInt(50));
            }
            Collections.shuffle(ranges, random);
            final BinTable table = new BinTable(ranges.size());
            ranges.forEach(range -> table.add(range[0], range[1], range[2]));
            table.sort();
            assertEquals(false, table.overlaps());
            for (int prefix = 0; prefix < limit; prefix++) {
                assertEquals(issuerOf[prefix], table.find(prefix, prefix));
            }
            for (int bin = 0; bin < limit / 100; bin++) {
                assertEquals(naive(ranges, bin * 100, bin * 100 + 99), table.issuerOf(bin, 15));
            }
        }
    }

    @Test
    void shouldFindOverlaps() {
        for (int round = 0; round < 2_000; round++) {
            final BinTable table = new BinTable(4);
            final Set<Integer> covered = new HashSet<>();
            boolean overlaps = false;
            for (int i = 0; i < 4; i++) {
                final int from = random.nextInt(60);
                final int to = from + random.nextInt(10);
                for (int prefix = from; prefix <= to; prefix++) {
                    overlaps |= !covered.add(prefix);
                }
                table.add(from, to, 1);
            }
            table.sort();
            assertEquals(overlaps, table.overlaps());
        }
    }

    @Test
    void shouldSortKeysWithTheirValues() {
        for (int round = 0; round < 500; round++) {
            final int count = random.nextInt(60);
            final long[] keys = new long[count];
            final int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                keys[i] = random.nextBoolean() ? random.nextLong() : random.nextInt(10);
                values[i] = Long.hashCode(keys[i]);
            }
            final long[] expected = keys.clone();
            Arrays.sort(expected);

            KeySort.sort(keys, values, count);

            assertEquals(Arrays.toString(expected), Arrays.toString(keys));
            for (int i = 0; i < count; i++) {
                assertEquals(Long.hashCode(keys[i]), values[i]);
            }
        }
    }

    @Test
    void shouldWalkSlotsInTheOrderOfTheirKeys() {
        for (int round = 0; round < 500; round++) {
            final int count = random.nextInt(100);
            final SlotOrder order = new SlotOrder(count);
            final int disorder = 1 + random.nextInt(200);
            final List<Integer> expected = new ArrayList<>();
            final long[] keys = new long[count];
            for (int slot = 0; slot < count; slot++) {
                keys[slot] = (long) slot + random.nextInt(disorder);
                order.add(keys[slot], slot);
                expected.add(slot);
            }
            expected.sort(Comparator.comparingLong(slot -> keys[slot]));

            order.sort();

            final List<Integer> walked = new ArrayList<>();
            for (int i = 0; i < order.count(); i++) {
                walked.add(order.slotAt(i));
            }
            assertEquals(expected, walked);
        }
    }

    @Test
    void shouldSeldomLookAtMoreThanOneBucketOfAFullSlotIndex() {
        final int capacity = 100_000;
        final SlotIndex keys = new SlotIndex(capacity);
        final SlotIndex numbers = new SlotIndex(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            keys.add((int) Hash.of(slot, 1, 2, 3), slot);
            numbers.add(((int) Hash.mix(slot >>> 2) & ~3) | (slot & 3), slot);
        }
        assertTrue(keys.furtherBuckets() <= 0.15 * keys.size(), () -> "further=" + keys.furtherBuckets());
        assertTrue(numbers.furtherBuckets() <= 0.35 * numbers.size(), () -> "further=" + numbers.furtherBuckets());
    }

    @Test
    void shouldFindInTheMapWhatIsInIt() {
        final LongMap map = new LongMap(100);
        for (int round = 0; round < 100; round++) {
            final Map<Long, Long> oracle = new HashMap<>();
            for (int i = 0; i < 100; i++) {
                final long key = 1 + random.nextLong(500);
                if (oracle.putIfAbsent(key, (long) i) == null) {
                    map.add(key, i);
                }
            }
            assertEquals(oracle.size(), map.size());
            for (long key = 1; key <= 500; key++) {
                assertEquals(oracle.getOrDefault(key, LongMap.MISSING), map.get(key));
            }
            map.clear();
            assertEquals(LongMap.MISSING, map.get(1));
        }
    }

    private void assertSame(final Map<Integer, Integer> hashBySlot, final SlotIndex index) {
        assertEquals(hashBySlot.size(), index.size());
        final Set<Integer> hashes = new HashSet<>(hashBySlot.values());
        hashes.add(12345);
        for (final int hash : hashes) {
            final Set<Integer> found = new HashSet<>();
            for (int i = index.first(hash); i != SlotIndex.NONE; i = index.next(i, hash)) {
                // The caller tells by the key which of them it meant; here the hash is the key.
                final Integer known = hashBySlot.get(index.slotAt(i));
                if (known == hash) {
                    assertTrue(found.add(index.slotAt(i)));
                }
            }
            final Set<Integer> expected = new HashSet<>();
            hashBySlot.forEach((slot, known) -> {
                if (known == hash) {
                    expected.add(slot);
                }
            });
            assertEquals(expected, found);
        }
    }

    private static int naive(final List<int[]> ranges, final int from, final int to) {
        for (final int[] range : ranges) {
            if (range[0] <= from && to <= range[1]) {
                return range[2];
            }
        }
        return BinTable.NO_ISSUER;
    }
}

package io.turnout.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RrnTableTest {

    @Test
    void shouldAgreeWithAHashMapWhileItGrows() {
        final long seed = 99;
        final RandomSequence random = new RandomSequence(seed);
        final RrnTable table = new RrnTable(10_000);
        final Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 30_000; i++) {
            final long high = 0x3030303030303030L + random.nextLong(4);
            final int low = 0x30303030 + (int) random.nextLong(3_000);
            final String text = RrnTable.text(high, low);
            assertEquals(expected.getOrDefault(text, RrnTable.NONE), table.find(high, low), "seed=" + seed);
            if (expected.size() < 10_000 || expected.containsKey(text)) {
                expected.putIfAbsent(text, expected.size());
                final int number = table.findOrAdd(high, low);
                assertEquals(expected.get(text), number, "seed=" + seed + " i=" + i);
                assertEquals(text, table.text(number));
            } else {
                assertEquals(RrnTable.NONE, table.findOrAdd(high, low));
            }
        }
        assertEquals(10_000, table.size());
    }

    @Test
    void shouldRefuseAnImpossibleCapacity() {
        assertThrows(IllegalArgumentException.class, () -> new RrnTable(0));
    }
}

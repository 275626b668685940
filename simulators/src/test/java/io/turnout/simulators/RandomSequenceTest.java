package io.turnout.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RandomSequenceTest {

    @Test
    void shouldGiveThePublishedNumbersOfSplitMix64() {
        // The first numbers of the reference implementation (S. Vigna, splitmix64.c) for the seed 1234567.
        final RandomSequence random = new RandomSequence(1234567);
        assertEquals(6457827717110365317L, random.nextLong());
        assertEquals(3203168211198807973L, random.nextLong());
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), random.nextLong());
    }

    @Test
    void shouldStartAgainAtItsSeed() {
        final RandomSequence random = new RandomSequence(7);
        final long first = random.nextLong();
        random.nextLong();
        random.seed(7);
        assertEquals(first, random.nextLong());
    }

    @Test
    void shouldKeepWithinBoundsAndHitShares() {
        final RandomSequence random = new RandomSequence(42);
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            final long number = random.nextLong(10);
            assertTrue(number >= 0 && number < 10, "number=" + number);
            hits += random.happens(0.25) ? 1 : 0;
        }
        assertTrue(hits > 24_000 && hits < 26_000, "seed=42 hits=" + hits);
    }
}

package io.turnout.simulators.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.bank.Latency.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LatencyTest {

    private static final long SEED = 5;
    private static final int DRAWS = 100_000;

    @Test
    void shouldAlwaysBeTheSameWhenFixed() {
        final long[] drawn = draw(Latency.fixed(7_000));
        assertEquals(7_000, drawn[0]);
        assertEquals(7_000, drawn[DRAWS - 1]);
    }

    @Test
    void shouldSpreadEvenlyFromMinimumToMaximum() {
        final long[] drawn = draw(new Latency(Shape.UNIFORM, 0, 1_000, 2_000, 0, 0, 0));
        assertEquals(1_000, drawn[0]);
        assertEquals(2_000, drawn[DRAWS - 1]);
        assertWithin(1_490, 1_510, drawn[DRAWS / 2]);
    }

    @Test
    void shouldHaveTheMeanOfAnExponential() {
        final long[] drawn = draw(new Latency(Shape.EXPONENTIAL, 10_000, 500, Long.MAX_VALUE, 0, 0, 0));
        assertWithin(10_300, 10_700, (long) Arrays.stream(drawn).average().orElseThrow());
        assertTrue(drawn[0] >= 500);
    }

    @Test
    void shouldHaveTheMedianAndSpreadOfALognormal() {
        final long[] drawn = draw(new Latency(Shape.LOGNORMAL, 10_000, 0, Long.MAX_VALUE, 50, 0, 0));
        assertWithin(9_900, 10_100, drawn[DRAWS / 2]);
        // One standard deviation above the median lies exp(0.5) above it.
        assertWithin(16_200, 16_800, drawn[(int) (DRAWS * 0.8413)]);
    }

    @Test
    void shouldHaveASlowShareAndOtherwiseKeepToTheMaximum() {
        final long[] drawn = draw(new Latency(Shape.EXPONENTIAL, 10_000, 0, 20_000, 0, 0.01, 1_000_000));
        final long slow = Arrays.stream(drawn).filter(ns -> ns == 1_000_000).count();
        assertWithin(900, 1_100, slow);
        assertEquals(20_000, drawn[(int) (DRAWS - slow - 1)]);
    }

    private static long[] draw(final Latency latency) {
        final RandomSequence random = new RandomSequence(SEED);
        final long[] drawn = new long[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            drawn[i] = latency.drawNs(random);
        }
        Arrays.sort(drawn);
        return drawn;
    }

    private static void assertWithin(final long low, final long high, final long value) {
        assertTrue(value >= low && value <= high, "seed=" + SEED + " value=" + value);
    }
}

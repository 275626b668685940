package io.turnout.simulators;

/**
 * The SplitMix64 generator (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). The same
 * seed gives the same numbers on every machine, and a sequence can be set back to any seed without allocation. Not safe
 * for several threads.
 */
public final class RandomSequence {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long state;

    /** A sequence that starts at the seed. */
    public RandomSequence(final long seed) {
        this.state = seed;
    }

    /** Starts again at the seed. */
    public void seed(final long seed) {
        this.state = seed;
    }

    /** The next 64 bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 to below 1. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /** Whether an event of this probability happens; draws a number even when the share is 0 or 1. */
    public boolean happens(final double share) {
        return nextDouble() < share;
    }

    /**
     * From 0 to below the bound.
     *
     * @param bound from 1
     */
    public long nextLong(final long bound) {
        return Math.floorMod(nextLong() >>> 1, bound);
    }

    /** Mixes 64 bits one to one: different inputs give different outputs. */
    public static long mix(final long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

package io.turnout.core.engine;

/** Hash functions for the tables and for the state hash. */
final class Hash {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash() {}

    /** Mixes all bits of a word into all others: the finaliser of SplitMix64. */
    static long mix(final long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Folds one more word into a hash; the order of the words matters. */
    static long fold(final long hash, final long value) {
        return mix(hash * MULTIPLIER + value);
    }
}

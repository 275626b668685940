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

    /** A hash of four words, for the tables alone: nothing that is kept may depend on it. */
    static long of(final long first, final long second, final long third, final long fourth) {
        return product(
                product(first ^ 0xA076_1D64_78BD_642FL, second ^ 0xE703_7ED1_A0B4_28DBL) ^ MULTIPLIER,
                product(third ^ 0x8EBC_6AF0_9C88_C6E3L, fourth ^ 0x5899_65CC_7537_4CC3L) ^ 0x1D8E_4E27_C47D_124FL);
    }

    /** Both halves of a product, one over the other, depend on all bits of the factors (Wang Yi, wyhash). */
    static long product(final long a, final long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }

    /** Folds one more word into a hash; the order of the words matters. */
    static long fold(final long hash, final long value) {
        return mix(hash * MULTIPLIER + value);
    }
}

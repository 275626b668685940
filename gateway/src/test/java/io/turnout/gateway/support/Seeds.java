package io.turnout.gateway.support;

/** The seed of random tests: always the same, unless -Dturnout.seed names another. Printed. */
public final class Seeds {

    private Seeds() {}

    public static long next(final String test) {
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println(test + " seed=" + seed);
        return seed;
    }
}

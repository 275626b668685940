package io.turnout.gateway.support;

/** A new seed per run, printed so that a failure can be repeated with -Dturnout.seed. */
public final class Seeds {

    private Seeds() {}

    public static long next(final String test) {
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println(test + " seed=" + seed);
        return seed;
    }
}

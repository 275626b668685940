package io.turnout.systemtests.crash;

/**
 * Ends the process the way {@code kill -9} does, at the n-th time a step is reached. Used by the thread of that step.
 */
final class Countdown {
    private static final int KILLED = 137;

    private long left;

    Countdown(final long count) {
        left = count;
    }

    void reached() {
        reached(1);
    }

    void reached(final long times) {
        left -= times;
        if (left <= 0) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}

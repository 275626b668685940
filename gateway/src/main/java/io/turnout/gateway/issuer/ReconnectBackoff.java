package io.turnout.gateway.issuer;

import java.util.SplittableRandom;

/**
 * Pauses between attempts to connect: each twice as long as the one before, up to a limit, and shortened by a random
 * part of at most half, so that links that failed together do not come back together.
 */
final class ReconnectBackoff {

    private final long minimumNs;
    private final long maximumNs;
    private final SplittableRandom random;
    private long nextNs;

    ReconnectBackoff(final long minimumNs, final long maximumNs, final SplittableRandom random) {
        this.minimumNs = minimumNs;
        this.maximumNs = maximumNs;
        this.random = random;
        this.nextNs = minimumNs;
    }

    /** The next pause in nanoseconds. */
    long nextPauseNs() {
        final long fullNs = nextNs;
        nextNs = fullNs > maximumNs / 2 ? maximumNs : 2 * fullNs;
        return fullNs - random.nextLong(fullNs / 2 + 1);
    }

    /** The attempt succeeded: the next pause is a short one again. */
    void reset() {
        nextNs = minimumNs;
    }
}

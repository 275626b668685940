package io.turnout.core.engine;

/**
 * How fast a link answers, and how fast it may be asked.
 *
 * <p>The latency is a moving average of the engine time from a request to its answer: each new one counts an eighth. A
 * request that was given up for want of an answer counts with the time waited. What was measured long ago counts less:
 * the average halves with every {@value #HALVING_NS} nanoseconds in which nothing is measured, so that a link that was
 * slow is tried again.
 */
final class LinkPace {
    static final long UNKNOWN = 0;
    static final long HALVING_NS = 10_000_000_000L;
    private static final int WEIGHT_SHIFT = 3;

    private long maximumRate;
    private long latencyNs = UNKNOWN;
    private long latencyAtNs;
    private long fullAtNs;

    /** @param perSecond payment requests; 0 = no limit */
    void configure(final long perSecond) {
        maximumRate = perSecond;
        if (perSecond == 0) {
            fullAtNs = 0;
        }
    }

    void restore(final long measuredNs, final long measuredAtNs, final long rateFreeAtNs) {
        latencyNs = measuredNs;
        latencyAtNs = measuredAtNs;
        fullAtNs = rateFreeAtNs;
    }

    /** Whether one more request keeps within the rate. */
    boolean admits(final long nowNs) {
        return TokenBucket.hasToken(fullAtNs, nowNs, maximumRate);
    }

    /** A request goes out now. */
    void sent(final long nowNs) {
        fullAtNs = TokenBucket.withoutToken(fullAtNs, nowNs, maximumRate);
    }

    void measured(final long sampleNs, final long nowNs) {
        final long sample = Math.max(1, sampleNs);
        final long recentNs = recentNs(nowNs);
        latencyNs = recentNs == UNKNOWN ? sample : Math.max(1, recentNs + ((sample - recentNs) >> WEIGHT_SHIFT));
        latencyAtNs = nowNs;
    }

    /** The link is a new connection: what was measured says nothing of it. */
    void forget() {
        latencyNs = UNKNOWN;
        latencyAtNs = 0;
    }

    /** The latency as measured, however long ago; {@link #UNKNOWN} before the first answer. */
    long latencyNs() {
        return latencyNs;
    }

    long latencyAtNs() {
        return latencyAtNs;
    }

    /** The latency, halved for the time since it was measured; {@link #UNKNOWN} when nothing is left of it. */
    long recentNs(final long nowNs) {
        final long halvings = (nowNs - latencyAtNs) / HALVING_NS;
        return halvings >= Long.SIZE ? UNKNOWN : latencyNs >> halvings;
    }

    /** When the rate is free again; 0 when it is. */
    long fullAtNs(final long nowNs) {
        return fullAtNs > nowNs ? fullAtNs : 0;
    }
}

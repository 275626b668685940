package io.turnout.core.engine;

/**
 * A bucket that holds as many tokens as come in a second, filled evenly on engine time. Kept as the one instant at
 * which it is full again (the generic cell rate algorithm of ITU-T I.371, where it is the theoretical arrival time), so
 * that nothing has to be filled.
 */
final class TokenBucket {
    private static final long SECOND_NS = 1_000_000_000L;

    private TokenBucket() {}

    /**
     * Whether there is a token.
     *
     * @param fullAtNs when the bucket is full again
     * @param perSecond tokens a second; 0 = there is always one
     */
    static boolean hasToken(final long fullAtNs, final long nowNs, final long perSecond) {
        return perSecond == 0 || withoutToken(fullAtNs, nowNs, perSecond) <= nowNs + SECOND_NS;
    }

    /** When the bucket is full again once a token has been taken now. */
    static long withoutToken(final long fullAtNs, final long nowNs, final long perSecond) {
        return perSecond == 0 ? 0 : Math.max(fullAtNs, nowNs) + SECOND_NS / perSecond;
    }
}

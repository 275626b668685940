package io.turnout.gateway.acquirer.iso;

import java.util.concurrent.TimeUnit;

/**
 * How long the ISO 8583 edge waits for what.
 *
 * @param echoIntervalNs an echo is sent when nothing was heard for this long
 * @param responseTimeoutNs how long the answer to an echo may take
 * @param maximumEchoMisses echoes in a row without an answer after which the connection is closed
 * @param frameTimeoutNs from the first byte of a frame to its last
 * @param busyTimeoutNs how long a request waits for room in the switch before it is answered with 91
 */
public record IsoAcquirerTimers(
        long echoIntervalNs, long responseTimeoutNs, int maximumEchoMisses, long frameTimeoutNs, long busyTimeoutNs) {

    /** Echo after 60 s, answer within 10 s, 3 misses, frame 5 s, busy 1 s. */
    public static final IsoAcquirerTimers DEFAULT = new IsoAcquirerTimers(
            TimeUnit.SECONDS.toNanos(60),
            TimeUnit.SECONDS.toNanos(10),
            3,
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(1));

    /** Checks the ranges. */
    public IsoAcquirerTimers {
        if (echoIntervalNs <= 0 || responseTimeoutNs <= 0 || frameTimeoutNs <= 0 || busyTimeoutNs <= 0) {
            throw new IllegalArgumentException("times must be positive, echoIntervalNs=" + echoIntervalNs
                    + " responseTimeoutNs=" + responseTimeoutNs + " frameTimeoutNs=" + frameTimeoutNs
                    + " busyTimeoutNs=" + busyTimeoutNs);
        }
        if (maximumEchoMisses < 1) {
            throw new IllegalArgumentException("maximumEchoMisses=" + maximumEchoMisses + " must be at least 1");
        }
    }
}

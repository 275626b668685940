package io.turnout.gateway.issuer;

import java.util.concurrent.TimeUnit;

/**
 * How long a link waits for what.
 *
 * @param connectTimeoutNs for a connection to open
 * @param reconnectMinimumNs pause after the first failure; doubles from failure to failure
 * @param reconnectMaximumNs longest pause
 * @param echoIntervalNs silence after which the link asks whether the issuer is alive
 * @param responseTimeoutNs for the answer to a sign-on, sign-off or echo
 * @param maximumEchoMisses echoes without answer, one after the other, after which the connection is closed
 * @param frameTimeoutNs from the first byte of a frame to its last
 * @param signOnRetryNs pause after a sign-on that was refused or not answered; doubles from attempt to attempt
 * @param maximumSignOns sign-ons over one connection before it is closed
 */
public record IssuerTimers(
        long connectTimeoutNs,
        long reconnectMinimumNs,
        long reconnectMaximumNs,
        long echoIntervalNs,
        long responseTimeoutNs,
        int maximumEchoMisses,
        long frameTimeoutNs,
        long signOnRetryNs,
        int maximumSignOns) {

    /**
     * Connect 5 s, reconnect 1 s to 30 s, echo after 30 s, answer within 10 s, 3 misses, frame 5 s, 3 sign-ons, the
     * second after 5 s.
     */
    public static final IssuerTimers DEFAULT = new IssuerTimers(
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.SECONDS.toNanos(30),
            TimeUnit.SECONDS.toNanos(30),
            TimeUnit.SECONDS.toNanos(10),
            3,
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(5),
            3);

    /** Checks the ranges. */
    public IssuerTimers {
        if (connectTimeoutNs <= 0 || echoIntervalNs <= 0 || responseTimeoutNs <= 0 || frameTimeoutNs <= 0) {
            throw new IllegalArgumentException("times must be positive, connectTimeoutNs=" + connectTimeoutNs
                    + " echoIntervalNs=" + echoIntervalNs + " responseTimeoutNs=" + responseTimeoutNs
                    + " frameTimeoutNs=" + frameTimeoutNs);
        }
        if (reconnectMinimumNs <= 0 || reconnectMaximumNs < reconnectMinimumNs) {
            throw new IllegalArgumentException("reconnectMinimumNs=" + reconnectMinimumNs
                    + " must be positive and not above reconnectMaximumNs=" + reconnectMaximumNs);
        }
        if (maximumEchoMisses < 1 || maximumSignOns < 1 || signOnRetryNs <= 0) {
            throw new IllegalArgumentException("maximumEchoMisses=" + maximumEchoMisses + " maximumSignOns="
                    + maximumSignOns + " signOnRetryNs=" + signOnRetryNs + " must be at least 1");
        }
    }
}

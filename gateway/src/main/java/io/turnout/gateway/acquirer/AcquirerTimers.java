package io.turnout.gateway.acquirer;

import java.util.concurrent.TimeUnit;

/**
 * How long the acquirers' edge waits for what.
 *
 * @param heartbeatIntervalNs how often an acquirer hears the switch at least, 1 s to 60 s
 * @param logonTimeoutNs from the opening of a connection to its Logon
 * @param frameTimeoutNs from the first byte of a frame to its last
 * @param busyTimeoutNs how long a request waits for room in the switch before it is rejected as SWITCH_BUSY
 */
public record AcquirerTimers(long heartbeatIntervalNs, long logonTimeoutNs, long frameTimeoutNs, long busyTimeoutNs) {

    private static final long SHORTEST_HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(60);

    /** Heartbeat 10 s, logon 5 s, frame 5 s, busy 1 s. */
    public static final AcquirerTimers DEFAULT = new AcquirerTimers(
            TimeUnit.SECONDS.toNanos(10),
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.SECONDS.toNanos(1));

    /** Checks the ranges. */
    public AcquirerTimers {
        if (heartbeatIntervalNs < SHORTEST_HEARTBEAT_NS || heartbeatIntervalNs > LONGEST_HEARTBEAT_NS) {
            throw new IllegalArgumentException("heartbeatIntervalNs=" + heartbeatIntervalNs + " is not 1 s to 60 s");
        }
        if (logonTimeoutNs <= 0 || frameTimeoutNs <= 0 || busyTimeoutNs <= 0) {
            throw new IllegalArgumentException("time-outs must be positive, logonTimeoutNs=" + logonTimeoutNs
                    + " frameTimeoutNs=" + frameTimeoutNs + " busyTimeoutNs=" + busyTimeoutNs);
        }
    }
}

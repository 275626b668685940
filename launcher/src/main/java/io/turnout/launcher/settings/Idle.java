package io.turnout.launcher.settings;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does when there is nothing to do. */
public enum Idle {
    /** Never lets go of its core: lowest latency, one core gone. */
    SPIN,
    /** Offers its core to others and asks again at once. */
    YIELD,
    /** Yields a hundred times, then sleeps from 1 µs up to 50 µs. */
    BACKOFF,
    /** Sleeps about 100 µs. */
    SLEEP;

    private static final long SLEEP_NS = 50_000;
    private static final long YIELDS = 100;

    /** A new strategy; strategies hold state and belong to one thread. */
    public IdleStrategy strategy() {
        return switch (this) {
            case SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy(1, YIELDS, 1_000, SLEEP_NS);
            case SLEEP -> new SleepingIdleStrategy(2 * SLEEP_NS);
        };
    }
}

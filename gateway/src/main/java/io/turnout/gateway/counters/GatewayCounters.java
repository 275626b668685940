package io.turnout.gateway.counters;

import io.turnout.codecs.sbe.acquirer.RejectReason;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** The counters of one gateway. Written by the gateway's thread, read by any. */
public final class GatewayCounters {

    /** Type id of every counter of the gateway. */
    public static final int TYPE_ID = 2000;

    private final Map<GatewayCounter, AtomicCounter> counters = new EnumMap<>(GatewayCounter.class);

    /** @param manager where the values live and from where they are read by label */
    public GatewayCounters(final CountersManager manager) {
        for (final GatewayCounter counter : GatewayCounter.values()) {
            counters.put(counter, manager.newCounter(counter.label(), TYPE_ID));
        }
    }

    /** Adds one. */
    public void increment(final GatewayCounter counter) {
        counters.get(counter).incrementRelease();
    }

    /** Takes one from a counter that says how many there are now. */
    public void decrement(final GatewayCounter counter) {
        counters.get(counter).decrementRelease();
    }

    /** Adds some. */
    public void add(final GatewayCounter counter, final long count) {
        counters.get(counter).getAndAddRelease(count);
    }

    /** Sets a counter that says how many there are now. */
    public void set(final GatewayCounter counter, final long value) {
        counters.get(counter).setRelease(value);
    }

    /** Keeps the larger value. */
    public void proposeMaximum(final GatewayCounter counter, final long value) {
        counters.get(counter).proposeMaxRelease(value);
    }

    /** Counts a reject by its reason. */
    public void rejected(final RejectReason reason) {
        increment(GatewayCounter.rejected(reason));
    }

    /** The present value. */
    public long get(final GatewayCounter counter) {
        return counters.get(counter).get();
    }
}

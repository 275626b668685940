package io.turnout.core.pipeline;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.Sequence;
import io.turnout.core.ports.EventHandler;
import io.turnout.core.ports.EventSource;
import org.agrona.LangUtil;

/** One consumer of the {@link EgressRing}. Sees only events whose commands are durable. Used by one thread. */
public final class EgressConsumer implements EventSource {
    private final EventPoller<EgressSlot> poller;
    private final Sequence durable;
    private final EventPoller.Handler<EgressSlot> slotHandler = this::onSlot;
    private EventHandler handler;
    private int remaining;

    EgressConsumer(final EventPoller<EgressSlot> poller, final Sequence durable) {
        this.poller = poller;
        this.durable = durable;
    }

    @Override
    public int poll(final EventHandler eventHandler, final int limit) {
        if (limit <= 0) {
            return 0;
        }
        handler = eventHandler;
        remaining = limit;
        try {
            poller.poll(slotHandler);
        } catch (final Exception ex) {
            LangUtil.rethrowUnchecked(ex);
        }
        return limit - remaining;
    }

    /** Passes over everything that could be polled now. Not while another thread polls. */
    void skip() {
        poller.getSequence().set(durable.get());
    }

    Sequence sequence() {
        return poller.getSequence();
    }

    private boolean onSlot(final EgressSlot slot, final long position, final boolean endOfBatch) {
        handler.onEvent(
                slot.eventSequence(), slot.commandSequence(), slot.timestampNs(), slot.event(), 0, slot.length());
        remaining--;
        return remaining > 0;
    }
}

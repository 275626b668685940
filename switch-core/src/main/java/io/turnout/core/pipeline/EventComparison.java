package io.turnout.core.pipeline;

import io.turnout.core.ports.EventHandler;
import org.agrona.DirectBuffer;

/** Compares every event that a scratch engine derives with the event journal. Used by one thread. */
final class EventComparison implements EventHandler {
    private final EventChecker checker;
    private final long lastStoredEvent;
    private long comparedCount;
    private long unwrittenCount;

    /**
     * @param checker standing where the engine stands
     * @param lastStoredEvent last event to compare; later ones are only counted
     */
    EventComparison(final EventChecker checker, final long lastStoredEvent) {
        this.checker = checker;
        this.lastStoredEvent = lastStoredEvent;
    }

    @Override
    public void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (eventSequence <= lastStoredEvent) {
            checker.follow(eventSequence, commandSequence, timestampNs, buffer, offset, length);
            comparedCount++;
        } else {
            checker.advance(eventSequence, commandSequence, timestampNs, buffer, offset, length);
            unwrittenCount++;
        }
    }

    /** Events derived and found equal. */
    long comparedCount() {
        return comparedCount;
    }

    /** Events derived that the event journal does not hold yet. */
    long unwrittenCount() {
        return unwrittenCount;
    }
}

package io.turnout.core.pipeline;

import io.turnout.core.pipeline.RecoveryException.Problem;
import org.agrona.DirectBuffer;

/**
 * Follows the events that a replay derives along those an event journal holds. A difference is an exception: either a
 * journal is damaged or the engine is not the one that wrote it.
 *
 * <p>Where commands were lost, the event journal holds events that no command gives any more, and the derived events
 * jump over them. They are history all the same: the checker walks over them, checks that their content gives their
 * chain values, and goes on after them.
 *
 * <p>Used by one thread at a time.
 */
final class EventChecker {
    private final StoredEvents stored;
    private final EventChain chain = new EventChain();
    private long lastSequence;

    /** A checker that stands before the first event. */
    EventChecker(final StoredEvents stored) {
        this.stored = stored;
    }

    /** Begins after the last event of a snapshot instead. */
    void startAfter(final SnapshotTrailer snapshot) {
        lastSequence = snapshot.eventSequence();
        chain.reset(snapshot.chainValue());
    }

    /** Chains one derived event to those before it. */
    void advance(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (eventSequence != lastSequence + 1) {
            jump(eventSequence);
        }
        chain.advance(eventSequence, commandSequence, timestampNs, buffer, offset, length);
        lastSequence = eventSequence;
    }

    /** Compares the event just chained with the one in the event journal. */
    void compare(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!stored.holds(eventSequence, chain)) {
            throw new RecoveryException(
                    Problem.EVENT_MISMATCH,
                    "eventSequence=" + eventSequence + " derived: commandSequence=" + commandSequence + " templateId="
                            + StoredEvents.templateId(buffer, offset) + " timestampNs=" + timestampNs + " length="
                            + length + "; stored: " + stored.describe(eventSequence));
        }
    }

    EventChain chain() {
        return chain;
    }

    private void jump(final long eventSequence) {
        if (eventSequence <= lastSequence) {
            throw new IllegalStateException(
                    "event sequence runs backwards: eventSequence=" + eventSequence + " last=" + lastSequence);
        }
        stored.walk(lastSequence + 1, eventSequence - 1, chain);
    }
}

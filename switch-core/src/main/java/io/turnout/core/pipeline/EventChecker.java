package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.RecoveryException.Problem;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
    private final UnsafeBuffer older = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);
    private final MessageHeaderDecoder storedMessage = new MessageHeaderDecoder();
    private final MessageHeaderDecoder derivedMessage = new MessageHeaderDecoder();
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

    /**
     * Chains one derived event to those before it and compares it with the one in the event journal.
     *
     * <p>An event stored by an earlier version of the schema is the same when its block begins the derived one: fields
     * are only ever added at the end. It is chained as it is stored.
     */
    void follow(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (isOlder(stored.header(eventSequence), buffer, offset)) {
            final int olderLength = asStored(stored.header(eventSequence), buffer, offset);
            advance(eventSequence, commandSequence, timestampNs, older, 0, olderLength);
        } else {
            advance(eventSequence, commandSequence, timestampNs, buffer, offset, length);
        }
        if (!stored.holds(eventSequence, chain)) {
            throw new RecoveryException(
                    Problem.EVENT_MISMATCH,
                    "eventSequence=" + eventSequence + " derived: commandSequence=" + commandSequence + " templateId="
                            + StoredEvents.templateId(buffer, offset) + " timestampNs=" + timestampNs + " length="
                            + length + "; stored: " + stored.describe(eventSequence));
        }
    }

    /** Whether the stored header is that of an earlier version of the derived message, with a block no longer. */
    private boolean isOlder(final long storedHeader, final DirectBuffer buffer, final int offset) {
        if (storedHeader == StoredEvents.NO_HEADER) {
            return false;
        }
        older.putLong(0, storedHeader, ByteOrder.LITTLE_ENDIAN);
        storedMessage.wrap(older, 0);
        derivedMessage.wrap(buffer, offset);
        return storedMessage.templateId() == derivedMessage.templateId()
                && storedMessage.version() < derivedMessage.version()
                && storedMessage.blockLength() <= derivedMessage.blockLength();
    }

    /** The derived event as that earlier version would have written it; answers its length. */
    private int asStored(final long storedHeader, final DirectBuffer buffer, final int offset) {
        final int header = MessageHeaderDecoder.ENCODED_LENGTH;
        older.putLong(0, storedHeader, ByteOrder.LITTLE_ENDIAN);
        final int blockLength = storedMessage.wrap(older, 0).blockLength();
        older.putBytes(header, buffer, offset + header, blockLength);
        return header + blockLength;
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

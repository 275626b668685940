package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.Journal;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.collections.MutableLong;
import org.agrona.collections.MutableReference;

/**
 * Chain values of an event journal by sequence, read ahead in windows: a journal can only be read forward, and
 * re-derived events arrive one by one. Used by one thread.
 */
final class StoredEvents {
    static final long NO_HEADER = 0;
    private static final int WINDOW = 65_536;

    private final RecordSource source;
    private final byte[] chainValues = new byte[WINDOW * EventChain.VALUE_LENGTH];
    private final byte[] chainValue = new byte[EventChain.VALUE_LENGTH];
    private final long[] headers = new long[WINDOW];
    private final EventRecord record = new EventRecord();
    private long first = Journal.NO_SEQUENCE;
    private int count;

    StoredEvents(final RecordSource source) {
        this.source = source;
    }

    /** Where a stored event comes from. */
    record Found(long commandSequence, long timestampNs) {}

    /** Whether the journal holds this event with the chain value that {@code chain} stands at. */
    boolean holds(final long eventSequence, final EventChain chain) {
        final int index = indexOf(eventSequence);
        return index >= 0 && chain.matches(chainValues, index * EventChain.VALUE_LENGTH);
    }

    /** The SBE header of a stored event as one little-endian number, or {@link #NO_HEADER} when it is not there. */
    long header(final long eventSequence) {
        final int index = indexOf(eventSequence);
        return index < 0 ? NO_HEADER : headers[index];
    }

    /** Moves {@code chain} over stored events, checking that the content of each gives its chain value. */
    void walk(final long fromSequence, final long toSequence, final EventChain chain) {
        final MutableLong next = new MutableLong(fromSequence);
        if (fromSequence <= toSequence) {
            source.replay(fromSequence, (sequence, timestampNs, buffer, offset, length) -> {
                if (sequence != next.get()) {
                    return false;
                }
                advance(chain, sequence, timestampNs, record.wrap(buffer, offset, length), buffer);
                return next.incrementAndGet() <= toSequence;
            });
        }
        if (next.get() <= toSequence) {
            throw new RecoveryException(
                    Problem.EVENTS_MISSING, "eventSequence=" + next.get() + " wanted up to " + toSequence);
        }
    }

    private void advance(
            final EventChain chain,
            final long sequence,
            final long timestampNs,
            final EventRecord stored,
            final DirectBuffer buffer) {
        chain.advance(
                sequence, stored.commandSequence(), timestampNs, buffer, stored.eventOffset(), stored.eventLength());
        stored.chainValue(chainValue);
        if (!chain.matches(chainValue, 0)) {
            throw new RecoveryException(
                    Problem.CHAIN_BROKEN, "eventSequence=" + sequence + " commandSequence=" + stored.commandSequence());
        }
    }

    /** Command sequence and timestamp of a stored event. */
    Found find(final long eventSequence) {
        final MutableReference<Found> found = new MutableReference<>();
        source.replay(eventSequence, (sequence, timestampNs, buffer, offset, length) -> {
            if (sequence == eventSequence) {
                record.wrap(buffer, offset, length);
                found.set(new Found(record.commandSequence(), timestampNs));
            }
            return false;
        });
        if (found.ref == null) {
            throw new RecoveryException(Problem.EVENTS_MISSING, "eventSequence=" + eventSequence);
        }
        return found.ref;
    }

    /** Says what stands at a sequence, for a message. */
    String describe(final long eventSequence) {
        final StringBuilder text = new StringBuilder("nothing");
        source.replay(eventSequence, (sequence, timestampNs, buffer, offset, length) -> {
            if (sequence == eventSequence) {
                record.wrap(buffer, offset, length);
                text.setLength(0);
                text.append("commandSequence=").append(record.commandSequence());
                text.append(" templateId=").append(templateId(buffer, record.eventOffset()));
                text.append(" timestampNs=").append(timestampNs);
                text.append(" length=").append(record.eventLength());
            }
            return false;
        });
        return text.toString();
    }

    static int templateId(final DirectBuffer buffer, final int eventOffset) {
        final int index = eventOffset + MessageHeaderDecoder.templateIdEncodingOffset();
        return buffer.getShort(index, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    private int indexOf(final long eventSequence) {
        if (eventSequence < first || eventSequence >= first + count) {
            first = eventSequence;
            count = 0;
            source.replay(eventSequence, this::onRecord);
        }
        return count == 0 ? -1 : (int) (eventSequence - first);
    }

    private boolean onRecord(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (sequence != first + count) {
            // A journal may begin later than asked; then it does not hold the event asked for.
            return false;
        }
        record.wrap(buffer, offset, length).chainValue(chainValue);
        headers[count] = record.eventLength() < MessageHeaderDecoder.ENCODED_LENGTH
                ? NO_HEADER
                : buffer.getLong(record.eventOffset(), ByteOrder.LITTLE_ENDIAN);
        System.arraycopy(chainValue, 0, chainValues, count * EventChain.VALUE_LENGTH, EventChain.VALUE_LENGTH);
        count++;
        return count < WINDOW;
    }
}

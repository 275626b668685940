package io.turnout.core.pipeline;

import io.turnout.core.ports.EventHandler;
import io.turnout.journal.Journal;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes events to the event journal, each with its chain value. Events that are already there, because a replay
 * derives them again, are compared instead. Used by one thread at a time; allocates nothing per event.
 */
final class EventRecorder implements EventHandler {
    private final Journal journal;
    private final EventChecker checker;
    private final PipelineCounters counters;
    private final UnsafeBuffer payload;
    private long lastStoredSequence;

    /**
     * @param journal the event journal
     * @param checker standing at the event after which the first one comes
     * @param counters where records are counted
     * @param maximumEventLength longest event in bytes
     */
    EventRecorder(
            final Journal journal,
            final EventChecker checker,
            final PipelineCounters counters,
            final int maximumEventLength) {
        this.journal = journal;
        this.checker = checker;
        this.counters = counters;
        this.payload = new UnsafeBuffer(new byte[EventRecord.EVENT_OFFSET + maximumEventLength]);
        this.lastStoredSequence = journal.lastSequence();
    }

    @Override
    public void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (eventSequence <= lastStoredSequence) {
            checker.follow(eventSequence, commandSequence, timestampNs, buffer, offset, length);
        } else {
            checker.advance(eventSequence, commandSequence, timestampNs, buffer, offset, length);
            append(eventSequence, commandSequence, timestampNs, buffer, offset, length);
        }
    }

    private void append(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        payload.putLong(EventRecord.COMMAND_SEQUENCE_OFFSET, commandSequence, ByteOrder.LITTLE_ENDIAN);
        checker.chain().copyValue(payload, EventRecord.CHAIN_OFFSET);
        payload.putBytes(EventRecord.EVENT_OFFSET, buffer, offset, length);
        journal.append(eventSequence, timestampNs, payload, 0, EventRecord.EVENT_OFFSET + length);
        lastStoredSequence = eventSequence;
        counters.eventsJournaled.incrementRelease();
    }
}

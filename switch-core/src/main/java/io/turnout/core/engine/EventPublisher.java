package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.core.ports.EventSink;
import org.agrona.MutableDirectBuffer;

/** Numbers the events and hands them to the sink; counts those of the command being applied. */
final class EventPublisher {
    static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    /** {@code OperationProposed} is the longest event; a test keeps this true. */
    static final int MAXIMUM_LENGTH = OperationEvents.MAXIMUM_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CommandOutcome outcome = new CommandOutcome();
    private final EventSink sink;
    private final EngineTime time;
    private long commandSequence;
    private long eventSequence;
    private int eventsOfCommand;

    EventPublisher(final EventSink sink, final EngineTime time) {
        this.sink = sink;
        this.time = time;
    }

    long commandSequence() {
        return commandSequence;
    }

    long eventSequence() {
        return eventSequence;
    }

    void restore(final long lastCommandSequence, final long lastEventSequence) {
        commandSequence = lastCommandSequence;
        eventSequence = lastEventSequence;
    }

    /** Begins the next command. */
    void command(final long sequence) {
        final boolean follows = commandSequence == 0 ? sequence > 0 : sequence == commandSequence + 1;
        if (!follows) {
            throw new IllegalStateException("command out of order: sequence=" + sequence + " last=" + commandSequence);
        }
        commandSequence = sequence;
        eventsOfCommand = 0;
    }

    /** Goes on after an event sequence that is taken. */
    void skipTo(final long takenSequence) {
        eventSequence = Math.max(eventSequence, takenSequence);
    }

    /** What the operator's command being applied has come to. */
    CommandOutcome outcome() {
        return outcome;
    }

    MessageHeaderEncoder header() {
        return header;
    }

    MutableDirectBuffer claim() {
        return sink.claim();
    }

    /** Publishes the event in the claimed buffer, whose block is that long. */
    void commit(final int blockLength) {
        if (++eventsOfCommand > SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND) {
            throw new IllegalStateException("too many events: commandSequence=" + commandSequence);
        }
        sink.commit(++eventSequence, commandSequence, time.nowNs(), HEADER_LENGTH + blockLength);
    }
}

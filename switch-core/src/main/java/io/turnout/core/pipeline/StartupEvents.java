package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.ConfigurationRefusedDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.EventHandler;
import io.turnout.journal.Journal;
import org.agrona.DirectBuffer;

/**
 * Takes the events of a host that is starting out of the egress ring: the event journal gets them, the gateways pass
 * over them, for nothing they speak of can be done any more.
 */
final class StartupEvents implements EventHandler {
    private static final int POLL_LIMIT = 1024;

    private final EgressRing egress;
    private final EventRecorder recorder;
    private final Journal journal;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final ConfigurationRefusedDecoder refused = new ConfigurationRefusedDecoder();
    private int configurationProblem;

    /**
     * @param egress of the engine
     * @param recorder writes or compares
     * @param journal the event journal
     */
    StartupEvents(final EgressRing egress, final EventRecorder recorder, final Journal journal) {
        this.egress = egress;
        this.recorder = recorder;
        this.journal = journal;
    }

    /** Whether the next command's events fit into the ring. */
    boolean hasRoom() {
        return egress.hasRoom(SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND);
    }

    /** Empties the ring when the next command's events might not fit. */
    void makeRoom() {
        if (!hasRoom()) {
            drain();
        }
    }

    /** Empties the ring. The commands of its events must be as durable as they shall be. */
    void drain() {
        egress.markFlushed();
        egress.advanceDurable(egress.flushedPosition());
        int recorded;
        do {
            recorded = egress.eventJournalConsumer().poll(this, POLL_LIMIT);
        } while (recorded > 0);
        egress.skipGateways();
        journal.flush();
    }

    /** Problem in the last {@code ConfigurationRefused} event; 0 when there was none. */
    int configurationProblem() {
        return configurationProblem;
    }

    @Override
    public void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        recorder.onEvent(eventSequence, commandSequence, timestampNs, buffer, offset, length);
        header.wrap(buffer, offset);
        if (header.templateId() == ConfigurationRefusedDecoder.TEMPLATE_ID) {
            configurationProblem =
                    refused.wrapAndApplyHeader(buffer, offset, header).problem();
        }
    }
}

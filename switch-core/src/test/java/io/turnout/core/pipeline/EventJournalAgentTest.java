package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.journal.JournalException;
import org.junit.jupiter.api.Test;

final class EventJournalAgentTest {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final MemoryJournal journal = new MemoryJournal();
    private final EgressRing egress = new EgressRing(64, 100, 1);
    private final PipelineCounters counters = Fixtures.counters();
    private long nowNs = 5;
    private long sequence;

    private final EventJournalAgent agent = new EventJournalAgent(
            Fixtures.configuration(Durability.ASYNC, false),
            egress.eventJournalConsumer(),
            new EventRecorder(journal, new EventChecker(new StoredEvents(journal::replay)), counters, 100),
            journal,
            counters,
            () -> nowNs);

    @Test
    void shouldAppendAndFlushWhatIsDurable() {
        event();
        event();
        assertEquals(0, agent.doWork());

        makeDurable();
        assertEquals(2, agent.doWork());

        assertEquals(2, journal.afterKill().lastSequence());
        assertEquals(0, agent.doWork());
    }

    @Test
    void shouldSyncNowAndThenButNotWhileIdle() {
        event();
        makeDurable();
        agent.doWork();
        assertEquals(0, journal.syncs());

        nowNs += INTERVAL_NS;
        assertEquals(1, agent.doWork());
        assertEquals(1, journal.syncedSequence());

        nowNs += INTERVAL_NS;
        assertEquals(0, agent.doWork());
        assertEquals(1, counters.eventSyncs());
    }

    @Test
    void shouldFailByNameWhenTheJournalDoes() {
        event();
        makeDurable();
        journal.failToFlush();

        assertEquals(
                "flush failed",
                assertThrows(JournalException.class, agent::doWork).getMessage());
    }

    private void event() {
        sequence++;
        egress.claim();
        egress.commit(sequence, sequence, 0, MessageHeaderEncoder.ENCODED_LENGTH);
    }

    private void makeDurable() {
        egress.markFlushed();
        egress.advanceDurable(egress.flushedPosition());
    }
}

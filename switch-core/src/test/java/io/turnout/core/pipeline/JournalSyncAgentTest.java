package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.journal.JournalException;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class JournalSyncAgentTest {
    private static final long INTERVAL_NS = 1_000_000_000L;

    private final MemoryJournal journal = new MemoryJournal();
    private final EgressRing egress = new EgressRing(64, 100, 1);
    private final PipelineCounters counters = Fixtures.counters();
    private long nowNs = 5;
    private long sequence;

    @Test
    void shouldSyncOnlyWhenEventsWait() {
        final JournalSyncAgent agent = agent(Durability.SYNC);

        assertEquals(0, agent.doWork());
        command();
        assertEquals(1, agent.doWork());
        assertEquals(0, agent.doWork());

        assertEquals(1, journal.syncs());
        assertEquals(1, counters.durableSequence());
    }

    @Test
    void shouldMakeEventsVisibleOnlyAfterTheSync() {
        final JournalSyncAgent agent = agent(Durability.SYNC);
        command();
        assertEquals(0, visible());

        agent.doWork();

        assertEquals(1, visible());
    }

    @Test
    void shouldCoverAllCommandsFlushedBeforeWithOneSync() {
        final JournalSyncAgent agent = agent(Durability.SYNC);
        command();
        command();
        command();

        agent.doWork();

        assertEquals(1, journal.syncs());
        assertEquals(3, visible());
    }

    @Test
    void shouldNotMakeVisibleWhatWasFlushedWhileItSynced() {
        final JournalSyncAgent agent = agent(Durability.SYNC);
        command();
        journal.duringSync(this::command);

        agent.doWork();
        assertEquals(1, visible());
        assertEquals(1, counters.durableSequence());

        journal.duringSync(() -> {});
        agent.doWork();
        assertEquals(1, visible());
        assertEquals(2, counters.durableSequence());
    }

    @Test
    void shouldNotMakeEventsVisibleWhenTheSyncFailsNorTryAgain() {
        final FailStopAgent agent =
                new FailStopAgent(agent(Durability.SYNC), Fixtures.openGate(), (component, cause) -> {});
        command();
        journal.failToSync();

        assertThrows(AgentTerminationException.class, agent::doWork);
        assertThrows(AgentTerminationException.class, agent::doWork);

        assertEquals(1, journal.syncs());
        assertEquals(0, visible());
    }

    @Test
    void shouldNameTheFailedSync() {
        final JournalSyncAgent agent = agent(Durability.SYNC);
        command();
        journal.failToSync();

        assertEquals(
                "sync failed",
                assertThrows(JournalException.class, agent::doWork).getMessage());
    }

    @Test
    void shouldSyncNowAndThenInTheBackground() {
        final JournalSyncAgent agent = agent(Durability.ASYNC);
        command();
        assertEquals(0, agent.doWork());

        nowNs += INTERVAL_NS - 1;
        assertEquals(0, agent.doWork());
        nowNs += 1;
        assertEquals(1, agent.doWork());

        nowNs += INTERVAL_NS;
        assertEquals(0, agent.doWork(), "nothing new");
        command();
        assertEquals(1, agent.doWork());
        assertEquals(2, journal.syncs());
    }

    @Test
    void shouldLeaveVisibilityToThePipelineInTheBackground() {
        final JournalSyncAgent agent = agent(Durability.ASYNC);
        command();

        nowNs += INTERVAL_NS;
        agent.doWork();

        assertEquals(0, visible());
    }

    private JournalSyncAgent agent(final Durability durability) {
        return new JournalSyncAgent(Fixtures.configuration(durability, false), journal, egress, counters, () -> nowNs);
    }

    private void command() {
        sequence++;
        journal.append(sequence, 0, new UnsafeBuffer(new byte[8]), 0, 8);
        egress.claim();
        egress.commit(sequence, sequence, 0, 8);
        journal.flush();
        egress.markFlushed();
    }

    private int visible() {
        return egress.gatewayConsumer(0).poll((event, command, time, buffer, offset, length) -> {}, 100);
    }
}

package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.FreeSpaceGuard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HousekeepingAgentTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    Path directory;

    private final MemoryJournal journal = new MemoryJournal();
    private final AdmissionGate gate = Fixtures.openGate();
    private final PipelineCounters counters = Fixtures.counters();
    private long nowNs;

    @Test
    void shouldPrepareJournalsEachTime() {
        final HousekeepingAgent agent = agent(1);

        agent.doWork();
        agent.doWork();

        assertEquals(2, journal.prepares());
    }

    @Test
    void shouldCloseTheGateWhenSpaceIsLowAndOpenItAgain() {
        agent(Long.MAX_VALUE).doWork();
        assertFalse(gate.isOpen());
        assertEquals(AdmissionGate.Reason.DISK_SPACE_LOW, gate.reason());

        agent(1).doWork();
        assertTrue(gate.isOpen());
        assertTrue(counters.freeBytes() > 0);
    }

    @Test
    void shouldAskForTheSpaceOnceASecond() {
        final HousekeepingAgent agent = agent(1);
        assertEquals(1, agent.doWork());
        assertEquals(0, agent.doWork());
        nowNs += SECOND_NS - 1;
        assertEquals(0, agent.doWork());
        nowNs += 1;
        assertEquals(1, agent.doWork());
    }

    private HousekeepingAgent agent(final long thresholdBytes) {
        return new HousekeepingAgent(
                List.of(journal), new FreeSpaceGuard(directory, thresholdBytes), gate, counters, () -> nowNs);
    }
}

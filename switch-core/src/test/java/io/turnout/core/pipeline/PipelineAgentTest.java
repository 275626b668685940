package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.Admission;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline with a real engine, on journals whose faults can be switched on. */
final class PipelineAgentTest {
    @TempDir
    Path directory;

    private final MemoryJournal commands = new MemoryJournal();
    private final MemoryJournal events = new MemoryJournal();
    private final Node.Clock clock = new Node.Clock();

    @Test
    void shouldAnswerAPaymentThroughEveryStage() {
        final Node node = node(Durability.ASYNC, false);

        node.pay(10);

        assertEquals(10, node.bank().routedCount());
        assertEquals(10, node.bank().answeredCount());
        assertEquals(commands.lastSequence(), node.host().counters().commandSequence());
        assertEquals(events.lastSequence(), node.host().counters().eventSequence());
        assertEquals(0, node.host().counters().undurableCommands());
        assertTrue(node.host().counters().batches() > 0);
    }

    @Test
    void shouldShowNoEventOfACommandThatCouldNotBeFlushed() {
        final Node node = node(Durability.ASYNC, false);
        final long seen = node.bank().eventCount();
        final long stored = events.lastSequence();
        commands.failToFlush();

        node.request(10_00);
        assertThrows(AgentTerminationException.class, () -> Node.work(pipeline(node)));
        node.bank().doWork();
        Node.work(node.host().agents().eventJournal());

        assertEquals(seen, node.bank().eventCount());
        assertEquals(stored, events.lastSequence());
        assertEquals(List.of("pipeline: flush failed"), node.failures());
        assertEquals(AdmissionGate.Reason.FAILED, node.host().admissionGate().reason());
    }

    @Test
    void shouldShowNoEventBeforeTheSyncAgentHasSynced() {
        final Node node = node(Durability.SYNC, false);
        final long seen = node.bank().eventCount();

        node.request(10_00);
        Node.work(pipeline(node));
        node.bank().doWork();
        assertEquals(seen, node.bank().eventCount());
        assertEquals(1, node.host().counters().undurableCommands());

        node.step(1);
        node.bank().doWork();
        assertEquals(seen + 1, node.bank().eventCount());
        assertEquals(0, node.host().counters().undurableCommands());
    }

    @Test
    void shouldSyncEachBatchOnceWhenItSyncsInline() {
        final Node node = node(Durability.SYNC, true);
        assertFalse(node.host().agents().journalSync().isPresent());
        final int syncs = commands.syncs();

        node.request(10_00);
        node.request(10_00);
        node.request(10_00);
        Node.work(pipeline(node));

        assertEquals(syncs + 1, commands.syncs());
        assertEquals(commands.lastSequence(), commands.syncedSequence());
        node.bank().doWork();
        assertEquals(3, node.bank().routedCount());
    }

    @Test
    void shouldStopAtAFailedInlineSyncWithoutRepeatingIt() {
        final Node node = node(Durability.SYNC, true);
        final int syncs = commands.syncs();
        commands.failToSync();

        node.request(10_00);
        assertThrows(AgentTerminationException.class, () -> Node.work(pipeline(node)));
        assertThrows(AgentTerminationException.class, () -> Node.work(pipeline(node)));
        node.bank().doWork();
        node.close();

        assertEquals(syncs + 1, commands.syncs());
        assertEquals(0, node.bank().routedCount());
        assertEquals(List.of("pipeline: sync failed"), node.failures());
        assertFalse(commands.isClosed(), "a failed node touches nothing");
    }

    @Test
    void shouldTakeOneBatchInADutyCycleAndStampItOnce() {
        final Node node = node(Durability.ASYNC, false);
        final int before = commands.count();
        for (int i = 0; i < 12; i++) {
            node.request(10_00);
        }

        Node.work(pipeline(node));
        clock.advance(1);
        Node.work(pipeline(node));

        final List<Long> timestamps = commands.entries().stream()
                .skip(before)
                .map(MemoryJournal.Entry::timestampNs)
                .collect(Collectors.toList());
        final long nowNs = clock.nowNs();
        assertEquals(12, timestamps.size());
        assertEquals(
                List.of(nowNs - 1), timestamps.subList(0, 8).stream().distinct().toList());
        assertEquals(
                List.of(nowNs), timestamps.subList(8, 12).stream().distinct().toList());
    }

    @Test
    void shouldStopItsIntakeWhenNobodyTakesEventsAndLoseNothing() {
        final Node node = node(Durability.ASYNC, false);
        int requested = 0;
        // Nobody polls: the egress ring of 64 fills, then the ingress ring of 16.
        while (node.host()
                .ingress()
                .offer(
                        Admission.NEW_REQUEST,
                        Commands.requestPayment(requested + 1L, clock.nowNs(), 10_00),
                        0,
                        Commands.REQUEST_LENGTH)) {
            requested++;
            Node.work(pipeline(node));
        }
        assertTrue(node.host().counters().egressFull() > 0);
        assertTrue(requested > 12, "requested=" + requested);
        final int taken = commands.count();
        Node.work(pipeline(node));
        assertEquals(taken, commands.count());

        node.run();

        assertEquals(requested, node.bank().routedCount());
        assertEquals(requested, node.bank().answeredCount());
        assertEquals(List.of(), node.failures());
    }

    @Test
    void shouldStopInTheMiddleOfABatchWhenTheEventsOfOneMoreCommandMightNotFit() {
        final Node node = node(new PipelineConfiguration(
                Durability.ASYNC,
                false,
                128,
                PipelineConfiguration.MINIMUM_COMMAND_LENGTH_BYTES,
                64,
                128,
                Commands.SECOND_NS,
                Commands.SECOND_NS));
        final int before = commands.count();
        for (int i = 0; i < 100; i++) {
            node.request(10_00);
        }

        Node.work(pipeline(node));

        // Each request causes one event; the last slots are kept for what one command may cause at most.
        assertEquals(before + 64 - SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND + 1, commands.count());
        node.run();
        assertEquals(100, node.bank().answeredCount());
    }

    @Test
    void shouldLetTimeStandStillWhenTheClockStepsBack() {
        final Node node = node(Durability.ASYNC, false);
        node.pay(2);
        final long before = clock.nowNs();
        clock.advance(-3600 * Commands.SECOND_NS);

        node.pay(2);

        assertTrue(node.host().counters().clockStepsBack() > 0);
        long last = 0;
        for (final MemoryJournal.Entry entry : commands.entries()) {
            assertTrue(entry.timestampNs() >= last);
            last = entry.timestampNs();
        }
        assertEquals(before, last);
        assertEquals(4, node.bank().answeredCount());
    }

    @Test
    void shouldWriteNothingWhileIdle() {
        final Node node = node(Durability.ASYNC, false);
        node.pay(1);
        final int count = commands.count();

        for (int i = 0; i < 100; i++) {
            clock.advance(1_000_000);
            node.run();
        }

        assertEquals(count, commands.count());
    }

    @Test
    void shouldTellTheEngineOfADeadlineThatPassedInSilence() {
        final Node node = node(Durability.ASYNC, false);
        node.bank().silence();
        node.request(10_00);
        node.run();
        final int count = commands.count();

        clock.advance(9 * Commands.SECOND_NS);
        node.run();
        assertEquals(count, commands.count());
        assertEquals(0, node.bank().answeredCount());

        clock.advance(12 * Commands.SECOND_NS);
        node.run();
        assertTrue(node.host().counters().clockTicks() > 0);
        assertEquals(1, node.bank().answeredCount());
    }

    @Test
    void shouldRefuseNewRequestsOnceItCloses() {
        final Node node = node(Durability.ASYNC, false);
        node.request(10_00);

        node.close();

        assertEquals(commands.lastSequence(), commands.syncedSequence());
        assertEquals(events.lastSequence(), node.host().counters().eventSequence());
        assertTrue(commands.isClosed());
        assertTrue(events.isClosed());
        assertEquals(AdmissionGate.Reason.CLOSING, node.host().admissionGate().reason());
    }

    private Node node(final Durability durability, final boolean inlineSync) {
        return node(Fixtures.configuration(durability, inlineSync));
    }

    private Node node(final PipelineConfiguration pipeline) {
        final Node node = Node.start(directory, pipeline, Commands.configuration(1, 1_000_00), clock, commands, events);
        node.signOn();
        return node;
    }

    private static Agent pipeline(final Node node) {
        return node.host().agents().pipeline();
    }
}

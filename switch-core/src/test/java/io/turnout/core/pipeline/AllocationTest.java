package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.Admission;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a payment allocates on its way: nothing, with the real engine and real files. */
final class AllocationTest {
    private static final int SEGMENT_LENGTH_BYTES = 8 << 20;
    private static final long ROUNDS = 8;
    /** So far apart that payments are forgotten as fast as new ones come. */
    private static final long INTERVAL_NS = 200_000_000L;

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PipelineCounters counters = Fixtures.counters();
    private final UnsafeBuffer request =
            new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + RequestPaymentEncoder.BLOCK_LENGTH]);
    private final RequestPaymentEncoder requestEncoder = new RequestPaymentEncoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private long nowNs = Node.START_NS;

    @ParameterizedTest
    @CsvSource({"ASYNC, 1000", "SYNC, 50"})
    void shouldAllocateNothingPerPayment(final Durability durability, final int payments) {
        final PipelineConfiguration configuration = Fixtures.configuration(durability, true);
        final EgressRing egress = new EgressRing(configuration.egressCapacity(), SwitchEngine.MAXIMUM_EVENT_LENGTH, 1);
        final IngressRing ingress = new IngressRing(configuration, Fixtures.openGate(), counters);
        final SwitchEngine engine = new SwitchEngine(Node.CAPACITY, egress);
        try (FileJournal commands = open("commands");
                FileJournal events = open("events")) {
            final PipelineAgent pipeline = new PipelineAgent(
                    configuration,
                    new Rings(ingress, egress),
                    commands,
                    engine,
                    counters,
                    () -> nowNs,
                    SystemNanoClock.INSTANCE);
            final EventRecorder recorder = new EventRecorder(
                    events,
                    new EventChecker(new StoredEvents(events::replay)),
                    counters,
                    SwitchEngine.MAXIMUM_EVENT_LENGTH);
            final EventJournalAgent eventJournal = new EventJournalAgent(
                    configuration, egress.eventJournalConsumer(), recorder, events, counters, SystemNanoClock.INSTANCE);
            final Bank bank = new Bank(ingress, egress.gatewayConsumer(0));
            configure(ingress, pipeline, bank, eventJournal);
            pay(payments, ingress, pipeline, bank, eventJournal);
            // The first sync of a segment syncs its directory too, which allocates a little.
            commands.sync();
            events.sync();

            long fewest = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                pay(payments, ingress, pipeline, bank, eventJournal);
                final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                fewest = Math.min(fewest, allocated);
            }

            assertEquals((1 + ROUNDS) * payments, bank.answeredCount());
            // What a payment allocates, every round allocates. The compiler at work adds a little to some rounds, when
            // it gives up compiled code; the interpreter alone adds nothing.
            assertEquals(0, fewest, "bytes for " + payments + " payments");
        }
    }

    @Test
    void shouldNoticeAnAllocation() {
        final long before = threads.getCurrentThreadAllocatedBytes();
        final byte[] garbage = new byte[100];

        assertTrue(threads.getCurrentThreadAllocatedBytes() - before >= garbage.length);
    }

    private void configure(
            final IngressRing ingress,
            final PipelineAgent pipeline,
            final Bank bank,
            final EventJournalAgent eventJournal) {
        for (final DirectBuffer command :
                Commands.configuration(1, 1_000_00, 61 * Commands.SECOND_NS).commands()) {
            assertTrue(ingress.offer(Admission.CONTINUATION, command, 0, command.capacity()));
        }
        work(pipeline, bank, eventJournal);
        final DirectBuffer link = Commands.linkSignedOn();
        assertTrue(ingress.offer(Admission.CONTINUATION, link, 0, link.capacity()));
        work(pipeline, bank, eventJournal);
    }

    private void pay(
            final int count,
            final IngressRing ingress,
            final PipelineAgent pipeline,
            final Bank bank,
            final EventJournalAgent eventJournal) {
        for (int i = 0; i < count; i++) {
            nowNs += INTERVAL_NS;
            requestEncoder.wrapAndApplyHeader(request, 0, header);
            Commands.requestPayment(requestEncoder, nowNs, nowNs, 10_00);
            if (!ingress.offer(Admission.NEW_REQUEST, request, 0, request.capacity())) {
                throw new IllegalStateException("ingress ring full");
            }
            work(pipeline, bank, eventJournal);
        }
    }

    private static void work(final PipelineAgent pipeline, final Bank bank, final EventJournalAgent eventJournal) {
        int workCount;
        do {
            workCount = pipeline.doWork() + bank.doWork() + eventJournal.doWork();
        } while (workCount > 0);
    }

    private FileJournal open(final String name) {
        return FileJournal.open(
                new FileJournalConfiguration(directory.resolve(name), SEGMENT_LENGTH_BYTES, 1 << 20, 4096, 1 << 20));
    }
}

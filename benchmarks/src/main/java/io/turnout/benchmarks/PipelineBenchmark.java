package io.turnout.benchmarks;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.AdmissionGate;
import io.turnout.core.pipeline.Durability;
import io.turnout.core.pipeline.EgressRing;
import io.turnout.core.pipeline.IngressRing;
import io.turnout.core.pipeline.PipelineAgent;
import io.turnout.core.pipeline.PipelineConfiguration;
import io.turnout.core.pipeline.PipelineCounters;
import io.turnout.core.pipeline.Rings;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.EventHandler;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Payments a second through ingress ring, command journal on disk, engine and egress ring, driven by one thread that is
 * acquirer and bank as well. A payment is two commands (request, bank's answer) and two events. Run it with
 * {@code -prof gc} to see what it allocates.
 *
 * <p>Engine time runs by 100 µs a payment whatever the speed, so that the table of payments stays of one size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PipelineBenchmark {
    private static final int PAYMENTS_PER_INVOCATION = 64;
    private static final int MAXIMUM_PAYMENTS = 100_000;
    private static final long PAYMENT_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(6);
    private static final int EVENTS_PER_POLL = 64;
    private static final int SEGMENT_LENGTH_BYTES = 1 << 30;
    private static final int PREPARE_SLICE_BYTES = 4 << 20;

    /** Level of durability; {@code SYNC} is one fdatasync per batch on the pipeline's thread. */
    @Param({"ASYNC", "SYNC"})
    public Durability durability;

    private final EngineWorkload workload = new EngineWorkload();
    private final EngineWorkload.CommandConsumer offer = this::offer;
    private final EventHandler bank = this::onEvent;
    private final EventHandler ignore = (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {};
    private long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private Path directory;
    private FileJournal journal;
    private Rings rings;
    private PipelineAgent pipeline;

    /** Opens a new journal and configures the engine. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("turnout-pipeline");
        journal = FileJournal.open(new FileJournalConfiguration(
                directory,
                SEGMENT_LENGTH_BYTES,
                FileJournalConfiguration.DEFAULT_BUFFER_LENGTH_BYTES,
                FileJournalConfiguration.DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                PREPARE_SLICE_BYTES));
        final PipelineConfiguration configuration = PipelineConfiguration.of(durability, true);
        final PipelineCounters counters =
                new PipelineCounters(new CountersManager(aligned(256 * 1024), aligned(64 * 1024)));
        final EgressRing egress = new EgressRing(configuration.egressCapacity(), SwitchEngine.MAXIMUM_EVENT_LENGTH, 1);
        rings = new Rings(new IngressRing(configuration, new AdmissionGate(), counters), egress);
        final SwitchEngine engine = new SwitchEngine(EngineCapacity.forPayments(MAXIMUM_PAYMENTS), egress);
        pipeline = new PipelineAgent(
                configuration, rings, journal, engine, counters, () -> nowNs, SystemNanoClock.INSTANCE);
        workload.configure(MAXIMUM_PAYMENTS, REMEMBERED_NS, offer);
        workload.signOn(offer);
        work();
    }

    /** Closes and deletes the journal. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        journal.close();
        Directories.delete(directory);
    }

    /** The journal prepares its next segment beside the measurement, as the housekeeping thread does in the switch. */
    @Setup(Level.Iteration)
    public void prepare() {
        long prepared;
        do {
            prepared = journal.prepare();
        } while (prepared > 0);
    }

    /** A batch of payments from request to answer. */
    @Benchmark
    @OperationsPerInvocation(PAYMENTS_PER_INVOCATION)
    public long pay() {
        final long before = workload.approvedCount();
        for (int i = 0; i < PAYMENTS_PER_INVOCATION; i++) {
            nowNs += PAYMENT_INTERVAL_NS;
            workload.request(nowNs, offer);
        }
        work();
        final long approved = workload.approvedCount() - before;
        if (approved != PAYMENTS_PER_INVOCATION) {
            throw new IllegalStateException("approved=" + approved + " of " + PAYMENTS_PER_INVOCATION);
        }
        return approved;
    }

    /** Duty cycles until every event has been seen and every command applied. */
    private void work() {
        int workCount;
        do {
            workCount = pipeline.doWork();
            workCount += rings.egress().gatewayConsumer(0).poll(bank, EVENTS_PER_POLL);
            workCount += rings.egress().eventJournalConsumer().poll(ignore, EVENTS_PER_POLL);
        } while (workCount > 0);
    }

    private void onEvent(
            final long eventSequence,
            final long commandSequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        workload.onEvent(buffer, offset, offer);
    }

    private void offer(final DirectBuffer buffer, final int offset, final int length) {
        // Nobody opens the gate here, and a closed one lets only continuations pass; they cost the same.
        if (!rings.ingress().offer(Admission.CONTINUATION, buffer, offset, length)) {
            throw new IllegalStateException("ingress ring full");
        }
    }

    private static UnsafeBuffer aligned(final int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
    }
}

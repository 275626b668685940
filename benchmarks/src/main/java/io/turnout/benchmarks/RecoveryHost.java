package io.turnout.benchmarks;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.pipeline.ConfigurationCommands;
import io.turnout.core.pipeline.Durability;
import io.turnout.core.pipeline.HostConfiguration;
import io.turnout.core.pipeline.HostEnvironment;
import io.turnout.core.pipeline.PipelineConfiguration;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.RecoveryReport;
import io.turnout.core.pipeline.StandaloneHost;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.EventHandler;
import io.turnout.journal.chronicle.ChronicleJournal;
import io.turnout.journal.chronicle.ChronicleJournalConfiguration;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/** A host with journals on disk, driven by one thread that is acquirer and bank as well. */
final class RecoveryHost {
    private static final long INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long REMEMBERED_NS = TimeUnit.HOURS.toNanos(1);
    private static final long START_NS = 1_790_000_000_000_000_000L;
    private static final int PAYMENTS_IN_FLIGHT = 64;
    private static final int EVENTS_PER_POLL = 1_024;

    private final Path directory;
    private final int payments;
    private final EngineCapacity capacity;
    private long nowNs = START_NS;

    RecoveryHost(final Path directory, final int payments) {
        this.directory = directory;
        this.payments = payments;
        this.capacity = EngineCapacity.forPayments(payments + 1);
    }

    EngineCapacity capacity() {
        return capacity;
    }

    Path commands() {
        return directory.resolve("commands");
    }

    Path events() {
        return directory.resolve("events");
    }

    Path snapshots() {
        return directory.resolve("snapshots");
    }

    void deleteSnapshots() throws IOException {
        Directories.delete(snapshots());
    }

    /** Runs all payments, from request to answer. */
    void writeJournals() {
        final EngineWorkload workload = new EngineWorkload();
        try (StandaloneHost host = open()) {
            final EngineWorkload.CommandConsumer offer = (buffer, offset, length) -> {
                if (!host.ingress().offer(Admission.CONTINUATION, buffer, offset, length)) {
                    throw new IllegalStateException("ingress ring full");
                }
            };
            final EventHandler bank = (eventSequence, commandSequence, timestampNs, buffer, offset, length) ->
                    workload.onEvent(buffer, offset, offer);
            workload.signOn(offer);
            work(host, bank);
            for (int paid = 0; paid < payments; paid++) {
                nowNs += INTERVAL_NS;
                workload.request(nowNs, offer);
                if (paid % PAYMENTS_IN_FLIGHT == 0) {
                    work(host, bank);
                }
            }
            work(host, bank);
        }
        if (workload.approvedCount() != payments) {
            throw new IllegalStateException("approved=" + workload.approvedCount() + " of " + payments);
        }
    }

    /** Recovers from the first command on; returns million commands a second. */
    double recover() {
        try (StandaloneHost host = open()) {
            final RecoveryReport report = host.recoveryReport();
            return report.replayedCommands() * 1e3 / report.durationNs();
        }
    }

    /** Recovers from the snapshot; returns seconds. */
    double recoverFromSnapshot() {
        try (StandaloneHost host = open()) {
            final RecoveryReport report = host.recoveryReport();
            if (report.snapshotCommandSequence() == 0) {
                throw new IllegalStateException("refused: " + report.refusedSnapshots());
            }
            return report.durationNs() / 1e9;
        }
    }

    private StandaloneHost open() {
        final FileJournal commands = FileJournal.open(new FileJournalConfiguration(
                commands(),
                256 << 20,
                FileJournalConfiguration.DEFAULT_BUFFER_LENGTH_BYTES,
                FileJournalConfiguration.DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                4 << 20));
        final ChronicleJournal events = ChronicleJournal.open(ChronicleJournalConfiguration.of(events()));
        return StandaloneHost.recover(
                new HostConfiguration(
                        capacity,
                        PipelineConfiguration.of(Durability.ASYNC, true),
                        directory,
                        1,
                        1,
                        configuration(),
                        1),
                new HostEnvironment(
                        () -> nowNs,
                        SystemNanoClock.INSTANCE,
                        new CountersManager(aligned(256 * 1024), aligned(64 * 1024)),
                        (component, cause) -> {
                            throw new IllegalStateException(component, cause);
                        },
                        RecoveryProgress.NONE),
                commands,
                events);
    }

    private ConfigurationCommands configuration() {
        final List<DirectBuffer> commands = new ArrayList<>();
        new EngineWorkload().configure(capacity.payments(), REMEMBERED_NS, (buffer, offset, length) -> {
            final byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            commands.add(new UnsafeBuffer(copy));
        });
        return new ConfigurationCommands(EngineWorkload.CONFIGURATION_HASH, commands);
    }

    private static void work(final StandaloneHost host, final EventHandler bank) {
        int workCount;
        do {
            workCount = work(host.agents().pipeline());
            workCount += host.events(0).poll(bank, EVENTS_PER_POLL);
            workCount += work(host.agents().eventJournal());
        } while (workCount > 0);
    }

    private static int work(final Agent agent) {
        try {
            return agent.doWork();
        } catch (final Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static UnsafeBuffer aligned(final int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
    }
}

package io.turnout.benchmarks;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.JournalVerifier;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.SnapshotBuilder;
import io.turnout.core.pipeline.SnapshotStore;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.core.ports.EventSink;
import io.turnout.journal.JournalReader;
import io.turnout.journal.chronicle.ChronicleReader;
import io.turnout.journal.file.FileJournalReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How long a start after a long run takes: {@code benchmarks/jmh recovery [payments] [rounds]}.
 *
 * <p>A switch first writes the journals of so many payments. Then, in rounds, so that all see the same noise: the
 * command journal is only read and its checksums compared; its commands are applied to an engine whose events nobody
 * looks at; a host recovers from the journals, which compares every event with the event journal; the journals are
 * verified; a snapshot of all payments is built; and a host recovers from the snapshot. All in one process, so the
 * first round shows what a cold Java machine does, and the median what a warm one does.
 */
public final class RecoveryFigures {
    private static final int DEFAULT_PAYMENTS = 500_000;
    private static final int DEFAULT_ROUNDS = 5;
    private static final int SNAPSHOTS_KEPT = 2;
    private static final double GIB = 1L << 30;
    private static final double MILLION = 1e6;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final RecoveryHost host;
    private final PrintStream out;

    private RecoveryFigures(final RecoveryHost host, final PrintStream out) {
        this.host = host;
        this.out = out;
    }

    /** Measures and prints. */
    public static void main(final String[] arguments) throws IOException {
        final int payments = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_PAYMENTS;
        final int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : DEFAULT_ROUNDS;
        final Path directory = Files.createTempDirectory("turnout-recovery");
        try {
            final RecoveryHost host = new RecoveryHost(directory, payments);
            host.writeJournals();
            final RecoveryFigures figures = new RecoveryFigures(host, System.out);
            for (int round = 0; round < rounds; round++) {
                figures.round();
            }
            figures.print();
        } finally {
            Directories.delete(directory);
        }
    }

    private void round() throws IOException {
        host.deleteSnapshots();
        note("read and check every record, M commands/s", scan());
        note("apply every command, M commands/s", apply());
        note("recover: apply and compare every event, M commands/s", host.recover());
        note("verify: the same, and the chain over the stored events, M commands/s", verify());
        final long startNs = System.nanoTime();
        final Path snapshot = build();
        final double buildSeconds = secondsSince(startNs);
        final double gib = Files.size(snapshot) / GIB;
        note("size of the snapshot, GiB", gib);
        final double loadSeconds = host.recoverFromSnapshot();
        note("recover from the snapshot alone, s/GiB", loadSeconds / gib);
        note("build the snapshot (replay and write), s", buildSeconds);
    }

    private double scan() {
        try (JournalReader commands = new FileJournalReader(host.commands())) {
            final long startNs = System.nanoTime();
            final long last = commands.replay(1, (sequence, timestampNs, buffer, offset, length) -> true);
            return last / secondsSince(startNs) / MILLION;
        }
    }

    private double apply() {
        final SwitchEngine engine = new SwitchEngine(host.capacity(), new NoEvents());
        try (JournalReader commands = new FileJournalReader(host.commands())) {
            final long startNs = System.nanoTime();
            final long last = commands.replay(1, (sequence, timestampNs, buffer, offset, length) -> {
                engine.onCommand(sequence, timestampNs, buffer, offset, length);
                return true;
            });
            return last / secondsSince(startNs) / MILLION;
        }
    }

    private double verify() {
        try (JournalReader commands = new FileJournalReader(host.commands());
                JournalReader events = new ChronicleReader(host.events())) {
            final long startNs = System.nanoTime();
            final VerificationReport report = new JournalVerifier(
                            host.capacity(),
                            new SnapshotStore(host.snapshots()),
                            commands,
                            events,
                            SystemNanoClock.INSTANCE,
                            RecoveryProgress.NONE)
                    .verifyAll();
            if (report.firstDifference().isPresent()) {
                throw new IllegalStateException(report.firstDifference().get());
            }
            return report.lastCommand() / secondsSince(startNs) / MILLION;
        }
    }

    private Path build() {
        try (JournalReader commands = new FileJournalReader(host.commands());
                JournalReader events = new ChronicleReader(host.events())) {
            return new SnapshotBuilder(
                            host.capacity(),
                            new SnapshotStore(host.snapshots()),
                            commands,
                            events,
                            SystemNanoClock.INSTANCE,
                            RecoveryProgress.NONE)
                    .build(SNAPSHOTS_KEPT)
                    .orElseThrow();
        }
    }

    private void note(final String name, final double value) {
        figures.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    private void print() {
        out.printf("%-75s %8s %8s %8s %8s%n", "", "first", "median", "least", "most");
        figures.forEach((name, values) -> {
            final double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            out.printf(
                    "%-75s %8.2f %8.2f %8.2f %8.2f%n",
                    name, values.get(0), sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
        });
    }

    private static double secondsSince(final long startNs) {
        return (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** Drops events. */
    private static final class NoEvents implements EventSink {
        private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SwitchEngine.MAXIMUM_EVENT_LENGTH]);

        @Override
        public MutableDirectBuffer claim() {
            return buffer;
        }

        @Override
        public void commit(final long eventSequence, final long sequence, final long timestampNs, final int length) {
            // Nobody looks.
        }
    }
}

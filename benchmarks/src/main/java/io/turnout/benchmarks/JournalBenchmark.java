package io.turnout.benchmarks;

import io.turnout.journal.Journal;
import io.turnout.journal.chronicle.ChronicleJournal;
import io.turnout.journal.chronicle.ChronicleJournalConfiguration;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Records of 300 bytes a second that one thread appends, handing them to the operating system, or forcing them to the
 * device, in batches. The directory is that of {@code java.io.tmpdir}: set it to the disk that is to be measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JournalBenchmark {
    private static final int PAYLOAD_LENGTH_BYTES = 300;
    private static final int RECORDS_PER_INVOCATION = 256;
    private static final int SEGMENT_LENGTH_BYTES = 512 << 20;
    private static final int PREPARE_SLICE_BYTES = 4 << 20;

    /** What stores the bytes. */
    public enum Storage {
        /** Segment files. */
        FILE,
        /** Chronicle Queue. */
        CHRONICLE
    }

    /** How safe a batch is when the next one begins. */
    public enum Safety {
        /** With the operating system. */
        FLUSH,
        /** On the device. */
        SYNC
    }

    /** What stores the bytes. */
    @Param
    public Storage storage;

    /** How safe a batch is when the next one begins. */
    @Param
    public Safety safety;

    /** Records in a batch; divides 256. */
    @Param({"1", "16", "256"})
    public int batch;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH_BYTES]);
    private Path directory;
    private Journal journal;
    private long sequence;

    /** Opens a new journal. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("turnout-journal");
        journal = switch (storage) {
            case FILE ->
                FileJournal.open(new FileJournalConfiguration(
                        directory,
                        SEGMENT_LENGTH_BYTES,
                        FileJournalConfiguration.DEFAULT_BUFFER_LENGTH_BYTES,
                        FileJournalConfiguration.DEFAULT_MAXIMUM_PAYLOAD_LENGTH_BYTES,
                        PREPARE_SLICE_BYTES));
            case CHRONICLE -> ChronicleJournal.open(ChronicleJournalConfiguration.of(directory));
        };
    }

    /** Prepares the next segment beside the measurement, as the housekeeping thread does in the switch. */
    @Setup(Level.Iteration)
    public void prepare() {
        long prepared;
        do {
            prepared = journal.prepare();
        } while (prepared > 0);
    }

    /** Closes and deletes the journal. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        journal.close();
        try (Stream<Path> files = Files.walk(directory)) {
            final List<Path> deepestFirst =
                    files.sorted(Comparator.reverseOrder()).toList();
            for (final Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    /** Appends, and flushes or syncs each batch. */
    @Benchmark
    @OperationsPerInvocation(RECORDS_PER_INVOCATION)
    public long append() {
        for (int i = 1; i <= RECORDS_PER_INVOCATION; i++) {
            sequence++;
            journal.append(sequence, sequence, payload, 0, PAYLOAD_LENGTH_BYTES);
            if (i % batch == 0) {
                makeSafe();
            }
        }
        return sequence;
    }

    private void makeSafe() {
        journal.flush();
        if (safety == Safety.SYNC) {
            journal.sync();
        }
    }
}

package io.turnout.journal.chronicle;

import io.turnout.journal.JournalException;
import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;

/**
 * One Chronicle queue, written by one opening of the journal. The file {@code READY} appears after the first record:
 * until then readers do not see the epoch, so that they never meet a queue that is still being made.
 *
 * @param directory of the queue
 * @param boot the run of the machine in which it was written
 * @param blockSizeBytes as the writer maps its files; a reader must not map more at once than the writer has made
 */
record Epoch(Path directory, BootId boot, int blockSizeBytes) {
    static final String SUFFIX = ".queue";

    private static final String READY = "READY";
    private static final String UNFINISHED = "READY.unfinished";
    private static final String FILE_SUFFIX = SingleChronicleQueue.SUFFIX;
    private static final String METADATA = SingleChronicleQueue.QUEUE_METADATA_FILE;
    private static final int TIMEOUT_MS = 2_000;

    /** The epochs in a journal's directory that hold a record. */
    static List<ChainName> list(final Path journalDirectory) {
        return ChainName.list(journalDirectory, SUFFIX).stream()
                .filter(name -> isReady(name.in(journalDirectory)))
                .toList();
    }

    static boolean isReady(final Path directory) {
        return Files.exists(directory.resolve(READY));
    }

    static Epoch read(final Path directory) throws IOException {
        final List<String> lines = Files.readAllLines(directory.resolve(READY), StandardCharsets.US_ASCII);
        try {
            return new Epoch(directory, BootId.parse(lines.get(0)), Integer.parseInt(lines.get(1)));
        } catch (final IllegalArgumentException | IndexOutOfBoundsException exception) {
            throw new JournalException(
                    "journal damaged: file=" + directory.resolve(READY) + " is not readable", exception);
        }
    }

    /** Lets readers see the epoch, from now on and after a loss of power. */
    void markReady() throws IOException {
        final Path unfinished = directory.resolve(UNFINISHED);
        final byte[] bytes = (boot + "\n" + blockSizeBytes + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.force(true);
        }
        Files.move(unfinished, directory.resolve(READY), StandardCopyOption.ATOMIC_MOVE);
        Directories.force(directory);
    }

    SingleChronicleQueue openForWriting(final TimeProvider time) {
        return builder().timeProvider(time).build();
    }

    SingleChronicleQueue openForReading() {
        return builder().readOnly(true).build();
    }

    private SingleChronicleQueueBuilder builder() {
        ChronicleSettings.apply();
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .blockSize(blockSizeBytes)
                .timeoutMS(TIMEOUT_MS);
    }

    /** The files that hold records, in order. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(FILE_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /** Chronicle's table of files and locks. */
    Path metadata() {
        return directory.resolve(METADATA);
    }

    /** All that must be on the device before the records in it count as being there. */
    List<Path> filesAndMetadata() throws IOException {
        final List<Path> files = new ArrayList<>(files());
        files.add(metadata());
        return files;
    }
}

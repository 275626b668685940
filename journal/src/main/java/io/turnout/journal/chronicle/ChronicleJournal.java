package io.turnout.journal.chronicle;

import io.turnout.journal.DirectoryLock;
import io.turnout.journal.Journal;
import io.turnout.journal.JournalException;
import io.turnout.journal.OpenReport;
import io.turnout.journal.RecordHandler;
import io.turnout.journal.disk.AppendChecks;
import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Directories;
import io.turnout.journal.disk.Failures;
import io.turnout.journal.disk.RecordFlyweight;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;

/**
 * The event journal: a Chronicle queue for each opening, so that any number of processes can follow it.
 *
 * <p>Threads: one appends, flushes, replays and closes; one may {@link #sync()}. They may be the same. An append writes
 * to mapped memory, so an appended record survives the death of the process even before {@link #flush()}.
 *
 * <p>{@link #sync()} forces the files and does not ask Chronicle to: Chronicle syncs only the block that is mapped at
 * the moment, and when that fails it writes a line to the log and goes on.
 */
public final class ChronicleJournal implements Journal {
    private final ChronicleJournalConfiguration configuration;
    private final DirectoryLock lock;
    private final OpenReport openReport;
    private final long epochNumber;
    private final ForwardTime time;
    private final RoomCheck room;
    private final ByteBuffer scratch;
    private final RecordFlyweight record = new RecordFlyweight();
    private final Object syncLock = new Object();

    // Of the appending thread.
    private Bytes<ByteBuffer> excerpt;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private long lastSequence;
    private boolean isClosed;

    // From the appending thread to the syncing one.
    private volatile Epoch epoch;
    private volatile File currentFile;
    private volatile long flushedSequence;

    // Guarded by the sync lock for writing.
    private volatile long syncedSequence;
    private File forcedFile;
    private FileChannel forcedChannel;

    private volatile JournalException failure;

    private ChronicleJournal(
            final ChronicleJournalConfiguration configuration,
            final DirectoryLock lock,
            final EpochRecovery recovery,
            final LongSupplier millis) {
        this.configuration = configuration;
        this.lock = lock;
        this.openReport = recovery.report();
        this.epochNumber = recovery.nextEpoch();
        this.time = new ForwardTime(millis);
        this.room = new RoomCheck(configuration.directory(), configuration.reservedBytes());
        this.scratch =
                ByteBuffer.allocateDirect(RecordFlyweight.recordLength(configuration.maximumPayloadLengthBytes()));
        this.record.wrap(scratch);
        this.lastSequence = openReport.lastSequence();
        this.flushedSequence = lastSequence;
        this.syncedSequence = lastSequence;
    }

    /**
     * Opens a journal for writing. After an unclean stop, finds the last valid record, makes everything up to it
     * durable and puts what lies behind it into quarantine; appends then go to a new queue. May be repeated after a
     * crash at any point of it.
     *
     * @throws io.turnout.journal.DirectoryLockedException when the directory is in use
     * @throws io.turnout.journal.JournalCorruptException when a record that was safe is damaged or missing
     */
    public static ChronicleJournal open(final ChronicleJournalConfiguration configuration) {
        return open(configuration, System::currentTimeMillis);
    }

    /** The clock decides when a new day's file begins, and nothing else. */
    static ChronicleJournal open(final ChronicleJournalConfiguration configuration, final LongSupplier millis) {
        ChronicleSettings.apply();
        DirectoryLock lock = null;
        try {
            Directories.create(configuration.directory());
            lock = DirectoryLock.acquire(configuration.directory());
            final EpochRecovery recovery = new EpochRecovery(configuration.directory()).run();
            return new ChronicleJournal(configuration, lock, recovery, millis);
        } catch (final IOException exception) {
            release(lock);
            throw Failures.named("open the journal", configuration.directory(), exception);
        } catch (final RuntimeException exception) {
            release(lock);
            throw exception;
        }
    }

    private static void release(final DirectoryLock lock) {
        if (lock != null) {
            lock.close();
        }
    }

    /** What opening found and did. */
    public OpenReport openReport() {
        return openReport;
    }

    @Override
    public void append(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        requireUsable();
        AppendChecks.require(sequence, lastSequence, length, configuration.maximumPayloadLengthBytes());
        final int recordLength = record.encode(0, sequence, timestampNs, syncedSequence, buffer, offset, length);
        try {
            room.require(recordLength);
            if (appender == null) {
                startEpoch(sequence, recordLength);
            } else {
                write(recordLength);
            }
        } catch (final JournalException exception) {
            failure = exception;
            throw exception;
        } catch (final Exception | InternalError exception) {
            throw fail("append to", exception);
        }
        lastSequence = sequence;
    }

    /** Writes the scratch buffer as one excerpt. */
    private void write(final int recordLength) {
        excerpt.readPositionRemaining(0, recordLength);
        appender.writeBytes(excerpt);
    }

    /** The queue itself must survive the loss of power before anybody may find it, so all of it is forced first. */
    private void startEpoch(final long firstSequence, final int recordLength) throws IOException {
        final Path directory = new ChainName(epochNumber, firstSequence, Epoch.SUFFIX).in(configuration.directory());
        Directories.create(directory);
        epoch = new Epoch(directory, BootId.current(), configuration.blockSizeBytes());
        excerpt = Bytes.wrapForRead(scratch);
        queue = epoch.openForWriting(time);
        appender = queue.createAppender();
        // The thread that recovers hands the journal on to the one that runs; Chronicle would refuse the second.
        appender.singleThreadedCheckDisabled(true);
        excerpt.singleThreadedCheckDisabled(true);
        write(recordLength);
        synchronized (syncLock) {
            forceAll(appender.currentFile());
        }
        epoch.markReady();
    }

    @Override
    public void flush() {
        requireUsable();
        if (flushedSequence != lastSequence) {
            currentFile = appender.currentFile();
            flushedSequence = lastSequence;
        }
    }

    @Override
    public long sync() {
        synchronized (syncLock) {
            requireUsable();
            // Read before the file: the file is then that of the sequence, or a later one.
            final long sequence = flushedSequence;
            if (sequence != syncedSequence) {
                force(currentFile);
                syncedSequence = sequence;
            }
            return sequence;
        }
    }

    private void force(final File file) {
        try {
            if (!file.equals(forcedFile)) {
                forceAll(file);
            } else {
                forcedChannel.force(false);
            }
        } catch (final IOException exception) {
            throw fail("force to the device", exception);
        }
    }

    /** A file is new: its name, and the rest of the file before it, are not on the device either. */
    private void forceAll(final File newest) throws IOException {
        if (forcedChannel != null) {
            forcedChannel.force(true);
            forcedChannel.close();
        }
        for (final Path file : epoch.filesAndMetadata()) {
            Directories.forceFile(file);
        }
        Directories.force(epoch.directory());
        forcedChannel = FileChannel.open(newest.toPath(), StandardOpenOption.WRITE);
        forcedFile = newest;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long syncedSequence() {
        return syncedSequence;
    }

    @Override
    public long replay(final long fromSequence, final RecordHandler handler) {
        try (ChronicleReader reader = new ChronicleReader(configuration.directory())) {
            return reader.replay(fromSequence, handler);
        }
    }

    @Override
    public int maximumPayloadLength() {
        return configuration.maximumPayloadLengthBytes();
    }

    /** Has nothing to do: Chronicle extends its files itself, on the appending thread. */
    @Override
    public int prepare() {
        requireUsable();
        return 0;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        // The interrupt that asks a thread to end would close the files below instead.
        final boolean wasInterrupted = Thread.interrupted();
        try {
            if (failure == null) {
                closeCleanly();
            }
        } finally {
            abandon();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeCleanly() {
        flush();
        sync();
        if (appender == null) {
            return;
        }
        try {
            write(record.encodeCleanMark(0, lastSequence));
        } catch (final Exception | InternalError exception) {
            throw fail("mark as closed", exception);
        }
        force(appender.currentFile());
    }

    /** Lets go of everything without writing a word, as the death of the process would. */
    void abandon() {
        isClosed = true;
        if (failure == null) {
            failure = new JournalException("the journal is closed: " + configuration.directory());
        }
        try {
            if (appender != null) {
                appender.close();
            }
            if (queue != null) {
                queue.close();
                excerpt.releaseLast();
            }
            if (forcedChannel != null) {
                forcedChannel.close();
            }
        } catch (final IOException exception) {
            throw Failures.named("close the journal", configuration.directory(), exception);
        } finally {
            lock.close();
        }
    }

    private void requireUsable() {
        final JournalException first = failure;
        if (first != null) {
            throw new JournalException("the journal cannot be used any more: " + first.getMessage(), first);
        }
    }

    private JournalException fail(final String action, final Throwable cause) {
        final JournalException exception = cause instanceof IOException io
                ? Failures.named(action, configuration.directory(), io)
                : new JournalException("cannot " + action + " " + configuration.directory() + ": " + cause, cause);
        failure = exception;
        return exception;
    }
}

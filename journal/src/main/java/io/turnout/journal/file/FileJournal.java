package io.turnout.journal.file;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * The command journal: plain segment files, group commit by {@code fdatasync}.
 *
 * <p>Threads: one appends, flushes, replays and closes; one may {@link #sync()}; one may {@link #prepare()}. They may
 * be the same. Do not interrupt them: an interrupted write closes the file, which makes the journal unusable
 * ({@link #close()} is safe from that). After warm-up an append allocates nothing; starting a segment allocates a
 * little.
 *
 * <p>The last two segments of an epoch are the only ones that may hold unsynced records: a segment is started only when
 * the one before the last is on the device.
 */
public final class FileJournal implements Journal {
    private final FileJournalConfiguration configuration;
    private final DirectoryLock lock;
    private final OpenReport openReport;
    private final SegmentPreparer preparer;
    private final long epoch;
    private final BootId boot = BootId.current();
    private final SegmentHeader header = new SegmentHeader();
    private final int recordsEnd;
    private final ByteBuffer gathered;
    private final RecordFlyweight record = new RecordFlyweight();
    private final Object syncLock = new Object();

    // Of the appending thread.
    private int gatheredBytes;
    private long writtenBytes;
    private long lastSequence;
    private long lateSegments;
    private boolean isClosed;

    // From the appending thread to the others.
    private volatile Segment current;
    private volatile long flushedSequence;

    // Guarded by the sync lock for writing.
    private volatile long syncedSequence;
    private Segment lastNamedDurably;

    private volatile JournalException failure;

    private FileJournal(
            final FileJournalConfiguration configuration,
            final DirectoryLock lock,
            final SegmentPreparer preparer,
            final Recovery recovery) {
        this.configuration = configuration;
        this.lock = lock;
        this.preparer = preparer;
        this.openReport = recovery.report();
        this.epoch = recovery.nextEpoch();
        // Behind the last record a clean mark must still fit.
        this.recordsEnd = configuration.segmentLengthBytes() - RecordFlyweight.HEADER_LENGTH;
        this.gathered = ByteBuffer.allocateDirect(configuration.bufferLengthBytes());
        this.record.wrap(gathered);
        this.lastSequence = openReport.lastSequence();
        this.flushedSequence = lastSequence;
        this.syncedSequence = lastSequence;
    }

    /**
     * Opens a journal for writing. After an unclean stop, finds the last valid record, makes everything up to it
     * durable and puts what lies behind it into quarantine; appends then go to a new epoch. May be repeated after a
     * crash at any point of it.
     *
     * @throws io.turnout.journal.DirectoryLockedException when the directory is in use
     * @throws io.turnout.journal.JournalCorruptException when a record that was safe is damaged or missing
     * @throws io.turnout.journal.JournalFullException when there is no room for a segment
     */
    public static FileJournal open(final FileJournalConfiguration configuration) {
        try {
            Directories.create(configuration.directory());
        } catch (final IOException exception) {
            throw Failures.named("create the directory", configuration.directory(), exception);
        }
        final DirectoryLock lock = DirectoryLock.acquire(configuration.directory());
        final SegmentPreparer preparer = new SegmentPreparer(
                configuration.directory(), configuration.segmentLengthBytes(), configuration.prepareSliceBytes());
        try {
            final Recovery recovery = new Recovery(configuration.directory()).run();
            while (preparer.prepareSlice() > 0) {
                // The first append must not wait.
            }
            return new FileJournal(configuration, lock, preparer, recovery);
        } catch (final IOException exception) {
            giveUp(preparer, lock);
            throw Failures.named("open the journal", configuration.directory(), exception);
        } catch (final RuntimeException exception) {
            giveUp(preparer, lock);
            throw exception;
        }
    }

    private static void giveUp(final SegmentPreparer preparer, final DirectoryLock lock) {
        try {
            preparer.discard();
        } catch (final IOException ignored) {
            // The next opening discards it; the caller must hear of the first fault, not of this one.
        } finally {
            lock.close();
        }
    }

    /** What opening found and did. */
    public OpenReport openReport() {
        return openReport;
    }

    /** How often an append had to finish or force a segment itself, because nobody had in time. */
    public long lateSegments() {
        return lateSegments;
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
        final int recordLength = RecordFlyweight.recordLength(length);
        if (current == null || writtenBytes + gatheredBytes + recordLength > recordsEnd) {
            startSegment(sequence, timestampNs);
        } else if (gatheredBytes + recordLength > gathered.capacity()) {
            flush();
        }
        gatheredBytes += record.encode(gatheredBytes, sequence, timestampNs, syncedSequence, buffer, offset, length);
        lastSequence = sequence;
    }

    private void startSegment(final long firstSequence, final long timestampNs) {
        final Segment full = current;
        if (full != null) {
            flush();
        }
        final ChainName name = new ChainName(epoch, firstSequence, Segment.SUFFIX);
        try {
            if (!preparer.isReady() || hasPrevious(full)) {
                lateSegments++;
            }
            if (hasPrevious(full)) {
                forcePrevious(full);
            }
            header.encode(
                    name,
                    timestampNs,
                    boot,
                    RecordFlyweight.recordLength(configuration.maximumPayloadLengthBytes()),
                    configuration.segmentLengthBytes());
            current = preparer.activate(name, header.bytes(), full);
            writtenBytes = SegmentHeader.LENGTH;
        } catch (final IOException exception) {
            throw fail("start the segment", name, exception);
        }
    }

    private static boolean hasPrevious(final Segment segment) {
        return segment != null && segment.previous() != null;
    }

    private int forcePrevious(final Segment segment) throws IOException {
        synchronized (syncLock) {
            requireUsable();
            if (segment.previous() == null) {
                return 0;
            }
            segment.forcePrevious();
            return 1;
        }
    }

    @Override
    public void flush() {
        requireUsable();
        if (gatheredBytes == 0) {
            return;
        }
        try {
            gathered.limit(gatheredBytes).position(0);
            current.write(gathered, writtenBytes);
        } catch (final IOException exception) {
            throw fail("write", current.name(), exception);
        }
        writtenBytes += gatheredBytes;
        gatheredBytes = 0;
        flushedSequence = lastSequence;
    }

    @Override
    public long sync() {
        synchronized (syncLock) {
            requireUsable();
            // Read before the segment: the segment is then that of the sequence, or a later one.
            final long sequence = flushedSequence;
            if (sequence != syncedSequence) {
                force(current);
                syncedSequence = sequence;
            }
            return sequence;
        }
    }

    private void force(final Segment segment) {
        try {
            segment.forcePrevious();
            segment.force();
            if (lastNamedDurably != segment) {
                Directories.force(configuration.directory());
                lastNamedDurably = segment;
            }
        } catch (final IOException exception) {
            throw fail("force to the device", segment.name(), exception);
        }
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
        try (FileJournalReader reader = new FileJournalReader(configuration.directory())) {
            return reader.replay(fromSequence, handler);
        }
    }

    @Override
    public int maximumPayloadLength() {
        return configuration.maximumPayloadLengthBytes();
    }

    @Override
    public int prepare() {
        requireUsable();
        final Segment segment = current;
        try {
            if (hasPrevious(segment)) {
                return forcePrevious(segment);
            }
            return preparer.prepareSlice();
        } catch (final IOException exception) {
            throw fail("prepare the next segment", SegmentPreparer.FILE_NAME, exception);
        }
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        // The interrupt that asks a thread to end would close the file below instead.
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
        final Segment last = current;
        if (last == null) {
            return;
        }
        try {
            final int markLength = record.encodeCleanMark(0, lastSequence);
            gathered.limit(markLength).position(0);
            last.write(gathered, writtenBytes);
            last.force();
            // Cut only when the mark is safe: a segment shorter than its header says must have one at its end.
            last.truncate(writtenBytes + markLength);
        } catch (final IOException exception) {
            throw fail("mark as closed", last.name(), exception);
        }
    }

    /** Lets go of everything without writing a word, as the death of the process would. */
    void abandon() {
        isClosed = true;
        if (failure == null) {
            failure = new JournalException("the journal is closed: " + configuration.directory());
        }
        try {
            final Segment last = current;
            if (last != null) {
                if (last.previous() != null) {
                    last.previous().close();
                }
                last.close();
            }
            preparer.discard();
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

    private JournalException fail(final String action, final Object file, final IOException cause) {
        final JournalException exception =
                Failures.named(action, configuration.directory().resolve(file.toString()), cause);
        failure = exception;
        return exception;
    }
}

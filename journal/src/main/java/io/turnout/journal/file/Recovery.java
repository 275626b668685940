package io.turnout.journal.file;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.OpenReport;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Directories;
import io.turnout.journal.disk.Quarantine;
import io.turnout.journal.disk.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of a journal before it is written again.
 *
 * <p>Every step may be the last one before the next crash, so each leaves a directory from which a new recovery comes
 * to the same end:
 *
 * <ol>
 *   <li>what was prepared ahead is removed; it holds no flushed record under a name of its own;
 *   <li>the last two segments of the last epoch are read (no others can hold unsynced records); damage stops here, with
 *       nothing changed;
 *   <li>bytes behind the last valid record are copied to {@code quarantine}, and the copy is made durable;
 *   <li>segments without a valid record are moved there too, the last one first, so that the chain stays whole;
 *   <li>the segments that stay are forced: a record that only the page cache has seen must not become part of history
 *       and then vanish.
 * </ol>
 *
 * The new epoch itself begins with the first append.
 */
final class Recovery {
    private final Path directory;
    private final Quarantine quarantine;
    private final List<ChainName> segments = new ArrayList<>();
    private long nextEpoch = 1;
    private long lastSequence = Journal.NO_SEQUENCE;
    private boolean isUnclean;
    private long lostSequence = Journal.NO_SEQUENCE;
    private long scannedBytes;
    private long scanNs;

    Recovery(final Path directory) {
        this.directory = directory;
        this.quarantine = new Quarantine(directory);
    }

    /** Does it all. */
    Recovery run() throws IOException {
        removePrepared();
        segments.addAll(ChainName.list(directory, Segment.SUFFIX));
        if (!segments.isEmpty()) {
            nextEpoch = segments.get(segments.size() - 1).epoch() + 1;
        }
        final long startNs = System.nanoTime();
        boolean isMore = !segments.isEmpty();
        while (isMore) {
            isMore = !examineEnd() && !segments.isEmpty();
        }
        Directories.force(directory);
        scanNs = System.nanoTime() - startNs;
        return this;
    }

    /**
     * A segment gets its name before its first record is flushed, so this one holds none, unless the loss of power took
     * the name and left the bytes.
     */
    private void removePrepared() throws IOException {
        final Path prepared = directory.resolve(SegmentPreparer.FILE_NAME);
        if (Files.exists(prepared) && !SegmentHeader.read(prepared).isBlank()) {
            quarantine.move(prepared);
        }
        Files.deleteIfExists(prepared);
    }

    OpenReport report() {
        return new OpenReport(lastSequence, isUnclean, quarantine.bytes(), lostSequence, scannedBytes, scanNs);
    }

    /** The epoch of the segments to be written. */
    long nextEpoch() {
        return nextEpoch;
    }

    /** Examines the last segment; returns false when it held no record and is gone, so that another one is the last. */
    private boolean examineEnd() throws IOException {
        final ChainName last = segments.get(segments.size() - 1);
        try (SegmentCursor cursor = new SegmentCursor(directory, last)) {
            if (cursor.skipToCleanMark() || scan(cursor)) {
                lastSequence = cursor.nextSequence() - 1;
                return true;
            }
            isUnclean = true;
            final ChainName before = before(last);
            if (before != null && !joins(before, cursor)) {
                return false;
            }
            return settle(cursor, cursor.tail());
        }
    }

    /** Reads to the end; returns whether a clean mark stands there. */
    private boolean scan(final SegmentCursor cursor) {
        boolean isMore = true;
        while (isMore) {
            isMore = cursor.next();
        }
        scannedBytes += cursor.length();
        return cursor.isAtCleanMark();
    }

    private ChainName before(final ChainName last) {
        final ChainName before = segments.size() < 2 ? null : segments.get(segments.size() - 2);
        return before == null || before.epoch() != last.epoch() ? null : before;
    }

    /** Whether the segment before the last one is whole; if not, the last one goes to quarantine. */
    private boolean joins(final ChainName name, final SegmentCursor last) throws IOException {
        try (SegmentCursor before = new SegmentCursor(directory, name)) {
            scan(before);
            if (before.nextSequence() == last.name().firstSequence()) {
                Directories.forceFile(name.in(directory));
                return true;
            }
            if (before.nextSequence() > last.name().firstSequence()) {
                throw new JournalCorruptException(
                        before.path(),
                        before.offset(),
                        before.nextSequence(),
                        "the file " + last.name() + " repeats records of this one");
            }
            final Tail behindLast = last.tail();
            final Tail tail = before.tail()
                    .and(last.nextSequence() - 1, last.syncedSequence())
                    .and(behindLast.highestSequence(), behindLast.syncedSequence());
            requireUndamaged(before, tail);
            lostSequence = Math.max(lostSequence, tail.highestSequence());
            remove(last);
            return false;
        }
    }

    private boolean settle(final SegmentCursor cursor, final Tail tail) throws IOException {
        requireUndamaged(cursor, tail);
        lostSequence = Math.max(lostSequence, tail.highestSequence());
        if (cursor.isAtStart()) {
            remove(cursor);
            return false;
        }
        quarantine.copy(cursor.path(), tail);
        Directories.forceFile(cursor.path());
        lastSequence = cursor.nextSequence() - 1;
        return true;
    }

    private static void requireUndamaged(final SegmentCursor cursor, final Tail tail) {
        final String damage = cursor.damage(tail);
        if (damage != null) {
            throw new JournalCorruptException(cursor.path(), cursor.offset(), cursor.nextSequence(), damage);
        }
    }

    private void remove(final SegmentCursor cursor) throws IOException {
        if (cursor.isAtStart() && cursor.tail().isEmpty()) {
            Files.delete(cursor.path());
        } else {
            quarantine.move(cursor.path());
        }
        segments.remove(cursor.name());
    }
}

package io.turnout.journal.chronicle;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.OpenReport;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Directories;
import io.turnout.journal.disk.Quarantine;
import io.turnout.journal.disk.Tail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of a journal before it is written again. Can be broken off at any step and started anew:
 *
 * <ol>
 *   <li>epochs without a first record are moved to {@code quarantine};
 *   <li>in the last epoch the last record is looked up, and what may not have been synced before it is read; damage
 *       stops here, with nothing changed;
 *   <li>bytes behind the last valid record are copied to {@code quarantine};
 *   <li>the files of the epoch are forced: a record that only the page cache has seen must not become part of history
 *       and then vanish.
 * </ol>
 *
 * The new epoch itself begins with the first append.
 */
final class EpochRecovery {
    private final Path directory;
    private final Quarantine quarantine;
    private final List<ChainName> epochs = new ArrayList<>();
    private long nextEpoch = 1;
    private long lastSequence = Journal.NO_SEQUENCE;
    private boolean isUnclean;
    private long lostSequence = Journal.NO_SEQUENCE;
    private long scannedBytes;
    private long scanNs;

    EpochRecovery(final Path directory) {
        this.directory = directory;
        this.quarantine = new Quarantine(directory);
    }

    /** Does it all. */
    EpochRecovery run() throws IOException {
        final long startNs = System.nanoTime();
        for (final ChainName name : ChainName.list(directory, Epoch.SUFFIX)) {
            nextEpoch = name.epoch() + 1;
            if (Epoch.isReady(name.in(directory))) {
                epochs.add(name);
            } else {
                isUnclean = true;
                quarantine.move(name.in(directory));
            }
        }
        boolean isMore = !epochs.isEmpty();
        while (isMore) {
            isMore = !examineEnd() && !epochs.isEmpty();
        }
        Directories.force(directory);
        scanNs = System.nanoTime() - startNs;
        return this;
    }

    OpenReport report() {
        return new OpenReport(lastSequence, isUnclean, quarantine.bytes(), lostSequence, scannedBytes, scanNs);
    }

    /** The epoch to be written. */
    long nextEpoch() {
        return nextEpoch;
    }

    /** Examines the last epoch; returns false when it held no record and is gone, so that another one is the last. */
    private boolean examineEnd() throws IOException {
        final ChainName last = epochs.get(epochs.size() - 1);
        try (EpochCursor cursor = new EpochCursor(directory, last)) {
            cursor.skipToEnd();
            if (!cursor.isAtCleanMark()) {
                isUnclean = true;
                readUnsynced(cursor);
                final Tail tail = requireUndamaged(cursor);
                if (cursor.isAtStart()) {
                    quarantine.move(last.in(directory));
                    epochs.remove(last);
                    return false;
                }
                quarantine.copy(cursor.path(), tail);
                force(cursor.epoch());
            }
            lastSequence = cursor.nextSequence() - 1;
            return true;
        }
    }

    /** Reads everything that the last record found does not call synced. */
    private void readUnsynced(final EpochCursor cursor) {
        final long firstUnsynced = cursor.syncedSequence() + 1;
        cursor.toStart();
        cursor.skipTo(firstUnsynced);
        boolean isMore = true;
        while (isMore) {
            isMore = cursor.next();
            scannedBytes += isMore ? cursor.payloadLength() : 0;
        }
    }

    private Tail requireUndamaged(final EpochCursor cursor) {
        final Tail tail = cursor.tail();
        final String damage = cursor.damage(tail);
        if (damage != null) {
            throw new JournalCorruptException(cursor.path(), cursor.offset(), cursor.nextSequence(), damage);
        }
        lostSequence = Math.max(lostSequence, tail.highestSequence());
        return tail;
    }

    private static void force(final Epoch epoch) throws IOException {
        for (final Path file : epoch.filesAndMetadata()) {
            Directories.forceFile(file);
        }
        Directories.force(epoch.directory());
    }
}

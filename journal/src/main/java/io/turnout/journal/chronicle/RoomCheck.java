package io.turnout.journal.chronicle;

import io.turnout.journal.FreeSpaceGuard;
import io.turnout.journal.JournalFullException;
import java.nio.file.Path;

/**
 * Refuses to append while the disk is nearly full. A store to a mapped page for which the file system has no room is a
 * SIGBUS, which no program can answer; so the room is asked for often enough that the reserve cannot be used up unseen
 * by this journal.
 */
final class RoomCheck {
    /** So many bytes are appended between two looks at the file system. */
    static final long INTERVAL_BYTES = 1 << 20;

    private final Path directory;
    private final FreeSpaceGuard guard;
    private long uncheckedBytes;

    RoomCheck(final Path directory, final long reservedBytes) {
        this.directory = directory;
        this.guard = new FreeSpaceGuard(directory, reservedBytes);
        this.uncheckedBytes = INTERVAL_BYTES;
    }

    /** Before an append of this many bytes; allocates only once in an interval. */
    void require(final int lengthBytes) {
        uncheckedBytes += lengthBytes;
        if (uncheckedBytes < INTERVAL_BYTES) {
            return;
        }
        if (!guard.check()) {
            throw new JournalFullException(
                    "no room left: " + directory + " has usableBytes=" + guard.usableBytes() + " reservedBytes="
                            + guard.thresholdBytes() + "; free some space on that file system and start again",
                    null);
        }
        uncheckedBytes = 0;
    }
}

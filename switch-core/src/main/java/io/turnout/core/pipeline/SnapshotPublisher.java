package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.journal.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The one writer of a {@link SnapshotStore}. A crash at any point leaves the snapshots that were there, and at most a
 * file of another name, which the next writer removes.
 */
final class SnapshotPublisher implements AutoCloseable {
    private final SnapshotStore store;
    private final DirectoryLock lock;

    /** @throws io.turnout.journal.DirectoryLockedException when another process writes there */
    SnapshotPublisher(final SnapshotStore store) {
        this.store = store;
        this.lock = DirectoryLock.acquire(store.directory());
    }

    /**
     * Writes a snapshot under another name, syncs it, gives it its name, and deletes the oldest ones.
     *
     * @param engine between two commands
     * @param chainValue of its last event
     * @param keep snapshots left
     */
    Path publish(final SwitchEngine engine, final byte[] chainValue, final int keep) {
        try {
            removeLeftovers();
            final Path file = store.file(engine.commandSequence());
            final Path temporary = SnapshotStore.temporary(file);
            SnapshotFile.write(temporary, engine, chainValue);
            DurableFiles.rename(temporary, file);
            retain(keep);
            return file;
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot publish a snapshot in " + store.directory(), ex);
        }
    }

    @Override
    public void close() {
        lock.close();
    }

    private void removeLeftovers() throws IOException {
        for (final Path leftover : store.leftovers()) {
            DurableFiles.delete(leftover);
        }
    }

    private void retain(final int count) throws IOException {
        for (final Path old : store.newestFirst().stream().skip(count).toList()) {
            DurableFiles.delete(old);
        }
    }
}

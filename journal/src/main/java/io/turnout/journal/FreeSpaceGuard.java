package io.turnout.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Watches the room left where the journals live, so that new work is refused long before an append could fail. Memory
 * mapped files make this a duty: writing to one on a full disk kills the process with SIGBUS.
 *
 * <p>{@link #check()} asks the operating system and belongs on a housekeeping thread; {@link #mustStopAdmission()} only
 * reads a field and may be called by any thread. A file system that cannot be asked counts as full.
 */
public final class FreeSpaceGuard {
    private final Path path;
    private final long thresholdBytes;
    private volatile long usableBytes;

    /**
     * Checks once.
     *
     * @param path on the file system to watch; it must exist
     * @param thresholdBytes admission stops while less than this is usable; from 1
     */
    public FreeSpaceGuard(final Path path, final long thresholdBytes) {
        if (thresholdBytes < 1) {
            throw new IllegalArgumentException("thresholdBytes=" + thresholdBytes + " must be at least 1");
        }
        this.path = path;
        this.thresholdBytes = thresholdBytes;
        check();
    }

    /**
     * Asks how much room is left.
     *
     * @return whether enough is left to admit new work
     */
    public boolean check() {
        usableBytes = ask();
        return !mustStopAdmission();
    }

    private long ask() {
        try {
            final FileStore store = Files.getFileStore(path);
            return store.getUsableSpace();
        } catch (final IOException exception) {
            return 0;
        }
    }

    /** Whether new work must be declined, as of the last check. */
    public boolean mustStopAdmission() {
        return usableBytes < thresholdBytes;
    }

    /** Bytes this process may still use there, as of the last check; 0 when they could not be found out. */
    public long usableBytes() {
        return usableBytes;
    }

    /** Below this many usable bytes admission stops. */
    public long thresholdBytes() {
        return thresholdBytes;
    }
}

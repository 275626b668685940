package io.turnout.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ownership of a directory by one process, through an operating-system lock on the file {@code LOCK} in it. The kernel
 * releases the lock when the process dies, however it dies; the file itself stays. It holds the owner's process id, for
 * people only.
 *
 * <p>Thread-safe.
 */
public final class DirectoryLock implements AutoCloseable {

    /** Name of the lock file. */
    public static final String FILE_NAME = "LOCK";

    private static final int OWNER_LENGTH = 32;

    /**
     * Directories held by this process. POSIX drops every lock a process has on a file as soon as it closes any
     * descriptor of that file, so a second attempt from within this process must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(final Path directory, final FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock at once or not at all.
     *
     * @param directory is created when missing
     * @throws DirectoryLockedException when another process, or this one, holds it
     */
    public static DirectoryLock acquire(final Path directory) {
        try {
            final Path real = Files.createDirectories(directory).toRealPath();
            if (!HELD.add(real)) {
                throw inUse(real, "this process");
            }
            try {
                return lock(real);
            } catch (final IOException | RuntimeException exception) {
                HELD.remove(real);
                throw exception;
            }
        } catch (final IOException exception) {
            throw new JournalException("cannot lock the directory " + directory + ": " + exception, exception);
        }
    }

    private static DirectoryLock lock(final Path directory) throws IOException {
        final FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(directory, "process " + owner(channel));
            }
            final String owner = String.format(
                    "%-" + (OWNER_LENGTH - 1) + "d\n", ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(directory, channel);
        } catch (final IOException | RuntimeException exception) {
            channel.close();
            throw exception;
        }
    }

    private static DirectoryLockedException inUse(final Path directory, final String owner) {
        return new DirectoryLockedException("directory in use: " + directory + " belongs to " + owner
                + "; stop the switch that runs there, or start this one with another data directory (removing "
                + FILE_NAME + " does not help)");
    }

    private static String owner(final FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(OWNER_LENGTH);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    }

    /** Gives the directory up. The lock file stays, because removing it would race with the next owner. */
    @Override
    public void close() {
        try {
            channel.close();
            HELD.remove(directory);
        } catch (final IOException exception) {
            throw new JournalException("cannot release the directory lock: " + exception, exception);
        }
    }
}

package io.turnout.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * How far a subscriber has read the event journal, kept on disk.
 *
 * <p>Stored after the events have been handed over: a crash in between hands some of them over again, never loses one.
 * One process at a time may hold the cursor of a name.
 */
final class SubscriberCursor implements AutoCloseable {
    private static final String NAME_FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final int LENGTH = Long.BYTES + Integer.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer record = ByteBuffer.allocate(LENGTH);

    private SubscriberCursor(final Path file, final FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Opens the cursor of a subscriber, creating it when it is new. */
    static SubscriberCursor open(final Path dataDirectory, final String name) {
        if (!name.matches(NAME_FORM)) {
            throw new CommandFailure(
                    ExitCode.USAGE, "'" + name + "' is no subscriber name (expected letters, digits, '.', '_' or '-')");
        }
        final Path file = dataDirectory.resolve("subscribers").resolve(name + ".cursor");
        try {
            Files.createDirectories(file.getParent());
            final FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "subscriber '" + name + "' is at work in another process; choose another name");
            }
            return new SubscriberCursor(file, channel);
        } catch (final IOException exception) {
            throw new UncheckedIOException("cannot open cursor " + file, exception);
        }
    }

    private static boolean locked(final FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException exception) {
            return false;
        }
    }

    /** Sequence of the last event handed over; 0 when there was none. */
    long read() {
        try {
            if (channel.size() == 0) {
                return 0;
            }
            record.clear();
            if (channel.read(record, 0) == LENGTH && record.getInt(Long.BYTES) == checksum(record.getLong(0))) {
                return record.getLong(0);
            }
        } catch (final IOException exception) {
            throw new UncheckedIOException("cannot read cursor " + file, exception);
        }
        throw new CommandFailure(
                ExitCode.DATA_DAMAGED,
                "cursor " + file + " is damaged; remove it to read from the first event again, or use another name");
    }

    /** Stores the sequence of the last event handed over, durably. */
    void write(final long sequence) {
        record.clear();
        record.putLong(sequence).putInt(checksum(sequence)).flip();
        try {
            channel.write(record, 0);
            channel.force(false);
        } catch (final IOException exception) {
            throw new UncheckedIOException("cannot write cursor " + file, exception);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static int checksum(final long sequence) {
        final CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sequence));
        return (int) crc.getValue();
    }
}

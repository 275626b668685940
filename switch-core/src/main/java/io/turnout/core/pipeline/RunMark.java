package io.turnout.core.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that stands while a host runs and is gone after a clean close. It says under which boot of the machine and at
 * which level of durability the host ran: when the file is still there after another boot, the page cache is gone, and
 * with {@link Durability#ASYNC} commands may be gone without leaving a trace in any journal.
 */
final class RunMark {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String FILE_NAME = "running";

    private final Path file;

    RunMark(final Path directory) {
        this.file = directory.resolve(FILE_NAME);
    }

    /** Whether the last run may have lost commands that no journal knows of. */
    boolean mayHaveLostCommands() {
        final List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (final NoSuchFileException ex) {
            return false;
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot read " + file, ex);
        }
        // A mark that cannot be understood says nothing in favour of the run that left it.
        final boolean synced = lines.contains("durability=" + Durability.SYNC);
        final boolean sameBoot = lines.contains("boot=" + bootId());
        return !synced && !sameBoot;
    }

    void set(final Durability durability) {
        final Path temporary = file.resolveSibling(FILE_NAME + ".tmp");
        final String text = "boot=" + bootId() + "\ndurability=" + durability + "\n";
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            DurableFiles.rename(temporary, file);
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot write " + file, ex);
        }
    }

    void clear() {
        try {
            DurableFiles.delete(file);
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot delete " + file, ex);
        }
    }

    /** Without a boot id every boot looks like another one: a loss is then reported as possible rather than missed. */
    private static String bootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (final IOException ex) {
            return "unknown-" + ProcessHandle.current().pid();
        }
    }
}

package io.turnout.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;

/**
 * An ext4 file system in a file. A copy of that file is what the device would hold if power were lost now: what was
 * forced is in it, and of the rest whatever the kernel happens to have written. A test that needs one is skipped unless
 * it runs as root where loop devices work.
 */
public final class LoopDisk implements AutoCloseable {
    private final Path image;
    private final Path directory;

    private LoopDisk(final Path image, final Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /** Makes one and mounts it. */
    public static LoopDisk create(final Path scratch, final int megabytes) throws IOException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root may mount");
        final Path image = scratch.resolve("image");
        final String problem = run("truncate", "-s", megabytes + "m", image.toString())
                + run("mkfs.ext4", "-q", "-F", image.toString());
        Assumptions.assumeTrue(problem.isEmpty(), "skipped: no file system can be made here: " + problem);
        return mount(image, scratch.resolve("disk"));
    }

    private static LoopDisk mount(final Path image, final Path directory) throws IOException {
        Files.createDirectories(directory);
        final String problem = run("mount", "-o", "loop", image.toString(), directory.toString());
        Assumptions.assumeTrue(problem.isEmpty(), "skipped: no loop device can be mounted here: " + problem);
        return new LoopDisk(image, directory);
    }

    public Path directory() {
        return directory;
    }

    /**
     * The command for a process that believes to run before the loss of power: in another run of the machine than this
     * one.
     */
    public List<String> beforePowerWasLost(final List<String> command) throws IOException {
        final Path boot = Files.writeString(
                image.resolveSibling("boot_id"), UUID.nameUUIDFromBytes(new byte[1]) + System.lineSeparator());
        final List<String> wrapped = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
        wrapped.add("mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"");
        wrapped.add(boot.toString());
        wrapped.addAll(command);
        return wrapped;
    }

    /** Mounts what the device holds at this moment. */
    public LoopDisk asIfPowerWereLostNow() throws IOException {
        final Path copy = image.resolveSibling("copy-of-image");
        Files.copy(image, copy);
        return mount(copy, image.resolveSibling("copy-of-disk"));
    }

    private static String run(final String... command) throws IOException {
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? "" : printed + "exit " + process.exitValue();
        } catch (final InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Override
    public void close() throws IOException {
        // Lazily: a test that fails may leave a file open.
        final String problem = run("umount", "-l", directory.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }
}

package io.turnout.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few megabytes, kept in memory. A test that needs one is skipped unless it runs as root. */
public final class SmallDisk implements AutoCloseable {
    private final Path directory;

    /** Mounts it. */
    public SmallDisk(final Path directory, final int megabytes) throws IOException {
        this.directory = Files.createDirectories(directory);
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root may mount");
        final String problem =
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        Assumptions.assumeTrue(problem.isEmpty(), "skipped: no file system can be mounted here: " + problem);
    }

    public Path directory() {
        return directory;
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
        final String problem = run("umount", "-l", directory.toString());
        if (!problem.isEmpty()) {
            throw new IOException(problem);
        }
    }
}

package io.turnout.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Watches and disturbs the system calls of a child process. A test that needs it is skipped where it is missing. */
public final class Strace {
    private Strace() {}

    /** Skips the test unless strace is installed and may trace. */
    public static void assumeUsable() {
        Assumptions.assumeTrue(isUsable(), "skipped: strace is not installed or may not trace here");
    }

    private static boolean isUsable() {
        try {
            final Process process = new ProcessBuilder("strace", "-o", "/dev/null", "true")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (final IOException exception) {
            return false;
        } catch (final InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** What a traced run has printed, its exit code last; and its system calls. */
    public record Run(List<String> printed, List<String> calls) {}

    /** Runs a class under strace with these options. */
    public static Run run(
            final Path scratch, final List<String> options, final Class<?> main, final Object... arguments)
            throws IOException, InterruptedException {
        final Path trace = scratch.resolve("strace.out");
        final List<String> command = new ArrayList<>(List.of("strace", "-f", "-s", "64", "-o", trace.toString()));
        command.addAll(options);
        final List<String> java = ChildJvm.command(main, arguments);
        command.addAll(java.subList(0, 1));
        command.add("-XX:-UsePerfData");
        command.addAll(java.subList(1, java.size()));
        final Process process = ChildJvm.start(command);
        final List<String> printed = new ArrayList<>(ChildJvm.readToEnd(process));
        printed.add("exit " + process.waitFor());
        return new Run(printed, Files.readAllLines(trace));
    }
}

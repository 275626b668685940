package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.launcher.Turnout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line of the product in a process of its own, with the class path and module flags of this one. */
final class TurnoutProcess implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 50;

    private final Process process;
    private final Path out;
    private final Path err;

    private TurnoutProcess(final Process process, final Path out, final Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param directory for what the command prints
     */
    static TurnoutProcess start(final Path directory, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Dchronicle"))
                .forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Turnout.class.getName());
        command.addAll(List.of(arguments));
        try {
            final Path out = Files.createTempFile(directory, "turnout-", ".out");
            final Path err = Files.createTempFile(directory, "turnout-", ".err");
            final Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new TurnoutProcess(process, out, err);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Runs a command to its end. */
    static TurnoutProcess run(final Path directory, final String... arguments) {
        try (TurnoutProcess command = start(directory, arguments)) {
            command.exitCode();
            return command;
        }
    }

    /** Asks the process to stop, as an operator does. */
    void terminate() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end. */
    int exitCode() {
        try {
            assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "the command does not end: " + out());
            return process.exitValue();
        } catch (final InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** What it has printed so far. */
    String out() {
        return text(out);
    }

    /** The complaints so far. */
    String err() {
        return text(err);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}

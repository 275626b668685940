package io.turnout.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of its own with the class path and the module flags of this one, so that it can be killed. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The command line that runs a class. */
    public static List<String> command(final Class<?> main, final Object... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Dchronicle"))
                .forEach(command::add);
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Xshare:auto");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        for (final Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    public static Process start(final List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Runs to the end and returns what was printed, the exit code last. */
    public static List<String> run(final Class<?> main, final Object... arguments) {
        final Process process = start(command(main, arguments));
        final List<String> lines = new ArrayList<>(readToEnd(process));
        try {
            lines.add("exit " + process.waitFor());
        } catch (final InterruptedException exception) {
            process.destroyForcibly();
            throw new IllegalStateException(exception);
        }
        return lines;
    }

    public static BufferedReader reader(final Process process) {
        return process.inputReader(StandardCharsets.US_ASCII);
    }

    public static List<String> readToEnd(final Process process) {
        return reader(process).lines().toList();
    }
}

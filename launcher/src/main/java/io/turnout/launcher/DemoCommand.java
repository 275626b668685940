package io.turnout.launcher;

import io.turnout.core.pipeline.Durability;
import io.turnout.launcher.demo.Demo;
import io.turnout.launcher.demo.DemoConsole;
import io.turnout.launcher.demo.DemoPlan;
import io.turnout.launcher.settings.Idle;
import io.turnout.launcher.settings.Layout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout demo}: the whole system on one machine, and the proof that the books agree. */
@Command(
        name = "demo",
        description = {
            "Starts a switch, two simulated banks and an acquirer on this machine, sends payments, kills",
            "one bank in the middle, and compares the acquirer's log with the banks' books. Exit code 0",
            "only if every check passes."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int MINIMUM_PAYMENTS = 100;

    @Option(
            names = "--payments",
            paramLabel = "COUNT",
            defaultValue = "50000",
            description = "Payments (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(
            names = "--rate",
            paramLabel = "PER-SECOND",
            defaultValue = "5000",
            description = "Payments due in a second; 0 = as fast as they are answered (default: ${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(names = "--durability", defaultValue = "sync", description = "async or sync (default: ${DEFAULT-VALUE}).")
    private Durability durability;

    @Option(names = "--layout", defaultValue = "fused", description = "fused or split (default: ${DEFAULT-VALUE}).")
    private Layout layout;

    @Option(
            names = "--idle",
            defaultValue = "backoff",
            description = "spin, yield, backoff or sleep (default: ${DEFAULT-VALUE}).")
    private Idle idle;

    @Option(names = "--seed", defaultValue = "1", description = "Of everything random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--keep",
            paramLabel = "DIRECTORY",
            description = "Keep journals, books and logs in this new directory.")
    private Path keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (payments < MINIMUM_PAYMENTS || perSecond < 0) {
            throw new CommandFailure(ExitCode.USAGE, "--payments must be at least 100, --rate at least 0");
        }
        final Path directory = keep == null ? Files.createTempDirectory("turnout-demo-") : create(keep);
        try {
            final DemoPlan plan = new DemoPlan(payments, perSecond, durability, layout, idle, seed, directory);
            final DemoConsole console =
                    new DemoConsole(spec.commandLine().getOut(), Boolean.getBoolean("turnout.terminal"));
            return (new Demo(plan, console).run() ? ExitCode.OK : ExitCode.DATA_DAMAGED).code();
        } finally {
            if (keep == null) {
                delete(directory);
            }
        }
    }

    private static Path create(final Path directory) throws IOException {
        if (Files.exists(directory)) {
            throw new CommandFailure(ExitCode.USAGE, directory + " exists; name a new directory");
        }
        return Files.createDirectories(directory);
    }

    private static void delete(final Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(final Path visited, final IOException exception)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

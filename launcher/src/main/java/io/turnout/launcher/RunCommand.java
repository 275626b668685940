package io.turnout.launcher;

import io.turnout.core.pipeline.ConfigurationAtStart;
import io.turnout.core.pipeline.RecoveryReport;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout run}: the switch. */
@Command(
        name = "run",
        description = {
            "Runs the switch until it is told to stop (SIGTERM or SIGINT).",
            "A part that fails ends the process with exit code 1; start it again, and it recovers."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final SwitchSettings settings = SwitchSettingsReader.read(file);
        final NodeEnvironment environment = NodeEnvironment.of((component, cause) -> fail(err, component, cause))
                .withProgress(new Progress(err, "recovering"))
                .withNotices(notice -> {
                    err.println(notice);
                    err.flush();
                });
        // The barrier holds a signalled process open until it is closed, so everything is said before that.
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier()) {
            try (SwitchNode node = SwitchNode.start(settings, environment)) {
                node.warnings().forEach(warning -> err.println("warning: " + warning));
                err.flush();
                describe(out, node, settings);
                barrier.await();
                out.println("stopping");
                out.flush();
            }
            out.println("stopped");
            out.flush();
        }
        return ExitCode.OK.code();
    }

    private void describe(final PrintWriter out, final SwitchNode node, final SwitchSettings settings) {
        final RecoveryReport recovery = node.recoveryReport();
        out.printf(
                Locale.ROOT,
                "recovered: snapshot at command %d, %,d commands replayed, %,d events completed, %d ms%n",
                recovery.snapshotCommandSequence(),
                recovery.replayedCommands(),
                recovery.completedEvents(),
                TimeUnit.NANOSECONDS.toMillis(recovery.durationNs()));
        recovery.refusedSnapshots().forEach(reason -> out.println("snapshot not used: " + reason));
        if (recovery.configurationAtStart() == ConfigurationAtStart.NOT_APPLIED) {
            out.printf(
                    "configuration: %s is NOT in force. Another one is, and under change control dual two operators "
                            + "change it:%n  turnout config diff %s%n  "
                            + "turnout config apply %s --operator ID --reason TEXT%n",
                    file, file, file);
        }
        out.printf("ready: acquirers at %s:%d%n", settings.acquirerEdge().host(), node.acquirerPort());
        node.adminPort()
                .ifPresent(port -> out.printf(
                        "ready: operators at %s:%d%n", settings.adminEdge().host(), port));
        out.flush();
    }

    /** The node must not limp on: no shutdown hook may close journals in good order after a failure. */
    private static void fail(final PrintWriter err, final String component, final Throwable cause) {
        err.println("turnout: " + component + " failed, the switch stops: " + cause);
        for (final StackTraceElement element : cause.getStackTrace()) {
            err.println("    at " + element);
        }
        err.flush();
        Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }
}

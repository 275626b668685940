package io.turnout.launcher;

import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout snapshot}: builds a snapshot beside the running switch. */
@Command(
        name = "snapshot",
        description = {
            "Builds a snapshot from the last one and the commands since, beside the running switch, which",
            "does not pause. The next start of the switch begins from it."
        },
        mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Configuration of the switch.")
    private Path file;

    @Option(
            names = "--keep",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "Snapshots left, at least 2 (default: ${DEFAULT-VALUE}).")
    private int keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (keep < 2) {
            throw new CommandFailure(ExitCode.USAGE, "--keep " + keep + ": at least 2 must be left");
        }
        final SwitchSettings settings = SwitchSettingsReader.read(file);
        final Progress progress = new Progress(spec.commandLine().getErr(), "building");
        final Optional<Path> snapshot = Journals.buildSnapshot(
                DataDirectory.existing(settings.dataDirectory()), Capacities.of(settings), keep, progress);
        final PrintWriter out = spec.commandLine().getOut();
        out.println(snapshot.map(path -> "Built " + path).orElse("Nothing has happened since the last snapshot."));
        out.flush();
        return ExitCode.OK.code();
    }
}

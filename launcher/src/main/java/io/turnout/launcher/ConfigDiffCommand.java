package io.turnout.launcher;

import io.turnout.core.pipeline.ConfigurationAmendment;
import io.turnout.core.pipeline.ConfigurationCommands;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.ConfigurationEncoder;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout config diff}: what a file would change. */
@Command(
        name = "diff",
        description = {
            "Says what differs between the configuration in force and a file, or between two files.",
            "Lines begin with + for what is added, - for what is removed, ~ for what changes: these are applied "
                    + "to a running switch by config apply. What needs a restart is said in "
                    + "lines that begin with !; it is "
                    + "known only "
                    + "between two files."
        },
        mixinStandardHelpOptions = true)
final class ConfigDiffCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..2",
            paramLabel = "FILE",
            description = "The file with the changes; or the old and the new one.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final SwitchSettings wanted = SwitchSettingsReader.read(files.get(files.size() - 1));
        final boolean isTwoFiles = files.size() > 1;
        final ConfigurationCommands base = isTwoFiles
                ? ConfigurationEncoder.encode(SwitchSettingsReader.read(files.get(0)))
                : inForce(wanted, new Progress(spec.commandLine().getErr(), "reading"));
        final ConfigurationAmendment amendment =
                ConfigurationAmendment.between(base, ConfigurationEncoder.encode(wanted));
        new ConfigurationChanges(out).print(amendment);
        final List<String> restarts =
                isTwoFiles ? RestartChanges.between(SwitchSettingsReader.read(files.get(0)), wanted) : List.of();
        restarts.forEach(change -> out.println("! " + change));
        if (amendment.changes().isEmpty() && restarts.isEmpty()) {
            out.println("No difference.");
        }
        out.flush();
        return ExitCode.OK.code();
    }

    /** The configuration in force in the data directory that a file names. */
    static ConfigurationCommands inForce(final SwitchSettings settings, final Progress progress) {
        return Journals.configurationInForce(
                        DataDirectory.existing(settings.dataDirectory()), Capacities.of(settings), progress)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.FAILED, "no configuration is in force in " + settings.dataDirectory() + " yet"));
    }
}

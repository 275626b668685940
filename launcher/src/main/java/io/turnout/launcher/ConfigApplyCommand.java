package io.turnout.launcher;

import io.turnout.core.pipeline.ConfigurationAmendment;
import io.turnout.core.pipeline.ConfigurationCommands;
import io.turnout.launcher.admin.ConfigurationSubmission;
import io.turnout.launcher.node.ConfigurationEncoder;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout config apply}: puts a file in force in a running switch. */
@Command(
        name = "apply",
        description = {
            "Changes the configuration in force of a running switch to that of a file.",
            "Says what differs, sends the changes as operations, and their activation last. Under change control "
                    + "dual that waits until another operator approves it."
        },
        mixinStandardHelpOptions = true)
final class ConfigApplyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The configuration file; its dataDirectory is that of the switch.")
    private Path file;

    @Option(names = "--dry-run", description = "Only says what differs.")
    private boolean dryRun;

    @Mixin
    private ConfigurationSubmission submission;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final SwitchSettings settings = SwitchSettingsReader.read(file);
        final Progress progress = new Progress(spec.commandLine().getErr(), "reading");
        final ConfigurationCommands inForce = ConfigDiffCommand.inForce(settings, progress);
        final ConfigurationCommands wanted = ConfigurationEncoder.encode(settings);
        if (inForce.configurationHash() == wanted.configurationHash()) {
            out.println("No difference: the configuration of " + file + " is in force.");
            out.flush();
            return ExitCode.OK.code();
        }
        final ConfigurationAmendment amendment = ConfigurationAmendment.between(inForce, wanted);
        new ConfigurationChanges(out).print(amendment);
        out.flush();
        return dryRun ? ExitCode.OK.code() : submission.submit(out, amendment.commands());
    }
}

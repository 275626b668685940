package io.turnout.launcher;

import io.turnout.launcher.node.SecurityParts;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.security.module.KeyDescription;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout keys}: check values of the keys in the configuration, to compare with what a partner wrote down. */
@Command(
        name = "keys",
        description =
                "The keys of a configuration file by their check values; never the keys. Opens the token, if any.",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final SwitchSettings settings = SwitchSettingsReader.read(file);
        final PrintWriter out = spec.commandLine().getOut();
        try (SecurityParts parts = SecurityParts.start(settings)) {
            for (final KeyDescription key : parts.describe()) {
                out.printf(
                        Locale.ROOT,
                        "%-32s %-4s %3d bits  check value %s%n",
                        key.name(),
                        key.algorithm(),
                        key.keyLength() * Byte.SIZE,
                        key.checkValue());
            }
        }
        out.flush();
        return ExitCode.OK.code();
    }
}

package io.turnout.launcher;

import com.sun.management.OperatingSystemMXBean;
import io.turnout.core.engine.EngineCapacity;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code turnout config check}: all problems of a configuration file at once. */
@Command(
        name = "check",
        description =
                "Says every problem of a configuration file with its line and column, or what the file amounts to.",
        mixinStandardHelpOptions = true)
final class ConfigCheckCommand implements Callable<Integer> {
    private static final long MIB = 1L << 20;

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final SwitchSettings settings = SwitchSettingsReader.read(file);
        final EngineCapacity capacity = Capacities.of(settings);
        final long needed = capacity.estimatedBytes();
        final long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (needed > memory) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION_INVALID,
                    file + ": engine.payments: " + settings.engine().payments() + " payments and "
                            + settings.engine().originals() + " originals take " + needed / MIB
                            + " MiB, this machine has " + memory / MIB + " MiB");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf("%s is in order.%n", file);
        out.printf("  environment  %s%n", settings.environment().name().toLowerCase(Locale.ROOT));
        out.printf("  acquirers    %d%n", settings.acquirers().size());
        out.printf("  issuers      %d%n", settings.issuers().size());
        out.printf(
                "  engine       %,d payments, %,d originals, %,d MiB of memory%n",
                settings.engine().payments(), settings.engine().originals(), needed / MIB);
        TlsInventory.of(settings.tls(), Instant.now()).warnings().forEach(warning -> out.println("  " + warning));
        out.flush();
        return ExitCode.OK.code();
    }
}

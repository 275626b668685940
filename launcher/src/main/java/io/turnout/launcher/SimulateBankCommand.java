package io.turnout.launcher;

import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.bank.BankNetwork;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout simulate bank}: banks as their script says. */
@Command(
        name = "bank",
        description = "Runs the banks of a script until told to stop; their books are files that are continued.",
        mixinStandardHelpOptions = true)
final class SimulateBankCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The script of the banks.")
    private Path file;

    @Spec
    private CommandSpec spec;

    private final List<BankHost> banks = new ArrayList<>();

    @Override
    @SuppressWarnings("try") // The resources are only held.
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        final List<BankConfiguration> configurations = BankConfigurationReader.read(file);
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier()) {
            try (SimulatorThread thread = new SimulatorThread(
                    "banks",
                    netLoop -> open(netLoop, configurations),
                    spec.commandLine().getErr())) {
                banks.forEach(bank -> out.printf("ready: %s at port %d%n", bank.name(), bank.port()));
                out.flush();
                barrier.await();
            }
            banks.forEach(bank -> print(out, bank));
            out.flush();
        }
        return ExitCode.OK.code();
    }

    private static void print(final PrintWriter out, final BankHost bank) {
        out.println(bank.name());
        bank.results().counts().forEach((counter, count) -> out.printf("  %-32s %,12d%n", counter.label(), count));
    }

    private List<BankHost> open(final NetLoop netLoop, final List<BankConfiguration> configurations) {
        for (final BankConfiguration bank : configurations) {
            banks.add(BankNetwork.open(netLoop, bank));
        }
        return banks;
    }
}

package io.turnout.launcher;

import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.acquirer.AcquirerConfigurationReader;
import io.turnout.simulators.acquirer.AcquirerResults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.ShutdownSignalBarrier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code turnout simulate acquirer}: acquirers as their script says. */
@Command(
        name = "acquirer",
        description = {
            "Runs the acquirers of a script until every payment has its final answer. Told to stop, it begins no more",
            "payments and brings the open ones to their end. A log that exists is continued."
        },
        mixinStandardHelpOptions = true)
final class SimulateAcquirerCommand implements Callable<Integer> {
    private static final long POLL_MS = 50;
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The script of the acquirers.")
    private Path file;

    @Spec
    private CommandSpec spec;

    private final List<AcquirerClient> acquirers = new ArrayList<>();

    @Override
    @SuppressWarnings("try") // The resources are only held.
    public Integer call() throws InterruptedException {
        final List<AcquirerConfiguration> configurations = AcquirerConfigurationReader.read(file);
        final PrintWriter out = spec.commandLine().getOut();
        // The barrier holds a signalled process open until it is closed, so everything is said before that.
        try (ShutdownSignalBarrier barrier = new ShutdownSignalBarrier(() -> acquirers.forEach(AcquirerClient::stop))) {
            try (SimulatorThread thread = new SimulatorThread(
                    "acquirers",
                    netLoop -> open(netLoop, configurations),
                    spec.commandLine().getErr())) {
                while (!acquirers.stream().allMatch(AcquirerClient::isDone)) {
                    TimeUnit.MILLISECONDS.sleep(POLL_MS);
                }
            }
            acquirers.forEach(acquirer -> print(out, acquirer.results()));
            out.flush();
        }
        return ExitCode.OK.code();
    }

    private List<AcquirerClient> open(final NetLoop netLoop, final List<AcquirerConfiguration> configurations) {
        for (final AcquirerConfiguration acquirer : configurations) {
            final AcquirerConfiguration.Session session = acquirer.session();
            acquirers.add(AcquirerClient.open(
                    acquirer,
                    LoopNetwork.connector(netLoop, session.address(), session.tls(), session.connectTimeoutNs()),
                    new OffsetEpochNanoClock().nanoTime()));
        }
        return acquirers;
    }

    private static void print(final PrintWriter out, final AcquirerResults results) {
        final double seconds = Math.max(1, results.elapsedNs()) / NS_PER_SECOND;
        final Histogram latency = results.latency();
        out.println(results.name());
        results.counts().forEach((counter, count) -> out.printf("  %-32s %,12d%n", counter.label(), count));
        out.printf(Locale.ROOT, "  %-32s %,12.0f a second%n", "throughput", results.answeredCount() / seconds);
        out.printf(
                Locale.ROOT,
                "  latency ms  p50 %.3f  p90 %.3f  p99 %.3f  p99.9 %.3f  max %.3f%n",
                latency.getValueAtPercentile(50) / NS_PER_MS,
                latency.getValueAtPercentile(90) / NS_PER_MS,
                latency.getValueAtPercentile(99) / NS_PER_MS,
                latency.getValueAtPercentile(99.9) / NS_PER_MS,
                latency.getMaxValue() / NS_PER_MS);
    }
}

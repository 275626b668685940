package io.turnout.systemtests;

import io.turnout.configuration.YamlDocument;
import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.Simulator;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.acquirer.AcquirerConfigurationReader;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import io.turnout.simulators.bank.BankHost;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** One simulated bank from the beginning and one simulated acquirer later, on a thread each, with real connections. */
final class SimulatedParties implements AutoCloseable {
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final BankHost bank;
    private final AgentRunner bankRunner;
    private AgentRunner acquirerRunner;

    /** Opens the first bank of a file. */
    SimulatedParties(final String banks) {
        final NetLoop netLoop = new NetLoop(clock);
        final BankConfiguration configuration = BankConfigurationReader.read(YamlDocument.read("banks.yaml", banks))
                .get(0);
        bank = BankHost.open(
                configuration,
                LoopNetwork.acceptor(
                        netLoop, configuration.address(), configuration.tls(), configuration.connections()));
        bankRunner = run("bank", netLoop, bank);
    }

    BankHost bank() {
        return bank;
    }

    /** Starts the first acquirer of a file. */
    AcquirerClient startAcquirer(final String acquirers) {
        final NetLoop netLoop = new NetLoop(clock);
        final AcquirerConfiguration configuration = AcquirerConfigurationReader.read(
                        YamlDocument.read("acquirers.yaml", acquirers))
                .get(0);
        final AcquirerConfiguration.Session session = configuration.session();
        final AcquirerClient acquirer = AcquirerClient.open(
                configuration,
                LoopNetwork.connector(netLoop, session.address(), session.tls(), session.connectTimeoutNs()),
                clock.nanoTime());
        acquirerRunner = run("acquirer", netLoop, acquirer);
        return acquirer;
    }

    /** What went wrong in a party; null when nothing did. */
    Throwable failure() {
        return failure.get();
    }

    private AgentRunner run(final String name, final NetLoop netLoop, final Simulator simulator) {
        final AgentRunner runner = new AgentRunner(
                new BackoffIdleStrategy(1, 10, 1_000, 1_000_000),
                cause -> failure.compareAndSet(null, cause),
                null,
                new SimulatorAgent(name, netLoop, clock, List.of(simulator)));
        AgentRunner.startOnThread(runner);
        return runner;
    }

    @Override
    public void close() {
        if (acquirerRunner != null) {
            acquirerRunner.close();
        }
        bankRunner.close();
    }
}

package io.turnout.launcher.demo;

import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.Simulator;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.bank.BankNetwork;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** The parties around the switch, all on one thread with real connections. */
final class Simulation implements AutoCloseable {
    private static final long MAXIMUM_PARK_NS = 50_000;

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final NetLoop netLoop = new NetLoop(clock);
    private final List<BankHost> banks = new ArrayList<>();
    private AcquirerClient acquirer;
    private StartGate startGate;
    private AgentRunner runner;

    /** Opens the banks; they listen, and answer once {@link #start} was called. */
    Simulation(final List<BankConfiguration> configurations) {
        for (final BankConfiguration bank : configurations) {
            banks.add(BankNetwork.open(netLoop, bank));
        }
    }

    BankHost bank(final int index) {
        return banks.get(index);
    }

    AcquirerClient acquirer() {
        return acquirer;
    }

    /** Starts the thread; the acquirer waits for {@link #beginPayments}. */
    void start(final AcquirerConfiguration configuration, final ErrorHandler errorHandler) {
        final AcquirerConfiguration.Session session = configuration.session();
        acquirer = AcquirerClient.open(
                configuration,
                LoopNetwork.connector(netLoop, session.address(), session.tls(), session.connectTimeoutNs()),
                clock.nanoTime());
        startGate = new StartGate(acquirer);
        final List<Simulator> parties = new ArrayList<>(banks);
        parties.add(startGate);
        runner = new AgentRunner(
                new BackoffIdleStrategy(1, 100, 1_000, MAXIMUM_PARK_NS),
                errorHandler,
                null,
                new SimulatorAgent("simulators", netLoop, clock, parties));
        AgentRunner.startOnThread(runner);
    }

    void beginPayments() {
        startGate.open();
    }

    @Override
    public void close() {
        if (runner == null) {
            banks.forEach(BankHost::close);
            netLoop.close();
        } else {
            runner.close();
        }
    }
}

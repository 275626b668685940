package io.turnout.launcher;

import io.turnout.gateway.net.NetLoop;
import io.turnout.simulators.Simulator;
import io.turnout.simulators.SimulatorAgent;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** Simulated parties on a thread of their own, with a network loop. */
final class SimulatorThread implements AutoCloseable {
    private static final long YIELDS = 100;
    private static final long MINIMUM_PARK_NS = 1_000;
    private static final long MAXIMUM_PARK_NS = 50_000;

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final NetLoop netLoop = new NetLoop(clock);
    private final AgentRunner runner;

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param parties makes the parties on the network loop
     * @param err told when a party fails; the process ends then
     */
    SimulatorThread(
            final String name, final Function<NetLoop, List<? extends Simulator>> parties, final PrintWriter err) {
        final SimulatorAgent agent = new SimulatorAgent(name, netLoop, clock, parties.apply(netLoop));
        runner = new AgentRunner(
                new BackoffIdleStrategy(1, YIELDS, MINIMUM_PARK_NS, MAXIMUM_PARK_NS),
                error -> fail(err, error),
                null,
                agent);
        AgentRunner.startOnThread(runner);
    }

    private static void fail(final PrintWriter err, final Throwable error) {
        err.println("turnout: the simulator failed: " + error);
        err.flush();
        Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }

    @Override
    public void close() {
        runner.close();
    }
}

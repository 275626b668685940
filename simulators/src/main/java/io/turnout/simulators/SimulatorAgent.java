package io.turnout.simulators;

import io.turnout.gateway.net.NetLoop;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Drives any number of simulated parties and the network loop they share, on one thread.
 *
 * <p>What a party sends during its {@link Simulator#doWork} leaves with the next poll of the loop, thus after the party
 * has written its own records: a record that was never written cannot have been seen by the other side.
 */
public final class SimulatorAgent implements Agent {

    private final String roleName;
    private final NetLoop netLoop;
    private final EpochNanoClock clock;
    private final Simulator[] simulators;

    /**
     * @param roleName name of the thread
     * @param netLoop owned from now on: polled and closed here
     * @param clock read once per duty cycle
     * @param simulators owned from now on
     */
    public SimulatorAgent(
            final String roleName,
            final NetLoop netLoop,
            final EpochNanoClock clock,
            final List<? extends Simulator> simulators) {
        this.roleName = roleName;
        this.netLoop = netLoop;
        this.clock = clock;
        this.simulators = simulators.toArray(new Simulator[0]);
    }

    @Override
    public int doWork() {
        int workCount = netLoop.poll(0);
        final long nowNs = clock.nanoTime();
        for (final Simulator simulator : simulators) {
            workCount += simulator.doWork(nowNs);
        }
        return workCount;
    }

    @Override
    public void onClose() {
        try {
            CloseHelper.closeAll(simulators);
        } finally {
            netLoop.close();
        }
    }

    @Override
    public String roleName() {
        return roleName;
    }
}

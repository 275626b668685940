package io.turnout.launcher.node;

import io.turnout.core.pipeline.HostAgents;
import io.turnout.launcher.settings.Idle;
import io.turnout.launcher.settings.Layout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * The agents of a node on their threads, as the layout says. Closed in the opposite order of starting: the gateway
 * first, so that nothing new comes in.
 */
final class SwitchThreads implements AutoCloseable {
    private static final long BACKGROUND_SLEEP_MS = 1;

    private final Deque<AgentRunner> runners = new ArrayDeque<>();
    private final Idle idle;
    private final ErrorHandler errorHandler;

    private SwitchThreads(final Idle idle, final ErrorHandler errorHandler) {
        this.idle = idle;
        this.errorHandler = errorHandler;
    }

    static SwitchThreads start(
            final Layout layout,
            final Idle idle,
            final Agent gateway,
            final HostAgents host,
            final Agent watch,
            final ErrorHandler errorHandler) {
        final SwitchThreads threads = new SwitchThreads(idle, errorHandler);
        if (layout == Layout.FUSED) {
            threads.fused(gateway, host, watch);
        } else {
            threads.split(gateway, host, watch);
        }
        return threads;
    }

    private void fused(final Agent gateway, final HostAgents host, final Agent watch) {
        background(host.background(), watch);
        start(new AgentRunner(idle.strategy(), errorHandler, null, new CompositeAgent(gateway, host.pipeline())));
    }

    private void split(final Agent gateway, final HostAgents host, final Agent watch) {
        background(List.of(host.eventJournal(), host.housekeeping()), watch);
        host.journalSync().ifPresent(agent -> start(new AgentRunner(idle.strategy(), errorHandler, null, agent)));
        start(new AgentRunner(idle.strategy(), errorHandler, null, host.pipeline()));
        start(new AgentRunner(idle.strategy(), errorHandler, null, gateway));
    }

    /** Nobody waits for these: they may sleep longer. */
    private void background(final List<Agent> agents, final Agent watch) {
        final List<Agent> all = new ArrayList<>(agents);
        all.add(watch);
        final Agent together = new CompositeAgent(all);
        start(new AgentRunner(new SleepingMillisIdleStrategy(BACKGROUND_SLEEP_MS), errorHandler, null, together));
    }

    private void start(final AgentRunner runner) {
        runners.push(runner);
        AgentRunner.startOnThread(runner);
    }

    @Override
    public void close() {
        while (!runners.isEmpty()) {
            runners.pop().close();
        }
    }
}

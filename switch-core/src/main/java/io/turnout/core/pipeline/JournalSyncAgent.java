package io.turnout.core.pipeline;

import io.turnout.journal.Journal;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Syncs the command journal away from the pipeline's thread. Commands that arrive during a sync share the next one
 * (group commit).
 *
 * <p>Under {@link Durability#SYNC} it syncs whenever flushed events wait, and makes them visible afterwards. Under
 * {@link Durability#ASYNC} events are visible already, and it syncs now and then, to bound what a loss of power takes.
 * A sync that fails is never repeated: run this agent inside a {@link FailStopAgent}.
 */
public final class JournalSyncAgent implements Agent {
    /** Name of the agent and of its thread. */
    public static final String ROLE_NAME = "journal-sync";

    private final Journal journal;
    private final EgressRing egress;
    private final PipelineCounters counters;
    private final NanoClock nanoClock;
    private final boolean makesVisible;
    private final long intervalNs;
    private long syncedPosition;
    private long nextSyncNs;

    /**
     * @param configuration level of durability and interval
     * @param journal the command journal
     * @param egress whose durable position is moved
     * @param counters of the pipeline
     * @param nanoClock never steps
     */
    public JournalSyncAgent(
            final PipelineConfiguration configuration,
            final Journal journal,
            final EgressRing egress,
            final PipelineCounters counters,
            final NanoClock nanoClock) {
        this.journal = journal;
        this.egress = egress;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.makesVisible = configuration.durability() == Durability.SYNC;
        this.intervalNs = makesVisible ? 0 : configuration.commandSyncIntervalNs();
        this.syncedPosition = egress.durablePosition();
        this.nextSyncNs = nanoClock.nanoTime() + intervalNs;
    }

    @Override
    public int doWork() {
        final long position = egress.flushedPosition();
        if (position == syncedPosition) {
            return 0;
        }
        final long nowNs = nanoClock.nanoTime();
        if (nowNs - nextSyncNs < 0) {
            return 0;
        }
        sync(position, nowNs);
        nextSyncNs = nowNs + intervalNs;
        return 1;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    /** Everything up to {@code position} was flushed before this sync begins, so it is durable when it ends. */
    private void sync(final long position, final long startNs) {
        final long durableSequence = journal.sync();
        syncedPosition = position;
        if (makesVisible) {
            egress.advanceDurable(position);
            counters.durableSequence.setRelease(durableSequence);
        }
        counters.commandSyncs.incrementRelease();
        counters.longestCommandSyncNs.proposeMaxRelease(nanoClock.nanoTime() - startNs);
    }
}

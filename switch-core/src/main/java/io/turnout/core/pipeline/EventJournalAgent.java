package io.turnout.core.pipeline;

import io.turnout.core.ports.EventSource;
import io.turnout.journal.Journal;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Writes what leaves the engine to the event journal: chains, appends, flushes at the end of a batch, syncs at
 * intervals. Whoever is slow in reading the event journal never slows the pipeline; only this agent can.
 */
public final class EventJournalAgent implements Agent {
    /** Name of the agent and of its thread. */
    public static final String ROLE_NAME = "event-journal";

    private static final int BATCH_LIMIT = 256;

    private final EventSource source;
    private final EventRecorder recorder;
    private final Journal journal;
    private final PipelineCounters counters;
    private final NanoClock nanoClock;
    private final long syncIntervalNs;
    private boolean dirty;
    private long nextSyncNs;

    /**
     * @param configuration interval of syncs
     * @param source a consumer of the egress ring of its own
     * @param recorder standing at the last event before those the source brings
     * @param journal the event journal
     * @param counters of the pipeline
     * @param nanoClock never steps
     */
    EventJournalAgent(
            final PipelineConfiguration configuration,
            final EventSource source,
            final EventRecorder recorder,
            final Journal journal,
            final PipelineCounters counters,
            final NanoClock nanoClock) {
        this.source = source;
        this.recorder = recorder;
        this.journal = journal;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.syncIntervalNs = configuration.eventSyncIntervalNs();
        this.nextSyncNs = nanoClock.nanoTime() + syncIntervalNs;
    }

    @Override
    public int doWork() {
        int workCount = 0;
        workCount += recordEvents();
        workCount += syncNowAndThen();
        return workCount;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    private int recordEvents() {
        final int recorded = source.poll(recorder, BATCH_LIMIT);
        if (recorded > 0) {
            journal.flush();
            dirty = true;
        }
        return recorded;
    }

    private int syncNowAndThen() {
        if (!dirty) {
            return 0;
        }
        final long nowNs = nanoClock.nanoTime();
        if (nowNs - nextSyncNs < 0) {
            return 0;
        }
        journal.sync();
        dirty = false;
        nextSyncNs = nowNs + syncIntervalNs;
        counters.eventSyncs.incrementRelease();
        return 1;
    }
}

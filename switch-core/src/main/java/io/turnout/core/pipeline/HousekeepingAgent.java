package io.turnout.core.pipeline;

import io.turnout.journal.FreeSpaceGuard;
import io.turnout.journal.Journal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Slow work that would stall the others: prepares journal files, watches the free space and closes the
 * {@link AdmissionGate} before the file system is full.
 */
public final class HousekeepingAgent implements Agent {
    /** Name of the agent and of its thread. */
    public static final String ROLE_NAME = "housekeeping";

    private static final long CHECK_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final List<Journal> journals;
    private final FreeSpaceGuard space;
    private final AdmissionGate gate;
    private final PipelineCounters counters;
    private final NanoClock nanoClock;
    private long nextCheckNs;

    /**
     * @param journals to prepare
     * @param space the gate is closed below its threshold and opened again a quarter above it
     * @param gate closed when space is low
     * @param counters of the pipeline
     * @param nanoClock never steps
     */
    HousekeepingAgent(
            final List<Journal> journals,
            final FreeSpaceGuard space,
            final AdmissionGate gate,
            final PipelineCounters counters,
            final NanoClock nanoClock) {
        this.journals = List.copyOf(journals);
        this.space = space;
        this.gate = gate;
        this.counters = counters;
        this.nanoClock = nanoClock;
        this.nextCheckNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork() {
        int workCount = 0;
        workCount += prepareJournals();
        workCount += checkSpace();
        return workCount;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    private int prepareJournals() {
        int workCount = 0;
        for (int i = 0; i < journals.size(); i++) {
            workCount += journals.get(i).prepare();
        }
        return workCount;
    }

    private int checkSpace() {
        final long nowNs = nanoClock.nanoTime();
        if (nowNs - nextCheckNs < 0) {
            return 0;
        }
        nextCheckNs = nowNs + CHECK_INTERVAL_NS;
        final boolean enough = space.check();
        counters.freeBytes.setRelease(space.usableBytes());
        if (!enough) {
            gate.onDiskSpaceLow();
        } else if (space.usableBytes() - space.thresholdBytes() >= space.thresholdBytes() / 4) {
            gate.onDiskSpaceBack();
        }
        return 1;
    }
}

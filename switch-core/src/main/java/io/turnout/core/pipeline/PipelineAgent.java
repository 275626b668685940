package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * Takes commands from the ingress ring in batches, journals and applies each, and makes the batch durable or leaves
 * that to a {@link JournalSyncAgent}. Never waits, never allocates.
 *
 * <p>A command is taken only while the egress ring has room for all the events it may cause, so that the engine never
 * finds the ring full. Any exception leaves journal and engine in doubt: run this agent inside a {@link FailStopAgent}.
 */
public final class PipelineAgent implements Agent {
    /** Name of the agent and of its thread. */
    public static final String ROLE_NAME = "pipeline";

    private final IngressRing ingress;
    private final EgressRing egress;
    private final Journal journal;
    private final SwitchEngine engine;
    private final CommandSequencer sequencer;
    private final PipelineCounters counters;
    private final EpochNanoClock epochClock;
    private final NanoClock nanoClock;
    private final Durability durability;
    private final boolean inlineSync;
    private final int batchLimit;
    private final CommandHandler commandHandler = this::onCommand;

    /**
     * @param configuration level of durability and size of a batch
     * @param rings where commands come from and events go to; the engine must have been built on the same egress ring
     * @param journal the command journal; its last sequence is that of the engine
     * @param engine applies the commands
     * @param counters of the pipeline
     * @param epochClock stamps commands, nanoseconds since the epoch
     * @param nanoClock measures duty cycles; never steps
     */
    public PipelineAgent(
            final PipelineConfiguration configuration,
            final Rings rings,
            final Journal journal,
            final SwitchEngine engine,
            final PipelineCounters counters,
            final EpochNanoClock epochClock,
            final NanoClock nanoClock) {
        this.ingress = rings.ingress();
        this.egress = rings.egress();
        this.journal = journal;
        this.engine = engine;
        this.sequencer = new CommandSequencer(journal, engine, counters);
        this.counters = counters;
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        this.durability = configuration.durability();
        this.inlineSync = configuration.inlineSync();
        this.batchLimit = configuration.batchLimit();
    }

    @Override
    public int doWork() {
        final long cycleStartNs = nanoClock.nanoTime();
        sequencer.time(epochClock.nanoTime());
        int workCount = 0;
        workCount += pollCommands();
        workCount += passDeadlines();
        if (workCount > 0) {
            finishBatch();
            counters.longestCycleNs.proposeMaxRelease(nanoClock.nanoTime() - cycleStartNs);
        }
        return workCount;
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    private int pollCommands() {
        if (!hasRoomForEvents()) {
            counters.egressFull.incrementRelease();
            return 0;
        }
        return ingress.poll(commandHandler, batchLimit);
    }

    private boolean onCommand(final DirectBuffer buffer, final int offset, final int length) {
        sequencer.apply(buffer, offset, length);
        return hasRoomForEvents();
    }

    private int passDeadlines() {
        int ticks = 0;
        while (ticks < batchLimit && sequencer.isTickDue() && hasRoomForEvents()) {
            sequencer.tick();
            ticks++;
        }
        return ticks;
    }

    private void finishBatch() {
        counters.commandSequence.setRelease(engine.commandSequence());
        counters.eventSequence.setRelease(engine.eventSequence());
        counters.batches.incrementRelease();
        journal.flush();
        egress.markFlushed();
        if (durability == Durability.ASYNC) {
            makeVisible(engine.commandSequence());
        } else if (inlineSync) {
            makeVisible(journal.sync());
            counters.commandSyncs.incrementRelease();
        }
    }

    private void makeVisible(final long durableSequence) {
        egress.advanceDurable(egress.flushedPosition());
        counters.durableSequence.setRelease(durableSequence);
    }

    private boolean hasRoomForEvents() {
        return egress.hasRoom(SwitchEngine.MAXIMUM_EVENTS_PER_COMMAND);
    }
}

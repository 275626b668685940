package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.RecordHandler;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;

/** Applies the commands of a journal to an engine, in order and without a hole. Used once, by one thread. */
final class CommandReplay implements RecordHandler {
    private static final long PROGRESS_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int CLOCK_INTERVAL = 1024;

    private final SwitchEngine engine;
    private final long lastSequence;
    private final Runnable beforeCommand;
    private final NanoClock nanoClock;
    private final RecoveryProgress progress;
    private final long startNs;
    private long nextProgressNs;
    private long replayedCount;
    private long lastCommandWithContent;

    /**
     * @param engine standing at the command after which the replay begins
     * @param lastSequence last command to apply
     * @param beforeCommand makes room for the events of the next command
     * @param nanoClock for the progress
     * @param progress told about once a second
     */
    CommandReplay(
            final SwitchEngine engine,
            final long lastSequence,
            final Runnable beforeCommand,
            final NanoClock nanoClock,
            final RecoveryProgress progress) {
        this.engine = engine;
        this.lastSequence = lastSequence;
        this.beforeCommand = beforeCommand;
        this.nanoClock = nanoClock;
        this.progress = progress;
        this.startNs = nanoClock.nanoTime();
        this.nextProgressNs = startNs + PROGRESS_INTERVAL_NS;
    }

    /**
     * Applies everything after the engine's last command.
     *
     * @throws RecoveryException when the journal begins later or ends earlier
     */
    void run(final RecordSource commands) {
        if (engine.commandSequence() < lastSequence) {
            commands.replay(engine.commandSequence() + 1, this);
        }
        if (engine.commandSequence() != lastSequence) {
            throw new RecoveryException(
                    Problem.COMMANDS_MISSING,
                    "the command journal ends early: last=" + engine.commandSequence() + " wanted=" + lastSequence);
        }
    }

    @Override
    public boolean onRecord(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (sequence != engine.commandSequence() + 1) {
            throw new RecoveryException(
                    Problem.COMMANDS_MISSING, "first=" + (engine.commandSequence() + 1) + " found=" + sequence);
        }
        beforeCommand.run();
        engine.onCommand(sequence, timestampNs, buffer, offset, length);
        if (length > 0) {
            lastCommandWithContent = sequence;
        }
        replayedCount++;
        if (replayedCount % CLOCK_INTERVAL == 0) {
            reportNowAndThen();
        }
        return sequence < lastSequence;
    }

    long replayedCount() {
        return replayedCount;
    }

    /** Last command applied that was not an empty record in the place of a lost one; 0 when there was none. */
    long lastCommandWithContent() {
        return lastCommandWithContent;
    }

    private void reportNowAndThen() {
        final long nowNs = nanoClock.nanoTime();
        if (nowNs - nextProgressNs >= 0) {
            final long elapsedMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(nowNs - startNs));
            progress.onProgress(engine.commandSequence(), lastSequence, replayedCount * 1000 / elapsedMs);
            nextProgressNs = nowNs + PROGRESS_INTERVAL_NS;
        }
    }
}

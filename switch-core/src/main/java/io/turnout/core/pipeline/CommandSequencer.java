package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.ClockTickEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.journal.Journal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one place where a command enters history: it gets its sequence and timestamp, is appended to the command journal,
 * and is applied by the engine. Used by one thread at a time.
 */
final class CommandSequencer {
    private final Journal journal;
    private final SwitchEngine engine;
    private final PipelineCounters counters;
    private final UnsafeBuffer clockTick = encodedClockTick();
    private final int clockTickLength = clockTick.capacity();
    private long clockNs;
    private long timestampNs;

    CommandSequencer(final Journal journal, final SwitchEngine engine, final PipelineCounters counters) {
        this.journal = journal;
        this.engine = engine;
        this.counters = counters;
        this.timestampNs = engine.timeNs();
    }

    /**
     * Sets the time for the commands that follow.
     *
     * @param nowNs nanoseconds since the epoch; when the clock has stepped back, time stands still instead
     */
    void time(final long nowNs) {
        if (nowNs < clockNs) {
            counters.clockStepsBack.incrementRelease();
        }
        clockNs = nowNs;
        timestampNs = Math.max(timestampNs, nowNs);
    }

    /** Appends and applies one command. The journal is flushed by the caller, at the end of the batch. */
    void apply(final DirectBuffer buffer, final int offset, final int length) {
        final long sequence = engine.commandSequence() + 1;
        journal.append(sequence, timestampNs, buffer, offset, length);
        engine.onCommand(sequence, timestampNs, buffer, offset, length);
    }

    /** Whether a deadline of the engine has passed that no command has told it of. */
    boolean isTickDue() {
        return engine.nextDeadlineNs() <= timestampNs;
    }

    /** Tells the engine the time. */
    void tick() {
        apply(clockTick, 0, clockTickLength);
        counters.clockTicks.incrementRelease();
    }

    private static UnsafeBuffer encodedClockTick() {
        final UnsafeBuffer buffer =
                new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + ClockTickEncoder.BLOCK_LENGTH]);
        new ClockTickEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        return buffer;
    }
}

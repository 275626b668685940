package io.turnout.core.pipeline;

import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.CommandLoss.Kind;
import io.turnout.core.pipeline.RecoveryException.Problem;
import java.util.concurrent.TimeUnit;

/**
 * Finds out after a replay whether commands are missing at its end.
 *
 * <p>Under {@link Durability#ASYNC} a loss of power may leave more of the event journal than of the command journal:
 * the pages of both reach the device in any order. That is a loss to report and to go on from. Anything a loss of power
 * cannot explain (the level is {@link Durability#SYNC}, or minutes are missing) looks like a wrong or restored
 * directory, and the host does not start.
 */
final class LossCheck {
    /** Far longer than an operating system keeps pages from the device, far shorter than the age of a backup. */
    static final long MAXIMUM_LOSS_NS = TimeUnit.MINUTES.toNanos(5);

    private final Durability durability;
    private final StoredEvents storedEvents;

    LossCheck(final Durability durability, final StoredEvents storedEvents) {
        this.durability = durability;
        this.storedEvents = storedEvents;
    }

    /**
     * @param engine after the replay
     * @param lastCommandWithContent last command of the replay that was not an empty record
     * @param lastStoredEvent last event of the event journal
     * @param mayHaveLost whether the last run ended so that commands may be lost without a trace
     */
    CommandLoss check(
            final SwitchEngine engine,
            final long lastCommandWithContent,
            final long lastStoredEvent,
            final boolean mayHaveLost) {
        if (lastStoredEvent > engine.eventSequence()) {
            return certainLoss(engine.eventSequence() + 1, lastStoredEvent, lastCommandWithContent);
        }
        return mayHaveLost && engine.eventSequence() > 0
                ? new CommandLoss(Kind.POSSIBLE, 0, engine.eventSequence() + 1, -1)
                : CommandLoss.NONE;
    }

    private CommandLoss certainLoss(final long firstEvent, final long lastEvent, final long lastCommandWithContent) {
        final StoredEvents.Found first = storedEvents.find(firstEvent);
        final StoredEvents.Found last = storedEvents.find(lastEvent);
        final String where = "firstEvent=" + firstEvent + " lastEvent=" + lastEvent + " firstCommand="
                + first.commandSequence() + " lastCommand=" + last.commandSequence() + " lastCommandWithContent="
                + lastCommandWithContent;
        if (first.commandSequence() <= lastCommandWithContent) {
            throw new RecoveryException(
                    Problem.EVENT_MISMATCH, "a command gives fewer events than the event journal holds: " + where);
        }
        final long missingNs = last.timestampNs() - first.timestampNs();
        if (durability == Durability.SYNC || missingNs > MAXIMUM_LOSS_NS) {
            throw new RecoveryException(
                    Problem.COMMANDS_LOST,
                    where + " missingNs=" + missingNs + " durability=" + durability
                            + ": restore the command journal that belongs to this event journal");
        }
        return new CommandLoss(Kind.CERTAIN, last.commandSequence(), firstEvent, lastEvent);
    }
}

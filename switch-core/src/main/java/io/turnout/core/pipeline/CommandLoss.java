package io.turnout.core.pipeline;

/**
 * Whether commands were lost with the power, and what stands in the event journal of them.
 *
 * @param kind how sure that is
 * @param lastCommand last command that is known to have been lost; 0 when none is
 * @param firstEvent first event that has no command any more; 0 when none
 * @param lastEvent last such event that the event journal holds; -1 when unknown, 0 when none
 */
public record CommandLoss(Kind kind, long lastCommand, long firstEvent, long lastEvent) {

    /** Nothing was lost. */
    static final CommandLoss NONE = new CommandLoss(Kind.NONE, 0, 0, 0);

    /** How sure the loss is. */
    public enum Kind {
        /** None were lost. */
        NONE,
        /** The machine went down without warning while commands were not synced: some may be lost without a trace. */
        POSSIBLE,
        /** The event journal holds events of commands that the command journal has lost. */
        CERTAIN
    }

    /** Event sequence that {@code HostStarted} tells the engine never to use again; 0 when nothing was lost. */
    long eventSequenceFloor() {
        return kind == Kind.POSSIBLE ? firstEvent - 1 : lastEvent;
    }
}

package io.turnout.simulators.acquirer;

import io.turnout.simulators.lines.Line;

/** What a record in the log of an acquirer says. */
public enum AcquirerEvent {
    /** A run began or was continued. */
    RUN("run"),
    /** A payment is about to be sent for the first time. */
    SENT("sent"),
    /** The final answer came. */
    ANSWERED("answered"),
    /** The request was refused for good: nothing happened because of it. */
    REJECTED("rejected"),
    /** No answer came in time; the acquirer does not know the outcome. */
    GIVEN_UP("given-up"),
    /** A repeat got another answer than the first. */
    ANSWER_DIFFERS("answer-differs"),
    /** The same key with another amount was not refused. */
    CONFLICT_ANSWERED("conflict-answered"),
    /** A status inquiry told something else than the answer. */
    STATUS_DIFFERS("status-differs"),
    /** A reversal is about to be sent for the first time. */
    REVERSAL_SENT("reversal-sent"),
    /** The reversal was answered. */
    REVERSAL_ANSWERED("reversal-answered"),
    /** The reversal was refused for good. */
    REVERSAL_REJECTED("reversal-rejected"),
    /** The reversal was not answered in time. */
    REVERSAL_GIVEN_UP("reversal-given-up");

    private static final AcquirerEvent[] ALL = values();

    private final String key;

    AcquirerEvent(final String key) {
        this.key = key;
    }

    /** The name as it stands in the file. */
    public String key() {
        return key;
    }

    /** The event of a record. */
    public static AcquirerEvent of(final Line line) {
        for (final AcquirerEvent event : ALL) {
            if (line.is(AcquirerField.EVENT, event.key)) {
                return event;
            }
        }
        throw line.malformed("unknown event");
    }
}

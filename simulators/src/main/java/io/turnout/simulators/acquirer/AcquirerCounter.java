package io.turnout.simulators.acquirer;

/** What an acquirer counts. */
public enum AcquirerCounter {
    /** Payments begun. */
    PAYMENTS("payments"),
    /** Final answers: approved. */
    APPROVED("approved"),
    /** Final answers: declined. */
    DECLINED("declined"),
    /** Final answers: the issuer's decision is unknown. */
    UNKNOWN("unknown"),
    /** Payments refused for good. */
    REJECTED("rejected"),
    /** Payments the acquirer gave up; an answer may still have come later. */
    GIVEN_UP("given up"),
    /** Requests sent again because the answer was missing or the switch had no room. */
    RETRIES("retries"),
    /** Requests the switch refused for lack of room. */
    BUSY("busy"),
    /** Deliberate repeats whose answer was identical. */
    REPEATS_IDENTICAL("repeats identical"),
    /** Repeats whose answer differed from the first. */
    REPEATS_DIFFERENT("repeats different"),
    /** Requests with the key of another that were refused as they must be. */
    CONFLICTS_REFUSED("conflicts refused"),
    /** Requests with the key of another that were not refused. */
    CONFLICTS_ANSWERED("conflicts answered"),
    /** Payments reversed at the acquirer's wish. */
    REVERSED("reversed"),
    /** Follow-ups begun: completions, voids, refunds. */
    FOLLOW_UPS("follow-ups"),
    /** Status inquiries that told what the answer told. */
    STATUS_AGREED("status agreed"),
    /** Status inquiries that told something else. */
    STATUS_DIFFERENT("status different"),
    /** Reversals refused or not answered. */
    REVERSALS_FAILED("reversals failed"),
    /** Answers to payments no longer remembered. */
    ANSWERS_FORGOTTEN("answers forgotten"),
    /** Duty cycles in which a new payment had to wait because too many are remembered. */
    TABLE_FULL("table full"),
    /** Sessions opened. */
    LOGONS("logons"),
    /** Logons refused. */
    LOGONS_REFUSED("logons refused"),
    /** Sessions or attempts to connect that ended. */
    DISCONNECTS("disconnects"),
    /** Sessions ended because the switch sent what the protocol does not allow. */
    PROTOCOL_ERRORS("protocol errors");

    private final String label;

    AcquirerCounter(final String label) {
        this.label = label;
    }

    /** For tables. */
    public String label() {
        return label;
    }
}

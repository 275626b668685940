package io.turnout.simulators.acquirer;

/** What is still expected of the switch about one payment. */
enum Phase {
    /** The slot is not in use. */
    FREE(0),
    /** The answer to the payment request. */
    AWAITING_ANSWER(1),
    /** The answer to the same request, sent again on purpose. */
    AWAITING_REPEAT(2),
    /** The refusal of the same key with another amount. */
    AWAITING_REFUSAL(3),
    /** The answer to the reversal. */
    AWAITING_REVERSAL(4),
    /** Nothing; remembered for late answers. */
    DONE(5),
    /** The answer to the reversal that is sent before its payment. */
    AWAITING_EARLY_REVERSAL(6),
    /** The answer to a status inquiry. */
    AWAITING_STATUS(7),
    /** Nothing; a follow-up is to be begun. */
    FOLLOW_UP_DUE(8);

    private static final Phase[] BY_CODE = values();

    private final byte code;

    Phase(final int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }

    static Phase of(final byte code) {
        return BY_CODE[code];
    }
}

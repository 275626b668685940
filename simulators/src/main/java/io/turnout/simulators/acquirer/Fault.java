package io.turnout.simulators.acquirer;

/** What is wrong with a request that must not be approved. */
enum Fault {
    NONE,
    WRONG_CHECK_DIGIT,
    ZERO_AMOUNT,
    UNKNOWN_CURRENCY,
    WRONG_EXPONENT,
    CREATED_IN_FUTURE,
    UNROUTED_CARD,
    /** A follow-up of more than its original leaves. */
    ABOVE_ORIGINAL,
    /** The reversal was sent before the payment. */
    REVERSED_FIRST;

    private static final int OF_REQUESTS = 7;
    private static final Fault[] ALL = values();

    static Fault of(final int code) {
        return ALL[code];
    }

    /** Faults of a request itself have the codes from 1 to below this. */
    static int count() {
        return OF_REQUESTS;
    }
}

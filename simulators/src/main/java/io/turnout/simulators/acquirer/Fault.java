package io.turnout.simulators.acquirer;

/** What is wrong with a request that must not be approved. */
enum Fault {
    NONE,
    WRONG_CHECK_DIGIT,
    ZERO_AMOUNT,
    UNKNOWN_CURRENCY,
    WRONG_EXPONENT,
    CREATED_IN_FUTURE,
    UNROUTED_CARD;

    private static final Fault[] ALL = values();

    static Fault of(final int code) {
        return ALL[code];
    }

    static int count() {
        return ALL.length;
    }
}

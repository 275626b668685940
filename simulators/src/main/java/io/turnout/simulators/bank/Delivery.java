package io.turnout.simulators.bank;

/** What happens when an answer is due. */
enum Delivery {
    /** It is sent. */
    WHOLE,
    /** Its first half is sent, and nothing more on that connection. */
    HALF_THEN_SILENCE,
    /** It is sent a byte at a time, and nothing else on that connection. */
    TRICKLE,
    /** Its first half is sent; the connection is reset when that has left. */
    HALF_THEN_RESET,
    /** The connection is reset. */
    RESET
}

package io.turnout.simulators.bank;

/** How the bank treats a message. To post is to enter it in the books: a debit, a decline or a reversal. */
public enum Behaviour {
    /** Posts and answers; with a delay beyond the switch's patience this is a late answer. */
    ANSWER,
    /** Neither posts nor answers, as if the message had been lost on its way. */
    SILENCE,
    /** Posts and does not answer, as if the answer had been lost on its way. */
    SILENCE_AFTER_POSTING,
    /** Posts and answers twice, the second time after the delay. */
    DUPLICATE_ANSWER,
    /** Posts and sends random bytes instead of the answer. */
    GARBAGE,
    /** Posts, sends the first half of the answer, and nothing more on that connection. */
    HALF_MESSAGE,
    /** Posts and sends the answer a byte at a time, ten bytes a second, and nothing else on that connection. */
    TRICKLE,
    /** Posts, sends the first half of the answer, and resets the connection. */
    DISCONNECT,
    /** Posts and answers with a STAN (DE11) nobody asked with. */
    UNKNOWN_STAN,
    /** Posts and answers with another amount (DE4). */
    WRONG_AMOUNT,
    /** Posts and answers with another retrieval reference (DE37). */
    WRONG_RRN,
    /** Of totals: answers, and sends its own totals of the same date as well. */
    SEND_TOTALS,
    /** Posts and answers with a wrong MAC. */
    WRONG_MAC,
    /** Posts and answers without a MAC. */
    MISSING_MAC,
    /** Posts, answers, and sends its first answer again, byte for byte. */
    REPLAY_ANSWER,
    /** Posts, answers, and sends its first change of keys again, byte for byte. */
    REPLAY_KEY_CHANGE
}

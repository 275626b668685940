package io.turnout.simulators.bank;

/** What a message asks of the bank. */
public enum MessageKind {
    /** A payment request: 0100, 0200 and their repeats. */
    PAYMENT,
    /** An advice: 0120, 0220 and their repeats. */
    ADVICE,
    /** A reversal: 0400, 0420 and their repeats. */
    REVERSAL,
    /** Totals: 0500, 0520 and their repeats. */
    RECONCILIATION,
    /** Network management: the link begins to carry payments. */
    SIGN_ON,
    /** Network management: the link stops carrying payments. */
    SIGN_OFF,
    /** Network management: is anybody there? */
    ECHO,
    /** Network management: the switch wants a new key. */
    KEY_REQUEST,
    /** Anything else. */
    OTHER
}

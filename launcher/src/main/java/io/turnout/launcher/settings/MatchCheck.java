package io.turnout.launcher.settings;

/** What must agree in an answer besides its key, where the answer has it. */
public enum MatchCheck {
    /** DE37. */
    RETRIEVAL_REFERENCE,
    /** DE4, in answers to requests. */
    AMOUNT,
    /** DE41. */
    TERMINAL,
    /** DE32. */
    ACQUIRING_INSTITUTION
}

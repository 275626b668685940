package io.turnout.launcher.settings;

/** What a bank's answers are matched by. */
public enum MatchKeyMode {
    /** DE11 and DE7. */
    STAN_AND_TIME,
    /** DE11 alone, for hosts that answer with a DE7 of their own. */
    STAN
}

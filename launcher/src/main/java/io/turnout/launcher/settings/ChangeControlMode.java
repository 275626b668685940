package io.turnout.launcher.settings;

/** How many operators a dangerous operation needs. */
public enum ChangeControlMode {
    /** One. */
    SINGLE,
    /** Two: one proposes, another one approves. */
    DUAL
}

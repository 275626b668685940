package io.turnout.launcher.settings;

/** What the switch is used for; decides what it refuses. */
public enum Environment {
    /** Trials on one machine: a development key and credentials in the file are allowed, and said aloud at start. */
    DEVELOPMENT,
    /** Real payments: keys and credentials come from outside the configuration file. */
    PRODUCTION
}

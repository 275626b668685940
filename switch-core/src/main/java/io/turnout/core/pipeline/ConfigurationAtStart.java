package io.turnout.core.pipeline;

/** What a host did with the configuration it was started with. */
public enum ConfigurationAtStart {
    /** It was in force. */
    IN_FORCE,
    /** Another one was in force, or none: it was journaled and is in force now. */
    APPLIED,
    /** Another one is in force and stays so: under change control DUAL operators change it. */
    NOT_APPLIED
}

package io.turnout.launcher.settings;

/** How safe a command must be before anything that follows from it is seen. */
public enum Durability {
    /** In the operating system's page cache: survives the death of the process, not the loss of power. */
    ASYNC,
    /** On the device: survives the loss of power. */
    SYNC
}

package io.turnout.core.pipeline;

/** When a command is safe enough for its events to be seen. */
public enum Durability {
    /**
     * Once the operating system has the command: survives the death of the process. A loss of power loses at most the
     * commands since the last background sync and the write-back it was in; the loss is detected and reported.
     */
    ASYNC,
    /** Once the device has the command: survives the loss of power. */
    SYNC
}

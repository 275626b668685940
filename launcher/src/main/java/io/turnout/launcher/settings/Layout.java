package io.turnout.launcher.settings;

/** Which agents share a thread. */
public enum Layout {
    /** Gateway and pipeline on one thread, event journal and housekeeping on another: best on one or two cores. */
    FUSED,
    /** Gateway, pipeline, journal sync and event journal each on a thread of their own. */
    SPLIT
}

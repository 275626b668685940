package io.turnout.core.pipeline;

/** Told about once a second how a replay goes on. */
@FunctionalInterface
public interface RecoveryProgress {
    /** Says nothing to anybody. */
    RecoveryProgress NONE = (commandSequence, lastCommandSequence, commandsPerSecond) -> {};

    /**
     * @param commandSequence last command applied
     * @param lastCommandSequence last command there is
     * @param commandsPerSecond since the replay began
     */
    void onProgress(long commandSequence, long lastCommandSequence, long commandsPerSecond);
}

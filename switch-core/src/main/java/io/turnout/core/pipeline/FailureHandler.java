package io.turnout.core.pipeline;

/** Told once when a part of the host fails; must bring the node down. Called on the thread of the part that failed. */
@FunctionalInterface
public interface FailureHandler {

    /**
     * @param component role name of the agent that failed
     * @param cause what it threw
     */
    void onFailure(String component, Throwable cause);
}

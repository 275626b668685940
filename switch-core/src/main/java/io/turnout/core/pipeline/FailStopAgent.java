package io.turnout.core.pipeline;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Runs an agent until its first exception: reports it, closes the gate, and never runs the agent again. An agent runner
 * would only log the exception and call {@code doWork} again, on state that nobody has thought of.
 */
public final class FailStopAgent implements Agent {
    private final Agent agent;
    private final AdmissionGate gate;
    private final FailureHandler failureHandler;
    private Throwable failure;

    /**
     * @param agent what to run
     * @param gate closed for good when the agent fails
     * @param failureHandler told of the first exception, on this agent's thread
     */
    public FailStopAgent(final Agent agent, final AdmissionGate gate, final FailureHandler failureHandler) {
        this.agent = agent;
        this.gate = gate;
        this.failureHandler = failureHandler;
    }

    @Override
    public int doWork() {
        if (failure != null) {
            throw termination();
        }
        try {
            return agent.doWork();
        } catch (final Throwable cause) {
            failure = cause;
            gate.onFailed();
            failureHandler.onFailure(agent.roleName(), cause);
            throw termination();
        }
    }

    @Override
    public void onStart() {
        agent.onStart();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }

    private AgentTerminationException termination() {
        return new AgentTerminationException(agent.roleName() + " has failed", failure);
    }
}

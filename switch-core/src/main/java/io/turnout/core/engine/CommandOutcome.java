package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.OperationResult;

/**
 * What the command being applied has come to, for the operator who sent it: done, unless whoever publishes a refusal
 * says otherwise.
 */
final class CommandOutcome {
    private OperationResult result = OperationResult.DONE;
    private int problem;

    void begin() {
        result = OperationResult.DONE;
        problem = 0;
    }

    void ignored(final CommandProblem reason) {
        result = OperationResult.IGNORED;
        problem = reason.value();
    }

    void configurationRefused(final ConfigurationProblem reason) {
        result = OperationResult.CONFIGURATION_REFUSED;
        problem = reason.code();
    }

    /** A refusal with an event of its own, whose reason has this number. */
    void refused(final int reason) {
        result = OperationResult.REFUSED;
        problem = reason;
    }

    OperationResult result() {
        return result;
    }

    int problem() {
        return problem;
    }
}

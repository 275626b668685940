package io.turnout.launcher.admin;

import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.core.engine.ConfigurationProblem;
import java.util.UUID;

/**
 * Where an operation stands, as the switch said.
 *
 * @param operationId names it
 * @param state where it stands
 * @param result what its command did
 * @param refusal why the request was not accepted; NONE when it was
 * @param problem why the command did nothing; its meaning depends on the result
 */
public record AdminAnswer(
        UUID operationId, OperationState state, OperationResult result, OperationRefusal refusal, int problem) {

    /** Whether the request was accepted and nothing that was executed was refused. */
    public boolean isGood() {
        return refusal == OperationRefusal.NONE
                && (result == OperationResult.DONE || result == OperationResult.NONE)
                && state != OperationState.EXPIRED;
    }

    /** Why the command did nothing, or an empty text. */
    public String problemText() {
        return switch (result) {
            case IGNORED -> CommandProblem.get((short) problem).name();
            case CONFIGURATION_REFUSED -> ConfigurationProblem.of(problem).name();
            case REFUSED -> LedgerProblem.get((short) problem).name();
            default -> "";
        };
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.DecideOperationDecoder;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import io.turnout.core.engine.OperatorCommands.Kind;
import org.agrona.DirectBuffer;

/**
 * What operators do, one command at a time, each with an actor and a reason.
 *
 * <pre>
 *              ┌─▶ AWAITING_APPROVAL ─┬─▶ SCHEDULED ─┬─▶ EXECUTED
 *   submitted ─┼──────────────────────┼──────────────┘
 *              └─▶ SCHEDULED          ├─▶ REJECTED
 *                                     └─▶ EXPIRED ◀── SCHEDULED
 * </pre>
 *
 * Under change control DUAL a dangerous command awaits the approval of another operator; one with an effective sequence
 * waits for that. What waits too long expires. An operation is executed once: its id is remembered, and an id that may
 * have been forgotten is refused as stale.
 */
final class OperationFlow {
    /** Operations that may expire in one command. */
    static final int MAXIMUM_EXPIRED = 2;

    private static final char FIRST_PRINTABLE = ' ';
    private static final char LAST_PRINTABLE = '~';

    private final EngineTime time;
    private final EventPublisher publisher;
    private final Configurations configurations;
    private final OperationTable operations;
    private final OperatorAdapter commands;
    private final OperationEvents events;

    OperationFlow(final EngineState state, final OperatorAdapter commands, final OperationEvents events) {
        this.time = state.time();
        this.publisher = state.publisher();
        this.configurations = state.configurations();
        this.operations = state.operations();
        this.commands = commands;
        this.events = events;
    }

    void onSubmit(final SubmitOperationDecoder submission) {
        final OperationRefusal refusal = refusalOf(submission);
        if (refusal != OperationRefusal.NONE) {
            events.refused(submission, refusal, OperationState.NONE);
            return;
        }
        final int known = operations.find(
                submission.operationId().high(), submission.operationId().low());
        if (known != OperationTable.NONE) {
            onRepeat(submission, known);
            return;
        }
        final OperationRefusal newRefusal = refusalOfNew(submission);
        if (newRefusal != OperationRefusal.NONE) {
            events.refused(submission, newRefusal, OperationState.NONE);
            return;
        }
        accept(submission);
    }

    void onDecide(final DecideOperationDecoder decision) {
        final int place = operations.find(
                decision.operationId().high(), decision.operationId().low());
        if (place != OperationTable.NONE
                && OperationTable.isOpen(operations.at(place))
                && operations.at(place).expiresAtNs() <= time.nowNs()) {
            expire(place);
        }
        final OperationRefusal refusal = refusalOf(decision, place);
        if (refusal != OperationRefusal.NONE) {
            final boolean isKnown = place != OperationTable.NONE;
            events.refused(decision, refusal, isKnown ? operations.at(place).state() : OperationState.NONE);
            return;
        }
        if (operations.at(place).state() == OperationState.AWAITING_APPROVAL) {
            decide(decision, place);
        }
        events.answered(decision, operations.at(place));
    }

    /** When there is something to do without a command: at once, when an operation expires, or never. */
    long nextNs() {
        return operations.earliestSequence() <= publisher.commandSequence() + 1
                ? time.nowNs()
                : operations.earliestExpiryNs();
    }

    /** What has become due: a few that expire, and one whose sequence has come. */
    void runDue() {
        for (int i = 0; i < MAXIMUM_EXPIRED && operations.earliestExpiryNs() <= time.nowNs(); i++) {
            expire(operations.nextToExpire());
        }
        if (operations.earliestSequence() <= publisher.commandSequence() + 1) {
            execute(operations.nextScheduled());
        }
    }

    private OperationRefusal refusalOf(final SubmitOperationDecoder submission) {
        final Configuration active = configurations.active();
        if (!active.hasOperator(submission.operatorId())) {
            return OperationRefusal.UNKNOWN_OPERATOR;
        }
        if (!active.mayPropose(submission.operatorId())) {
            return OperationRefusal.NOT_PERMITTED;
        }
        if (!isReason(submission.buffer(), submission.offset() + SubmitOperationDecoder.reasonEncodingOffset())) {
            return OperationRefusal.NO_REASON;
        }
        if (!commands.isWhole(submission.buffer(), commandAt(submission), submission.nestedLength())) {
            return OperationRefusal.INVALID_OPERATION;
        }
        final boolean isStaging = OperatorCommands.kindOf(commands.templateId()) == Kind.STAGING;
        if (submission.effectiveSequence() < 0 || (isStaging && submission.effectiveSequence() > 0)) {
            return OperationRefusal.INVALID_EFFECTIVE_SEQUENCE;
        }
        return OperationRefusal.NONE;
    }

    private OperationRefusal refusalOfNew(final SubmitOperationDecoder submission) {
        final Configuration active = configurations.active();
        if (submission.createdAtNs() <= operations.forgottenUntilNs()
                || submission.createdAtNs() < time.nowNs() - active.operationExpiryNs()) {
            return OperationRefusal.STALE;
        }
        if (submission.createdAtNs() > time.nowNs() + active.maximumClockSkewNs()) {
            return OperationRefusal.CREATED_IN_FUTURE;
        }
        final OperationRefusal staging = refusalOfStaging(submission, commands.templateId());
        if (staging != OperationRefusal.NONE) {
            return staging;
        }
        return operations.makeRoom(active.maximumOperations()) ? OperationRefusal.NONE : OperationRefusal.TABLE_FULL;
    }

    /** One operator stages a configuration, and nobody changes it any more while its activation waits. */
    private OperationRefusal refusalOfStaging(final SubmitOperationDecoder submission, final int templateId) {
        final boolean isActivation = templateId == ActivateConfigurationDecoder.TEMPLATE_ID;
        if (!isActivation && OperatorCommands.kindOf(templateId) != Kind.STAGING) {
            return OperationRefusal.NONE;
        }
        if (operations.isOpen(ActivateConfigurationDecoder.TEMPLATE_ID)) {
            return OperationRefusal.ACTIVATION_PENDING;
        }
        final Configuration staged = configurations.staged();
        final boolean isOwn = staged.isBegun() && staged.stagedBy() == submission.operatorId();
        return isOwn || templateId == BeginConfigurationDecoder.TEMPLATE_ID
                ? OperationRefusal.NONE
                : OperationRefusal.NO_CONFIGURATION_BEGUN;
    }

    private OperationRefusal refusalOf(final DecideOperationDecoder decision, final int place) {
        final Configuration active = configurations.active();
        if (!active.hasOperator(decision.operatorId())) {
            return OperationRefusal.UNKNOWN_OPERATOR;
        }
        if (!active.mayApprove(decision.operatorId())) {
            return OperationRefusal.NOT_PERMITTED;
        }
        if (!isReason(decision.buffer(), decision.offset() + DecideOperationDecoder.reasonEncodingOffset())) {
            return OperationRefusal.NO_REASON;
        }
        final int choice = decision.decisionRaw();
        if (choice != OperationDecision.APPROVE.value() && choice != OperationDecision.REJECT.value()) {
            return OperationRefusal.INVALID_DECISION;
        }
        if (place == OperationTable.NONE) {
            return OperationRefusal.UNKNOWN_OPERATION;
        }
        if (operations.at(place).operatorId() == decision.operatorId()) {
            return OperationRefusal.OWN_OPERATION;
        }
        return operations.at(place).state() == OperationState.AWAITING_APPROVAL || isRepeat(decision, place)
                ? OperationRefusal.NONE
                : OperationRefusal.NOT_AWAITING_APPROVAL;
    }

    /** Whether the operator has decided just so before. */
    private boolean isRepeat(final DecideOperationDecoder decision, final int place) {
        final SnapshotOperationDecoder operation = operations.at(place);
        if (operation.approverId() != decision.operatorId()) {
            return false;
        }
        return (operation.state() == OperationState.REJECTED) == (decision.decision() == OperationDecision.REJECT);
    }

    private void onRepeat(final SubmitOperationDecoder submission, final int place) {
        if (operations.isSame(submission, place)) {
            events.answered(submission, operations.at(place));
        } else {
            events.refused(
                    submission, OperationRefusal.CONFLICT, operations.at(place).state());
        }
    }

    private void accept(final SubmitOperationDecoder submission) {
        final int templateId = commands.templateId();
        final Configuration active = configurations.active();
        final boolean isHeld = active.isDual() && OperatorCommands.kindOf(templateId) == Kind.DANGEROUS;
        final int place = operations.add(
                submission,
                isHeld ? OperationState.AWAITING_APPROVAL : stateWhenReleased(submission.effectiveSequence()),
                publisher.commandSequence(),
                time.nowNs() + active.operationExpiryNs(),
                contentHash(templateId));
        events.proposed(operations.at(place), templateId);
        if (operations.at(place).state() == OperationState.EXECUTED) {
            execute(place);
        }
        events.answered(submission, operations.at(place));
    }

    private void decide(final DecideOperationDecoder decision, final int place) {
        if (decision.decision() == OperationDecision.REJECT) {
            operations.decided(place, OperationState.REJECTED, decision.operatorId());
            events.rejected(operations.at(place), decision);
            return;
        }
        final OperationState released = stateWhenReleased(operations.at(place).effectiveSequence());
        operations.decided(place, released, decision.operatorId());
        events.approved(operations.at(place), decision);
        if (released == OperationState.EXECUTED) {
            execute(place);
        }
    }

    private OperationState stateWhenReleased(final long effectiveSequence) {
        return effectiveSequence > publisher.commandSequence() ? OperationState.SCHEDULED : OperationState.EXECUTED;
    }

    private void execute(final int place) {
        operations.state(place, OperationState.EXECUTED);
        final int templateId = operations.templateIdAt(place);
        final CommandOutcome outcome = publisher.outcome();
        outcome.begin();
        if (operations.at(place).contentHash() != contentHash(templateId)) {
            outcome.configurationRefused(ConfigurationProblem.STAGED_CHANGED);
        } else {
            commands.onCommand(operations.buffer(), OperationTable.commandAt(place));
            if (templateId == BeginConfigurationDecoder.TEMPLATE_ID) {
                configurations.staged().stagedBy(operations.at(place).operatorId());
            }
        }
        operations.result(place, outcome);
        events.executed(operations.at(place), templateId);
    }

    private void expire(final int place) {
        operations.state(place, OperationState.EXPIRED);
        events.expired(operations.at(place));
    }

    /** What an activation is about, so that what is put in force is what was proposed and approved. */
    private long contentHash(final int templateId) {
        return templateId == ActivateConfigurationDecoder.TEMPLATE_ID
                ? configurations.staged().commands().contentHash()
                : 0;
    }

    private static int commandAt(final SubmitOperationDecoder submission) {
        return submission.offset() + SubmitOperationDecoder.commandEncodingOffset();
    }

    /** Printable, and not blank. */
    private static boolean isReason(final DirectBuffer buffer, final int offset) {
        boolean blank = true;
        for (int i = 0; i < SubmitOperationDecoder.reasonEncodingLength(); i++) {
            final byte c = buffer.getByte(offset + i);
            if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
                return false;
            }
            blank &= c == FIRST_PRINTABLE;
        }
        return !blank;
    }
}

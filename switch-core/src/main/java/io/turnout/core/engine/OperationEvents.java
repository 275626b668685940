package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BlockKind;
import io.turnout.codecs.sbe.engine.BlockListChangedEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DecideOperationDecoder;
import io.turnout.codecs.sbe.engine.OperationAnsweredEncoder;
import io.turnout.codecs.sbe.engine.OperationApprovedEncoder;
import io.turnout.codecs.sbe.engine.OperationExecutedEncoder;
import io.turnout.codecs.sbe.engine.OperationExpiredEncoder;
import io.turnout.codecs.sbe.engine.OperationIdDecoder;
import io.turnout.codecs.sbe.engine.OperationProposedEncoder;
import io.turnout.codecs.sbe.engine.OperationRefusal;
import io.turnout.codecs.sbe.engine.OperationRejectedEncoder;
import io.turnout.codecs.sbe.engine.OperationResult;
import io.turnout.codecs.sbe.engine.OperationState;
import io.turnout.codecs.sbe.engine.SnapshotBlockedEncoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SubmitOperationDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes the events about operations and the block list. Decides nothing. */
final class OperationEvents {
    /** A proposed operation is the longest event of these. */
    static final int MAXIMUM_LENGTH = EventPublisher.HEADER_LENGTH + OperationProposedEncoder.BLOCK_LENGTH;

    private final EventPublisher publisher;
    private final OperationProposedEncoder proposed = new OperationProposedEncoder();
    private final OperationApprovedEncoder approved = new OperationApprovedEncoder();
    private final OperationRejectedEncoder rejected = new OperationRejectedEncoder();
    private final OperationExpiredEncoder expired = new OperationExpiredEncoder();
    private final OperationExecutedEncoder executed = new OperationExecutedEncoder();
    private final OperationAnsweredEncoder answered = new OperationAnsweredEncoder();
    private final BlockListChangedEncoder blockListChanged = new BlockListChangedEncoder();

    OperationEvents(final EventPublisher publisher) {
        this.publisher = publisher;
    }

    void proposed(final SnapshotOperationDecoder operation, final int templateId) {
        final MutableDirectBuffer buffer = publisher.claim();
        proposed.wrapAndApplyHeader(buffer, 0, publisher.header())
                .createdAtNs(operation.createdAtNs())
                .effectiveSequence(operation.effectiveSequence())
                .expiresAtNs(operation.expiresAtNs())
                .operatorId(operation.operatorId())
                .refTemplateId(templateId)
                .nestedLength(operation.nestedLength())
                .state(operation.state());
        proposed.operationId()
                .high(operation.operationId().high())
                .low(operation.operationId().low());
        final int texts = OperationProposedEncoder.reasonEncodingOffset();
        buffer.putBytes(
                proposed.offset() + texts,
                operation.buffer(),
                operation.offset() + SnapshotOperationDecoder.reasonEncodingOffset(),
                OperationProposedEncoder.BLOCK_LENGTH - texts);
        publisher.commit(OperationProposedEncoder.BLOCK_LENGTH);
    }

    void approved(final SnapshotOperationDecoder operation, final DecideOperationDecoder decision) {
        final MutableDirectBuffer buffer = publisher.claim();
        approved.wrapAndApplyHeader(buffer, 0, publisher.header())
                .operatorId(operation.operatorId())
                .approverId(decision.operatorId());
        approved.operationId()
                .high(operation.operationId().high())
                .low(operation.operationId().low());
        copyReason(decision, buffer, approved.offset() + OperationApprovedEncoder.reasonEncodingOffset());
        publisher.commit(OperationApprovedEncoder.BLOCK_LENGTH);
    }

    void rejected(final SnapshotOperationDecoder operation, final DecideOperationDecoder decision) {
        final MutableDirectBuffer buffer = publisher.claim();
        rejected.wrapAndApplyHeader(buffer, 0, publisher.header())
                .operatorId(operation.operatorId())
                .approverId(decision.operatorId());
        rejected.operationId()
                .high(operation.operationId().high())
                .low(operation.operationId().low());
        copyReason(decision, buffer, rejected.offset() + OperationRejectedEncoder.reasonEncodingOffset());
        publisher.commit(OperationRejectedEncoder.BLOCK_LENGTH);
    }

    void expired(final SnapshotOperationDecoder operation) {
        expired.wrapAndApplyHeader(publisher.claim(), 0, publisher.header()).operatorId(operation.operatorId());
        expired.operationId()
                .high(operation.operationId().high())
                .low(operation.operationId().low());
        publisher.commit(OperationExpiredEncoder.BLOCK_LENGTH);
    }

    void executed(final SnapshotOperationDecoder operation, final int templateId) {
        executed.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .operatorId(operation.operatorId())
                .approverId(operation.approverId())
                .refTemplateId(templateId)
                .problem(operation.problem())
                .result(operation.result());
        executed.operationId()
                .high(operation.operationId().high())
                .low(operation.operationId().low());
        publisher.commit(OperationExecutedEncoder.BLOCK_LENGTH);
    }

    /** Where the operation stands now, to the session that submitted it. */
    void answered(final SubmitOperationDecoder submission, final SnapshotOperationDecoder operation) {
        answer(submission.operationId(), operation.state(), operation.result(), operation.problem())
                .sessionId(submission.sessionId())
                .operatorId(submission.operatorId())
                .gatewayId(submission.gatewayId());
        publisher.commit(OperationAnsweredEncoder.BLOCK_LENGTH);
    }

    /** Where the operation stands now, to the session that decided on it. */
    void answered(final DecideOperationDecoder decision, final SnapshotOperationDecoder operation) {
        answer(decision.operationId(), operation.state(), operation.result(), operation.problem())
                .sessionId(decision.sessionId())
                .operatorId(decision.operatorId())
                .gatewayId(decision.gatewayId());
        publisher.commit(OperationAnsweredEncoder.BLOCK_LENGTH);
    }

    void refused(final SubmitOperationDecoder submission, final OperationRefusal refusal, final OperationState state) {
        answer(submission.operationId(), state, OperationResult.NONE, 0)
                .sessionId(submission.sessionId())
                .operatorId(submission.operatorId())
                .gatewayId(submission.gatewayId())
                .refusal(refusal);
        publisher.commit(OperationAnsweredEncoder.BLOCK_LENGTH);
    }

    void refused(final DecideOperationDecoder decision, final OperationRefusal refusal, final OperationState state) {
        answer(decision.operationId(), state, OperationResult.NONE, 0)
                .sessionId(decision.sessionId())
                .operatorId(decision.operatorId())
                .gatewayId(decision.gatewayId())
                .refusal(refusal);
        publisher.commit(OperationAnsweredEncoder.BLOCK_LENGTH);
    }

    /** @param key of the block list */
    void blockListChanged(final UnsafeBuffer key, final BlockKind kind, final BooleanType blocked) {
        final MutableDirectBuffer buffer = publisher.claim();
        blockListChanged.wrapAndApplyHeader(buffer, 0, publisher.header());
        final int from = SnapshotBlockedEncoder.panTokenEncodingOffset();
        buffer.putBytes(blockListChanged.offset(), key, from, SnapshotBlockedEncoder.BLOCK_LENGTH - from);
        blockListChanged.kind(kind).blocked(blocked);
        publisher.commit(BlockListChangedEncoder.BLOCK_LENGTH);
    }

    private OperationAnsweredEncoder answer(
            final OperationIdDecoder id, final OperationState state, final OperationResult result, final int problem) {
        answered.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .problem(problem)
                .state(state)
                .result(result)
                .refusal(OperationRefusal.NONE);
        answered.operationId().high(id.high()).low(id.low());
        return answered;
    }

    private static void copyReason(
            final DecideOperationDecoder decision, final MutableDirectBuffer buffer, final int at) {
        buffer.putBytes(
                at,
                decision.buffer(),
                decision.offset() + DecideOperationDecoder.reasonEncodingOffset(),
                DecideOperationDecoder.reasonEncodingLength());
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalAcknowledgedEncoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredEncoder;
import io.turnout.codecs.sbe.engine.ReversalDeadLetteredEncoder;
import io.turnout.codecs.sbe.engine.ReversalDroppedEncoder;
import io.turnout.codecs.sbe.engine.ReversalPostponedEncoder;
import io.turnout.codecs.sbe.engine.ReversalQueuedEncoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedEncoder;
import io.turnout.codecs.sbe.engine.ReversalRequeuedEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.agrona.MutableDirectBuffer;

/** Encodes the events about reversals. Decides nothing. */
final class ReversalEvents {
    private final EventPublisher publisher;
    private final PaymentFields fields;
    private final ReversalQueuedEncoder queued = new ReversalQueuedEncoder();
    private final ReversalRequestedEncoder requested = new ReversalRequestedEncoder();
    private final ReversalAcknowledgedEncoder acknowledged = new ReversalAcknowledgedEncoder();
    private final ReversalPostponedEncoder postponed = new ReversalPostponedEncoder();
    private final ReversalDeadLetteredEncoder deadLettered = new ReversalDeadLetteredEncoder();
    private final ReversalDroppedEncoder dropped = new ReversalDroppedEncoder();
    private final ReversalRequeuedEncoder requeued = new ReversalRequeuedEncoder();
    private final ReversalAnsweredEncoder answered = new ReversalAnsweredEncoder();

    ReversalEvents(final EventPublisher publisher, final PaymentFields fields) {
        this.publisher = publisher;
        this.fields = fields;
    }

    void queued(final PaymentRecord payment) {
        queued.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .amountMinor(payment.amountMinor())
                .issuerId(payment.issuerId())
                .currency(payment.currency())
                .reason(payment.reversalReason())
                .replacementAmountMinor(payment.decoder().replacementAmountMinor());
        publisher.commit(ReversalQueuedEncoder.BLOCK_LENGTH);
    }

    void requested(final PaymentRecord payment, final Link link, final long sendBeforeNs) {
        fields.lookUp(payment);
        final MutableDirectBuffer buffer = publisher.claim();
        final SnapshotPaymentDecoder record = payment.decoder();
        requested
                .wrapAndApplyHeader(buffer, 0, publisher.header())
                .stan(payment.reversalStan())
                .transmissionDateTime(payment.reversalTransmissionDateTime())
                .originalStan(payment.stan())
                .originalTransmissionDateTime(payment.transmissionDateTime())
                .attempt(payment.attempts())
                .gatewayId(link.gatewayId())
                .issuerId(payment.issuerId())
                .linkId(link.linkId())
                .currency(payment.currency())
                .merchantCategory(record.merchantCategory())
                .transactionType(TransactionType.get((short) payment.transactionType()))
                .panEntryMode(record.panEntryMode())
                .pinEntryCapability(record.pinEntryCapability())
                .posCondition(record.posCondition())
                .reason(payment.reversalReason())
                .replacementAmountMinor(record.replacementAmountMinor())
                .originalAdvice(payment.advice() ? BooleanType.TRUE : BooleanType.FALSE)
                .businessDate(record.businessDate())
                .originalTransactionType(fields.original().transactionType());
        fields.beginning(payment, sendBeforeNs, buffer, requested.offset());
        copyTexts(payment, buffer, requested.offset());
        publisher.commit(ReversalRequestedEncoder.BLOCK_LENGTH);
    }

    void acknowledged(final PaymentRecord payment, final int resultCode) {
        acknowledged
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(resultCode)
                .attempt(payment.attempts());
        publisher.commit(ReversalAcknowledgedEncoder.BLOCK_LENGTH);
    }

    void postponed(final PaymentRecord payment, final int resultCode) {
        postponed
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .retryAtNs(payment.dueNs())
                .attempt(payment.attempts())
                .issuerId(payment.issuerId())
                .resultCode(resultCode);
        publisher.commit(ReversalPostponedEncoder.BLOCK_LENGTH);
    }

    void deadLettered(final PaymentRecord payment) {
        deadLettered
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .attempt(payment.attempts());
        publisher.commit(ReversalDeadLetteredEncoder.BLOCK_LENGTH);
    }

    void dropped(final PaymentRecord payment) {
        dropped.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId());
        publisher.commit(ReversalDroppedEncoder.BLOCK_LENGTH);
    }

    void requeued(final PaymentRecord payment) {
        requeued.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId());
        publisher.commit(ReversalRequeuedEncoder.BLOCK_LENGTH);
    }

    /** Tells the acquirer what became of its reversal. */
    void answered(final RequestReversalDecoder request, final PaymentRecord payment, final int resultCode) {
        answered(request, payment.tombstone() ? 0 : payment.paymentId(), payment.state(), resultCode);
    }

    /** Tells the acquirer that there is nothing its reversal could change. */
    void answeredUnknown(final RequestReversalDecoder request) {
        answered(request, 0, PaymentState.NOT_FOUND, ResultCodes.ORIGINAL_NOT_FOUND);
    }

    private void answered(
            final RequestReversalDecoder request,
            final long paymentId,
            final PaymentState state,
            final int resultCode) {
        answered.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(paymentId)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId())
                .resultCode(resultCode)
                .state(state);
        answered.clientReference()
                .high(request.clientReference().high())
                .low(request.clientReference().low());
        publisher.commit(ReversalAnsweredEncoder.BLOCK_LENGTH);
    }

    private static void copyTexts(final PaymentRecord payment, final MutableDirectBuffer buffer, final int block) {
        PaymentFields.terminalAndMerchant(payment, buffer, block + ReversalRequestedEncoder.terminalIdEncodingOffset());
        PaymentFields.approvalCode(payment, buffer, block + ReversalRequestedEncoder.approvalCodeEncodingOffset());
        PaymentFields.retrievalReference(
                payment, buffer, block + ReversalRequestedEncoder.retrievalReferenceEncodingOffset());
        PaymentFields.sealedPan(payment, buffer, block + ReversalRequestedEncoder.sealedPanEncodingOffset());
    }
}

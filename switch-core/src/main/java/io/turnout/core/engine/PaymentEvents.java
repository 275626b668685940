package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ClientReferenceDecoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseMismatchedEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedEncoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.LateResponseRecordedEncoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedEncoder;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RepeatAwaitedEncoder;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedEncoder;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.SlotReferenceDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import org.agrona.MutableDirectBuffer;

/** Encodes the events about payments and about issuers' answers to them. Decides nothing. */
final class PaymentEvents {
    private static final byte BLANK = ' ';
    private static final long NO_AMOUNT = -1;

    private final EventPublisher publisher;
    private final PaymentFields fields;
    private final PaymentRoutedEncoder routed = new PaymentRoutedEncoder();
    private final PaymentAnsweredEncoder answered = new PaymentAnsweredEncoder();
    private final RequestRefusedEncoder refused = new RequestRefusedEncoder();
    private final RepeatAwaitedEncoder repeatAwaited = new RepeatAwaitedEncoder();
    private final PaymentStatusReportedEncoder statusReported = new PaymentStatusReportedEncoder();
    private final LateResponseRecordedEncoder lateResponse = new LateResponseRecordedEncoder();
    private final IssuerResponseUnmatchedEncoder unmatched = new IssuerResponseUnmatchedEncoder();
    private final IssuerResponseMismatchedEncoder mismatched = new IssuerResponseMismatchedEncoder();

    PaymentEvents(final EventPublisher publisher, final PaymentFields fields) {
        this.publisher = publisher;
        this.fields = fields;
    }

    void routed(final PaymentRecord payment, final Link link, final long beforeNs) {
        final MutableDirectBuffer buffer = publisher.claim();
        routed.wrapAndApplyHeader(buffer, 0, publisher.header());
        final int block = routed.offset();
        fields.beginning(payment, beforeNs, buffer, block);
        payment.copyField(
                SnapshotPaymentDecoder.slotEncodingOffset(),
                SlotReferenceDecoder.ENCODED_LENGTH,
                buffer,
                block + PaymentRoutedEncoder.slotEncodingOffset());
        fields.content(payment, link, buffer, block + PaymentFields.ROUTED_SHIFT);
        routed.businessDate(PaymentFields.businessDate(payment))
                .originalLocalDateTime(fields.original().localDateTime());
        publisher.commit(PaymentRoutedEncoder.BLOCK_LENGTH);
    }

    /** The one answer, to the newest session that asked. */
    void answered(final PaymentRecord payment) {
        final MutableDirectBuffer buffer = publisher.claim();
        answer(payment, buffer)
                .sessionId(payment.sessionId())
                .gatewayId(payment.gatewayId())
                .repeated(BooleanType.FALSE);
        payment.copyField(
                SnapshotPaymentDecoder.slotEncodingOffset(),
                SlotReferenceDecoder.ENCODED_LENGTH,
                buffer,
                answered.offset() + PaymentAnsweredEncoder.slotEncodingOffset());
        publisher.commit(PaymentAnsweredEncoder.BLOCK_LENGTH);
    }

    /** The same answer again, to the session of a repeat, with the slot that the repeat took. */
    void answeredAgain(final PaymentRecord payment, final RequestPaymentDecoder repeat) {
        final MutableDirectBuffer buffer = publisher.claim();
        answer(payment, buffer)
                .sessionId(repeat.sessionId())
                .gatewayId(repeat.gatewayId())
                .repeated(BooleanType.TRUE);
        slot(repeat, buffer, answered.offset() + PaymentAnsweredEncoder.slotEncodingOffset());
        publisher.commit(PaymentAnsweredEncoder.BLOCK_LENGTH);
    }

    /** The same answer again, to the session of a repeated follow-up. */
    void answeredAgain(final PaymentRecord payment, final RequestFollowUpDecoder repeat) {
        final MutableDirectBuffer buffer = publisher.claim();
        answer(payment, buffer)
                .sessionId(repeat.sessionId())
                .gatewayId(repeat.gatewayId())
                .repeated(BooleanType.TRUE)
                .slot()
                .incarnation(0)
                .index(PaymentRecord.NO_SENSITIVE_DATA)
                .generation(0);
        publisher.commit(PaymentAnsweredEncoder.BLOCK_LENGTH);
    }

    void repeatAwaited(final PaymentRecord payment, final RequestFollowUpDecoder repeat) {
        repeatAwaited
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .sessionId(repeat.sessionId())
                .gatewayId(repeat.gatewayId())
                .slot()
                .incarnation(0)
                .index(PaymentRecord.NO_SENSITIVE_DATA)
                .generation(0);
        publisher.commit(RepeatAwaitedEncoder.BLOCK_LENGTH);
    }

    void repeatAwaited(final PaymentRecord payment, final RequestPaymentDecoder repeat) {
        final MutableDirectBuffer buffer = publisher.claim();
        repeatAwaited
                .wrapAndApplyHeader(buffer, 0, publisher.header())
                .paymentId(payment.paymentId())
                .sessionId(repeat.sessionId())
                .gatewayId(repeat.gatewayId());
        slot(repeat, buffer, repeatAwaited.offset() + RepeatAwaitedEncoder.slotEncodingOffset());
        publisher.commit(RepeatAwaitedEncoder.BLOCK_LENGTH);
    }

    void refused(final RequestPaymentDecoder request, final RefusalReason reason) {
        final MutableDirectBuffer buffer = publisher.claim();
        refused.wrapAndApplyHeader(buffer, 0, publisher.header())
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId())
                .refTemplateId(RequestPaymentDecoder.TEMPLATE_ID)
                .reason(reason);
        refused.clientReference()
                .high(request.clientReference().high())
                .low(request.clientReference().low());
        slot(request, buffer, refused.offset() + RequestRefusedEncoder.slotEncodingOffset());
        publisher.commit(RequestRefusedEncoder.BLOCK_LENGTH);
    }

    void refused(final RequestReversalDecoder request, final RefusalReason reason) {
        refused(RequestReversalDecoder.TEMPLATE_ID, request.clientReference(), reason)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId());
        publisher.commit(RequestRefusedEncoder.BLOCK_LENGTH);
    }

    void refused(final RequestFollowUpDecoder request, final RefusalReason reason) {
        refused(RequestFollowUpDecoder.TEMPLATE_ID, request.clientReference(), reason)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId());
        publisher.commit(RequestRefusedEncoder.BLOCK_LENGTH);
    }

    void refused(final RequestPaymentStatusDecoder request, final RefusalReason reason) {
        refused(RequestPaymentStatusDecoder.TEMPLATE_ID, request.clientReference(), reason)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId());
        publisher.commit(RequestRefusedEncoder.BLOCK_LENGTH);
    }

    /** A refusal of a request without sensitive data. */
    private RequestRefusedEncoder refused(
            final int templateId, final ClientReferenceDecoder clientReference, final RefusalReason reason) {
        refused.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .refTemplateId(templateId)
                .reason(reason);
        refused.clientReference().high(clientReference.high()).low(clientReference.low());
        refused.slot().incarnation(0).index(PaymentRecord.NO_SENSITIVE_DATA).generation(0);
        return refused;
    }

    void statusReported(final RequestPaymentStatusDecoder request, final PaymentRecord payment) {
        statusReported(
                request,
                payment.tombstone() ? 0 : payment.paymentId(),
                payment.state(),
                payment.resultCode(),
                payment.standingMinor(),
                payment.refundedMinor());
    }

    /** @param state as it is now, which may not stand in the record yet */
    void statusReported(
            final RequestPaymentStatusDecoder request, final OriginalRecord original, final PaymentState state) {
        final SnapshotOriginalDecoder record = original.decoder();
        statusReported(
                request,
                record.paymentId(),
                state,
                record.resultCode(),
                PaymentRecord.standingMinor(state, true, record.settledMinor()),
                record.refundedMinor());
    }

    void statusUnknown(final RequestPaymentStatusDecoder request) {
        statusReported(request, 0, PaymentState.NOT_FOUND, 0, 0, 0);
    }

    private void statusReported(
            final RequestPaymentStatusDecoder request,
            final long paymentId,
            final PaymentState state,
            final int resultCode,
            final long settledMinor,
            final long refundedMinor) {
        statusReported
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(paymentId)
                .sessionId(request.sessionId())
                .createdAtNs(request.createdAtNs())
                .acquirerId(request.acquirerId())
                .gatewayId(request.gatewayId())
                .resultCode(resultCode)
                .state(state)
                .settledMinor(settledMinor)
                .refundedMinor(refundedMinor);
        statusReported
                .clientReference()
                .high(request.clientReference().high())
                .low(request.clientReference().low());
        publisher.commit(PaymentStatusReportedEncoder.BLOCK_LENGTH);
    }

    void lateResponse(final PaymentRecord payment, final IssuerResponseDecoder response) {
        lateResponse
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(response.resultCode())
                .state(payment.state())
                .linkId(response.linkId());
        publisher.commit(LateResponseRecordedEncoder.BLOCK_LENGTH);
    }

    void mismatched(final PaymentRecord payment, final IssuerResponseDecoder response) {
        mismatched(payment, response.amountMinor(), response.linkId(), response.resultCode());
    }

    void mismatched(final PaymentRecord payment, final IssuerReversalResponseDecoder response) {
        mismatched(payment, NO_AMOUNT, response.linkId(), response.resultCode());
    }

    void mismatched(final PaymentRecord payment, final IssuerAdviceResponseDecoder response) {
        mismatched(payment, NO_AMOUNT, response.linkId(), response.resultCode());
    }

    private void mismatched(
            final PaymentRecord payment, final long amountMinor, final int linkId, final int resultCode) {
        mismatched
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .amountMinor(amountMinor)
                .issuerId(payment.issuerId())
                .linkId(linkId)
                .resultCode(resultCode);
        publisher.commit(IssuerResponseMismatchedEncoder.BLOCK_LENGTH);
    }

    void unmatched(final IssuerResponseDecoder response, final BooleanType duplicate) {
        unmatched(duplicate, response.stan(), response.transmissionDateTime(), response.resultCode())
                .issuerId(response.issuerId())
                .linkId(response.linkId());
        publisher.commit(IssuerResponseUnmatchedEncoder.BLOCK_LENGTH);
    }

    void unmatched(final IssuerReversalResponseDecoder response, final BooleanType duplicate) {
        unmatched(duplicate, response.stan(), response.transmissionDateTime(), response.resultCode())
                .issuerId(response.issuerId())
                .linkId(response.linkId());
        publisher.commit(IssuerResponseUnmatchedEncoder.BLOCK_LENGTH);
    }

    void unmatched(final IssuerAdviceResponseDecoder response, final BooleanType duplicate) {
        unmatched(duplicate, response.stan(), response.transmissionDateTime(), response.resultCode())
                .issuerId(response.issuerId())
                .linkId(response.linkId());
        publisher.commit(IssuerResponseUnmatchedEncoder.BLOCK_LENGTH);
    }

    private IssuerResponseUnmatchedEncoder unmatched(
            final BooleanType duplicate, final long stan, final long transmissionDateTime, final int resultCode) {
        return unmatched
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .stan(stan)
                .transmissionDateTime(transmissionDateTime)
                .resultCode(resultCode)
                .duplicate(duplicate);
    }

    private PaymentAnsweredEncoder answer(final PaymentRecord payment, final MutableDirectBuffer buffer) {
        final boolean approved = payment.isApproved();
        final SnapshotPaymentDecoder record = payment.decoder();
        answered.wrapAndApplyHeader(buffer, 0, publisher.header())
                .paymentId(payment.paymentId())
                .createdAtNs(payment.createdAtNs())
                .amountMinor(approved ? payment.amountMinor() : 0)
                .acquirerId(payment.acquirerId())
                .issuerId(payment.issuerId())
                .currency(payment.currency())
                .resultCode(payment.resultCode())
                .outcome(payment.outcome())
                .reason(payment.reason())
                .requestedAmountMinor(payment.amountMinor())
                .balanceMinor(balanceMinor(payment, approved))
                .feeMinor(approved ? record.feeMinor() : 0)
                .originalPaymentId(record.originalPaymentId())
                .businessDate(movesPosition(record) ? PaymentFields.businessDate(payment) : 0)
                .transactionType((short) payment.transactionType());
        payment.copyField(
                SnapshotPaymentDecoder.merchantIdEncodingOffset(),
                SnapshotPaymentDecoder.merchantIdLength(),
                buffer,
                answered.offset() + PaymentAnsweredEncoder.merchantIdEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                SnapshotPaymentDecoder.terminalIdLength(),
                buffer,
                answered.offset() + PaymentAnsweredEncoder.terminalIdEncodingOffset());
        answered.clientReference().high(payment.clientReferenceHigh()).low(payment.clientReferenceLow());
        final int codeOffset = answered.offset() + PaymentAnsweredEncoder.approvalCodeEncodingOffset();
        if (approved) {
            PaymentFields.approvalCode(payment, buffer, codeOffset);
        } else {
            Bytes.fill(buffer, codeOffset, PaymentAnsweredEncoder.approvalCodeLength(), BLANK);
        }
        PaymentFields.retrievalReference(
                payment, buffer, answered.offset() + PaymentAnsweredEncoder.retrievalReferenceEncodingOffset());
        return answered;
    }

    /** An account remembered with the sign reversed is a position. */
    private static boolean movesPosition(final SnapshotPaymentDecoder record) {
        return (record.debitAccount() | record.creditAccount() | record.feePayerAccount()) < 0;
    }

    /** Only an inquiry tells the balance; what an issuer says of it beside a payment is nobody's business. */
    private static long balanceMinor(final PaymentRecord payment, final boolean approved) {
        return approved && !payment.movesMoney()
                ? payment.decoder().balanceMinor()
                : PaymentAnsweredEncoder.balanceMinorNullValue();
    }

    private static void slot(final RequestPaymentDecoder request, final MutableDirectBuffer buffer, final int offset) {
        Bytes.copy(
                request.buffer(),
                request.offset() + RequestPaymentDecoder.slotEncodingOffset(),
                buffer,
                offset,
                SlotReferenceDecoder.ENCODED_LENGTH);
    }
}

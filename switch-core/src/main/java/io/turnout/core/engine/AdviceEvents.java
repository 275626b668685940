package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AdviceAcknowledgedEncoder;
import io.turnout.codecs.sbe.engine.AdviceDeadLetteredEncoder;
import io.turnout.codecs.sbe.engine.AdvicePostponedEncoder;
import io.turnout.codecs.sbe.engine.AdviceQueuedEncoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.agrona.MutableDirectBuffer;

/** Encodes the events about advices to issuers. Decides nothing. */
final class AdviceEvents {
    private final EventPublisher publisher;
    private final OriginalReference original;
    private final AdviceQueuedEncoder queued = new AdviceQueuedEncoder();
    private final AdviceRequestedEncoder requested = new AdviceRequestedEncoder();
    private final AdviceAcknowledgedEncoder acknowledged = new AdviceAcknowledgedEncoder();
    private final AdvicePostponedEncoder postponed = new AdvicePostponedEncoder();
    private final AdviceDeadLetteredEncoder deadLettered = new AdviceDeadLetteredEncoder();

    AdviceEvents(final EventPublisher publisher, final OriginalReference original) {
        this.publisher = publisher;
        this.original = original;
    }

    void queued(final PaymentRecord payment) {
        queued.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .amountMinor(payment.amountMinor())
                .issuerId(payment.issuerId())
                .currency(payment.currency());
        publisher.commit(AdviceQueuedEncoder.BLOCK_LENGTH);
    }

    void requested(final PaymentRecord payment, final Link link, final long sendBeforeNs) {
        original.of(payment);
        final MutableDirectBuffer buffer = publisher.claim();
        final SnapshotPaymentDecoder record = payment.decoder();
        requested
                .wrapAndApplyHeader(buffer, 0, publisher.header())
                .paymentId(payment.paymentId())
                .sendBeforeNs(sendBeforeNs)
                .amountMinor(payment.amountMinor())
                .localDateTime(payment.localDateTime())
                .institutionId(payment.institutionId())
                .acquirerId(payment.acquirerId())
                .stan(payment.stan())
                .transmissionDateTime(payment.transmissionDateTime())
                .bin(record.bin())
                .gatewayId(link.gatewayId())
                .issuerId(payment.issuerId())
                .linkId(link.linkId())
                .currency(payment.currency())
                .expiry(record.expiry())
                .lastFour(record.lastFour())
                .merchantCategory(record.merchantCategory())
                .transactionType(TransactionType.get((short) payment.transactionType()))
                .cardSequence(record.cardSequence())
                .panEntryMode(record.panEntryMode())
                .pinEntryCapability(record.pinEntryCapability())
                .posCondition(record.posCondition())
                .originalTransmissionDateTime(original.transmissionDateTime())
                .originalStan(original.stan())
                .originalTransactionType(original.transactionType())
                .originalAdvice(original.isAdvice() ? BooleanType.TRUE : BooleanType.FALSE)
                .attempt(payment.attempts())
                .businessDate(record.businessDate())
                .originalLocalDateTime(original.localDateTime());
        requestedTexts(payment, buffer, requested.offset());
        publisher.commit(AdviceRequestedEncoder.BLOCK_LENGTH);
    }

    private void requestedTexts(final PaymentRecord payment, final MutableDirectBuffer buffer, final int at) {
        payment.copyField(
                SnapshotPaymentDecoder.panTokenEncodingOffset(),
                PanTokenDecoder.ENCODED_LENGTH,
                buffer,
                at + AdviceRequestedEncoder.panTokenEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                PaymentContent.CARD_ACCEPTOR_LENGTH,
                buffer,
                at + AdviceRequestedEncoder.terminalIdEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.retrievalReferenceEncodingOffset(),
                SnapshotPaymentDecoder.retrievalReferenceLength(),
                buffer,
                at + AdviceRequestedEncoder.retrievalReferenceEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.sealedPanEncodingOffset(),
                SnapshotPaymentDecoder.sealedPanLength(),
                buffer,
                at + AdviceRequestedEncoder.sealedPanEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.approvalCodeEncodingOffset(),
                SnapshotPaymentDecoder.approvalCodeLength(),
                buffer,
                at + AdviceRequestedEncoder.approvalCodeEncodingOffset());
        original.copyApprovalCode(buffer, at + AdviceRequestedEncoder.originalApprovalCodeEncodingOffset());
    }

    void acknowledged(final PaymentRecord payment, final int resultCode) {
        acknowledged
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(resultCode)
                .attempt(payment.attempts());
        publisher.commit(AdviceAcknowledgedEncoder.BLOCK_LENGTH);
    }

    void postponed(final PaymentRecord payment, final int resultCode) {
        postponed
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .retryAtNs(payment.dueNs())
                .attempt(payment.attempts())
                .issuerId(payment.issuerId())
                .resultCode(resultCode);
        publisher.commit(AdvicePostponedEncoder.BLOCK_LENGTH);
    }

    void deadLettered(final PaymentRecord payment, final int resultCode) {
        deadLettered
                .wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .issuerId(payment.issuerId())
                .resultCode(resultCode)
                .attempt(payment.attempts());
        publisher.commit(AdviceDeadLetteredEncoder.BLOCK_LENGTH);
    }
}

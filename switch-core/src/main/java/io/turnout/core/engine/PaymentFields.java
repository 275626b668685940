package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AdviceRequestedEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.agrona.MutableDirectBuffer;

/**
 * Writes what {@code PaymentRouted}, {@code AdviceRequested} and {@code ReversalRequested} say of a payment alike. The
 * schema keeps these fields in one order:
 *
 * <pre>
 *   PaymentRouted       paymentId … panToken | slot | acquirerId … originalApprovalCode | …
 *   AdviceRequested     paymentId … panToken |        acquirerId … originalApprovalCode | …
 *   ReversalRequested   paymentId … panToken | …
 * </pre>
 *
 * so that an encoder of one of them, laid over the buffer at the right place, writes those of the others. A test keeps
 * this true.
 */
final class PaymentFields {
    /** How much further the fields from acquirerId on lie in {@code PaymentRouted} than in {@code AdviceRequested}. */
    static final int ROUTED_SHIFT =
            PaymentRoutedEncoder.acquirerIdEncodingOffset() - AdviceRequestedEncoder.acquirerIdEncodingOffset();

    private static final int TERMINAL_AND_MERCHANT_LENGTH =
            SnapshotPaymentDecoder.terminalIdLength() + SnapshotPaymentDecoder.merchantIdLength();

    private final AdviceRequestedEncoder fields = new AdviceRequestedEncoder();
    private final OriginalReference original;

    PaymentFields(final OriginalReference original) {
        this.original = original;
    }

    /** What was found of the payment followed up, by {@link #content} or {@link #lookUp}. */
    OriginalReference original() {
        return original;
    }

    /** Looks up what the payment follows up. */
    void lookUp(final PaymentRecord payment) {
        original.of(payment);
    }

    /** From paymentId to panToken. */
    void beginning(
            final PaymentRecord payment, final long sendBeforeNs, final MutableDirectBuffer buffer, final int block) {
        fields.wrap(buffer, block)
                .paymentId(payment.paymentId())
                .sendBeforeNs(sendBeforeNs)
                .amountMinor(payment.amountMinor())
                .localDateTime(payment.localDateTime())
                .institutionId(payment.institutionId());
        payment.copyField(
                SnapshotPaymentDecoder.panTokenEncodingOffset(),
                PanTokenDecoder.ENCODED_LENGTH,
                buffer,
                block + AdviceRequestedEncoder.panTokenEncodingOffset());
    }

    /**
     * From acquirerId to originalApprovalCode.
     *
     * @param block where the block of an {@code AdviceRequested} would have to begin
     */
    void content(final PaymentRecord payment, final Link link, final MutableDirectBuffer buffer, final int block) {
        final SnapshotPaymentDecoder record = payment.decoder();
        original.of(payment);
        fields.wrap(buffer, block)
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
                .originalAdvice(original.isAdvice() ? BooleanType.TRUE : BooleanType.FALSE);
        payment.copyField(
                SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                PaymentContent.CARD_ACCEPTOR_LENGTH,
                buffer,
                block + AdviceRequestedEncoder.terminalIdEncodingOffset());
        retrievalReference(payment, buffer, block + AdviceRequestedEncoder.retrievalReferenceEncodingOffset());
        sealedPan(payment, buffer, block + AdviceRequestedEncoder.sealedPanEncodingOffset());
        original.copyApprovalCode(buffer, block + AdviceRequestedEncoder.originalApprovalCodeEncodingOffset());
    }

    /** Date on which the payment was accepted; 0 when there was none. */
    static int businessDate(final PaymentRecord payment) {
        return payment.getInt(SnapshotPaymentDecoder.businessDateEncodingOffset());
    }

    static void businessDate(final PaymentRecord payment, final int date) {
        payment.putInt(SnapshotPaymentDecoder.businessDateEncodingOffset(), date);
    }

    static void terminalAndMerchant(final PaymentRecord payment, final MutableDirectBuffer buffer, final int offset) {
        payment.copyField(
                SnapshotPaymentDecoder.terminalIdEncodingOffset(), TERMINAL_AND_MERCHANT_LENGTH, buffer, offset);
    }

    static void approvalCode(final PaymentRecord payment, final MutableDirectBuffer buffer, final int offset) {
        payment.copyField(
                SnapshotPaymentDecoder.approvalCodeEncodingOffset(),
                SnapshotPaymentDecoder.approvalCodeLength(),
                buffer,
                offset);
    }

    static void retrievalReference(final PaymentRecord payment, final MutableDirectBuffer buffer, final int offset) {
        payment.copyField(
                SnapshotPaymentDecoder.retrievalReferenceEncodingOffset(),
                SnapshotPaymentDecoder.retrievalReferenceLength(),
                buffer,
                offset);
    }

    static void sealedPan(final PaymentRecord payment, final MutableDirectBuffer buffer, final int offset) {
        payment.copyField(
                SnapshotPaymentDecoder.sealedPanEncodingOffset(),
                SnapshotPaymentDecoder.sealedPanLength(),
                buffer,
                offset);
    }
}

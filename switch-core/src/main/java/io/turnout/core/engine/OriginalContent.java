package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * What of a payment is kept past the horizon, and what a payment is again when it is recalled. The name and place of
 * the merchant, the session and everything about finished reversals and advices are not kept.
 */
final class OriginalContent {
    private static final byte BLANK = ' ';
    private static final int TERMINAL_AND_MERCHANT_LENGTH =
            SnapshotPaymentDecoder.terminalIdLength() + SnapshotPaymentDecoder.merchantIdLength();
    private static final int NAME_AND_PLACE_LENGTH = SnapshotPaymentDecoder.merchantNameLength()
            + SnapshotPaymentDecoder.merchantCityLength()
            + SnapshotPaymentDecoder.merchantCountryLength();

    private OriginalContent() {}

    static void keep(final PaymentRecord payment, final OriginalRecord original, final long nowNs) {
        final SnapshotPaymentDecoder from = payment.decoder();
        original.encoder()
                .paymentId(from.paymentId())
                .createdAtNs(from.createdAtNs())
                .keptSinceNs(nowNs)
                .amountMinor(from.amountMinor())
                .settledMinor(from.settledMinor())
                .refundedMinor(from.refundedMinor())
                .originalPaymentId(from.originalPaymentId())
                .localDateTime(from.localDateTime())
                .institutionId(from.institutionId())
                .requestedAtNs(from.requestedAtNs())
                .destinationAccountId(from.destinationAccountId())
                .heldMinor(from.heldMinor())
                .feeMinor(from.feeMinor())
                .acquirerId(from.acquirerId())
                .stan(from.stan())
                .transmissionDateTime(from.transmissionDateTime())
                .debitAccount(from.debitAccount())
                .creditAccount(from.creditAccount())
                .feeAccount(from.feeAccount())
                .feePayerAccount(from.feePayerAccount())
                .businessDate(from.businessDate())
                .bin(from.bin())
                .issuerId(from.issuerId())
                .linkId(from.linkId())
                .currency(from.currency())
                .resultCode(from.resultCode())
                .lastFour(from.lastFour())
                .merchantCategory(from.merchantCategory())
                .expiry(from.expiry())
                .transactionType(from.transactionType())
                .state(from.state())
                .ledgerState(from.ledgerState())
                .currencyExponent(from.currencyExponent())
                .cardSequence(from.cardSequence())
                .panEntryMode(from.panEntryMode())
                .pinEntryCapability(from.pinEntryCapability())
                .posCondition(from.posCondition());
        original.encoder().clientReference().high(payment.clientReferenceHigh()).low(payment.clientReferenceLow());
        keepTexts(payment, original.buffer(), original.offset());
    }

    /** Fills a record that has its key; only its state is left to be set. */
    static void recall(final OriginalRecord original, final PaymentRecord payment) {
        final SnapshotOriginalDecoder from = original.decoder();
        payment.encoder()
                .paymentId(from.paymentId())
                .amountMinor(from.amountMinor())
                .settledMinor(from.settledMinor())
                .refundedMinor(from.refundedMinor())
                .originalPaymentId(from.originalPaymentId())
                .localDateTime(from.localDateTime())
                .institutionId(from.institutionId())
                .requestedAtNs(from.requestedAtNs())
                .destinationAccountId(from.destinationAccountId())
                .heldMinor(from.heldMinor())
                .feeMinor(from.feeMinor())
                .stan(from.stan())
                .transmissionDateTime(from.transmissionDateTime())
                .debitAccount(from.debitAccount())
                .creditAccount(from.creditAccount())
                .feeAccount(from.feeAccount())
                .feePayerAccount(from.feePayerAccount())
                .businessDate(from.businessDate())
                .bin(from.bin())
                .issuerId(from.issuerId())
                .linkId(from.linkId())
                .currency(from.currency())
                .resultCode(from.resultCode())
                .outcome(Outcome.APPROVED.value())
                .reason(DeclineReason.NONE)
                .lastFour(from.lastFour())
                .merchantCategory(from.merchantCategory())
                .expiry(from.expiry())
                .transactionType(from.transactionType())
                .ledgerState(from.ledgerState())
                .currencyExponent(from.currencyExponent())
                .cardSequence(from.cardSequence())
                .panEntryMode(from.panEntryMode())
                .pinEntryCapability(from.pinEntryCapability())
                .posCondition(from.posCondition());
        payment.encoder()
                .slot()
                .incarnation(0)
                .index(PaymentRecord.NO_SENSITIVE_DATA)
                .generation(0);
        recallTexts(original, payment);
    }

    private static void keepTexts(final PaymentRecord payment, final MutableDirectBuffer to, final int at) {
        payment.copyField(
                SnapshotPaymentDecoder.flagsEncodingOffset(),
                1,
                to,
                at + SnapshotOriginalDecoder.flagsEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.panTokenEncodingOffset(),
                PanTokenDecoder.ENCODED_LENGTH,
                to,
                at + SnapshotOriginalDecoder.panTokenEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.terminalIdEncodingOffset(),
                TERMINAL_AND_MERCHANT_LENGTH,
                to,
                at + SnapshotOriginalDecoder.terminalIdEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.approvalCodeEncodingOffset(),
                SnapshotPaymentDecoder.approvalCodeLength() + SnapshotPaymentDecoder.retrievalReferenceLength(),
                to,
                at + SnapshotOriginalDecoder.approvalCodeEncodingOffset());
        payment.copyField(
                SnapshotPaymentDecoder.sealedPanEncodingOffset(),
                SnapshotPaymentDecoder.sealedPanLength(),
                to,
                at + SnapshotOriginalDecoder.sealedPanEncodingOffset());
    }

    private static void recallTexts(final OriginalRecord original, final PaymentRecord payment) {
        final MutableDirectBuffer to = payment.buffer();
        final int at = payment.offset();
        original.copyField(
                SnapshotOriginalDecoder.flagsEncodingOffset(),
                1,
                to,
                at + SnapshotPaymentEncoder.flagsEncodingOffset());
        original.copyField(
                SnapshotOriginalDecoder.panTokenEncodingOffset(),
                PanTokenDecoder.ENCODED_LENGTH,
                to,
                at + SnapshotPaymentEncoder.panTokenEncodingOffset());
        original.copyField(
                SnapshotOriginalDecoder.terminalIdEncodingOffset(),
                TERMINAL_AND_MERCHANT_LENGTH,
                to,
                at + SnapshotPaymentEncoder.terminalIdEncodingOffset());
        to.setMemory(at + SnapshotPaymentEncoder.merchantNameEncodingOffset(), NAME_AND_PLACE_LENGTH, BLANK);
        original.copyField(
                SnapshotOriginalDecoder.approvalCodeEncodingOffset(),
                SnapshotPaymentDecoder.approvalCodeLength() + SnapshotPaymentDecoder.retrievalReferenceLength(),
                to,
                at + SnapshotPaymentEncoder.approvalCodeEncodingOffset());
        original.copyField(
                SnapshotOriginalDecoder.sealedPanEncodingOffset(),
                SnapshotPaymentDecoder.sealedPanLength(),
                to,
                at + SnapshotPaymentEncoder.sealedPanEncodingOffset());
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;

/**
 * What a follow-up says, and what it takes over from its original: copied into its record, and compared with it when
 * the request comes again.
 */
final class FollowUpContent {
    /** From the merchant category to the sealed card number, all in one piece. */
    private static final int FROM_ORIGINAL_OFFSET = SnapshotPaymentDecoder.merchantCategoryEncodingOffset();

    private static final int FROM_ORIGINAL_LENGTH = SnapshotPaymentDecoder.sealedPanEncodingOffset()
            + SnapshotPaymentDecoder.sealedPanLength()
            - FROM_ORIGINAL_OFFSET;

    private FollowUpContent() {}

    /** Copies the request into a record that has its key and its payment id. */
    static void copy(final RequestFollowUpDecoder request, final PaymentRecord payment, final long institutionId) {
        payment.encoder()
                .sessionId(request.sessionId())
                .gatewayId(request.gatewayId())
                .amountMinor(request.amountMinor())
                .settledMinor(request.amountMinor())
                .localDateTime(request.localDateTime())
                .institutionId(institutionId)
                .transactionType(request.transactionType())
                .originalKeyHash(keyHash(request));
        payment.encoder()
                .slot()
                .incarnation(0)
                .index(PaymentRecord.NO_SENSITIVE_DATA)
                .generation(0);
        payment.advice(isAdvice(request));
        PaymentContent.blankTexts(payment);
        PaymentContent.retrievalReference(
                request.buffer(),
                request.offset() + RequestFollowUpDecoder.retrievalReferenceEncodingOffset(),
                payment);
    }

    /** Copies card, currency, merchant and terminal from the original. */
    static void copy(final PaymentRecord original, final PaymentRecord payment) {
        final SnapshotPaymentDecoder from = original.decoder();
        payment.encoder()
                .originalPaymentId(original.paymentId())
                .issuerId(original.issuerId())
                .currency(from.currency())
                .bin(from.bin())
                .lastFour(from.lastFour());
        original.copyField(
                SnapshotPaymentDecoder.panTokenEncodingOffset(),
                PanTokenDecoder.ENCODED_LENGTH,
                payment.buffer(),
                payment.offset() + SnapshotPaymentEncoder.panTokenEncodingOffset());
        original.copyField(
                FROM_ORIGINAL_OFFSET, FROM_ORIGINAL_LENGTH, payment.buffer(), payment.offset() + FROM_ORIGINAL_OFFSET);
    }

    /** Whether the request asks for what the record holds. */
    static boolean isSame(final RequestFollowUpDecoder request, final PaymentRecord payment) {
        return payment.transactionType() == request.transactionType()
                && payment.decoder().originalKeyHash() == keyHash(request)
                && payment.advice() == isAdvice(request)
                && payment.localDateTime() == request.localDateTime()
                && PaymentContent.isSameRetrievalReference(
                        request.buffer(),
                        request.offset() + RequestFollowUpDecoder.retrievalReferenceEncodingOffset(),
                        payment);
    }

    /** The amount is hashed with the key, because a void's record holds the amount it found. */
    private static long keyHash(final RequestFollowUpDecoder request) {
        long hash = Hash.fold(
                request.acquirerId(), request.originalClientReference().high());
        hash = Hash.fold(hash, request.originalClientReference().low());
        hash = Hash.fold(hash, request.originalCreatedAtNs());
        return StatedOriginal.fold(Hash.fold(hash, request.amountMinor()), request) | 1;
    }

    private static boolean isAdvice(final RequestFollowUpDecoder request) {
        return request.adviceRaw() == BooleanType.TRUE.value();
    }
}

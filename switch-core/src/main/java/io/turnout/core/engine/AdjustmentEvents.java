package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ManualReviewResolvedEncoder;
import io.turnout.codecs.sbe.engine.PaymentAdjustedEncoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReviewResolution;

/** Encodes the events about payments that change after their answer. Decides nothing. */
final class AdjustmentEvents {
    private final EventPublisher publisher;
    private final PaymentAdjustedEncoder adjusted = new PaymentAdjustedEncoder();
    private final ManualReviewResolvedEncoder resolved = new ManualReviewResolvedEncoder();

    AdjustmentEvents(final EventPublisher publisher) {
        this.publisher = publisher;
    }

    /** @param followUpPaymentId what changed it; 0 when no other payment did */
    void adjusted(final PaymentRecord payment, final long followUpPaymentId) {
        adjusted(
                payment.paymentId(),
                followUpPaymentId,
                payment.standingMinor(),
                payment.refundedMinor(),
                payment.currency(),
                payment.state());
    }

    /** @param followUpPaymentId what changed it */
    void adjusted(final OriginalRecord original, final long followUpPaymentId) {
        final PaymentState state = original.decoder().state();
        adjusted(
                original.decoder().paymentId(),
                followUpPaymentId,
                PaymentRecord.standingMinor(state, true, original.decoder().settledMinor()),
                original.decoder().refundedMinor(),
                original.decoder().currency(),
                state);
    }

    void resolved(final PaymentRecord payment, final ReviewResolution resolution) {
        resolved.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(payment.paymentId())
                .resolution(resolution)
                .state(payment.state());
        publisher.commit(ManualReviewResolvedEncoder.BLOCK_LENGTH);
    }

    private void adjusted(
            final long paymentId,
            final long followUpPaymentId,
            final long settledMinor,
            final long refundedMinor,
            final int currency,
            final PaymentState state) {
        adjusted.wrapAndApplyHeader(publisher.claim(), 0, publisher.header())
                .paymentId(paymentId)
                .followUpPaymentId(followUpPaymentId)
                .settledMinor(settledMinor)
                .refundedMinor(refundedMinor)
                .currency(currency)
                .state(state);
        publisher.commit(PaymentAdjustedEncoder.BLOCK_LENGTH);
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;

/**
 * What the fate of a payment does beyond the payment itself: to the one it follows up, and to the accounts behind it.
 */
final class PaymentEffects {
    private final FollowUps followUps;
    private final PaymentLedger ledger;
    private final PaymentTotals totals;
    private final Configurations configurations;

    PaymentEffects(
            final EngineState state,
            final FollowUps followUps,
            final PaymentLedger ledger,
            final PaymentTotals totals) {
        this.followUps = followUps;
        this.ledger = ledger;
        this.totals = totals;
        this.configurations = state.configurations();
    }

    /** Whether the card's issuer is on us, so that the payment is settled in the ledger alone. */
    boolean isOnUs(final PaymentRecord payment) {
        return configurations.active().ledger().isOnUs(payment.issuerId());
    }

    /** Just before the issuer is asked or an advice accepted: whether the money can be moved at all. */
    DeclineReason reserve(final PaymentRecord payment) {
        if (payment.advice()) {
            return ledger.postAdvice(payment);
        }
        return payment.onUs() ? ledger.settle(payment) : ledger.reserve(payment);
    }

    /** Its outcome is that it is approved. */
    void approved(final PaymentRecord payment) {
        ledger.post(payment);
        if (!payment.advice()) {
            totals.count(payment);
        }
        if (payment.holdsOriginal()) {
            followUps.settle(payment);
        }
    }

    /** The issuer is known to hold it, though that does not decide the outcome: an advice taken, a late approval. */
    void held(final PaymentRecord payment) {
        totals.count(payment);
    }

    /** It is declined, or undone: it moves nothing any more. */
    void failed(final PaymentRecord payment) {
        ledger.undo(payment);
        totals.undo(payment);
        if (payment.holdsOriginal()) {
            followUps.giveBack(payment);
        }
    }

    /** A partial reversal is acknowledged: less of it stands. */
    void reduced(final PaymentRecord payment, final long settledMinor) {
        final long returnedMinor = payment.settledMinor() - settledMinor;
        payment.settledMinor(settledMinor);
        totals.reduce(payment, returnedMinor);
        ledger.reduce(payment, settledMinor);
        followUps.adjusted(payment);
        if (payment.holdsOriginal()) {
            followUps.giveBack(payment, returnedMinor);
        }
    }

    /** An operator found out that it stands, though it was to be undone or its advice was not taken. */
    void stands(final PaymentRecord payment) {
        ledger.stand(payment);
        totals.count(payment);
        followUps.adjusted(payment);
        if (payment.holdsOriginal()) {
            followUps.settle(payment);
        }
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;

/**
 * What the fate of a payment does beyond the payment itself: to the one it follows up, and to the accounts behind it.
 */
final class PaymentEffects {
    private final FollowUps followUps;

    PaymentEffects(final FollowUps followUps) {
        this.followUps = followUps;
    }

    /** Just before the issuer is asked or an advice accepted: whether the money can be moved at all. */
    DeclineReason reserve(final PaymentRecord payment) {
        // Money that moves from or to a wallet needs an account.
        return TransactionTypes.needsLedger(payment.transactionType())
                ? DeclineReason.ACCOUNT_NOT_FOUND
                : DeclineReason.NONE;
    }

    /** Its outcome is that it is approved. */
    void approved(final PaymentRecord payment) {
        if (payment.holdsOriginal()) {
            followUps.settle(payment);
        }
    }

    /** It is declined, or undone: it moves nothing any more. */
    void failed(final PaymentRecord payment) {
        if (payment.holdsOriginal()) {
            followUps.giveBack(payment);
        }
    }

    /** A partial reversal is acknowledged: less of it stands. */
    void reduced(final PaymentRecord payment, final long settledMinor) {
        final long returnedMinor = payment.settledMinor() - settledMinor;
        payment.settledMinor(settledMinor);
        followUps.adjusted(payment);
        if (payment.holdsOriginal()) {
            followUps.giveBack(payment, returnedMinor);
        }
    }

    /** An operator found out that it stands, though it was to be undone or its advice was not taken. */
    void stands(final PaymentRecord payment) {
        followUps.adjusted(payment);
        if (payment.holdsOriginal()) {
            followUps.settle(payment);
        }
    }
}

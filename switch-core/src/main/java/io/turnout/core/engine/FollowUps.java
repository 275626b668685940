package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;

/**
 * What completions, voids and refunds do to the payments they follow up.
 *
 * <pre>
 *                 taken at once            when approved        given back
 *   completion    no other follow-up       COMPLETED            APPROVED again
 *   void          no other follow-up       VOIDED               APPROVED again
 *   refund        its amount               (nothing more)       its amount
 * </pre>
 *
 * The original may have left the payment table meanwhile; then it is changed where it is kept, and if it is kept no
 * more, nobody can name it and nothing is left to do.
 */
final class FollowUps {
    private final PaymentTable payments;
    private final OriginalTable originals;
    private final Lifecycle lifecycle;
    private final AdjustmentEvents events;
    private final PaymentRecord original;
    private final OriginalRecord kept = new OriginalRecord();

    FollowUps(final EngineState state, final AdjustmentEvents events) {
        this.payments = state.payments();
        this.originals = state.originals();
        this.lifecycle = state.lifecycle();
        this.events = events;
        this.original = new PaymentRecord(state.slab());
    }

    /** Takes from the original what the follow-up needs, before its outcome is known. */
    void take(final PaymentRecord followUp, final PaymentRecord from) {
        followUp.holdsOriginal(true);
        if (TransactionTypes.isRefund(followUp.transactionType())) {
            from.refundedMinor(from.refundedMinor() + followUp.settledMinor());
            events.adjusted(from, followUp.paymentId());
        } else {
            from.followUpInFlight(true);
            lifecycle.suspendExpiry(from);
        }
    }

    /** The follow-up is approved. */
    void settle(final PaymentRecord followUp) {
        if (!TransactionTypes.isRefund(followUp.transactionType())) {
            change(followUp, settledState(followUp), 0);
        }
    }

    /** The follow-up has failed or is undone. */
    void giveBack(final PaymentRecord followUp) {
        followUp.holdsOriginal(false);
        if (TransactionTypes.isRefund(followUp.transactionType())) {
            giveBack(followUp, followUp.settledMinor());
        } else {
            change(followUp, PaymentState.APPROVED, 0);
        }
    }

    /** A refund has become smaller. */
    void giveBack(final PaymentRecord followUp, final long amountMinor) {
        if (TransactionTypes.isRefund(followUp.transactionType())) {
            change(followUp, PaymentState.NOT_FOUND, amountMinor);
        }
    }

    /** The validity of a pre-authorisation is over. */
    void expire(final PaymentRecord payment) {
        lifecycle.state(payment, PaymentState.EXPIRED, ReversalPhase.NONE);
        adjusted(payment);
    }

    /** Tells that a payment itself has changed after its answer. */
    void adjusted(final PaymentRecord payment) {
        events.adjusted(payment, 0);
    }

    /** @param to state of the original from now on; NOT_FOUND = as it is */
    private void change(final PaymentRecord followUp, final PaymentState to, final long notRefundedMinor) {
        final int slot = payments.findById(followUp.originalPaymentId());
        if (slot != PaymentTable.NONE) {
            changeRemembered(followUp, slot, to, notRefundedMinor);
            return;
        }
        final int place = originals.findById(followUp.originalPaymentId());
        if (place != OriginalTable.NONE) {
            changeKept(followUp, place, to, notRefundedMinor);
        }
    }

    private void changeRemembered(
            final PaymentRecord followUp, final int slot, final PaymentState to, final long notRefundedMinor) {
        original.wrap(slot);
        boolean changed = notRefundedMinor != 0;
        original.refundedMinor(original.refundedMinor() - notRefundedMinor);
        if (to != PaymentState.NOT_FOUND) {
            original.followUpInFlight(false);
            if (original.state() != to) {
                lifecycle.state(original, to, ReversalPhase.NONE);
                changed = true;
            } else {
                lifecycle.resumeExpiry(original);
            }
        }
        if (changed) {
            events.adjusted(original, followUp.paymentId());
        }
    }

    private void changeKept(
            final PaymentRecord followUp, final int place, final PaymentState to, final long notRefundedMinor) {
        originals.wrap(place, kept);
        boolean changed = notRefundedMinor != 0;
        kept.encoder().refundedMinor(kept.decoder().refundedMinor() - notRefundedMinor);
        if (to != PaymentState.NOT_FOUND) {
            kept.encoder().flags().followUpInFlight(false);
            changed |= kept.decoder().state() != to;
            kept.encoder().state(to);
        }
        if (changed) {
            events.adjusted(kept, followUp.paymentId());
        }
    }

    private static PaymentState settledState(final PaymentRecord followUp) {
        return TransactionTypes.isCompletion(followUp.transactionType()) ? PaymentState.COMPLETED : PaymentState.VOIDED;
    }
}

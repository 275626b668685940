package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseDecoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReversalReason;

/**
 * The store-and-forward queues: one per issuer for its advices and reversals, in the order of entry, worked while a
 * link is signed on and the issuer's window has room. An attempt that does not close the matter is followed by a pause
 * and another one with the same trace numbers; after so many tries an operator decides.
 *
 * <p>A payment is one entry: it is an advice until the issuer has taken that, and only then a reversal, so a reversal
 * cannot overtake its own advice.
 */
final class StoreAndForward {
    private static final long SECOND_NS = 1_000_000_000L;
    /** Schema version. */
    private static final int FIRST_WITH_VOIDS_AS_REVERSALS = 2;

    private final EngineTime time;
    private final PaymentTable payments;
    private final Network network;
    private final Lifecycle lifecycle;
    private final TraceNumbers traceNumbers;
    private final PaymentEffects effects;
    private final ForwardEvents events;
    private final PaymentRecord payment;

    StoreAndForward(
            final EngineState state,
            final TraceNumbers traceNumbers,
            final PaymentEffects effects,
            final ForwardEvents events) {
        this.time = state.time();
        this.payments = state.payments();
        this.network = state.network();
        this.lifecycle = state.lifecycle();
        this.traceNumbers = traceNumbers;
        this.effects = effects;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
    }

    /** Begins to tell the issuer of a payment that was approved without it. */
    void advise(final PaymentRecord accepted) {
        accepted.tries(0);
        lifecycle.state(accepted, PaymentState.ADVISING, ReversalPhase.QUEUED);
        events.advices().queued(accepted);
    }

    /**
     * Begins to undo a payment that the issuer has approved or may have approved, wholly or down to its replacement
     * amount.
     */
    void reverse(final PaymentRecord undone, final ReversalReason reason) {
        undone.reversalReason(reason);
        undone.tries(0);
        lifecycle.state(undone, PaymentState.REVERSING, ReversalPhase.QUEUED);
        events.reversals().queued(undone);
        if (undone.onUs()) {
            reversed(undone, ResultCodes.APPROVED);
        }
    }

    /** Ends a reversal that turned out to have nothing to undo. */
    void drop(final PaymentRecord untouched) {
        lifecycle.state(untouched, PaymentState.DECLINED, ReversalPhase.NONE);
        events.reversals().dropped(untouched);
        effects.failed(untouched);
    }

    void onIssuerReversalResponse(final IssuerReversalResponseDecoder response) {
        final int slot = payments.findByReversal(
                response.issuerId(), (int) response.transmissionDateTime(), (int) response.stan());
        if (slot == PaymentTable.NONE) {
            onAnswerToVoid(response);
            return;
        }
        payment.wrap(slot);
        final PaymentState state = payment.state();
        if (state != PaymentState.REVERSING && state != PaymentState.MANUAL_REVIEW) {
            events.payments().unmatched(response, BooleanType.TRUE);
            return;
        }
        if (!matchingOf(payment).agrees(payment, response)) {
            events.payments().mismatched(payment, response);
            return;
        }
        final int resultCode = response.resultCode();
        if (ResultCodes.closesReversal(resultCode, time.nowNs() >= lateAnswerWindowEndNs(payment))) {
            reversed(payment, resultCode);
        } else if (payment.reversalPhase() == ReversalPhase.IN_FLIGHT) {
            attemptFailed(payment, resultCode);
        } else {
            // An answer to an attempt already given up, and not one that ends the matter.
            events.payments().unmatched(response, BooleanType.TRUE);
        }
    }

    void onIssuerAdviceResponse(final IssuerAdviceResponseDecoder response) {
        final int slot = payments.findByRequest(
                response.issuerId(), (int) response.transmissionDateTime(), (int) response.stan());
        if (slot == PaymentTable.NONE || !payment.wrap(slot).advice()) {
            events.payments().unmatched(response, BooleanType.FALSE);
            return;
        }
        if (payment.issuerAnswered()) {
            events.payments().unmatched(response, BooleanType.TRUE);
        } else if (!matchingOf(payment).agrees(payment, response)) {
            events.payments().mismatched(payment, response);
        } else if (!adviceAnswered(response.resultCode())) {
            events.payments().unmatched(response, BooleanType.TRUE);
        }
    }

    /** A dialect may write voids as reversals: then the advice of one is answered as a reversal is. */
    private void onAnswerToVoid(final IssuerReversalResponseDecoder response) {
        final int slot = response.actingVersion() < FIRST_WITH_VOIDS_AS_REVERSALS
                ? PaymentTable.NONE
                : payments.findByRequest(
                        response.issuerId(), (int) response.transmissionDateTime(), (int) response.stan());
        final boolean isVoid = slot != PaymentTable.NONE
                && payment.wrap(slot).advice()
                && TransactionTypes.isVoid(payment.transactionType());
        if (!isVoid || payment.issuerAnswered()) {
            events.payments().unmatched(response, isVoid ? BooleanType.TRUE : BooleanType.FALSE);
        } else if (!matchingOf(payment).agrees(payment, response)) {
            events.payments().mismatched(payment, response);
        } else if (!adviceAnswered(response.resultCode())) {
            events.payments().unmatched(response, BooleanType.TRUE);
        }
    }

    /** What the answer to the advice makes of it; false when it is not awaited. */
    private boolean adviceAnswered(final int resultCode) {
        if (ResultCodes.closesAdvice(resultCode)) {
            advised(payment, resultCode);
        } else if (payment.state() != PaymentState.ADVISING || payment.reversalPhase() != ReversalPhase.IN_FLIGHT) {
            // An answer to an attempt already given up, and not one that ends the matter.
            return false;
        } else if (ResultCodes.isTemporary(resultCode)) {
            attemptFailed(payment, resultCode);
        } else {
            giveUp(payment, resultCode);
        }
        return true;
    }

    /** An operator has a dead-lettered advice or reversal sent again. */
    void requeue(final PaymentRecord reviewed) {
        reviewed.tries(0);
        if (reviewed.hasReversal()) {
            lifecycle.state(reviewed, PaymentState.REVERSING, ReversalPhase.QUEUED);
            events.reversals().requeued(reviewed);
        } else {
            lifecycle.state(reviewed, PaymentState.ADVISING, ReversalPhase.QUEUED);
            events.advices().queued(reviewed);
        }
    }

    /** No byte of the attempt in flight reached the issuer: it does not count as sent, only as tried. */
    void attemptNotSent(final PaymentRecord unsent) {
        unsent.attempts(unsent.attempts() - 1);
        attemptFailed(unsent, ResultCodes.ISSUER_UNAVAILABLE);
    }

    /** The time of a waiting message has come: its attempt was not answered, or its pause is over. */
    void onDue(final PaymentRecord waiting) {
        if (waiting.reversalPhase() == ReversalPhase.IN_FLIGHT) {
            attemptFailed(waiting, ResultCodes.ISSUER_TIMEOUT);
        } else {
            lifecycle.state(waiting, waiting.state(), ReversalPhase.QUEUED);
        }
    }

    /** Sends what can be sent, issuers in the order of their ids, up to a limit. */
    void send(final int limit) {
        for (int sent = 0; sent < limit && network.hasReady(); sent++) {
            sendFirst(network.firstReady());
        }
    }

    private void sendFirst(final Issuer issuer) {
        payment.wrap(issuer.forwardQueue().first());
        final boolean isAdvice = payment.state() == PaymentState.ADVISING;
        final boolean isFirst = (isAdvice ? payment.stan() : payment.reversalStan()) == 0;
        if (isFirst && !assignTrace(issuer, isAdvice)) {
            // The numbers of this second are used up.
            lifecycle.state(payment, payment.state(), ReversalPhase.PAUSED, time.nowNs() + SECOND_NS);
            return;
        }
        final Link link = network.forForward(issuer, payment.linkId());
        if (isAdvice) {
            payment.linkId(link.linkId());
        }
        payment.reversalLinkId(link.linkId());
        payment.attempts(payment.attempts() + 1);
        payment.tries(payment.tries() + 1);
        final long timeoutNs = issuer.reversalTimeoutNs();
        lifecycle.state(payment, payment.state(), ReversalPhase.IN_FLIGHT, time.nowNs() + timeoutNs);
        final long sendBeforeNs = time.nowNs() + timeoutNs / 2;
        if (isAdvice) {
            events.advices().requested(payment, link, sendBeforeNs);
        } else {
            events.reversals().requested(payment, link, sendBeforeNs);
        }
    }

    private boolean assignTrace(final Issuer issuer, final boolean isAdvice) {
        final int stan = traceNumbers.next(issuer);
        if (stan == TraceNumbers.EXHAUSTED) {
            return false;
        }
        if (isAdvice) {
            payment.requestedAtNs(time.nowNs());
            payments.requestTrace(payment, time.transmissionDateTime(), stan);
        } else {
            payments.reversalTrace(payment, time.transmissionDateTime(), stan);
        }
        return true;
    }

    private void attemptFailed(final PaymentRecord failed, final int resultCode) {
        final Issuer issuer = network.issuer(failed.issuerId());
        final boolean isAdvice = failed.state() == PaymentState.ADVISING;
        long retryNs = time.nowNs() + issuer.pauseNs(failed.tries());
        if (!isAdvice && resultCode == ResultCodes.ORIGINAL_NOT_FOUND && retryNs < lateAnswerWindowEndNs(failed)) {
            // The original may still arrive there: to ask before the window is over decides nothing.
            retryNs = lateAnswerWindowEndNs(failed);
        } else if (failed.tries() >= issuer.reversalMaximumAttempts()) {
            giveUp(failed, resultCode);
            return;
        }
        lifecycle.state(failed, failed.state(), ReversalPhase.PAUSED, retryNs);
        if (isAdvice) {
            events.advices().postponed(failed, resultCode);
        } else {
            events.reversals().postponed(failed, resultCode);
        }
    }

    /** The issuer has not closed it and is not asked again. */
    private void giveUp(final PaymentRecord failed, final int resultCode) {
        final boolean isAdvice = failed.state() == PaymentState.ADVISING;
        if (isAdvice && failed.hasReversal()) {
            // Whatever the issuer made of the advice: the reversal settles it, and nobody has to look.
            failed.attempts(0);
            reverse(failed, failed.reversalReason());
            return;
        }
        lifecycle.state(failed, PaymentState.MANUAL_REVIEW, ReversalPhase.NONE);
        if (isAdvice) {
            events.advices().deadLettered(failed, resultCode);
        } else {
            events.reversals().deadLettered(failed);
        }
    }

    private void advised(final PaymentRecord taken, final int resultCode) {
        taken.issuerAnswered(true);
        effects.held(taken);
        events.advices().acknowledged(taken, resultCode);
        switch (taken.state()) {
            case ADVISING -> {
                taken.attempts(0);
                if (taken.hasReversal()) {
                    reverse(taken, taken.reversalReason());
                } else {
                    lifecycle.state(taken, PaymentState.APPROVED, ReversalPhase.NONE);
                }
            }
            case MANUAL_REVIEW -> {
                if (!taken.hasReversal()) {
                    taken.attempts(0);
                    lifecycle.state(taken, PaymentState.APPROVED, ReversalPhase.NONE);
                }
            }
            // It was undone in the belief that the issuer holds nothing of it.
            case REVERSED -> {
                if (taken.reversalStan() == 0) {
                    taken.attempts(0);
                }
                reverse(taken, ReversalReason.LATE_RESPONSE);
            }
            default -> {
                // Its reversal is on its way, or an operator knew that it stands.
            }
        }
    }

    private void reversed(final PaymentRecord undone, final int resultCode) {
        final long replacementMinor = undone.replacementAmountMinor();
        if (replacementMinor == 0) {
            lifecycle.state(undone, PaymentState.REVERSED, ReversalPhase.NONE);
            events.reversals().acknowledged(undone, resultCode);
            effects.failed(undone);
            return;
        }
        lifecycle.state(undone, PaymentState.APPROVED, ReversalPhase.NONE);
        events.reversals().acknowledged(undone, resultCode);
        standsAgain(undone);
        effects.reduced(undone, replacementMinor);
    }

    /** What was partly undone stands again and may be undone again, with trace numbers of its own. */
    void standsAgain(final PaymentRecord partlyUndone) {
        if (partlyUndone.reversalStan() != 0) {
            payments.clearReversalTrace(partlyUndone);
        }
        partlyUndone.replacementAmountMinor(0);
        partlyUndone.forgetReversalReason();
        partlyUndone.attempts(0);
    }

    private IssuerMatching matchingOf(final PaymentRecord answered) {
        return network.issuer(answered.issuerId()).matching();
    }

    private long lateAnswerWindowEndNs(final PaymentRecord undone) {
        return undone.requestedAtNs() + network.issuer(undone.issuerId()).lateAnswerWindowNs();
    }
}

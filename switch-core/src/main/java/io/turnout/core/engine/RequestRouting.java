package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;

/** Gives payments to their issuer: as a request that it answers, or as an advice that it is told of. */
final class RequestRouting {
    private static final long MAXIMUM_ANSWER_MARGIN_NS = 250_000_000L;
    private static final int ANSWER_MARGIN_DIVISOR = 4;

    private final EngineTime time;
    private final Configurations configurations;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final TraceNumbers traceNumbers;
    private final IssuerHealth health;
    private final StoreAndForward storeAndForward;
    private final PaymentEffects effects;
    private final PaymentEvents events;

    RequestRouting(
            final EngineState state,
            final TraceNumbers traceNumbers,
            final IssuerHealth health,
            final StoreAndForward storeAndForward,
            final PaymentEffects effects,
            final PaymentEvents events) {
        this.time = state.time();
        this.configurations = state.configurations();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.traceNumbers = traceNumbers;
        this.health = health;
        this.storeAndForward = storeAndForward;
        this.effects = effects;
        this.events = events;
    }

    /** Gives the payment to a link of the issuer, or says why it cannot. */
    DeclineReason request(final PaymentRecord payment, final Issuer issuer, final int gatewayId) {
        if (effects.isOnUs(payment)) {
            return settle(payment);
        }
        if (!Network.isReachable(issuer, gatewayId)) {
            return DeclineReason.ISSUER_UNAVAILABLE;
        }
        if (!health.letsThrough(issuer)) {
            return DeclineReason.BREAKER_OPEN;
        }
        final Link link = LinkChoice.forRequest(issuer, gatewayId, time.nowNs());
        if (link == null) {
            return DeclineReason.ISSUER_BUSY;
        }
        final int stan = traceNumbers.next(issuer);
        if (stan == TraceNumbers.EXHAUSTED) {
            return DeclineReason.STAN_EXHAUSTED;
        }
        final DeclineReason reason = effects.reserve(payment);
        if (reason != DeclineReason.NONE) {
            return reason;
        }
        payments.requestTrace(payment, time.transmissionDateTime(), stan);
        final long waitNs = Math.min(issuer.responseTimeoutNs(), answerWithinNs(payment.acquirerId()));
        payment.linkId(link.linkId());
        payment.requestedAtNs(time.nowNs());
        payment.giveUpReason(DeclineReason.ISSUER_TIMEOUT);
        lifecycle.state(payment, PaymentState.PENDING, ReversalPhase.NONE, time.nowNs() + waitNs);
        health.sent(issuer, link);
        // A request written later than half-way would leave the issuer too little time to answer.
        events.routed(payment, link, time.nowNs() + waitNs / 2);
        return DeclineReason.NONE;
    }

    /** Answers the advice as the fact it is, and lets the issuer know as soon as that is possible. */
    DeclineReason advise(final PaymentRecord payment) {
        payment.advice(true);
        payment.onUs(effects.isOnUs(payment));
        final DeclineReason reason = effects.reserve(payment);
        if (reason != DeclineReason.NONE) {
            return reason;
        }
        payment.answer(Outcome.APPROVED, DeclineReason.NONE, ResultCodes.APPROVED);
        if (payment.onUs()) {
            lifecycle.state(payment, PaymentState.APPROVED, ReversalPhase.NONE);
        } else {
            storeAndForward.advise(payment);
        }
        events.answered(payment);
        return DeclineReason.NONE;
    }

    /** There is no issuer to ask: what the ledger says is the answer. */
    private DeclineReason settle(final PaymentRecord payment) {
        payment.onUs(true);
        payment.requestedAtNs(time.nowNs());
        final DeclineReason reason = effects.reserve(payment);
        if (reason == DeclineReason.NONE) {
            PaymentContent.assignApprovalCode(payment);
            payment.answer(Outcome.APPROVED, DeclineReason.NONE, ResultCodes.APPROVED);
            lifecycle.state(payment, PaymentState.APPROVED, ReversalPhase.NONE);
            events.answered(payment);
        }
        return reason;
    }

    void decline(final PaymentRecord payment, final DeclineReason reason) {
        payment.answer(ResultCodes.outcomeOf(reason), reason, ResultCodes.of(reason));
        lifecycle.state(payment, PaymentState.DECLINED, ReversalPhase.NONE);
        events.answered(payment);
    }

    /** The acquirer's time-out less what the answer needs for its way back. */
    private long answerWithinNs(final long acquirerId) {
        final long timeoutNs = configurations.active().answerTimeoutNs(acquirerId);
        return timeoutNs - Math.min(timeoutNs / ANSWER_MARGIN_DIVISOR, MAXIMUM_ANSWER_MARGIN_NS);
    }
}

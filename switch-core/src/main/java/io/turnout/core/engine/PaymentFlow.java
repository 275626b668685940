package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;
import io.turnout.codecs.sbe.engine.ReversalPhase;

/** What acquirers ask: payments and where they stand. */
final class PaymentFlow {
    private static final long MAXIMUM_ANSWER_MARGIN_NS = 250_000_000L;
    private static final int ANSWER_MARGIN_DIVISOR = 4;

    private final EngineState state;
    private final EngineTime time;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final Retention retention;
    private final TraceNumbers traceNumbers;
    private final PaymentEvents events;
    private final PaymentRecord payment;

    PaymentFlow(final EngineState state, final TraceNumbers traceNumbers, final PaymentEvents events) {
        this.state = state;
        this.time = state.time();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.retention = state.retention();
        this.traceNumbers = traceNumbers;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
    }

    void onRequestPayment(final RequestPaymentDecoder request) {
        if (!active().hasAcquirer(request.acquirerId())) {
            events.refused(request, RefusalReason.NOT_LOGGED_ON);
            return;
        }
        if (retention.isStale(request.createdAtNs())) {
            events.refused(request, RefusalReason.STALE_REQUEST);
            return;
        }
        if (retention.isInFuture(request.createdAtNs())) {
            events.refused(request, RefusalReason.CREATED_IN_FUTURE);
            return;
        }
        final int slot = find(request);
        if (slot != PaymentTable.NONE) {
            onRepeat(request, payment.wrap(slot));
            return;
        }
        if (retention.mayBeForgotten(request.createdAtNs())) {
            events.refused(request, RefusalReason.STALE_REQUEST);
            return;
        }
        if (!retention.makeRoom()) {
            events.refused(request, RefusalReason.TABLE_FULL);
            return;
        }
        accept(request);
    }

    void onRequestPaymentStatus(final RequestPaymentStatusDecoder request) {
        final int slot = payments.findByKey(
                request.acquirerId(),
                request.clientReference().high(),
                request.clientReference().low(),
                request.createdAtNs());
        if (slot == PaymentTable.NONE) {
            events.statusUnknown(request);
            return;
        }
        events.statusReported(request, payment.wrap(slot));
    }

    private void onRepeat(final RequestPaymentDecoder request, final PaymentRecord known) {
        if (known.tombstone()) {
            adoptTombstone(request, known);
        } else if (!PaymentContent.isSame(request, known)) {
            events.refused(request, RefusalReason.DUPLICATE_CONFLICT);
        } else if (known.isAnswered()) {
            events.answeredAgain(known, request);
        } else {
            known.sessionId(request.sessionId());
            known.gatewayId(request.gatewayId());
            events.repeatAwaited(known, request);
        }
    }

    /** The request whose reversal came first: declined as the reversal said, and remembered for its repeats. */
    private void adoptTombstone(final RequestPaymentDecoder request, final PaymentRecord known) {
        PaymentContent.copy(request, known, active().institutionId(request.acquirerId()));
        known.tombstone(false);
        events.answered(known);
    }

    private void accept(final RequestPaymentDecoder request) {
        payments.add(
                payment,
                request.acquirerId(),
                request.clientReference().high(),
                request.clientReference().low(),
                request.createdAtNs());
        PaymentContent.copy(request, payment, active().institutionId(request.acquirerId()));
        DeclineReason reason = PaymentRules.check(request, active(), state.blocks());
        if (reason == DeclineReason.NONE) {
            reason = route(request);
        }
        if (reason != DeclineReason.NONE) {
            payment.answer(ResultCodes.outcomeOf(reason), reason, ResultCodes.of(reason));
            lifecycle.state(payment, PaymentState.DECLINED, ReversalPhase.NONE);
            events.answered(payment);
        }
    }

    /** Gives the payment to the freest link of the card's issuer, or says why it cannot. */
    private DeclineReason route(final RequestPaymentDecoder request) {
        final int issuerId = active().bins().issuerOf(request.bin(), request.panLength());
        if (issuerId == BinTable.NO_ISSUER) {
            return DeclineReason.NO_ROUTE;
        }
        final Issuer issuer = state.network().issuer(issuerId);
        payment.issuerId(issuerId);
        final int gatewayId = request.slot().index() < 0 ? Network.ANY_GATEWAY : request.gatewayId();
        if (!Network.isReachable(issuer, gatewayId)) {
            return DeclineReason.ISSUER_UNAVAILABLE;
        }
        final Link link = Network.forRequest(issuer, gatewayId);
        if (link == null) {
            return DeclineReason.ISSUER_BUSY;
        }
        final int stan = traceNumbers.next(issuer);
        if (stan == TraceNumbers.EXHAUSTED) {
            return DeclineReason.STAN_EXHAUSTED;
        }
        payments.requestTrace(payment, time.transmissionDateTime(), stan);
        final long waitNs = Math.min(issuer.responseTimeoutNs(), answerWithinNs(request.acquirerId()));
        payment.linkId(link.linkId());
        payment.requestedAtNs(time.nowNs());
        payment.giveUpReason(DeclineReason.ISSUER_TIMEOUT);
        lifecycle.state(payment, PaymentState.PENDING, ReversalPhase.NONE, time.nowNs() + waitNs);
        // A request written later than half-way would leave the issuer too little time to answer.
        events.routed(payment, link, time.nowNs() + waitNs / 2);
        return DeclineReason.NONE;
    }

    /** The acquirer's time-out less what the answer needs for its way back. */
    private long answerWithinNs(final long acquirerId) {
        final long timeoutNs = active().answerTimeoutNs(acquirerId);
        return timeoutNs - Math.min(timeoutNs / ANSWER_MARGIN_DIVISOR, MAXIMUM_ANSWER_MARGIN_NS);
    }

    private int find(final RequestPaymentDecoder request) {
        return payments.findByKey(
                request.acquirerId(),
                request.clientReference().high(),
                request.clientReference().low(),
                request.createdAtNs());
    }

    private Configuration active() {
        return state.configurations().active();
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RequestPaymentDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusDecoder;

/** What acquirers ask: payments and where they stand. */
final class PaymentFlow {
    private final EngineState state;
    private final EngineTime time;
    private final OriginalTable originals;
    private final PaymentTable payments;
    private final Retention retention;
    private final RequestRouting routing;
    private final PaymentEvents events;
    private final PaymentRecord payment;
    private final OriginalRecord kept = new OriginalRecord();

    PaymentFlow(final EngineState state, final RequestRouting routing, final PaymentEvents events) {
        this.state = state;
        this.time = state.time();
        this.originals = state.originals();
        this.payments = state.payments();
        this.retention = state.retention();
        this.routing = routing;
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
        if (!retention.makeRoom(1)) {
            events.refused(request, RefusalReason.TABLE_FULL);
            return;
        }
        accept(request);
    }

    void onRequestPaymentStatus(final RequestPaymentStatusDecoder request) {
        final long acquirerId = request.acquirerId();
        if (!active().admitsStatusInquiry(acquirerId, time.nowNs())) {
            events.refused(request, RefusalReason.STATUS_RATE_LIMIT);
            return;
        }
        final long high = request.clientReference().high();
        final long low = request.clientReference().low();
        final int slot = payments.findByKey(acquirerId, high, low, request.createdAtNs());
        if (slot != PaymentTable.NONE) {
            events.statusReported(request, payment.wrap(slot));
            return;
        }
        final int place = originals.findByKey(acquirerId, high, low, request.createdAtNs());
        if (place == OriginalTable.NONE) {
            events.statusUnknown(request);
        } else {
            final boolean isExpired = Validity.isOver(originals.wrap(place, kept), state.network(), time.nowNs());
            events.statusReported(
                    request,
                    kept,
                    isExpired ? PaymentState.EXPIRED : kept.decoder().state());
        }
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
        PaymentFields.businessDate(payment, state.businessDate());
        DeclineReason reason = PaymentRules.check(request, active(), state.blocks());
        if (reason == DeclineReason.NONE) {
            reason = route(request);
        }
        if (reason != DeclineReason.NONE) {
            routing.decline(payment, reason);
        }
    }

    /** Gives the payment to the issuer of its card, or says why it cannot. */
    private DeclineReason route(final RequestPaymentDecoder request) {
        final int issuerId = active().bins().issuerOf(request.bin(), request.panLength());
        if (issuerId == BinTable.NO_ISSUER) {
            return DeclineReason.NO_ROUTE;
        }
        final Issuer issuer = state.network().issuer(issuerId);
        payment.issuerId(issuerId);
        if (!issuer.permits(request.transactionType())) {
            return DeclineReason.TRANSACTION_NOT_PERMITTED;
        }
        if (PaymentContent.isAdvice(request)) {
            return routing.advise(payment);
        }
        final int gatewayId = request.slot().index() < 0 ? Network.ANY_GATEWAY : request.gatewayId();
        return routing.request(payment, issuer, gatewayId);
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

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RequestFollowUpDecoder;

/** Acquirers complete, void and refund payments. Each follow-up is a payment of its own. */
final class FollowUpFlow {
    /** The follow-up itself, and its original should that have left the payment table. */
    private static final int PLACES = 2;

    private final EngineState state;
    private final PaymentTable payments;
    private final Retention retention;
    private final RequestRouting routing;
    private final FollowUps followUps;
    private final PaymentEffects effects;
    private final PaymentEvents events;
    private final PaymentRecord payment;
    private final PaymentRecord original;

    FollowUpFlow(
            final EngineState state,
            final RequestRouting routing,
            final FollowUps followUps,
            final PaymentEffects effects,
            final PaymentEvents events) {
        this.state = state;
        this.payments = state.payments();
        this.retention = state.retention();
        this.routing = routing;
        this.followUps = followUps;
        this.effects = effects;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
        this.original = new PaymentRecord(state.slab());
    }

    void onRequestFollowUp(final RequestFollowUpDecoder request) {
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
        final int slot = payments.findByKey(
                request.acquirerId(),
                request.clientReference().high(),
                request.clientReference().low(),
                request.createdAtNs());
        if (slot != PaymentTable.NONE) {
            onRepeat(request, payment.wrap(slot));
            return;
        }
        if (retention.mayBeForgotten(request.createdAtNs())) {
            events.refused(request, RefusalReason.STALE_REQUEST);
            return;
        }
        if (!retention.makeRoom(PLACES)) {
            events.refused(request, RefusalReason.TABLE_FULL);
            return;
        }
        accept(request);
    }

    private void onRepeat(final RequestFollowUpDecoder request, final PaymentRecord known) {
        if (known.tombstone()) {
            FollowUpContent.copy(request, known, active().institutionId(request.acquirerId()));
            if (isOriginalRemembered(request)) {
                FollowUpContent.copy(original, known);
            }
            known.tombstone(false);
            events.answered(known);
        } else if (!FollowUpContent.isSame(request, known)) {
            events.refused(request, RefusalReason.DUPLICATE_CONFLICT);
        } else if (known.isAnswered()) {
            events.answeredAgain(known, request);
        } else {
            known.sessionId(request.sessionId());
            known.gatewayId(request.gatewayId());
            events.repeatAwaited(known, request);
        }
    }

    private void accept(final RequestFollowUpDecoder request) {
        // Before the follow-up is added, which must not be found as its own original.
        final boolean known = findOriginal(request);
        payments.add(
                payment,
                request.acquirerId(),
                request.clientReference().high(),
                request.clientReference().low(),
                request.createdAtNs());
        FollowUpContent.copy(request, payment, active().institutionId(request.acquirerId()));
        PaymentFields.businessDate(payment, state.businessDate());
        if (known) {
            FollowUpContent.copy(original, payment);
        }
        DeclineReason reason = FollowUpRules.check(request, active(), known ? original : null);
        if (reason == DeclineReason.NONE) {
            reason = carryOut(request);
        }
        if (reason != DeclineReason.NONE) {
            routing.decline(payment, reason);
        }
    }

    private DeclineReason carryOut(final RequestFollowUpDecoder request) {
        final Issuer issuer = state.network().issuer(original.issuerId());
        final DeclineReason reason =
                FollowUpRules.check(request, original, issuer, state.time().nowNs());
        if (reason == DeclineReason.AUTHORISATION_EXPIRED && original.state() == PaymentState.APPROVED) {
            followUps.expire(original);
        }
        if (reason != DeclineReason.NONE) {
            return reason;
        }
        if (TransactionTypes.isVoid(request.transactionType())) {
            payment.amountMinor(original.settledMinor());
            payment.settledMinor(original.settledMinor());
        }
        return request.adviceRaw() == BooleanType.TRUE.value() ? advise() : request(issuer);
    }

    private DeclineReason request(final Issuer issuer) {
        final DeclineReason reason = routing.request(payment, issuer, Network.ANY_GATEWAY);
        if (reason == DeclineReason.NONE) {
            followUps.take(payment, original);
            if (payment.onUs()) {
                effects.approved(payment);
            }
        }
        return reason;
    }

    private DeclineReason advise() {
        final DeclineReason reason = routing.advise(payment);
        if (reason == DeclineReason.NONE) {
            followUps.take(payment, original);
            effects.approved(payment);
        }
        return reason;
    }

    /** Points at the original, recalled into the payment table if it has left it; false when it is not known. */
    private boolean findOriginal(final RequestFollowUpDecoder request) {
        return isOriginalRemembered(request)
                || retention.recall(
                        request.acquirerId(),
                        request.originalClientReference().high(),
                        request.originalClientReference().low(),
                        request.originalCreatedAtNs(),
                        original);
    }

    private boolean isOriginalRemembered(final RequestFollowUpDecoder request) {
        return retention.find(
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs(),
                original);
    }

    private Configuration active() {
        return state.configurations().active();
    }
}

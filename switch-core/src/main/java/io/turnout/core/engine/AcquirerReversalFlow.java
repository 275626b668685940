package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalPhase;

/** Acquirers undo payments: finished ones, ones in flight, and ones that have not come yet. */
final class AcquirerReversalFlow {
    private final Configurations configurations;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final Retention retention;
    private final ReversalQueue reversals;
    private final PaymentEvents paymentEvents;
    private final ReversalEvents events;
    private final PaymentRecord payment;

    AcquirerReversalFlow(
            final EngineState state,
            final ReversalQueue reversals,
            final PaymentEvents paymentEvents,
            final ReversalEvents events) {
        this.configurations = state.configurations();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.retention = state.retention();
        this.reversals = reversals;
        this.paymentEvents = paymentEvents;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
    }

    void onRequestReversal(final RequestReversalDecoder request) {
        if (!configurations.active().hasAcquirer(request.acquirerId())) {
            paymentEvents.refused(request, RefusalReason.NOT_LOGGED_ON);
            return;
        }
        final int slot = payments.findByKey(
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs());
        if (slot != PaymentTable.NONE) {
            undo(request, payment.wrap(slot));
            return;
        }
        if (retention.isStale(request.originalCreatedAtNs())
                || retention.mayBeForgotten(request.originalCreatedAtNs())) {
            // It may have been approved and forgotten; to accept would promise what nobody does.
            paymentEvents.refused(request, RefusalReason.STALE_REQUEST);
            return;
        }
        if (retention.isInFuture(request.originalCreatedAtNs())) {
            paymentEvents.refused(request, RefusalReason.CREATED_IN_FUTURE);
            return;
        }
        if (!retention.makeRoom()) {
            paymentEvents.refused(request, RefusalReason.TABLE_FULL);
            return;
        }
        buryUnseen(request);
    }

    private void undo(final RequestReversalDecoder request, final PaymentRecord original) {
        switch (original.state()) {
            case PENDING -> {
                original.reversalReason(request.reason());
                decline(original);
                lifecycle.state(original, PaymentState.REVERSING, ReversalPhase.AWAITING_ISSUER, original.dueNs());
                paymentEvents.answered(original);
            }
            case APPROVED -> reversals.queue(original, request.reason());
            default -> {
                // Declined, or being undone already: a reversal changes nothing.
            }
        }
        events.answered(request, original);
    }

    /** The original has not come yet: a tombstone declines it should it come. */
    private void buryUnseen(final RequestReversalDecoder request) {
        payments.add(
                payment,
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs());
        payment.tombstone(true);
        decline(payment);
        lifecycle.state(payment, PaymentState.DECLINED, ReversalPhase.NONE);
        events.answered(request, payment);
    }

    private static void decline(final PaymentRecord undone) {
        final DeclineReason reason = DeclineReason.REVERSED_BY_ACQUIRER;
        undone.answer(Outcome.DECLINED, reason, ResultCodes.of(reason));
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewDecoder;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReviewResolution;

/** What operators do about payments whose advice or reversal the issuer never took. */
final class ManualReview {
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final StoreAndForward storeAndForward;
    private final PaymentEffects effects;
    private final AdjustmentEvents events;
    private final HostEvents hostEvents;
    private final PaymentRecord payment;

    ManualReview(
            final EngineState state,
            final StoreAndForward storeAndForward,
            final PaymentEffects effects,
            final AdjustmentEvents events,
            final HostEvents hostEvents) {
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.storeAndForward = storeAndForward;
        this.effects = effects;
        this.events = events;
        this.hostEvents = hostEvents;
        this.payment = new PaymentRecord(state.slab());
    }

    void onRequeueReversal(final RequeueReversalDecoder command) {
        if (isInReview(RequeueReversalDecoder.TEMPLATE_ID, command.paymentId())) {
            storeAndForward.requeue(payment);
        }
    }

    void onResolveManualReview(final ResolveManualReviewDecoder command) {
        final int resolution = command.resolutionRaw();
        if (resolution != ReviewResolution.REVERSED.value() && resolution != ReviewResolution.STANDS.value()) {
            hostEvents.commandIgnored(
                    ResolveManualReviewDecoder.TEMPLATE_ID, command.paymentId(), CommandProblem.MALFORMED);
        } else if (isInReview(ResolveManualReviewDecoder.TEMPLATE_ID, command.paymentId())) {
            resolve(command.resolution());
        }
    }

    private void resolve(final ReviewResolution resolution) {
        final boolean stands = resolution == ReviewResolution.STANDS;
        lifecycle.state(payment, stands ? PaymentState.APPROVED : PaymentState.REVERSED, ReversalPhase.NONE);
        if (stands && payment.reversalStan() != 0) {
            storeAndForward.standsAgain(payment);
        }
        events.resolved(payment, resolution);
        if (stands) {
            effects.stands(payment);
        } else {
            effects.failed(payment);
        }
    }

    private boolean isInReview(final int templateId, final long paymentId) {
        final int slot = payments.findById(paymentId);
        if (slot == PaymentTable.NONE) {
            hostEvents.commandIgnored(templateId, paymentId, CommandProblem.UNKNOWN_PAYMENT);
            return false;
        }
        if (payment.wrap(slot).state() != PaymentState.MANUAL_REVIEW) {
            hostEvents.commandIgnored(templateId, paymentId, CommandProblem.NOT_IN_MANUAL_REVIEW);
            return false;
        }
        return true;
    }
}

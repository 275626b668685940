package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseDecoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReversalReason;

/** What becomes of a payment request at the issuer: answered, not sent, or never heard of again. */
final class IssuerFlow {
    private static final int NO_CURRENCY = 0;

    private final EngineTime time;
    private final PaymentTable payments;
    private final Network network;
    private final Lifecycle lifecycle;
    private final IssuerHealth health;
    private final StoreAndForward storeAndForward;
    private final PaymentEffects effects;
    private final PaymentEvents events;
    private final HostEvents hostEvents;
    private final PaymentRecord payment;

    IssuerFlow(
            final EngineState state,
            final IssuerHealth health,
            final StoreAndForward storeAndForward,
            final PaymentEffects effects,
            final PaymentEvents events,
            final HostEvents hostEvents) {
        this.time = state.time();
        this.payments = state.payments();
        this.network = state.network();
        this.lifecycle = state.lifecycle();
        this.health = health;
        this.storeAndForward = storeAndForward;
        this.effects = effects;
        this.events = events;
        this.hostEvents = hostEvents;
        this.payment = new PaymentRecord(state.slab());
    }

    void onIssuerResponse(final IssuerResponseDecoder response) {
        final int slot = payments.findByRequest(
                response.issuerId(), (int) response.transmissionDateTime(), (int) response.stan());
        if (slot == PaymentTable.NONE) {
            events.unmatched(response, BooleanType.FALSE);
            return;
        }
        payment.wrap(slot);
        if (payment.advice()) {
            // An advice asks nothing: an answer to a request is not one to it.
            events.unmatched(response, BooleanType.FALSE);
            return;
        }
        if (payment.issuerAnswered()) {
            events.unmatched(response, BooleanType.TRUE);
            return;
        }
        if (!isBelievable(response)) {
            events.mismatched(payment, response);
            return;
        }
        if (payment.awaitsIssuer() && payment.dueNs() <= time.nowNs()) {
            // Whether an answer is late depends on the time alone, not on how far the engine got with its deadlines.
            giveUp(payment);
        }
        payment.issuerAnswered(true);
        if (payment.awaitsIssuer()) {
            health.answered(payment, response.resultCode());
        }
        if (payment.state() == PaymentState.PENDING) {
            answer(response);
        } else {
            onLateResponse(response);
        }
    }

    void onIssuerRequestNotSent(final IssuerRequestNotSentDecoder report) {
        final int slot = payments.findById(report.paymentId());
        if (slot == PaymentTable.NONE) {
            ignore(report, CommandProblem.UNKNOWN_PAYMENT);
            return;
        }
        payment.wrap(slot);
        if (payment.awaitsIssuer() && isRequest(report)) {
            requestNotSent(report);
        } else if (payment.reversalPhase() == ReversalPhase.IN_FLIGHT && isForwarded(report)) {
            storeAndForward.attemptNotSent(payment);
        } else {
            ignore(report, CommandProblem.NOT_AWAITED);
        }
    }

    /** The time for the issuer's answer is over: the outcome is unknown, and whatever it is gets undone. */
    void giveUp(final PaymentRecord unanswered) {
        health.gaveUp(unanswered);
        if (unanswered.state() == PaymentState.PENDING) {
            final DeclineReason reason = unanswered.giveUpReason();
            unanswered.answer(ResultCodes.outcomeOf(reason), reason, ResultCodes.of(reason));
            events.answered(unanswered);
            if (unanswered.movesMoney()) {
                storeAndForward.reverse(unanswered, reversalReasonOf(reason));
            } else {
                lifecycle.state(unanswered, PaymentState.DECLINED, ReversalPhase.NONE);
            }
        } else if (unanswered.movesMoney()) {
            storeAndForward.reverse(unanswered, unanswered.reversalReason());
        } else {
            storeAndForward.drop(unanswered);
        }
    }

    private void answer(final IssuerResponseDecoder response) {
        if (ResultCodes.isApproval(response.resultCode())) {
            approvalCode(response);
            if (!payment.movesMoney()) {
                payment.encoder().balanceMinor(response.balanceMinor());
            }
            payment.answer(Outcome.APPROVED, DeclineReason.NONE, response.resultCode());
            lifecycle.state(payment, PaymentState.APPROVED, ReversalPhase.NONE);
            events.answered(payment);
            effects.approved(payment);
        } else {
            payment.answer(Outcome.DECLINED, DeclineReason.ISSUER_DECLINED, response.resultCode());
            lifecycle.state(payment, PaymentState.DECLINED, ReversalPhase.NONE);
            events.answered(payment);
            effects.failed(payment);
        }
    }

    /** The acquirer has its answer already; an approval that comes now is undone, never revived. */
    private void onLateResponse(final IssuerResponseDecoder response) {
        final boolean approval = ResultCodes.isApproval(response.resultCode());
        if (approval && payment.reversalStan() == 0) {
            approvalCode(response);
        }
        if (approval && isAwaitingUndoing(payment.state())) {
            effects.held(payment);
        }
        if (payment.awaitsIssuer()) {
            if (approval && payment.movesMoney()) {
                storeAndForward.reverse(payment, payment.reversalReason());
            } else {
                storeAndForward.drop(payment);
            }
        } else if (approval && isUndone(payment.state()) && payment.movesMoney()) {
            storeAndForward.reverse(payment, ReversalReason.LATE_RESPONSE);
        }
        events.lateResponse(payment, response);
    }

    private void requestNotSent(final IssuerRequestNotSentDecoder report) {
        health.notSent(payment);
        if (payment.isAnswered()) {
            storeAndForward.drop(payment);
            return;
        }
        final DeclineReason reason = declineOf(report.reason());
        payment.answer(Outcome.DECLINED, reason, ResultCodes.of(reason));
        lifecycle.state(payment, PaymentState.DECLINED, ReversalPhase.NONE);
        events.answered(payment);
        effects.failed(payment);
    }

    /** Whether it is being undone, or will be because of the approval; counted when the issuer says that it is. */
    private static boolean isAwaitingUndoing(final PaymentState state) {
        return state == PaymentState.REVERSING || state == PaymentState.MANUAL_REVIEW || isUndone(state);
    }

    private static DeclineReason declineOf(final NotSentReason reason) {
        return switch (reason) {
            case CARD_DATA_UNAVAILABLE -> DeclineReason.CARD_DATA_UNAVAILABLE;
            case MAC_UNAVAILABLE, PIN_NOT_TRANSLATED -> DeclineReason.SECURITY_FAILURE;
            case LINK_NOT_SIGNED_ON, PAST_SEND_BEFORE, CHANNEL_FULL, NOT_ENCODABLE -> DeclineReason.REQUEST_NOT_SENT;
            case NULL_VAL -> throw new IllegalArgumentException("reason=" + reason);
        };
    }

    /** Whether it moves nothing as far as the acquirer knows. An operator may have found out that it stands. */
    private static boolean isUndone(final PaymentState state) {
        return state == PaymentState.DECLINED || state == PaymentState.REVERSED;
    }

    private boolean isRequest(final IssuerRequestNotSentDecoder report) {
        return report.stan() == payment.stan() && report.transmissionDateTime() == payment.transmissionDateTime();
    }

    private boolean isForwarded(final IssuerRequestNotSentDecoder report) {
        return payment.state() == PaymentState.ADVISING ? isRequest(report) : isReversal(report);
    }

    private boolean isReversal(final IssuerRequestNotSentDecoder report) {
        return report.stan() == payment.reversalStan()
                && report.transmissionDateTime() == payment.reversalTransmissionDateTime();
    }

    /** Whether what the answer says of the payment agrees with the payment. */
    private boolean isBelievable(final IssuerResponseDecoder response) {
        final boolean needsAmount = response.resultCode() == ResultCodes.PARTIAL_APPROVAL;
        if (needsAmount && (response.amountMinor() != payment.amountMinor() || !payment.movesMoney())) {
            return false;
        }
        return agreesOnCurrency(response)
                && network.issuer(payment.issuerId()).matching().agrees(payment, response);
    }

    /** The currency, where the answer repeats it; commands before version 2 did not say. */
    private boolean agreesOnCurrency(final IssuerResponseDecoder response) {
        return response.actingVersion() < IssuerResponseDecoder.currencySinceVersion()
                || response.currency() == NO_CURRENCY
                || response.currency() == payment.currency();
    }

    private void approvalCode(final IssuerResponseDecoder response) {
        payment.approvalCode(response.buffer(), response.offset() + IssuerResponseDecoder.approvalCodeEncodingOffset());
    }

    private void ignore(final IssuerRequestNotSentDecoder report, final CommandProblem problem) {
        hostEvents.commandIgnored(IssuerRequestNotSentDecoder.TEMPLATE_ID, report.paymentId(), problem);
    }

    private static ReversalReason reversalReasonOf(final DeclineReason reason) {
        return switch (reason) {
            case ISSUER_TIMEOUT -> ReversalReason.ISSUER_TIMEOUT;
            case LINK_LOST -> ReversalReason.LINK_LOST;
            case SWITCH_RESTARTED -> ReversalReason.SWITCH_RESTARTED;
            default -> throw new IllegalArgumentException("not a reason to give up: reason=" + reason);
        };
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.CommandProblem;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseDecoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequeueReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReversalReason;

/**
 * The store-and-forward queues: one per issuer, in the order of entry, worked while a link is signed on and the
 * issuer's window has room. An attempt that does not close the reversal is followed by a pause and another one with the
 * same trace numbers; after so many tries an operator decides.
 */
final class ReversalQueue {
    private static final long SECOND_NS = 1_000_000_000L;

    private final EngineTime time;
    private final PaymentTable payments;
    private final Network network;
    private final Lifecycle lifecycle;
    private final TraceNumbers traceNumbers;
    private final ReversalEvents events;
    private final PaymentEvents paymentEvents;
    private final HostEvents hostEvents;
    private final PaymentRecord payment;

    ReversalQueue(
            final EngineState state,
            final TraceNumbers traceNumbers,
            final ReversalEvents events,
            final PaymentEvents paymentEvents,
            final HostEvents hostEvents) {
        this.time = state.time();
        this.payments = state.payments();
        this.network = state.network();
        this.lifecycle = state.lifecycle();
        this.traceNumbers = traceNumbers;
        this.events = events;
        this.paymentEvents = paymentEvents;
        this.hostEvents = hostEvents;
        this.payment = new PaymentRecord(state.slab());
    }

    /** Begins to undo a payment that the issuer has approved or may have approved. */
    void queue(final PaymentRecord undone, final ReversalReason reason) {
        undone.reversalReason(reason);
        undone.tries(0);
        lifecycle.state(undone, PaymentState.REVERSING, ReversalPhase.QUEUED);
        events.queued(undone);
    }

    /** Ends a reversal that turned out to have nothing to undo. */
    void drop(final PaymentRecord untouched) {
        lifecycle.state(untouched, PaymentState.DECLINED, ReversalPhase.NONE);
        events.dropped(untouched);
    }

    void onIssuerReversalResponse(final IssuerReversalResponseDecoder response) {
        final int slot = payments.findByReversal(
                response.issuerId(), (int) response.transmissionDateTime(), (int) response.stan());
        if (slot == PaymentTable.NONE) {
            paymentEvents.unmatched(response, BooleanType.FALSE);
            return;
        }
        payment.wrap(slot);
        final PaymentState state = payment.state();
        if (state != PaymentState.REVERSING && state != PaymentState.MANUAL_REVIEW) {
            paymentEvents.unmatched(response, BooleanType.TRUE);
            return;
        }
        final int resultCode = response.resultCode();
        if (ResultCodes.closesReversal(resultCode, time.nowNs() >= lateAnswerWindowEndNs(payment))) {
            lifecycle.state(payment, PaymentState.REVERSED, ReversalPhase.NONE);
            events.acknowledged(payment, resultCode);
        } else if (payment.reversalPhase() == ReversalPhase.IN_FLIGHT) {
            attemptFailed(payment, resultCode);
        } else {
            // An answer to an attempt already given up, and not one that ends the matter.
            paymentEvents.unmatched(response, BooleanType.TRUE);
        }
    }

    void onRequeueReversal(final RequeueReversalDecoder command) {
        final int slot = payments.findById(command.paymentId());
        if (slot == PaymentTable.NONE) {
            ignore(command, CommandProblem.UNKNOWN_PAYMENT);
            return;
        }
        payment.wrap(slot);
        if (payment.state() != PaymentState.MANUAL_REVIEW) {
            ignore(command, CommandProblem.NOT_IN_MANUAL_REVIEW);
            return;
        }
        payment.tries(0);
        lifecycle.state(payment, PaymentState.REVERSING, ReversalPhase.QUEUED);
        events.requeued(payment);
    }

    /** No byte of the attempt in flight reached the issuer: it does not count as sent, only as tried. */
    void attemptNotSent(final PaymentRecord unsent) {
        unsent.attempts(unsent.attempts() - 1);
        attemptFailed(unsent, ResultCodes.ISSUER_UNAVAILABLE);
    }

    /** The time of a waiting reversal has come: its attempt was not answered, or its pause is over. */
    void onDue(final PaymentRecord waiting) {
        if (waiting.reversalPhase() == ReversalPhase.IN_FLIGHT) {
            attemptFailed(waiting, ResultCodes.ISSUER_TIMEOUT);
        } else {
            lifecycle.state(waiting, PaymentState.REVERSING, ReversalPhase.QUEUED);
        }
    }

    /** Sends what can be sent, issuers in the order of their ids, up to a limit. */
    void send(final int limit) {
        for (int sent = 0; sent < limit && network.hasReady(); sent++) {
            sendFirst(network.firstReady());
        }
    }

    private void sendFirst(final Issuer issuer) {
        payment.wrap(issuer.reversalQueue().first());
        if (payment.reversalStan() == 0 && !assignTrace(issuer)) {
            // The numbers of this second are used up.
            lifecycle.state(payment, PaymentState.REVERSING, ReversalPhase.PAUSED, time.nowNs() + SECOND_NS);
            return;
        }
        final Link link = network.forReversal(issuer, payment.linkId());
        payment.reversalLinkId(link.linkId());
        payment.attempts(payment.attempts() + 1);
        payment.tries(payment.tries() + 1);
        final long timeoutNs = issuer.reversalTimeoutNs();
        lifecycle.state(payment, PaymentState.REVERSING, ReversalPhase.IN_FLIGHT, time.nowNs() + timeoutNs);
        events.requested(payment, link, time.nowNs() + timeoutNs / 2);
    }

    private boolean assignTrace(final Issuer issuer) {
        final int stan = traceNumbers.next(issuer);
        if (stan != TraceNumbers.EXHAUSTED) {
            payments.reversalTrace(payment, time.transmissionDateTime(), stan);
        }
        return stan != TraceNumbers.EXHAUSTED;
    }

    private void attemptFailed(final PaymentRecord failed, final int resultCode) {
        final Issuer issuer = network.issuer(failed.issuerId());
        long retryNs = time.nowNs() + issuer.pauseNs(failed.tries());
        if (resultCode == ResultCodes.ORIGINAL_NOT_FOUND && retryNs < lateAnswerWindowEndNs(failed)) {
            // The original may still arrive there: to ask before the window is over decides nothing.
            retryNs = lateAnswerWindowEndNs(failed);
        } else if (failed.tries() >= issuer.reversalMaximumAttempts()) {
            lifecycle.state(failed, PaymentState.MANUAL_REVIEW, ReversalPhase.NONE);
            events.deadLettered(failed);
            return;
        }
        lifecycle.state(failed, PaymentState.REVERSING, ReversalPhase.PAUSED, retryNs);
        events.postponed(failed, resultCode);
    }

    private long lateAnswerWindowEndNs(final PaymentRecord undone) {
        return undone.requestedAtNs() + network.issuer(undone.issuerId()).lateAnswerWindowNs();
    }

    private void ignore(final RequeueReversalDecoder command, final CommandProblem problem) {
        hostEvents.commandIgnored(RequeueReversalDecoder.TEMPLATE_ID, command.paymentId(), problem);
    }
}

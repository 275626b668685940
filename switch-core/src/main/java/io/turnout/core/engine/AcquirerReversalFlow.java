package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RequestReversalDecoder;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReversalReason;

/**
 * Acquirers undo payments, wholly or in part: finished ones, ones in flight, ones whose advice is on its way, and ones
 * that have not come yet.
 */
final class AcquirerReversalFlow {
    private final Configurations configurations;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final Retention retention;
    private final StoreAndForward storeAndForward;
    private final PaymentEvents paymentEvents;
    private final ReversalEvents events;
    private final PaymentRecord payment;

    AcquirerReversalFlow(
            final EngineState state,
            final StoreAndForward storeAndForward,
            final PaymentEvents paymentEvents,
            final ReversalEvents events) {
        this.configurations = state.configurations();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.retention = state.retention();
        this.storeAndForward = storeAndForward;
        this.paymentEvents = paymentEvents;
        this.events = events;
        this.payment = new PaymentRecord(state.slab());
    }

    void onRequestReversal(final RequestReversalDecoder request) {
        if (!configurations.active().hasAcquirer(request.acquirerId())) {
            paymentEvents.refused(request, RefusalReason.NOT_LOGGED_ON);
        } else if (retention.find(
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs(),
                payment)) {
            undo(request, payment);
        } else if (isKept(request)) {
            undoKept(request);
        } else {
            onUnknown(request);
        }
    }

    private boolean isKept(final RequestReversalDecoder request) {
        return retention.isKept(
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs());
    }

    private void undoKept(final RequestReversalDecoder request) {
        if (!retention.makeRoom(1)) {
            paymentEvents.refused(request, RefusalReason.TABLE_FULL);
        } else if (retention.recall(
                request.acquirerId(),
                request.originalClientReference().high(),
                request.originalClientReference().low(),
                request.originalCreatedAtNs(),
                payment)) {
            undo(request, payment);
        } else {
            // Making room let it go: it was the oldest, and its time was over.
            onUnknown(request);
        }
    }

    private void onUnknown(final RequestReversalDecoder request) {
        if (retention.isStale(request.originalCreatedAtNs())
                || retention.mayBeForgotten(request.originalCreatedAtNs())) {
            // It may have been approved and forgotten; to accept would promise what nobody does.
            paymentEvents.refused(request, RefusalReason.STALE_REQUEST);
        } else if (retention.isInFuture(request.originalCreatedAtNs())) {
            paymentEvents.refused(request, RefusalReason.CREATED_IN_FUTURE);
        } else if (replacementMinor(request) != 0) {
            // A part of nothing. To decline the whole should it come would be more than was asked.
            events.answeredUnknown(request);
        } else if (!retention.makeRoom(1)) {
            paymentEvents.refused(request, RefusalReason.TABLE_FULL);
        } else {
            buryUnseen(request);
        }
    }

    private void undo(final RequestReversalDecoder request, final PaymentRecord original) {
        int resultCode = StatedOriginal.check(request, original);
        if (resultCode == ResultCodes.APPROVED) {
            resultCode = replacementMinor(request) == 0 ? undoWhole(request, original) : undoPart(request, original);
        }
        events.answered(request, original, resultCode);
    }

    /** @return what the acquirer is told */
    private int undoWhole(final RequestReversalDecoder request, final PaymentRecord original) {
        switch (original.state()) {
            case PENDING -> {
                original.reversalReason(request.reason());
                decline(original);
                lifecycle.state(original, PaymentState.REVERSING, ReversalPhase.AWAITING_ISSUER, original.dueNs());
                paymentEvents.answered(original);
                return ResultCodes.APPROVED;
            }
            case APPROVED, EXPIRED -> {
                return undoApproved(request, original, 0);
            }
            case ADVISING -> {
                return undoAdvice(request.reason(), original);
            }
            case MANUAL_REVIEW -> {
                return undoReviewed(request.reason(), original);
            }
            case REVERSING -> {
                return original.replacementAmountMinor() == 0 ? ResultCodes.APPROVED : ResultCodes.REQUEST_IN_PROGRESS;
            }
            case COMPLETED -> {
                return ResultCodes.INVALID_TRANSACTION;
            }
            default -> {
                // Declined, undone or voided already: a reversal changes nothing.
                return ResultCodes.APPROVED;
            }
        }
    }

    /** @return what the acquirer is told */
    private int undoPart(final RequestReversalDecoder request, final PaymentRecord original) {
        final long replacementMinor = replacementMinor(request);
        if (!original.movesMoney() || TransactionTypes.isVoid(original.transactionType())) {
            return ResultCodes.INVALID_TRANSACTION;
        }
        switch (original.state()) {
            case APPROVED -> {
                return undoApproved(request, original, replacementMinor);
            }
            case PENDING, ADVISING -> {
                // Of what the issuer has not taken yet, no part can be taken back.
                return ResultCodes.REQUEST_IN_PROGRESS;
            }
            case REVERSING, MANUAL_REVIEW -> {
                return original.replacementAmountMinor() == replacementMinor
                        ? ResultCodes.APPROVED
                        : ResultCodes.REQUEST_IN_PROGRESS;
            }
            default -> {
                return ResultCodes.INVALID_TRANSACTION;
            }
        }
    }

    private int undoApproved(
            final RequestReversalDecoder request, final PaymentRecord original, final long replacementMinor) {
        if (original.followUpInFlight()) {
            return ResultCodes.REQUEST_IN_PROGRESS;
        }
        if (!original.movesMoney()) {
            return ResultCodes.APPROVED;
        }
        if (replacementMinor > 0 && replacementMinor == original.settledMinor()) {
            // The same partial reversal again: it is done.
            return original.settledMinor() < original.amountMinor()
                    ? ResultCodes.APPROVED
                    : ResultCodes.ORIGINAL_AMOUNT_INCORRECT;
        }
        if (isOutside(replacementMinor, original)) {
            return ResultCodes.ORIGINAL_AMOUNT_INCORRECT;
        }
        original.replacementAmountMinor(replacementMinor);
        storeAndForward.reverse(original, request.reason());
        return ResultCodes.APPROVED;
    }

    /** The issuer must hear of the advice first: the reversal follows it. */
    private static int undoAdvice(final ReversalReason reason, final PaymentRecord original) {
        if (original.refundedMinor() != 0 || original.followUpInFlight()) {
            return ResultCodes.REQUEST_IN_PROGRESS;
        }
        if (!original.hasReversal()) {
            original.reversalReason(reason);
        }
        return ResultCodes.APPROVED;
    }

    /** An advice nobody took, or a reversal nobody took. */
    private int undoReviewed(final ReversalReason reason, final PaymentRecord original) {
        if (!original.hasReversal()) {
            original.attempts(0);
            storeAndForward.reverse(original, reason);
            return ResultCodes.APPROVED;
        }
        return original.replacementAmountMinor() == 0 ? ResultCodes.APPROVED : ResultCodes.REQUEST_IN_PROGRESS;
    }

    /** What shall stand must be less than what stands, and not less than what has been refunded of it. */
    private static boolean isOutside(final long replacementMinor, final PaymentRecord original) {
        return replacementMinor < original.refundedMinor() || replacementMinor >= original.settledMinor();
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
        events.answered(request, payment, ResultCodes.APPROVED);
    }

    private static void decline(final PaymentRecord undone) {
        final DeclineReason reason = DeclineReason.REVERSED_BY_ACQUIRER;
        undone.answer(Outcome.DECLINED, reason, ResultCodes.of(reason));
    }

    /** What shall stand; 0 = nothing. */
    private static long replacementMinor(final RequestReversalDecoder request) {
        return request.actingVersion() < RequestReversalDecoder.replacementAmountMinorSinceVersion()
                ? 0
                : request.replacementAmountMinor();
    }
}

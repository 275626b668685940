package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalResponseDecoder;
import io.turnout.simulators.Counters;
import io.turnout.simulators.DeadlineHeap;
import io.turnout.simulators.RandomSequence;
import io.turnout.simulators.acquirer.AcquirerConfiguration.Retries;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Takes the switch's answers and decides what comes next for each payment: nothing, a deliberate repeat, a conflicting
 * request, a reversal, or asking again later.
 */
final class AnswerDesk implements AnswerHandler {

    /** What the histogram can hold; a longer latency counts as this. */
    static final long LONGEST_LATENCY_NS = TimeUnit.HOURS.toNanos(1);

    private static final int BUSY_DOUBLINGS = 6;
    private static final RejectReason[] REASONS = RejectReason.values();

    private final Retries retries;
    private final PaymentPlan plan;
    private final PaymentSlots slots;
    private final AcquirerLog log;
    private final AcquirerSession[] sessions;
    private final Counters<AcquirerCounter> counters;
    private final SingleWriterRecorder recorder;
    private final DeadlineHeap deadlines;
    private final RandomSequence random;

    AnswerDesk(
            final AcquirerConfiguration configuration,
            final PaymentPlan plan,
            final PaymentSlots slots,
            final AcquirerLog log,
            final AcquirerSession[] sessions,
            final Counters<AcquirerCounter> counters,
            final SingleWriterRecorder recorder) {
        this.retries = configuration.retries();
        this.plan = plan;
        this.slots = slots;
        this.log = log;
        this.sessions = sessions;
        this.counters = counters;
        this.recorder = recorder;
        this.deadlines = new DeadlineHeap(slots.capacity());
        this.random = new RandomSequence(~configuration.seed());
    }

    /** A payment whose time has come to be asked for, or {@link PaymentSlots#NONE}. */
    int pollDue(final long nowNs) {
        return deadlines.pollDue(nowNs);
    }

    /** Asks for a payment later. */
    void postpone(final int slot, final long untilNs) {
        deadlines.set(slot, untilNs);
    }

    /** A request was handed to a session, or the session did not take it. */
    void sent(final int slot, final AcquirerSession session, final boolean taken, final long nowNs) {
        release(slot);
        slots.attempts[slot]++;
        if (taken) {
            slots.sessions[slot] = session.index();
        }
        deadlines.set(slot, nowNs + (taken ? retries.answerTimeoutNs() : retries.busyNs()));
    }

    /** Reports that nothing more will be asked about a payment, or its repeat, or its reversal. */
    void giveUp(final int slot, final long nowNs) {
        plan.make(slots.numbers[slot]);
        release(slot);
        final boolean reversing = slots.phase(slot) == Phase.AWAITING_REVERSAL;
        if (reversing) {
            counters.increment(AcquirerCounter.REVERSALS_FAILED);
            log.gaveUp(AcquirerEvent.REVERSAL_GIVEN_UP, plan, slots.attempts[slot], nowNs);
        } else if (!slots.isAnswered(slot)) {
            counters.increment(AcquirerCounter.GIVEN_UP);
            log.gaveUp(AcquirerEvent.GIVEN_UP, plan, slots.attempts[slot], nowNs);
        }
        slots.phase(slot, Phase.DONE);
    }

    /** Takes up a payment of an earlier run. */
    void resume(final OpenPayment payment, final long nowNs) {
        plan.make(payment.number());
        final int slot = slots.acquire(payment.number(), plan.reference);
        if (slot == PaymentSlots.NONE) {
            throw new IllegalStateException("more open payments in the log than the capacity of " + slots.capacity());
        }
        slots.createdAtNs[slot] = payment.createdAtNs();
        slots.originalCreatedAtNs[slot] = payment.originalCreatedAtNs();
        slots.intendedAtNs[slot] = payment.intendedAtNs();
        slots.giveUpAtNs[slot] = nowNs + retries.giveUpNs();
        if (payment.reversalCreatedAtNs() != 0) {
            slots.phase(slot, Phase.AWAITING_REVERSAL);
            slots.reversalCreatedAtNs[slot] = payment.reversalCreatedAtNs();
        } else if (plan.fault == Fault.REVERSED_FIRST) {
            slots.phase(slot, Phase.AWAITING_EARLY_REVERSAL);
        }
        deadlines.set(slot, nowNs);
    }

    @Override
    public void onPaymentResponse(final PaymentResponseDecoder response, final long nowNs) {
        final int slot = find(
                response.clientReference().high(), response.clientReference().low());
        if (slot == PaymentSlots.NONE) {
            counters.increment(AcquirerCounter.ANSWERS_FORGOTTEN);
            return;
        }
        plan.make(slots.numbers[slot]);
        if (slots.isAnswered(slot)) {
            onRepeatedAnswer(slot, response, nowNs);
        } else {
            onFirstAnswer(slot, response, nowNs);
        }
    }

    @Override
    public void onReversalResponse(final ReversalResponseDecoder response, final long nowNs) {
        final int slot = find(
                ~response.clientReference().high(), response.clientReference().low());
        if (slot != PaymentSlots.NONE && slots.phase(slot) == Phase.AWAITING_EARLY_REVERSAL) {
            release(slot);
            slots.phase(slot, Phase.AWAITING_ANSWER);
            deadlines.set(slot, nowNs);
            return;
        }
        if (slot == PaymentSlots.NONE || slots.phase(slot) != Phase.AWAITING_REVERSAL) {
            counters.increment(AcquirerCounter.ANSWERS_FORGOTTEN);
            return;
        }
        plan.make(slots.numbers[slot]);
        final boolean accepted = response.resultCode() == 0;
        counters.increment(accepted ? AcquirerCounter.REVERSED : AcquirerCounter.REVERSALS_FAILED);
        log.reversalAnswered(plan, response.resultCode(), response.stateRaw(), nowNs);
        finish(slot);
    }

    @Override
    public void onPaymentStatus(final PaymentStatusResponseDecoder response, final long nowNs) {
        final int slot = find(
                response.clientReference().high(), response.clientReference().low());
        if (slot == PaymentSlots.NONE || slots.phase(slot) != Phase.AWAITING_STATUS) {
            counters.increment(AcquirerCounter.ANSWERS_FORGOTTEN);
            return;
        }
        plan.make(slots.numbers[slot]);
        if (slots.answeredAlike(slot, response)) {
            counters.increment(AcquirerCounter.STATUS_AGREED);
        } else {
            counters.increment(AcquirerCounter.STATUS_DIFFERENT);
            log.statusDiffers(plan, response.resultCode(), response.stateRaw(), nowNs);
        }
        next(slot, nowNs);
    }

    @Override
    public void onReject(final RejectDecoder reject, final long nowNs) {
        final boolean reversal = reject.refTemplateId() == ReversalRequestDecoder.TEMPLATE_ID;
        final long high = reject.clientReference().high();
        final int slot = find(reversal ? ~high : high, reject.clientReference().low());
        if (slot == PaymentSlots.NONE || slots.phase(slot) == Phase.DONE) {
            counters.increment(AcquirerCounter.ANSWERS_FORGOTTEN);
            return;
        }
        plan.make(slots.numbers[slot]);
        final RejectReason reason = reason(reject.reasonRaw());
        if (isPassing(reason)) {
            counters.increment(AcquirerCounter.BUSY);
            release(slot);
            deadlines.set(slot, nowNs + busyPauseNs(slots.attempts[slot]));
        } else {
            onRefused(slot, reason, nowNs);
        }
    }

    @Override
    public void onSessionLost(final AcquirerSession session, final long nowNs) {
        for (int slot = 0; slot < slots.capacity(); slot++) {
            if (slots.sessions[slot] == session.index()) {
                slots.sessions[slot] = PaymentSlots.NONE;
                deadlines.set(slot, nowNs);
            }
        }
    }

    private void onFirstAnswer(final int slot, final PaymentResponseDecoder response, final long nowNs) {
        final short outcome = response.outcomeRaw();
        final boolean approved = outcome == Outcome.APPROVED.value();
        counters.increment(
                approved
                        ? AcquirerCounter.APPROVED
                        : outcome == Outcome.DECLINED.value() ? AcquirerCounter.DECLINED : AcquirerCounter.UNKNOWN);
        recorder.recordValue(Math.max(0, Math.min(LONGEST_LATENCY_NS, nowNs - slots.intendedAtNs[slot])));
        slots.answer(slot, response.buffer(), response.offset());
        log.answered(AcquirerEvent.ANSWERED, plan, response, slots.attempts[slot], nowNs);
        if (!AcquirerLog.namesReference(response, plan.rrn)) {
            counters.increment(AcquirerCounter.REPEATS_DIFFERENT);
            log.answered(AcquirerEvent.ANSWER_DIFFERS, plan, response, slots.attempts[slot], nowNs);
        }
        if (slots.phase(slot) != Phase.DONE) {
            next(slot, nowNs);
        }
    }

    private void onRepeatedAnswer(final int slot, final PaymentResponseDecoder response, final long nowNs) {
        final boolean alike = slots.answeredAlike(slot, response.buffer(), response.offset());
        counters.increment(alike ? AcquirerCounter.REPEATS_IDENTICAL : AcquirerCounter.REPEATS_DIFFERENT);
        if (!alike) {
            log.answered(AcquirerEvent.ANSWER_DIFFERS, plan, response, slots.attempts[slot], nowNs);
        }
        final Phase phase = slots.phase(slot);
        if (phase == Phase.AWAITING_REFUSAL && slots.sessions[slot] != PaymentSlots.NONE) {
            counters.increment(AcquirerCounter.CONFLICTS_ANSWERED);
            log.answered(AcquirerEvent.CONFLICT_ANSWERED, plan, response, slots.attempts[slot], nowNs);
        }
        if (phase == Phase.AWAITING_REPEAT || phase == Phase.AWAITING_REFUSAL) {
            next(slot, nowNs);
        }
    }

    private void onRefused(final int slot, final RejectReason reason, final long nowNs) {
        switch (slots.phase(slot)) {
            case AWAITING_ANSWER, AWAITING_EARLY_REVERSAL -> refusePayment(slot, reason, nowNs);
            case AWAITING_REVERSAL -> {
                counters.increment(AcquirerCounter.REVERSALS_FAILED);
                log.rejected(AcquirerEvent.REVERSAL_REJECTED, plan, reason, nowNs);
                finish(slot);
            }
            case AWAITING_REFUSAL -> {
                if (reason == RejectReason.DUPLICATE_CONFLICT) {
                    counters.increment(AcquirerCounter.CONFLICTS_REFUSED);
                } else {
                    differs(reason, nowNs);
                }
                next(slot, nowNs);
            }
            default -> {
                differs(reason, nowNs);
                finish(slot);
            }
        }
    }

    /** The first attempt's refusal is final; after others, an earlier attempt may have been carried out. */
    private void refusePayment(final int slot, final RejectReason reason, final long nowNs) {
        final boolean sentBefore = slots.attempts[slot] > 1 || plan.repeatedConcurrently;
        if (sentBefore && plan.fault == Fault.NONE) {
            deadlines.cancel(slot);
            giveUp(slot, nowNs);
            return;
        }
        counters.increment(AcquirerCounter.REJECTED);
        log.rejected(AcquirerEvent.REJECTED, plan, reason, nowNs);
        finish(slot);
    }

    private void differs(final RejectReason reason, final long nowNs) {
        counters.increment(AcquirerCounter.REPEATS_DIFFERENT);
        log.rejected(AcquirerEvent.ANSWER_DIFFERS, plan, reason, nowNs);
    }

    /** Goes on to what is still to be done with a payment that has its answer. */
    private void next(final int slot, final long nowNs) {
        final Phase next = following(slot);
        release(slot);
        slots.phase(slot, next);
        if (next == Phase.DONE) {
            deadlines.cancel(slot);
            return;
        }
        slots.giveUpAtNs[slot] = nowNs + retries.giveUpNs();
        deadlines.set(slot, nowNs + retries.repeatDelayNs());
    }

    private Phase following(final int slot) {
        final boolean first = slots.phase(slot) == Phase.AWAITING_ANSWER;
        final boolean asked = slots.phase(slot) == Phase.AWAITING_STATUS;
        if (first && plan.repeated) {
            return Phase.AWAITING_REPEAT;
        }
        // Only where no late answer to an earlier attempt can be taken for an answer to the conflicting request.
        if (first && plan.conflicting && slots.attempts[slot] == 1) {
            return Phase.AWAITING_REFUSAL;
        }
        if (plan.inquired && !asked) {
            return Phase.AWAITING_STATUS;
        }
        if (!slots.isApproved(slot)) {
            return Phase.DONE;
        }
        if (plan.reversed) {
            return Phase.AWAITING_REVERSAL;
        }
        return plan.followed ? Phase.FOLLOW_UP_DUE : Phase.DONE;
    }

    private void finish(final int slot) {
        release(slot);
        deadlines.cancel(slot);
        slots.phase(slot, Phase.DONE);
    }

    /** The session the answer was awaited on has room for another request. */
    private void release(final int slot) {
        final int session = slots.sessions[slot];
        if (session != PaymentSlots.NONE) {
            sessions[session].released();
            slots.sessions[slot] = PaymentSlots.NONE;
        }
    }

    private int find(final long high, final long low) {
        return high == plan.runKey ? slots.find(low) : PaymentSlots.NONE;
    }

    private long busyPauseNs(final int attempts) {
        final long pauseNs = retries.busyNs() << Math.min(BUSY_DOUBLINGS, Math.max(0, attempts - 1));
        return pauseNs / 2 + random.nextLong(pauseNs / 2 + 1);
    }

    private static boolean isPassing(final RejectReason reason) {
        return switch (reason) {
            case SWITCH_BUSY,
                    SWITCH_UNAVAILABLE,
                    TABLE_FULL,
                    CARD_DATA_FULL,
                    IN_FLIGHT_LIMIT,
                    NOT_LOGGED_ON,
                    STATUS_RATE_LIMIT -> true;
            default -> false;
        };
    }

    private static RejectReason reason(final short code) {
        for (final RejectReason reason : REASONS) {
            if (reason.value() == code) {
                return reason;
            }
        }
        return RejectReason.NULL_VAL;
    }
}

package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentState;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayQueue;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payments an acquirer remembers: those something is still expected for, and the most recent others, for late and
 * repeated answers. A slot is given to a new payment when the payment in it has been done for longest. Fixed size.
 */
final class PaymentSlots {

    static final int NONE = -1;

    private static final int ANSWER_BYTES = PaymentResponseDecoder.BLOCK_LENGTH;
    private static final int ANSWER_STRIDE = 128;
    private static final int OUTCOME_OFFSET = PaymentResponseDecoder.outcomeEncodingOffset();

    final long[] numbers;
    final long[] createdAtNs;
    /** Second half of the key of the payment that is followed up. */
    final long[] originalCreatedAtNs;

    final long[] intendedAtNs;
    final long[] reversalCreatedAtNs;
    final long[] giveUpAtNs;
    final int[] attempts;

    /** Session on which an answer is awaited, or {@link #NONE}. */
    final int[] sessions;

    private final long[] references;
    private final byte[] phases;
    private final boolean[] answered;
    private final UnsafeBuffer answers;
    private final PaymentResponseDecoder answer = new PaymentResponseDecoder();
    private final Long2LongHashMap byReference;
    private final IntArrayQueue reusable;

    private int openCount;

    PaymentSlots(final int capacity) {
        numbers = new long[capacity];
        createdAtNs = new long[capacity];
        originalCreatedAtNs = new long[capacity];
        intendedAtNs = new long[capacity];
        reversalCreatedAtNs = new long[capacity];
        giveUpAtNs = new long[capacity];
        attempts = new int[capacity];
        sessions = new int[capacity];
        references = new long[capacity];
        phases = new byte[capacity];
        answered = new boolean[capacity];
        answers = new UnsafeBuffer(new byte[capacity * ANSWER_STRIDE]);
        byReference = new Long2LongHashMap(2 * capacity, 0.55f, NONE);
        reusable = new IntArrayQueue(capacity + 1, NONE);
        Arrays.fill(sessions, NONE);
        for (int slot = 0; slot < capacity; slot++) {
            reusable.addInt(slot);
        }
    }

    int capacity() {
        return numbers.length;
    }

    /** Payments for which something is still expected. */
    int openCount() {
        return openCount;
    }

    /** The slot of a payment, or {@link #NONE}. */
    int find(final long reference) {
        return (int) byReference.get(reference);
    }

    Phase phase(final int slot) {
        return Phase.of(phases[slot]);
    }

    boolean isAnswered(final int slot) {
        return answered[slot];
    }

    /** A slot for a new payment, or {@link #NONE} when something is still expected for every payment remembered. */
    int acquire(final long number, final long reference) {
        final int slot = reusable.pollInt();
        if (slot == NONE) {
            return NONE;
        }
        if (phases[slot] != Phase.FREE.code()) {
            byReference.remove(references[slot]);
        }
        byReference.put(reference, slot);
        references[slot] = reference;
        numbers[slot] = number;
        originalCreatedAtNs[slot] = 0;
        reversalCreatedAtNs[slot] = 0;
        attempts[slot] = 0;
        sessions[slot] = NONE;
        answered[slot] = false;
        phases[slot] = Phase.AWAITING_ANSWER.code();
        openCount++;
        return slot;
    }

    void phase(final int slot, final Phase phase) {
        phases[slot] = phase.code();
        attempts[slot] = 0;
        if (phase == Phase.DONE) {
            openCount--;
            reusable.addInt(slot);
        }
    }

    /** Remembers the answer, to compare others with it. */
    void answer(final int slot, final DirectBuffer buffer, final int offset) {
        answers.putBytes(slot * ANSWER_STRIDE, buffer, offset, ANSWER_BYTES);
        answered[slot] = true;
    }

    /** Whether the answer remembered is an approval. */
    boolean isApproved(final int slot) {
        return answered[slot] && answers.getByte(slot * ANSWER_STRIDE + OUTCOME_OFFSET) == Outcome.APPROVED.value();
    }

    /** Whether a status says what the answer remembered said. */
    boolean answeredAlike(final int slot, final PaymentStatusResponseDecoder status) {
        answer.wrap(answers, slot * ANSWER_STRIDE, ANSWER_BYTES, PaymentResponseDecoder.SCHEMA_VERSION);
        final boolean contradiction =
                switch (PaymentState.get(status.stateRaw())) {
                    case DECLINED -> answer.outcomeRaw() == Outcome.APPROVED.value();
                    case APPROVED, ADVISING, COMPLETED, VOIDED -> answer.outcomeRaw() == Outcome.DECLINED.value();
                    default -> false;
                };
        return status.paymentId() == answer.paymentId() && status.resultCode() == answer.resultCode() && !contradiction;
    }

    /** Whether an answer is the one remembered, byte for byte. */
    boolean answeredAlike(final int slot, final DirectBuffer buffer, final int offset) {
        final int start = slot * ANSWER_STRIDE;
        for (int i = 0; i < ANSWER_BYTES; i++) {
            if (answers.getByte(start + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}

package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.Outcome;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.codecs.sbe.acquirer.RejectReason;
import io.turnout.codecs.sbe.acquirer.TransactionType;
import io.turnout.simulators.RrnTable;
import io.turnout.simulators.lines.LineWriter;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The acquirer's own log. A payment is written before it is sent for the first time and an answer when it comes; the
 * caller flushes before anything is sent, so that the switch never saw a payment the log does not hold.
 */
final class AcquirerLog implements AutoCloseable {

    private static final int RRN_OFFSET = PaymentResponseDecoder.retrievalReferenceEncodingOffset();
    private static final int APPROVAL_CODE_OFFSET = PaymentResponseDecoder.approvalCodeEncodingOffset();
    private static final int APPROVAL_CODE_LENGTH = PaymentResponseDecoder.approvalCodeLength();

    private final LineWriter writer;
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);

    AcquirerLog(final Path file) {
        writer = LineWriter.open(file, AcquirerField.all());
    }

    int flush() {
        return writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    void run(final long fingerprint, final int acquirerId, final long startedAtNs) {
        writer.begin()
                .text(AcquirerField.EVENT, AcquirerEvent.RUN.key())
                .number(AcquirerField.RUN, fingerprint)
                .number(AcquirerField.ACQUIRER_ID, acquirerId)
                .number(AcquirerField.AT_NS, startedAtNs)
                .end();
    }

    void sent(final PaymentPlan plan, final long createdAtNs, final long originalCreatedAtNs, final long intendedAtNs) {
        begin(AcquirerEvent.SENT, plan)
                .hex(AcquirerField.CLIENT_REFERENCE, plan.runKey, plan.reference)
                .number(AcquirerField.CREATED_AT_NS, createdAtNs)
                .number(AcquirerField.INTENDED_AT_NS, intendedAtNs)
                .number(AcquirerField.AMOUNT_MINOR, plan.amountMinor)
                .number(AcquirerField.CURRENCY, plan.currency)
                .text(AcquirerField.BIN, plan.bin)
                .digits(AcquirerField.LAST_FOUR, plan.lastFour(), 4);
        if (plan.type != TransactionType.PURCHASE) {
            writer.text(AcquirerField.TYPE, plan.type.name());
        }
        if (plan.advice) {
            writer.text(AcquirerField.ADVICE, "TRUE");
        }
        if (plan.isFollowUp()) {
            text.wrap(plan.originalRrn);
            writer.text(AcquirerField.ORIGINAL_RRN, text, 0, RrnTable.RRN_LENGTH)
                    .number(AcquirerField.ORIGINAL_CREATED_AT_NS, originalCreatedAtNs);
        }
        if (plan.onUs) {
            writer.text(AcquirerField.ON_US, "TRUE");
        }
        if (plan.fromAccountId != 0) {
            writer.number(AcquirerField.FROM_ACCOUNT, plan.fromAccountId);
        }
        if (plan.toAccountId != 0) {
            writer.number(AcquirerField.TO_ACCOUNT, plan.toAccountId);
        }
        if (plan.fault != Fault.NONE) {
            writer.text(AcquirerField.FAULT, plan.fault.name());
        }
        writer.end();
    }

    /** An answer: the first, or one that differs from it. */
    void answered(
            final AcquirerEvent event,
            final PaymentPlan plan,
            final PaymentResponseDecoder response,
            final int attempts,
            final long nowNs) {
        final DirectBuffer buffer = response.buffer();
        final short outcome = response.outcomeRaw();
        begin(event, plan)
                .text(AcquirerField.OUTCOME, outcomeName(outcome))
                .number(AcquirerField.RESULT_CODE, response.resultCode())
                .number(AcquirerField.PAYMENT_ID, response.paymentId())
                .number(AcquirerField.AMOUNT_MINOR, response.amountMinor())
                .number(AcquirerField.CURRENCY, response.currency());
        if (outcome == Outcome.APPROVED.value()) {
            final int offset = response.offset() + APPROVAL_CODE_OFFSET;
            writer.printable(AcquirerField.APPROVAL_CODE, buffer, offset, APPROVAL_CODE_LENGTH);
        }
        writer.number(AcquirerField.ATTEMPTS, attempts)
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    /** A refusal that is final. */
    void rejected(final AcquirerEvent event, final PaymentPlan plan, final RejectReason reason, final long nowNs) {
        begin(event, plan)
                .text(AcquirerField.REASON, reason.name())
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    /**
     * A reversal is about to be sent.
     *
     * @param createdAtNs of the payment
     * @param nowNs second half of the reversal's own key
     */
    void reversalSent(final PaymentPlan plan, final long createdAtNs, final long nowNs) {
        begin(AcquirerEvent.REVERSAL_SENT, plan)
                .number(AcquirerField.CREATED_AT_NS, createdAtNs)
                .number(AcquirerField.REPLACEMENT_MINOR, plan.replacementMinor)
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    /** A status inquiry told something else than the answer. */
    void statusDiffers(final PaymentPlan plan, final int resultCode, final int state, final long nowNs) {
        begin(AcquirerEvent.STATUS_DIFFERS, plan)
                .number(AcquirerField.RESULT_CODE, resultCode)
                .number(AcquirerField.STATE, state)
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    void reversalAnswered(final PaymentPlan plan, final int resultCode, final int state, final long nowNs) {
        begin(AcquirerEvent.REVERSAL_ANSWERED, plan)
                .number(AcquirerField.RESULT_CODE, resultCode)
                .number(AcquirerField.STATE, state)
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    /** The acquirer stopped asking. */
    void gaveUp(final AcquirerEvent event, final PaymentPlan plan, final int attempts, final long nowNs) {
        begin(event, plan)
                .number(AcquirerField.ATTEMPTS, attempts)
                .number(AcquirerField.AT_NS, nowNs)
                .end();
    }

    /** Whether the answer names the payment's retrieval reference. */
    static boolean namesReference(final PaymentResponseDecoder response, final byte[] rrn) {
        for (int i = 0; i < RrnTable.RRN_LENGTH; i++) {
            if (response.buffer().getByte(response.offset() + RRN_OFFSET + i) != rrn[i]) {
                return false;
            }
        }
        return true;
    }

    private LineWriter begin(final AcquirerEvent event, final PaymentPlan plan) {
        text.wrap(plan.rrn);
        return writer.begin()
                .text(AcquirerField.EVENT, event.key())
                .text(AcquirerField.RRN, text, 0, RrnTable.RRN_LENGTH);
    }

    private static String outcomeName(final short outcome) {
        if (outcome == Outcome.APPROVED.value()) {
            return Outcome.APPROVED.name();
        }
        return outcome == Outcome.DECLINED.value() ? Outcome.DECLINED.name() : Outcome.UNKNOWN.name();
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a message to an issuer says of the payment it follows up (DE38 and DE90 of the original). */
final class OriginalReference {
    private static final byte BLANK = ' ';
    private static final int APPROVAL_CODE_LENGTH = SnapshotPaymentDecoder.approvalCodeLength();

    private final PaymentTable payments;
    private final OriginalTable originals;
    private final PaymentRecord remembered;
    private final OriginalRecord kept = new OriginalRecord();
    private final UnsafeBuffer approvalCode = new UnsafeBuffer(new byte[APPROVAL_CODE_LENGTH]);
    private int transmissionDateTime;
    private int stan;
    private long localDateTime;
    private short transactionType;
    private boolean advice;

    OriginalReference(final EngineState state) {
        this.payments = state.payments();
        this.originals = state.originals();
        this.remembered = new PaymentRecord(state.slab());
    }

    /** Looks up what the payment follows up; says nothing when that is no other, or one forgotten since. */
    void of(final PaymentRecord payment) {
        clear();
        if (payment.originalPaymentId() == 0) {
            return;
        }
        final int slot = payments.findById(payment.originalPaymentId());
        if (slot != PaymentTable.NONE) {
            read(remembered.wrap(slot));
            return;
        }
        final int place = originals.findById(payment.originalPaymentId());
        if (place != OriginalTable.NONE) {
            read(originals.wrap(place, kept));
        }
    }

    void clear() {
        transmissionDateTime = 0;
        stan = 0;
        localDateTime = 0;
        transactionType = 0;
        advice = false;
        approvalCode.setMemory(0, APPROVAL_CODE_LENGTH, BLANK);
    }

    int transmissionDateTime() {
        return transmissionDateTime;
    }

    int stan() {
        return stan;
    }

    /** CCYYMMDDhhmmss at the terminal. */
    long localDateTime() {
        return localDateTime;
    }

    short transactionType() {
        return transactionType;
    }

    boolean isAdvice() {
        return advice;
    }

    void copyApprovalCode(final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, approvalCode, 0, APPROVAL_CODE_LENGTH);
    }

    private void read(final PaymentRecord original) {
        transmissionDateTime = original.transmissionDateTime();
        stan = original.stan();
        localDateTime = original.localDateTime();
        transactionType = (short) original.transactionType();
        advice = original.advice();
        original.copyField(SnapshotPaymentDecoder.approvalCodeEncodingOffset(), APPROVAL_CODE_LENGTH, approvalCode, 0);
    }

    private void read(final OriginalRecord original) {
        final SnapshotOriginalDecoder record = original.decoder();
        transmissionDateTime = (int) record.transmissionDateTime();
        stan = (int) record.stan();
        localDateTime = record.localDateTime();
        transactionType = record.transactionType();
        advice = record.flags().advice();
        original.copyField(SnapshotOriginalDecoder.approvalCodeEncodingOffset(), APPROVAL_CODE_LENGTH, approvalCode, 0);
    }
}

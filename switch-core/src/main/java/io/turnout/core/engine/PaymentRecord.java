package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One payment in the slab. What it holds is the block of {@code SnapshotPayment}: a snapshot copies it as it is, and
 * the schema says where every field lies.
 *
 * <pre>
 *   bytes of the record   what is used together
 *     16 ..  63           identity, state, deadline                          first cache line, with the links
 *     64 .. 127           trace numbers, the answer, session, amount
 *    128 .. 191           slot, instants, institution
 *    192 .. 337           reversal, and the content that only repeats and bank messages need
 * </pre>
 *
 * A flyweight: it points at one record at a time and must not outlive the command.
 */
final class PaymentRecord {
    static final int NO_OUTCOME = 0;

    /** Index of a slot of a payment without sensitive data. */
    static final int NO_SENSITIVE_DATA = -1;

    private static final byte BLANK = ' ';

    private final SnapshotPaymentEncoder encoder = new SnapshotPaymentEncoder();
    private final SnapshotPaymentDecoder decoder = new SnapshotPaymentDecoder();
    private final PaymentSlab slab;
    private UnsafeBuffer buffer;
    private int offset;
    private int slot = PaymentSlab.NONE;

    PaymentRecord(final PaymentSlab slab) {
        this.slab = slab;
    }

    PaymentRecord wrap(final int recordSlot) {
        slot = recordSlot;
        buffer = slab.buffer(recordSlot);
        offset = slab.offset(recordSlot) + PaymentSlab.BLOCK_OFFSET;
        encoder.wrap(buffer, offset);
        decoder.wrap(buffer, offset, PaymentSlab.BLOCK_LENGTH, SnapshotPaymentDecoder.SCHEMA_VERSION);
        return this;
    }

    int slot() {
        return slot;
    }

    /** Where the block of this record lies, for copies. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    /** First byte of the block in {@link #buffer()}. */
    int offset() {
        return offset;
    }

    long clientReferenceHigh() {
        return decoder.clientReference().high();
    }

    long clientReferenceLow() {
        return decoder.clientReference().low();
    }

    void key(final long acquirer, final long referenceHigh, final long referenceLow, final long createdAt) {
        encoder.acquirerId(acquirer).createdAtNs(createdAt);
        encoder.clientReference().high(referenceHigh).low(referenceLow);
    }

    boolean hasKey(final long acquirer, final long referenceHigh, final long referenceLow, final long createdAt) {
        return decoder.createdAtNs() == createdAt
                && decoder.acquirerId() == acquirer
                && clientReferenceLow() == referenceLow
                && clientReferenceHigh() == referenceHigh;
    }

    long acquirerId() {
        return decoder.acquirerId();
    }

    long createdAtNs() {
        return decoder.createdAtNs();
    }

    /** Whether the acquirer has its one answer. */
    boolean isAnswered() {
        return decoder.outcome() != NO_OUTCOME;
    }

    boolean isApproved() {
        return decoder.outcome() == Outcome.APPROVED.value();
    }

    /** Whether the issuer has the request and may still answer in time. */
    boolean awaitsIssuer() {
        return state() == PaymentState.PENDING || reversalPhase() == ReversalPhase.AWAITING_ISSUER;
    }

    /** Records the one answer. */
    void answer(final Outcome outcome, final DeclineReason reason, final int resultCode) {
        if (isAnswered()) {
            throw new IllegalStateException("answered twice: paymentId=" + paymentId() + " outcome=" + outcome);
        }
        encoder.outcome(outcome.value()).reason(reason).resultCode(resultCode);
    }

    Outcome outcome() {
        return Outcome.get(decoder.outcome());
    }

    DeclineReason reason() {
        return decoder.reason();
    }

    int resultCode() {
        return decoder.resultCode();
    }

    ReversalReason reversalReason() {
        return ReversalReason.get(decoder.reversalReason());
    }

    void reversalReason(final ReversalReason value) {
        encoder.reversalReason(value.value());
    }

    /** Copies a field of the block to another buffer. */
    void copyField(final int fieldOffset, final int length, final MutableDirectBuffer target, final int targetOffset) {
        target.putBytes(targetOffset, buffer, offset + fieldOffset, length);
    }

    void approvalCode(final DirectBuffer source, final int sourceOffset) {
        buffer.putBytes(
                offset + SnapshotPaymentEncoder.approvalCodeEncodingOffset(),
                source,
                sourceOffset,
                SnapshotPaymentEncoder.approvalCodeLength());
    }

    void blankApprovalCode() {
        buffer.setMemory(
                offset + SnapshotPaymentEncoder.approvalCodeEncodingOffset(),
                SnapshotPaymentEncoder.approvalCodeLength(),
                BLANK);
    }

    long paymentId() {
        return decoder.paymentId();
    }

    void paymentId(final long value) {
        encoder.paymentId(value);
    }

    long dueNs() {
        return decoder.dueNs();
    }

    void dueNs(final long value) {
        encoder.dueNs(value);
    }

    PaymentState state() {
        return decoder.state();
    }

    void state(final PaymentState value) {
        encoder.state(value);
    }

    ReversalPhase reversalPhase() {
        return decoder.reversalPhase();
    }

    void reversalPhase(final ReversalPhase value) {
        encoder.reversalPhase(value);
    }

    int stan() {
        return (int) decoder.stan();
    }

    void stan(final int value) {
        encoder.stan(value);
    }

    int transmissionDateTime() {
        return (int) decoder.transmissionDateTime();
    }

    void transmissionDateTime(final int value) {
        encoder.transmissionDateTime(value);
    }

    int issuerId() {
        return decoder.issuerId();
    }

    void issuerId(final int value) {
        encoder.issuerId(value);
    }

    int linkId() {
        return decoder.linkId();
    }

    void linkId(final int value) {
        encoder.linkId(value);
    }

    DeclineReason giveUpReason() {
        return decoder.giveUpReason();
    }

    void giveUpReason(final DeclineReason value) {
        encoder.giveUpReason(value);
    }

    boolean tombstone() {
        return decoder.flags().tombstone();
    }

    void tombstone(final boolean value) {
        encoder.flags().tombstone(value);
    }

    boolean retrievalReferenceAssigned() {
        return decoder.flags().retrievalReferenceAssigned();
    }

    void retrievalReferenceAssigned(final boolean value) {
        encoder.flags().retrievalReferenceAssigned(value);
    }

    boolean issuerAnswered() {
        return decoder.flags().issuerAnswered();
    }

    void issuerAnswered(final boolean value) {
        encoder.flags().issuerAnswered(value);
    }

    long sessionId() {
        return decoder.sessionId();
    }

    void sessionId(final long value) {
        encoder.sessionId(value);
    }

    long amountMinor() {
        return decoder.amountMinor();
    }

    void amountMinor(final long value) {
        encoder.amountMinor(value);
    }

    long order() {
        return decoder.order();
    }

    void order(final long value) {
        encoder.order(value);
    }

    int gatewayId() {
        return decoder.gatewayId();
    }

    void gatewayId(final int value) {
        encoder.gatewayId(value);
    }

    int currency() {
        return decoder.currency();
    }

    void currency(final int value) {
        encoder.currency(value);
    }

    int transactionType() {
        return decoder.transactionType();
    }

    void transactionType(final int value) {
        encoder.transactionType((short) value);
    }

    long requestedAtNs() {
        return decoder.requestedAtNs();
    }

    void requestedAtNs(final long value) {
        encoder.requestedAtNs(value);
    }

    long finalisedAtNs() {
        return decoder.finalisedAtNs();
    }

    void finalisedAtNs(final long value) {
        encoder.finalisedAtNs(value);
    }

    long localDateTime() {
        return decoder.localDateTime();
    }

    void localDateTime(final long value) {
        encoder.localDateTime(value);
    }

    long institutionId() {
        return decoder.institutionId();
    }

    void institutionId(final long value) {
        encoder.institutionId(value);
    }

    int reversalStan() {
        return (int) decoder.reversalStan();
    }

    void reversalStan(final int value) {
        encoder.reversalStan(value);
    }

    int reversalTransmissionDateTime() {
        return (int) decoder.reversalTransmissionDateTime();
    }

    void reversalTransmissionDateTime(final int value) {
        encoder.reversalTransmissionDateTime(value);
    }

    long attempts() {
        return decoder.attempts();
    }

    void attempts(final long value) {
        encoder.attempts(value);
    }

    long tries() {
        return decoder.tries();
    }

    void tries(final long value) {
        encoder.tries(value);
    }

    int reversalLinkId() {
        return decoder.reversalLinkId();
    }

    void reversalLinkId(final int value) {
        encoder.reversalLinkId(value);
    }

    /** Whether it is an accomplished fact. */
    /** Whether it is settled in the ledger and no issuer asked. */
    boolean onUs() {
        return decoder().flags().onUs();
    }

    void onUs(final boolean value) {
        encoder().flags().onUs(value);
    }

    LedgerState ledgerState() {
        return decoder().ledgerState();
    }

    /** What its main leg holds or has posted; 0 when it moves nothing. */
    long heldMinor() {
        return decoder().heldMinor();
    }

    boolean advice() {
        return decoder().flags().advice();
    }

    void advice(final boolean value) {
        encoder().flags().advice(value);
    }

    /** Whether a completion or void of it has no outcome yet. */
    boolean followUpInFlight() {
        return decoder().flags().followUpInFlight();
    }

    void followUpInFlight(final boolean value) {
        encoder().flags().followUpInFlight(value);
    }

    /** Whether it has taken something of the payment it follows up, and has not given it back. */
    boolean holdsOriginal() {
        return decoder().flags().holdsOriginal();
    }

    void holdsOriginal(final boolean value) {
        encoder().flags().holdsOriginal(value);
    }

    boolean movesMoney() {
        return TransactionTypes.movesMoney(transactionType());
    }

    /** Whether it is being undone, or shall be once its advice has arrived. */
    boolean hasReversal() {
        return decoder().reversalReason() != 0;
    }

    void forgetReversalReason() {
        encoder().reversalReason((short) 0);
    }

    /** What stands of the payment if it is approved. */
    long settledMinor() {
        return decoder().settledMinor();
    }

    void settledMinor(final long value) {
        encoder().settledMinor(value);
    }

    /** What stands of the payment in its state. */
    long standingMinor() {
        return standingMinor(state(), isApproved(), settledMinor());
    }

    static long standingMinor(final PaymentState state, final boolean approved, final long settledMinor) {
        return switch (state) {
            case APPROVED, ADVISING -> settledMinor;
            case REVERSING, MANUAL_REVIEW -> approved ? settledMinor : 0;
            default -> 0;
        };
    }

    /** What of it is refunded or being refunded. */
    long refundedMinor() {
        return decoder().refundedMinor();
    }

    void refundedMinor(final long value) {
        encoder().refundedMinor(value);
    }

    long originalPaymentId() {
        return decoder().originalPaymentId();
    }

    /** Of a partial reversal: what shall stand; 0 = nothing, the whole payment is undone. */
    long replacementAmountMinor() {
        return decoder().replacementAmountMinor();
    }

    void replacementAmountMinor(final long value) {
        encoder().replacementAmountMinor(value);
    }

    SnapshotPaymentEncoder encoder() {
        return encoder;
    }

    SnapshotPaymentDecoder decoder() {
        return decoder;
    }
}

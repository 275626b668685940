package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ClientReferenceDecoder;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentFlagsDecoder;
import io.turnout.codecs.sbe.engine.PaymentFlagsEncoder;
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
final class PaymentRecord extends BlockMemory {
    static final int NO_OUTCOME = 0;

    /** Index of a slot of a payment without sensitive data. */
    static final int NO_SENSITIVE_DATA = -1;

    private static final byte BLANK = ' ';

    private final SnapshotPaymentEncoder blockEncoder = new SnapshotPaymentEncoder();
    private final SnapshotPaymentDecoder blockDecoder = new SnapshotPaymentDecoder();
    private final PaymentSlab slab;
    private int slot = PaymentSlab.NONE;

    PaymentRecord(final PaymentSlab slab) {
        this.slab = slab;
    }

    PaymentRecord wrap(final int recordSlot) {
        slot = recordSlot;
        address(slab.address(recordSlot) + PaymentSlab.BLOCK_OFFSET);
        return this;
    }

    int slot() {
        return slot;
    }

    /** Where the block of this record lies, for copies. */
    UnsafeBuffer buffer() {
        return slab.buffer(slot);
    }

    /** First byte of the block in {@link #buffer()}. */
    int offset() {
        return slab.offset(slot) + PaymentSlab.BLOCK_OFFSET;
    }

    long clientReferenceHigh() {
        return getLong(
                SnapshotPaymentDecoder.clientReferenceEncodingOffset() + ClientReferenceDecoder.highEncodingOffset());
    }

    long clientReferenceLow() {
        return getLong(
                SnapshotPaymentDecoder.clientReferenceEncodingOffset() + ClientReferenceDecoder.lowEncodingOffset());
    }

    void key(final long acquirer, final long referenceHigh, final long referenceLow, final long createdAt) {
        putInt(SnapshotPaymentDecoder.acquirerIdEncodingOffset(), (int) acquirer);
        putLong(SnapshotPaymentDecoder.createdAtNsEncodingOffset(), createdAt);
        putLong(
                SnapshotPaymentDecoder.clientReferenceEncodingOffset() + ClientReferenceDecoder.highEncodingOffset(),
                referenceHigh);
        putLong(
                SnapshotPaymentDecoder.clientReferenceEncodingOffset() + ClientReferenceDecoder.lowEncodingOffset(),
                referenceLow);
    }

    boolean hasKey(final long acquirer, final long referenceHigh, final long referenceLow, final long createdAt) {
        return getLong(SnapshotPaymentDecoder.createdAtNsEncodingOffset()) == createdAt
                && acquirerId() == acquirer
                && clientReferenceLow() == referenceLow
                && clientReferenceHigh() == referenceHigh;
    }

    boolean hasRequest(final int issuer, final int dateTime, final int number) {
        return stan() == number && transmissionDateTime() == dateTime && issuerId() == issuer;
    }

    boolean hasReversal(final int issuer, final int dateTime, final int number) {
        return reversalStan() == number && reversalTransmissionDateTime() == dateTime && issuerId() == issuer;
    }

    /** Whether its request has this STAN and may still be answered: late, too, when it was made after that time. */
    boolean isRequestOpen(final int number, final long lateSinceNs) {
        return stan() == number
                && !issuerAnswered()
                && (!Lifecycle.isFinal(state()) || requestedAtNs() > lateSinceNs);
    }

    /** Whether its reversal has this STAN and its answer would end the matter. */
    boolean isReversalOpen(final int number) {
        return reversalStan() == number
                && (state() == PaymentState.REVERSING || state() == PaymentState.MANUAL_REVIEW);
    }

    long acquirerId() {
        return getInt(SnapshotPaymentDecoder.acquirerIdEncodingOffset()) & 0xFFFF_FFFFL;
    }

    long createdAtNs() {
        return getLong(SnapshotPaymentDecoder.createdAtNsEncodingOffset());
    }

    /** Whether the acquirer has its one answer. */
    boolean isAnswered() {
        return getByte(SnapshotPaymentDecoder.outcomeEncodingOffset()) != NO_OUTCOME;
    }

    boolean isApproved() {
        return getByte(SnapshotPaymentDecoder.outcomeEncodingOffset()) == Outcome.APPROVED.value();
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
        putByte(SnapshotPaymentDecoder.outcomeEncodingOffset(), outcome.value());
        putByte(SnapshotPaymentDecoder.reasonEncodingOffset(), reason.value());
        putShort(SnapshotPaymentDecoder.resultCodeEncodingOffset(), resultCode);
    }

    Outcome outcome() {
        return Outcome.get((short) getByte(SnapshotPaymentDecoder.outcomeEncodingOffset()));
    }

    DeclineReason reason() {
        return DeclineReason.get((short) getByte(SnapshotPaymentDecoder.reasonEncodingOffset()));
    }

    int resultCode() {
        return getShort(SnapshotPaymentDecoder.resultCodeEncodingOffset());
    }

    ReversalReason reversalReason() {
        return ReversalReason.get((short) getByte(SnapshotPaymentDecoder.reversalReasonEncodingOffset()));
    }

    void reversalReason(final ReversalReason value) {
        putByte(SnapshotPaymentDecoder.reversalReasonEncodingOffset(), value.value());
    }

    /** Copies a field of the block to another buffer. */
    void copyField(final int fieldOffset, final int length, final MutableDirectBuffer target, final int targetOffset) {
        Bytes.copy(addressOf(fieldOffset), target, targetOffset, length);
    }

    /** Copies from another buffer to a field of the block. */
    void putField(final int fieldOffset, final int length, final DirectBuffer source, final int sourceOffset) {
        Bytes.copy(source, sourceOffset, addressOf(fieldOffset), length);
    }

    void approvalCode(final DirectBuffer source, final int sourceOffset) {
        putField(
                SnapshotPaymentEncoder.approvalCodeEncodingOffset(),
                SnapshotPaymentEncoder.approvalCodeLength(),
                source,
                sourceOffset);
    }

    void blankApprovalCode() {
        for (int i = 0; i < SnapshotPaymentEncoder.approvalCodeLength(); i++) {
            putByte(SnapshotPaymentEncoder.approvalCodeEncodingOffset() + i, BLANK);
        }
    }

    long paymentId() {
        return getLong(SnapshotPaymentDecoder.paymentIdEncodingOffset());
    }

    void paymentId(final long value) {
        putLong(SnapshotPaymentDecoder.paymentIdEncodingOffset(), value);
    }

    long dueNs() {
        return getLong(SnapshotPaymentDecoder.dueNsEncodingOffset());
    }

    void dueNs(final long value) {
        putLong(SnapshotPaymentDecoder.dueNsEncodingOffset(), value);
    }

    PaymentState state() {
        return PaymentState.get((short) getByte(SnapshotPaymentDecoder.stateEncodingOffset()));
    }

    void state(final PaymentState value) {
        putByte(SnapshotPaymentDecoder.stateEncodingOffset(), value.value());
    }

    ReversalPhase reversalPhase() {
        return ReversalPhase.get((short) getByte(SnapshotPaymentDecoder.reversalPhaseEncodingOffset()));
    }

    void reversalPhase(final ReversalPhase value) {
        putByte(SnapshotPaymentDecoder.reversalPhaseEncodingOffset(), value.value());
    }

    int stan() {
        return getInt(SnapshotPaymentDecoder.stanEncodingOffset());
    }

    void stan(final int value) {
        putInt(SnapshotPaymentDecoder.stanEncodingOffset(), value);
    }

    int transmissionDateTime() {
        return getInt(SnapshotPaymentDecoder.transmissionDateTimeEncodingOffset());
    }

    void transmissionDateTime(final int value) {
        putInt(SnapshotPaymentDecoder.transmissionDateTimeEncodingOffset(), value);
    }

    int issuerId() {
        return getShort(SnapshotPaymentDecoder.issuerIdEncodingOffset());
    }

    void issuerId(final int value) {
        putShort(SnapshotPaymentDecoder.issuerIdEncodingOffset(), value);
    }

    int linkId() {
        return getShort(SnapshotPaymentDecoder.linkIdEncodingOffset());
    }

    void linkId(final int value) {
        putShort(SnapshotPaymentDecoder.linkIdEncodingOffset(), value);
    }

    DeclineReason giveUpReason() {
        return DeclineReason.get((short) getByte(SnapshotPaymentDecoder.giveUpReasonEncodingOffset()));
    }

    void giveUpReason(final DeclineReason value) {
        putByte(SnapshotPaymentDecoder.giveUpReasonEncodingOffset(), value.value());
    }

    boolean tombstone() {
        return PaymentFlagsDecoder.tombstone(getFlags());
    }

    void tombstone(final boolean value) {
        putFlags(PaymentFlagsEncoder.tombstone(getFlags(), value));
    }

    boolean retrievalReferenceAssigned() {
        return PaymentFlagsDecoder.retrievalReferenceAssigned(getFlags());
    }

    void retrievalReferenceAssigned(final boolean value) {
        putFlags(PaymentFlagsEncoder.retrievalReferenceAssigned(getFlags(), value));
    }

    boolean issuerAnswered() {
        return PaymentFlagsDecoder.issuerAnswered(getFlags());
    }

    void issuerAnswered(final boolean value) {
        putFlags(PaymentFlagsEncoder.issuerAnswered(getFlags(), value));
    }

    long sessionId() {
        return getLong(SnapshotPaymentDecoder.sessionIdEncodingOffset());
    }

    void sessionId(final long value) {
        putLong(SnapshotPaymentDecoder.sessionIdEncodingOffset(), value);
    }

    long amountMinor() {
        return getLong(SnapshotPaymentDecoder.amountMinorEncodingOffset());
    }

    void amountMinor(final long value) {
        putLong(SnapshotPaymentDecoder.amountMinorEncodingOffset(), value);
    }

    long order() {
        return getLong(SnapshotPaymentDecoder.orderEncodingOffset());
    }

    void order(final long value) {
        putLong(SnapshotPaymentDecoder.orderEncodingOffset(), value);
    }

    int gatewayId() {
        return getShort(SnapshotPaymentDecoder.gatewayIdEncodingOffset());
    }

    void gatewayId(final int value) {
        putShort(SnapshotPaymentDecoder.gatewayIdEncodingOffset(), value);
    }

    int currency() {
        return getShort(SnapshotPaymentDecoder.currencyEncodingOffset());
    }

    int transactionType() {
        return getByte(SnapshotPaymentDecoder.transactionTypeEncodingOffset());
    }

    long requestedAtNs() {
        return getLong(SnapshotPaymentDecoder.requestedAtNsEncodingOffset());
    }

    void requestedAtNs(final long value) {
        putLong(SnapshotPaymentDecoder.requestedAtNsEncodingOffset(), value);
    }

    long finalisedAtNs() {
        return getLong(SnapshotPaymentDecoder.finalisedAtNsEncodingOffset());
    }

    void finalisedAtNs(final long value) {
        putLong(SnapshotPaymentDecoder.finalisedAtNsEncodingOffset(), value);
    }

    long localDateTime() {
        return getLong(SnapshotPaymentDecoder.localDateTimeEncodingOffset());
    }

    long institutionId() {
        return getLong(SnapshotPaymentDecoder.institutionIdEncodingOffset());
    }

    int reversalStan() {
        return getInt(SnapshotPaymentDecoder.reversalStanEncodingOffset());
    }

    void reversalStan(final int value) {
        putInt(SnapshotPaymentDecoder.reversalStanEncodingOffset(), value);
    }

    int reversalTransmissionDateTime() {
        return getInt(SnapshotPaymentDecoder.reversalTransmissionDateTimeEncodingOffset());
    }

    void reversalTransmissionDateTime(final int value) {
        putInt(SnapshotPaymentDecoder.reversalTransmissionDateTimeEncodingOffset(), value);
    }

    long attempts() {
        return getInt(SnapshotPaymentDecoder.attemptsEncodingOffset()) & 0xFFFF_FFFFL;
    }

    void attempts(final long value) {
        putInt(SnapshotPaymentDecoder.attemptsEncodingOffset(), (int) value);
    }

    long tries() {
        return getInt(SnapshotPaymentDecoder.triesEncodingOffset()) & 0xFFFF_FFFFL;
    }

    void tries(final long value) {
        putInt(SnapshotPaymentDecoder.triesEncodingOffset(), (int) value);
    }

    int reversalLinkId() {
        return getShort(SnapshotPaymentDecoder.reversalLinkIdEncodingOffset());
    }

    void reversalLinkId(final int value) {
        putShort(SnapshotPaymentDecoder.reversalLinkIdEncodingOffset(), value);
    }

    /** Whether it is settled in the ledger and no issuer asked. */
    boolean onUs() {
        return PaymentFlagsDecoder.onUs(getFlags());
    }

    void onUs(final boolean value) {
        putFlags(PaymentFlagsEncoder.onUs(getFlags(), value));
    }

    LedgerState ledgerState() {
        return decoder().ledgerState();
    }

    /** What its main leg holds or has posted; 0 when it moves nothing. */
    long heldMinor() {
        return decoder().heldMinor();
    }

    /** Whether it is an accomplished fact. */
    boolean advice() {
        return PaymentFlagsDecoder.advice(getFlags());
    }

    void advice(final boolean value) {
        putFlags(PaymentFlagsEncoder.advice(getFlags(), value));
    }

    /** Whether a completion or void of it has no outcome yet. */
    boolean followUpInFlight() {
        return PaymentFlagsDecoder.followUpInFlight(getFlags());
    }

    void followUpInFlight(final boolean value) {
        putFlags(PaymentFlagsEncoder.followUpInFlight(getFlags(), value));
    }

    /** Whether it has taken something of the payment it follows up, and has not given it back. */
    boolean holdsOriginal() {
        return PaymentFlagsDecoder.holdsOriginal(getFlags());
    }

    void holdsOriginal(final boolean value) {
        putFlags(PaymentFlagsEncoder.holdsOriginal(getFlags(), value));
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
        return getLong(SnapshotPaymentDecoder.settledMinorEncodingOffset());
    }

    void settledMinor(final long value) {
        putLong(SnapshotPaymentDecoder.settledMinorEncodingOffset(), value);
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
        return getLong(SnapshotPaymentDecoder.refundedMinorEncodingOffset());
    }

    void refundedMinor(final long value) {
        putLong(SnapshotPaymentDecoder.refundedMinorEncodingOffset(), value);
    }

    long originalPaymentId() {
        return getLong(SnapshotPaymentDecoder.originalPaymentIdEncodingOffset());
    }

    /** Of a partial reversal: what shall stand; 0 = nothing, the whole payment is undone. */
    long replacementAmountMinor() {
        return getLong(SnapshotPaymentDecoder.replacementAmountMinorEncodingOffset());
    }

    void replacementAmountMinor(final long value) {
        putLong(SnapshotPaymentDecoder.replacementAmountMinorEncodingOffset(), value);
    }

    /** For fields that have no accessor here: an encoder over the block. */
    SnapshotPaymentEncoder encoder() {
        return blockEncoder.wrap(buffer(), offset());
    }

    /** For fields that have no accessor here: a decoder over the block. */
    SnapshotPaymentDecoder decoder() {
        return blockDecoder.wrap(buffer(), offset(), PaymentSlab.BLOCK_LENGTH, SnapshotPaymentDecoder.SCHEMA_VERSION);
    }

    private byte getFlags() {
        return (byte) getByte(SnapshotPaymentDecoder.flagsEncodingOffset());
    }

    private void putFlags(final byte value) {
        putByte(SnapshotPaymentDecoder.flagsEncodingOffset(), value);
    }
}

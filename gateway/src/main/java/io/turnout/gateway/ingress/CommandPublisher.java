package io.turnout.gateway.ingress;

import io.turnout.codecs.sbe.acquirer.FollowUpRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentRequestDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusRequestDecoder;
import io.turnout.codecs.sbe.acquirer.ReversalRequestDecoder;
import io.turnout.codecs.sbe.admin.DecideDecoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ClientReferenceEncoder;
import io.turnout.codecs.sbe.engine.DecideOperationEncoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationEncoder;
import io.turnout.codecs.sbe.engine.IssuerReconciliationResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.OperationDecision;
import io.turnout.codecs.sbe.engine.RequestFollowUpEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusEncoder;
import io.turnout.codecs.sbe.engine.RequestReversalEncoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import io.turnout.core.ports.Admission;
import io.turnout.core.ports.CommandIngress;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.vault.CardReference;
import io.turnout.gateway.vault.CardVault;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableRingBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes the gateway's commands and offers them to the switch. Used by one thread; allocates nothing per command.
 *
 * <p>What comes from a socket may be refused for want of room, and the socket is not read until there is room again.
 * What the gateway says itself (a link was lost, a request was not sent) cannot be asked for again: it is kept in a
 * bounded queue until the ring takes it, and as long as that queue is not empty nothing else is offered, so that the
 * switch hears everything in the order it happened.
 */
public final class CommandPublisher {

    /**
     * Bytes the deferred queue may grow to. Each entry answers one event, so it holds more than any engine has in
     * flight.
     */
    static final int DEFERRED_CAPACITY = 64 * 1024 * 1024;

    private static final int DEFERRED_INITIAL_CAPACITY = 64 * 1024;
    private static final int DEFERRED_ENTRY_LENGTH = 64;
    private static final int BUFFER_LENGTH = 1024;

    private final int gatewayId;
    private final long incarnation;
    private final CommandIngress ingress;
    private final GatewayCounters counters;
    private final ExpandableRingBuffer deferred =
            new ExpandableRingBuffer(DEFERRED_INITIAL_CAPACITY, DEFERRED_CAPACITY, true);
    private final ExpandableRingBuffer.MessageConsumer offerDeferred = this::offerDeferred;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RequestPaymentEncoder payment = new RequestPaymentEncoder();
    private final RequestFollowUpEncoder followUp = new RequestFollowUpEncoder();
    private final RequestReversalEncoder reversal = new RequestReversalEncoder();
    private final RequestPaymentStatusEncoder status = new RequestPaymentStatusEncoder();
    private final IssuerReconciliationEncoder reconciliation = new IssuerReconciliationEncoder();
    private final IssuerReconciliationResponseEncoder reconciliationResponse =
            new IssuerReconciliationResponseEncoder();
    private final IssuerResponseEncoder response = new IssuerResponseEncoder();
    private final IssuerAdviceResponseEncoder adviceResponse = new IssuerAdviceResponseEncoder();
    private final IssuerReversalResponseEncoder reversalResponse = new IssuerReversalResponseEncoder();
    private final IssuerRequestNotSentEncoder notSent = new IssuerRequestNotSentEncoder();
    private final LinkStateChangedEncoder linkState = new LinkStateChangedEncoder();
    private final SubmitOperationEncoder submitOperation = new SubmitOperationEncoder();
    private final DecideOperationEncoder decideOperation = new DecideOperationEncoder();
    private int flushedCount;

    /**
     * @param gatewayId of this gateway
     * @param incarnation random number of this run
     * @param ingress the switch
     * @param counters counts deferred commands
     */
    public CommandPublisher(
            final int gatewayId, final long incarnation, final CommandIngress ingress, final GatewayCounters counters) {
        this.gatewayId = gatewayId;
        this.incarnation = incarnation;
        this.ingress = ingress;
        this.counters = counters;
    }

    /**
     * RequestPayment.
     *
     * @param request its form has been checked
     * @param card token, slot and digits of the card
     * @param sealedPan {@link CardVault#SEALED_LENGTH} bytes from index 0
     * @return false when the ring has no room: nothing happened
     */
    public boolean requestPayment(
            final long sessionId,
            final long acquirerId,
            final PaymentRequestDecoder request,
            final CardReference card,
            final DirectBuffer sealedPan) {
        payment.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .createdAtNs(request.createdAtNs())
                .amountMinor(request.amountMinor())
                .localDateTime(request.localDateTime())
                .acquirerId(acquirerId)
                .bin(card.bin())
                .gatewayId(gatewayId)
                .currency(request.currency())
                .expiry(request.expiry())
                .lastFour(card.lastFour())
                .merchantCategory(request.merchantCategory())
                .currencyExponent(request.currencyExponent())
                .transactionType(request.transactionTypeRaw())
                .panLength((short) card.panLength())
                .panValid(card.panValid() ? BooleanType.TRUE : BooleanType.FALSE)
                .cardSequence(request.cardSequence())
                .panEntryMode(request.panEntryModeRaw())
                .pinEntryCapability(request.pinEntryCapabilityRaw())
                .posCondition(request.posConditionRaw());
        putAddedByVersion1(request);
        putAddedByVersion2(request);
        putReference(payment.clientReference(), request.clientReference());
        payment.panToken().high(card.tokenHigh()).low(card.tokenLow());
        payment.slot().incarnation(incarnation).index(card.slotIndex()).generation(card.slotGeneration());
        putTexts(request);
        buffer.putBytes(
                payment.offset() + RequestPaymentEncoder.sealedPanEncodingOffset(),
                sealedPan,
                0,
                CardVault.SEALED_LENGTH);
        return offer(Admission.NEW_REQUEST, payment.encodedLength());
    }

    /** RequestFollowUp; false when the ring has no room: nothing happened. */
    public boolean requestFollowUp(
            final long sessionId,
            final long acquirerId,
            final FollowUpRequestDecoder request,
            final OriginalStatement original) {
        followUp.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .createdAtNs(request.createdAtNs())
                .originalCreatedAtNs(request.originalCreatedAtNs())
                .amountMinor(request.amountMinor())
                .localDateTime(request.localDateTime())
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .transactionType(request.transactionTypeRaw())
                .advice(BooleanType.get(request.adviceRaw()))
                .bin(original.bin())
                .lastFour(original.lastFour())
                .currency(original.currency());
        putReference(followUp.clientReference(), request.clientReference());
        putReference(followUp.originalClientReference(), request.originalClientReference());
        buffer.putBytes(
                followUp.offset() + RequestFollowUpEncoder.retrievalReferenceEncodingOffset(),
                request.buffer(),
                request.offset() + FollowUpRequestDecoder.retrievalReferenceEncodingOffset(),
                RequestFollowUpEncoder.retrievalReferenceEncodingLength());
        return offer(Admission.NEW_REQUEST, followUp.encodedLength());
    }

    /** RequestReversal; false when the ring has no room: nothing happened. */
    public boolean requestReversal(
            final long sessionId,
            final long acquirerId,
            final ReversalRequestDecoder request,
            final long replacementAmountMinor,
            final OriginalStatement original) {
        reversal.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .createdAtNs(request.createdAtNs())
                .originalCreatedAtNs(request.originalCreatedAtNs())
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .reason(ReversalReason.get(request.reasonRaw()))
                .replacementAmountMinor(replacementAmountMinor)
                .bin(original.bin())
                .lastFour(original.lastFour())
                .currency(original.currency())
                .amountMinor(original.amountMinor());
        putReference(reversal.clientReference(), request.clientReference());
        putReference(reversal.originalClientReference(), request.originalClientReference());
        return offer(Admission.NEW_REQUEST, reversal.encodedLength());
    }

    /** RequestPaymentStatus; false when the ring has no room: nothing happened. */
    public boolean requestPaymentStatus(
            final long sessionId, final long acquirerId, final PaymentStatusRequestDecoder request) {
        status.wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .createdAtNs(request.createdAtNs())
                .acquirerId(acquirerId)
                .gatewayId(gatewayId);
        putReference(status.clientReference(), request.clientReference());
        return offer(Admission.STATUS_INQUIRY, status.encodedLength());
    }

    /** A blank IssuerResponse of a link to fill in; {@link #offerIssuerResponse} follows. */
    public IssuerResponseEncoder issuerResponse(final int issuerId, final int linkId) {
        return response.wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId);
    }

    /** Offers the IssuerResponse filled in; false when the ring has no room: nothing happened. */
    public boolean offerIssuerResponse() {
        return offer(Admission.CONTINUATION, response.encodedLength());
    }

    /** A blank IssuerReversalResponse of a link to fill in; {@link #offerIssuerReversalResponse} follows. */
    public IssuerReversalResponseEncoder issuerReversalResponse(final int issuerId, final int linkId) {
        return reversalResponse
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId);
    }

    /** Offers the IssuerReversalResponse filled in; false when the ring has no room: nothing happened. */
    public boolean offerIssuerReversalResponse() {
        return offer(Admission.CONTINUATION, reversalResponse.encodedLength());
    }

    /** A blank IssuerAdviceResponse of a link to fill in; {@link #offerIssuerAdviceResponse} follows. */
    public IssuerAdviceResponseEncoder issuerAdviceResponse(final int issuerId, final int linkId) {
        return adviceResponse
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId);
    }

    /** Offers the IssuerAdviceResponse filled in; false when the ring has no room: nothing happened. */
    public boolean offerIssuerAdviceResponse() {
        return offer(Admission.CONTINUATION, adviceResponse.encodedLength());
    }

    /** A blank IssuerReconciliation of a link to fill in; {@link #offerIssuerReconciliation} follows. */
    public IssuerReconciliationEncoder issuerReconciliation(final int issuerId, final int linkId) {
        return reconciliation
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId);
    }

    /** Offers the IssuerReconciliation filled in; false when the ring has no room: nothing happened. */
    public boolean offerIssuerReconciliation() {
        return offer(Admission.CONTINUATION, reconciliation.encodedLength());
    }

    /** A blank response of a link to fill in; {@link #offerIssuerReconciliationResponse} follows. */
    public IssuerReconciliationResponseEncoder issuerReconciliationResponse(final int issuerId, final int linkId) {
        return reconciliationResponse
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId);
    }

    /** Offers the IssuerReconciliationResponse filled in; false when the ring has no room: nothing happened. */
    public boolean offerIssuerReconciliationResponse() {
        return offer(Admission.CONTINUATION, reconciliationResponse.encodedLength());
    }

    /** IssuerRequestNotSent: no byte of the message reached the channel. Kept until the ring takes it. */
    public void issuerRequestNotSent(
            final long paymentId,
            final long stan,
            final long transmissionDateTime,
            final int issuerId,
            final int linkId,
            final NotSentReason reason) {
        notSent.wrapAndApplyHeader(buffer, 0, header)
                .paymentId(paymentId)
                .stan(stan)
                .transmissionDateTime(transmissionDateTime)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId)
                .reason(reason);
        offerOrDefer(notSent.encodedLength());
    }

    /** LinkStateChanged. Kept until the ring takes it. */
    public void linkStateChanged(final int issuerId, final int linkId, final LinkState state) {
        linkState
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId)
                .state(state);
        offerOrDefer(linkState.encodedLength());
    }

    /** A SubmitOperation of an operator's session to fill in; {@link #offerSubmitOperation} follows. */
    public SubmitOperationEncoder submitOperation(final long sessionId, final long operatorId) {
        return submitOperation
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .operatorId(operatorId)
                .gatewayId(gatewayId);
    }

    /** Offers the SubmitOperation filled in; false when the ring has no room: nothing happened. */
    public boolean offerSubmitOperation() {
        return offer(Admission.CONTINUATION, submitOperation.encodedLength());
    }

    /** DecideOperation; false when the ring has no room: nothing happened. */
    public boolean decideOperation(
            final long sessionId,
            final long operatorId,
            final DecideDecoder request,
            final OperationDecision decision) {
        decideOperation
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .operatorId(operatorId)
                .gatewayId(gatewayId)
                .decision(decision);
        decideOperation
                .operationId()
                .high(request.operationId().high())
                .low(request.operationId().low());
        buffer.putBytes(
                decideOperation.offset() + DecideOperationEncoder.reasonEncodingOffset(),
                request.buffer(),
                request.offset() + DecideDecoder.reasonEncodingOffset(),
                DecideOperationEncoder.reasonEncodingLength());
        return offer(Admission.CONTINUATION, decideOperation.encodedLength());
    }

    /** Whether commands wait for room; everything else is refused meanwhile. */
    public boolean isDeferring() {
        return !deferred.isEmpty();
    }

    /** Whether so many further commands could be deferred if the ring took none. */
    public boolean canDefer(final int commands) {
        return DEFERRED_CAPACITY - deferred.size() >= (long) commands * DEFERRED_ENTRY_LENGTH;
    }

    /**
     * Offers what waits, oldest first, until the ring is full.
     *
     * @return commands offered
     */
    public int flushDeferred() {
        flushedCount = 0;
        if (!deferred.isEmpty()) {
            deferred.consume(offerDeferred, Integer.MAX_VALUE);
        }
        return flushedCount;
    }

    private boolean offerDeferred(
            final MutableDirectBuffer source, final int offset, final int length, final int headOffset) {
        final boolean offered = ingress.offer(Admission.CONTINUATION, source, offset, length);
        flushedCount += offered ? 1 : 0;
        return offered;
    }

    private boolean offer(final Admission admission, final int messageLength) {
        return deferred.isEmpty()
                && ingress.offer(admission, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + messageLength);
    }

    private void offerOrDefer(final int messageLength) {
        if (!offer(Admission.CONTINUATION, messageLength)) {
            counters.increment(GatewayCounter.COMMANDS_DEFERRED);
            final int length = MessageHeaderEncoder.ENCODED_LENGTH + messageLength;
            if (!deferred.append(buffer, 0, length)) {
                throw new IllegalStateException(
                        "deferred commands exceed their bound, size=" + deferred.size() + " length=" + length);
            }
        }
    }

    /** A request of version 0 has no destination, is no advice and brings no approval code. */
    private void putAddedByVersion1(final PaymentRequestDecoder request) {
        final int code = payment.offset() + RequestPaymentEncoder.approvalCodeEncodingOffset();
        final int codeLength = RequestPaymentEncoder.approvalCodeEncodingLength();
        if (request.actingVersion() < PaymentRequestDecoder.adviceSinceVersion()) {
            payment.destinationAccountId(0).advice(BooleanType.FALSE);
            buffer.setMemory(code, codeLength, (byte) ' ');
        } else {
            payment.destinationAccountId(request.destinationAccountId()).advice(BooleanType.get(request.adviceRaw()));
            final int from = request.offset() + PaymentRequestDecoder.approvalCodeEncodingOffset();
            buffer.putBytes(code, request.buffer(), from, codeLength);
        }
    }

    /** An earlier request names no account that pays. */
    private void putAddedByVersion2(final PaymentRequestDecoder request) {
        final boolean isOfVersion2 = request.actingVersion() >= PaymentRequestDecoder.sourceAccountIdSinceVersion();
        payment.sourceAccountId(isOfVersion2 ? request.sourceAccountId() : 0);
    }

    private void putTexts(final PaymentRequestDecoder request) {
        putText(
                request,
                PaymentRequestDecoder.terminalIdEncodingOffset(),
                RequestPaymentEncoder.terminalIdEncodingOffset(),
                RequestPaymentEncoder.terminalIdEncodingLength());
        putText(
                request,
                PaymentRequestDecoder.merchantIdEncodingOffset(),
                RequestPaymentEncoder.merchantIdEncodingOffset(),
                RequestPaymentEncoder.merchantIdEncodingLength());
        putText(
                request,
                PaymentRequestDecoder.merchantNameEncodingOffset(),
                RequestPaymentEncoder.merchantNameEncodingOffset(),
                RequestPaymentEncoder.merchantNameEncodingLength());
        putText(
                request,
                PaymentRequestDecoder.merchantCityEncodingOffset(),
                RequestPaymentEncoder.merchantCityEncodingOffset(),
                RequestPaymentEncoder.merchantCityEncodingLength());
        putText(
                request,
                PaymentRequestDecoder.merchantCountryEncodingOffset(),
                RequestPaymentEncoder.merchantCountryEncodingOffset(),
                RequestPaymentEncoder.merchantCountryEncodingLength());
        putText(
                request,
                PaymentRequestDecoder.retrievalReferenceEncodingOffset(),
                RequestPaymentEncoder.retrievalReferenceEncodingOffset(),
                RequestPaymentEncoder.retrievalReferenceEncodingLength());
    }

    /** Texts have the same length in both schemas. */
    private void putText(final PaymentRequestDecoder request, final int from, final int to, final int length) {
        buffer.putBytes(payment.offset() + to, request.buffer(), request.offset() + from, length);
    }

    private static void putReference(
            final ClientReferenceEncoder to, final io.turnout.codecs.sbe.acquirer.ClientReferenceDecoder from) {
        to.high(from.high()).low(from.low());
    }
}

package io.turnout.gateway.support;

import io.turnout.codecs.sbe.engine.AdviceRequestedDecoder;
import io.turnout.codecs.sbe.engine.AdviceRequestedEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedDecoder;
import io.turnout.codecs.sbe.engine.IssuerResponseUnmatchedEncoder;
import io.turnout.codecs.sbe.engine.LinkDrainedDecoder;
import io.turnout.codecs.sbe.engine.LinkDrainedEncoder;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkServiceChangedDecoder;
import io.turnout.codecs.sbe.engine.LinkServiceChangedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedEncoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedDecoder;
import io.turnout.codecs.sbe.engine.PaymentStatusReportedEncoder;
import io.turnout.codecs.sbe.engine.RefusalReason;
import io.turnout.codecs.sbe.engine.RepeatAwaitedEncoder;
import io.turnout.codecs.sbe.engine.RequestRefusedDecoder;
import io.turnout.codecs.sbe.engine.RequestRefusedEncoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredDecoder;
import io.turnout.codecs.sbe.engine.ReversalAnsweredEncoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.ReversalRequestedDecoder;
import io.turnout.codecs.sbe.engine.ReversalRequestedEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.gateway.vault.CardVault;
import io.turnout.gateway.vault.SensitiveDataSlots;
import org.agrona.concurrent.UnsafeBuffer;

/** Events of the engine; each is valid until the next one is made. */
public final class Events {

    public static final long PAYMENT_ID = 4711;
    public static final int ISSUER = 3;
    public static final int LINK = 5;
    public static final long STAN = 123;
    public static final long TRANSMISSION_DATE_TIME = 1114221320L;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final int gatewayId;
    private final long acquirerId;
    private final long createdAtNs;

    public Events(final int gatewayId, final long acquirerId, final long createdAtNs) {
        this.gatewayId = gatewayId;
        this.acquirerId = acquirerId;
        this.createdAtNs = createdAtNs;
    }

    /** Holds the event made last, from index 0. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    public PaymentAnsweredDecoder approved(final long sessionId, final long high, final long low) {
        final PaymentAnsweredEncoder event = new PaymentAnsweredEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sessionId(sessionId)
                .createdAtNs(createdAtNs)
                .amountMinor(1234)
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .currency(156)
                .resultCode(0)
                .outcome(Outcome.APPROVED)
                .reason(DeclineReason.NONE)
                .repeated(BooleanType.FALSE)
                .approvalCode("AUTH01")
                .retrievalReference("RRN000000001")
                .balanceMinor(99_00);
        event.clientReference().high(high).low(low);
        event.slot().incarnation(0).index(SensitiveDataSlots.NONE).generation(0);
        return new PaymentAnsweredDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** Names a slot in the PaymentAnswered made last. */
    public void slotOfAnswer(final long incarnation, final int index, final int generation) {
        new PaymentAnsweredEncoder()
                .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .slot()
                .incarnation(incarnation)
                .index(index)
                .generation(generation);
    }

    public ReversalAnsweredDecoder reversalAnswered(final long sessionId, final long low) {
        final ReversalAnsweredEncoder event = new ReversalAnsweredEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sessionId(sessionId)
                .createdAtNs(createdAtNs)
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .resultCode(0)
                .state(PaymentState.REVERSING);
        event.clientReference().high(0).low(low);
        return new ReversalAnsweredDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    public PaymentStatusReportedDecoder statusReported(final long sessionId, final long low) {
        final PaymentStatusReportedEncoder event = new PaymentStatusReportedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sessionId(sessionId)
                .createdAtNs(createdAtNs)
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .resultCode(1016)
                .state(PaymentState.DECLINED)
                .settledMinor(12_34)
                .refundedMinor(2_34);
        event.clientReference().high(0).low(low);
        return new PaymentStatusReportedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    public RequestRefusedDecoder refused(
            final long sessionId,
            final int commandTemplateId,
            final long high,
            final long low,
            final RefusalReason reason) {
        final RequestRefusedEncoder event = new RequestRefusedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .sessionId(sessionId)
                .createdAtNs(createdAtNs)
                .acquirerId(acquirerId)
                .gatewayId(gatewayId)
                .refTemplateId(commandTemplateId)
                .reason(reason);
        event.clientReference().high(high).low(low);
        event.slot().incarnation(0).index(SensitiveDataSlots.NONE).generation(0);
        return new RequestRefusedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** Names a slot in the RequestRefused made last. */
    public void slotOfRefusal(final long incarnation, final int index, final int generation) {
        new RequestRefusedEncoder()
                .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
                .slot()
                .incarnation(incarnation)
                .index(index)
                .generation(generation);
    }

    public void repeatAwaited(final long sessionId, final long incarnation, final int index, final int generation) {
        new RepeatAwaitedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sessionId(sessionId)
                .gatewayId(gatewayId)
                .slot()
                .incarnation(incarnation)
                .index(index)
                .generation(generation);
    }

    /** A payment of the card the vault protected last; without sensitive data. */
    public PaymentRoutedEncoder routed(final CardVault vault, final long sendBeforeNs) {
        final PaymentRoutedEncoder event = new PaymentRoutedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sendBeforeNs(sendBeforeNs)
                .amountMinor(1234)
                .localDateTime(20231114221320L)
                .institutionId(10000001)
                .acquirerId(acquirerId)
                .stan(STAN)
                .transmissionDateTime(TRANSMISSION_DATE_TIME)
                .bin(41111111)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .linkId(LINK)
                .currency(36)
                .expiry(2912)
                .lastFour(1111)
                .merchantCategory(742)
                .transactionType(TransactionType.PURCHASE)
                .cardSequence((short) 1)
                .panEntryMode((short) 5)
                .pinEntryCapability((short) 1)
                .posCondition((short) 0)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("CORNER SHOP              ")
                .merchantCity("SHANGHAI     ")
                .merchantCountry("CN")
                .retrievalReference("RRN000000001")
                .originalTransmissionDateTime(0)
                .originalStan(0)
                .originalTransactionType((short) 0)
                .originalAdvice(BooleanType.FALSE)
                .originalApprovalCode("      ");
        event.panToken().high(vault.tokenHigh()).low(vault.tokenLow());
        event.slot().incarnation(0).index(SensitiveDataSlots.NONE).generation(0);
        buffer.putBytes(
                event.offset() + PaymentRoutedEncoder.sealedPanEncodingOffset(),
                vault.sealed(),
                0,
                CardVault.SEALED_LENGTH);
        return event;
    }

    /** The event made last, as the gateway reads it. */
    public PaymentRoutedDecoder asRouted() {
        return new PaymentRoutedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** The advice of a payment of the card the vault protected last. */
    public AdviceRequestedEncoder adviceRequested(final CardVault vault, final long sendBeforeNs, final int attempt) {
        final AdviceRequestedEncoder event = new AdviceRequestedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sendBeforeNs(sendBeforeNs)
                .amountMinor(1234)
                .localDateTime(20231114221320L)
                .institutionId(10000001)
                .acquirerId(acquirerId)
                .stan(STAN)
                .transmissionDateTime(TRANSMISSION_DATE_TIME)
                .bin(41111111)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .linkId(LINK)
                .currency(36)
                .expiry(2912)
                .lastFour(1111)
                .merchantCategory(742)
                .transactionType(TransactionType.PURCHASE)
                .cardSequence((short) 1)
                .panEntryMode((short) 5)
                .pinEntryCapability((short) 1)
                .posCondition((short) 0)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("CORNER SHOP              ")
                .merchantCity("SHANGHAI     ")
                .merchantCountry("CN")
                .retrievalReference("RRN000000001")
                .originalTransmissionDateTime(0)
                .originalStan(0)
                .originalTransactionType((short) 0)
                .originalAdvice(BooleanType.FALSE)
                .originalApprovalCode("      ")
                .attempt(attempt)
                .approvalCode("      ");
        event.panToken().high(vault.tokenHigh()).low(vault.tokenLow());
        buffer.putBytes(
                event.offset() + AdviceRequestedEncoder.sealedPanEncodingOffset(),
                vault.sealed(),
                0,
                CardVault.SEALED_LENGTH);
        return event;
    }

    /** The event made last, as the gateway reads it. */
    public AdviceRequestedDecoder asAdviceRequested() {
        return new AdviceRequestedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** A reversal of a payment with the card the vault protected last. */
    public ReversalRequestedEncoder reversalRequested(
            final CardVault vault, final long sendBeforeNs, final int attempt) {
        final ReversalRequestedEncoder event = new ReversalRequestedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .paymentId(PAYMENT_ID)
                .sendBeforeNs(sendBeforeNs)
                .amountMinor(1234)
                .localDateTime(20231114221320L)
                .institutionId(10000001)
                .stan(STAN + 1)
                .transmissionDateTime(TRANSMISSION_DATE_TIME + 1)
                .originalStan(STAN)
                .originalTransmissionDateTime(TRANSMISSION_DATE_TIME)
                .attempt(attempt)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .linkId(LINK)
                .currency(156)
                .merchantCategory(5411)
                .transactionType(TransactionType.PURCHASE)
                .panEntryMode((short) 5)
                .pinEntryCapability((short) 1)
                .posCondition((short) 0)
                .reason(ReversalReason.ISSUER_TIMEOUT)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .approvalCode("      ")
                .retrievalReference("RRN000000001")
                .replacementAmountMinor(0)
                .originalAdvice(BooleanType.FALSE);
        event.panToken().high(vault.tokenHigh()).low(vault.tokenLow());
        buffer.putBytes(
                event.offset() + ReversalRequestedEncoder.sealedPanEncodingOffset(),
                vault.sealed(),
                0,
                CardVault.SEALED_LENGTH);
        return event;
    }

    /** An answer of a link belongs to nothing. */
    public IssuerResponseUnmatchedDecoder asUnmatched(final int issuerId, final int linkId, final long stan) {
        new IssuerResponseUnmatchedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .stan(stan)
                .transmissionDateTime(TRANSMISSION_DATE_TIME)
                .issuerId(issuerId)
                .linkId(linkId)
                .resultCode(0)
                .duplicate(BooleanType.FALSE);
        return new IssuerResponseUnmatchedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** An operator has taken the link out of service or put it back. */
    public LinkServiceChangedDecoder asServiceChanged(final LinkService service) {
        new LinkServiceChangedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .linkId(LINK)
                .service(service);
        return new LinkServiceChangedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** Nothing is in flight on the link. */
    public LinkDrainedDecoder asDrained() {
        new LinkDrainedEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(gatewayId)
                .issuerId(ISSUER)
                .linkId(LINK);
        return new LinkDrainedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }

    /** The event made last, as the gateway reads it. */
    public ReversalRequestedDecoder asReversalRequested() {
        return new ReversalRequestedDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ClockTickEncoder;
import io.turnout.codecs.sbe.engine.HostStartedEncoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerRequestNotSentEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.RequestFollowUpEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.RequestPaymentStatusEncoder;
import io.turnout.codecs.sbe.engine.RequestReversalEncoder;
import io.turnout.codecs.sbe.engine.RequeueReversalEncoder;
import io.turnout.codecs.sbe.engine.ResolveManualReviewEncoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes commands; each result is a copy of its own. */
final class TestCommands {
    private static final String NO_REFERENCE = " ".repeat(12);
    private static final String NO_TERMINAL = " ".repeat(8);

    static final long SESSION = 501;
    static final long AMOUNT_MINOR = 12_34;
    static final long LOCAL_DATE_TIME = 20260921_101500L;

    private static final String BLANK_REFERENCE = " ".repeat(12);

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    DirectBuffer requestPayment(final NamedPayment payment, final Consumer<RequestPaymentEncoder> changes) {
        final RequestPaymentEncoder encoder = new RequestPaymentEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(SESSION)
                .createdAtNs(payment.createdAtNs())
                .amountMinor(AMOUNT_MINOR)
                .localDateTime(LOCAL_DATE_TIME)
                .acquirerId(TestConfiguration.ACQUIRER)
                .bin(40_000_012)
                .gatewayId(TestConfiguration.GATEWAY)
                .currency(TestConfiguration.EURO)
                .expiry(3012)
                .lastFour(1117)
                .merchantCategory(5411)
                .currencyExponent((short) 2)
                .transactionType((short) 1)
                .panLength((short) 16)
                .panValid(BooleanType.TRUE)
                .cardSequence((short) 255)
                .panEntryMode((short) 5)
                .pinEntryCapability((short) 1)
                .posCondition((short) 0)
                .terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("Corner shop              ")
                .merchantCity("Lisbon       ")
                .merchantCountry("PT")
                .retrievalReference(BLANK_REFERENCE)
                .approvalCode("      ")
                .sourceAccountId(0);
        encoder.clientReference().high(payment.number()).low(~payment.number());
        encoder.panToken().high(7_000 + payment.number()).low(8_000);
        encoder.slot().incarnation(99).index(-1).generation(0);
        for (int i = 0; i < RequestPaymentEncoder.sealedPanLength(); i++) {
            encoder.sealedPan(i, (short) (payment.number() + i));
        }
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    DirectBuffer requestReversal(
            final NamedPayment original, final long createdAtNs, final Consumer<RequestReversalEncoder> changes) {
        final RequestReversalEncoder encoder = new RequestReversalEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(SESSION)
                .createdAtNs(createdAtNs)
                .originalCreatedAtNs(original.createdAtNs())
                .acquirerId(TestConfiguration.ACQUIRER)
                .gatewayId(TestConfiguration.GATEWAY)
                .reason(ReversalReason.CUSTOMER_CANCELLATION);
        encoder.clientReference().high(-original.number()).low(0);
        encoder.originalClientReference().high(original.number()).low(~original.number());
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    DirectBuffer requestFollowUp(
            final TransactionType type,
            final NamedPayment followUp,
            final NamedPayment original,
            final Consumer<RequestFollowUpEncoder> changes) {
        final RequestFollowUpEncoder encoder = new RequestFollowUpEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(SESSION)
                .createdAtNs(followUp.createdAtNs())
                .originalCreatedAtNs(original.createdAtNs())
                .amountMinor(type == TransactionType.VOID ? 0 : AMOUNT_MINOR)
                .localDateTime(LOCAL_DATE_TIME)
                .acquirerId(TestConfiguration.ACQUIRER)
                .gatewayId(TestConfiguration.GATEWAY)
                .transactionType(type.value())
                .advice(BooleanType.FALSE)
                .retrievalReference(BLANK_REFERENCE);
        encoder.clientReference().high(followUp.number()).low(~followUp.number());
        encoder.originalClientReference().high(original.number()).low(~original.number());
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    DirectBuffer requestPaymentStatus(final NamedPayment payment) {
        final RequestPaymentStatusEncoder encoder = new RequestPaymentStatusEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .sessionId(SESSION)
                .createdAtNs(payment.createdAtNs())
                .acquirerId(TestConfiguration.ACQUIRER)
                .gatewayId(TestConfiguration.GATEWAY);
        encoder.clientReference().high(payment.number()).low(~payment.number());
        return copy(encoder.encodedLength());
    }

    /** The issuer's answer to a PaymentRouted event. */
    DirectBuffer issuerResponse(
            final RecordedEvent routed, final int resultCode, final Consumer<IssuerResponseEncoder> changes) {
        final IssuerResponseEncoder encoder = new IssuerResponseEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .amountMinor(routed.number("amountMinor"))
                .stan(routed.number("stan"))
                .transmissionDateTime(routed.number("transmissionDateTime"))
                .gatewayId((int) routed.number("gatewayId"))
                .issuerId((int) routed.number("issuerId"))
                .linkId((int) routed.number("linkId"))
                .resultCode(resultCode)
                .issuerCode("00  ")
                .approvalCode(resultCode < 1000 ? "A00042" : "      ")
                .retrievalReference(routed.field("retrievalReference"))
                .balanceMinor(IssuerResponseEncoder.balanceMinorNullValue())
                .terminalId(NO_TERMINAL)
                .acquiringInstitution(0)
                .currency(0);
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    /** The issuer's answer to a ReversalRequested event. */
    DirectBuffer issuerReversalResponse(final RecordedEvent requested, final int resultCode) {
        return issuerReversalResponse(requested, resultCode, c -> {});
    }

    DirectBuffer issuerReversalResponse(
            final RecordedEvent requested,
            final int resultCode,
            final Consumer<IssuerReversalResponseEncoder> changes) {
        final IssuerReversalResponseEncoder encoder = new IssuerReversalResponseEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .stan(requested.number("stan"))
                .transmissionDateTime(requested.number("transmissionDateTime"))
                .gatewayId((int) requested.number("gatewayId"))
                .issuerId((int) requested.number("issuerId"))
                .linkId((int) requested.number("linkId"))
                .resultCode(resultCode)
                .issuerCode("00  ")
                .retrievalReference(NO_REFERENCE)
                .terminalId(NO_TERMINAL)
                .acquiringInstitution(0);
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    /** The issuer's answer to an AdviceRequested event. */
    DirectBuffer issuerAdviceResponse(final RecordedEvent requested, final int resultCode) {
        return issuerAdviceResponse(requested, resultCode, c -> {});
    }

    DirectBuffer issuerAdviceResponse(
            final RecordedEvent requested, final int resultCode, final Consumer<IssuerAdviceResponseEncoder> changes) {
        final IssuerAdviceResponseEncoder encoder = new IssuerAdviceResponseEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .stan(requested.number("stan"))
                .transmissionDateTime(requested.number("transmissionDateTime"))
                .gatewayId((int) requested.number("gatewayId"))
                .issuerId((int) requested.number("issuerId"))
                .linkId((int) requested.number("linkId"))
                .resultCode(resultCode)
                .issuerCode("00  ")
                .retrievalReference(NO_REFERENCE)
                .terminalId(NO_TERMINAL)
                .acquiringInstitution(0);
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    /** A report about a PaymentRouted, an AdviceRequested or a ReversalRequested event. */
    DirectBuffer notSent(
            final RecordedEvent order,
            final NotSentReason reason,
            final Consumer<IssuerRequestNotSentEncoder> changes) {
        final IssuerRequestNotSentEncoder encoder = new IssuerRequestNotSentEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .paymentId(order.number("paymentId"))
                .stan(order.number("stan"))
                .transmissionDateTime(order.number("transmissionDateTime"))
                .gatewayId((int) order.number("gatewayId"))
                .issuerId((int) order.number("issuerId"))
                .linkId((int) order.number("linkId"))
                .reason(reason);
        changes.accept(encoder);
        return copy(encoder.encodedLength());
    }

    DirectBuffer linkStateChanged(final int linkId, final int issuerId, final int gatewayId, final LinkState state) {
        final LinkStateChangedEncoder encoder = new LinkStateChangedEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId)
                .state(state);
        return copy(encoder.encodedLength());
    }

    DirectBuffer hostStarted(final long eventSequenceFloor) {
        final HostStartedEncoder encoder = new HostStartedEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).gatewayIncarnation(77).eventSequenceFloor(eventSequenceFloor);
        return copy(encoder.encodedLength());
    }

    DirectBuffer requeueReversal(final long paymentId) {
        final RequeueReversalEncoder encoder = new RequeueReversalEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).paymentId(paymentId);
        return copy(encoder.encodedLength());
    }

    DirectBuffer resolveManualReview(final long paymentId, final ReviewResolution resolution) {
        final ResolveManualReviewEncoder encoder = new ResolveManualReviewEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).paymentId(paymentId).resolution(resolution);
        return copy(encoder.encodedLength());
    }

    DirectBuffer clockTick() {
        final ClockTickEncoder encoder = new ClockTickEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header);
        return copy(encoder.encodedLength());
    }

    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        scratch.setMemory(0, scratch.capacity(), (byte) 0);
        return new UnsafeBuffer(bytes);
    }
}

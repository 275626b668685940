package io.turnout.benchmarks;

import io.turnout.codecs.sbe.engine.ActivateConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DefineAcquirerEncoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitEncoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeEncoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.DefineLinkEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedEncoder;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.PaymentAnsweredDecoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands of a switch with one acquirer and one bank that approves everything. Allocates nothing per payment. */
final class EngineWorkload {
    /** Names the configuration. */
    static final long CONFIGURATION_HASH = 1;

    private static final int ACQUIRER = 7;
    private static final int GATEWAY = 1;
    private static final int ISSUER = 3;
    private static final int LINK = 5;
    private static final int EURO = 978;
    private static final int COMMAND_OFFSET = MessageHeaderEncoder.ENCODED_LENGTH;

    private static final long AMOUNT_MINOR = 10_00;
    private static final long PURCHASES = 1L << TransactionType.PURCHASE.value();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer requestBuffer = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer responseBuffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RequestPaymentEncoder request = new RequestPaymentEncoder();
    private final IssuerResponseEncoder response = new IssuerResponseEncoder();
    private final MessageHeaderDecoder eventHeader = new MessageHeaderDecoder();
    private final PaymentRoutedDecoder routed = new PaymentRoutedDecoder();
    private final PaymentAnsweredDecoder answered = new PaymentAnsweredDecoder();
    private long reference;
    private long approvedCount;

    EngineWorkload() {
        fillRequest();
        fillResponse();
    }

    /** Takes one encoded command. */
    @FunctionalInterface
    interface CommandConsumer {
        void accept(DirectBuffer buffer, int offset, int length);
    }

    /** A configuration that remembers payments for so long. */
    void configure(final int maximumPayments, final long rememberedNs, final CommandConsumer consumer) {
        final long secondNs = TimeUnit.SECONDS.toNanos(1);
        final BeginConfigurationEncoder begin = new BeginConfigurationEncoder();
        begin.wrapAndApplyHeader(buffer, 0, header)
                .configurationHash(CONFIGURATION_HASH)
                .horizonNs(rememberedNs - secondNs)
                .maximumClockSkewNs(secondNs)
                .maximumPayments(maximumPayments);
        give(begin.encodedLength(), consumer);
        final DefineCurrencyEncoder currency = new DefineCurrencyEncoder();
        currency.wrapAndApplyHeader(buffer, 0, header).currency(EURO).exponent((short) 2);
        give(currency.encodedLength(), consumer);
        final DefineAcquirerEncoder acquirer = new DefineAcquirerEncoder();
        acquirer.wrapAndApplyHeader(buffer, 0, header)
                .institutionId(12345)
                .answerTimeoutNs(2 * secondNs)
                .acquirerId(ACQUIRER)
                .transactionTypes(PURCHASES);
        give(acquirer.encodedLength(), consumer);
        final DefineAmountLimitEncoder limit = new DefineAmountLimitEncoder();
        limit.wrapAndApplyHeader(buffer, 0, header)
                .maximumAmountMinor(1_000_00)
                .acquirerId(ACQUIRER)
                .currency(EURO);
        give(limit.encodedLength(), consumer);
        configureIssuer(consumer);
        final ActivateConfigurationEncoder activate = new ActivateConfigurationEncoder();
        activate.wrapAndApplyHeader(buffer, 0, header).configurationHash(CONFIGURATION_HASH);
        give(activate.encodedLength(), consumer);
    }

    /** Signs the link on. */
    void signOn(final CommandConsumer consumer) {
        final LinkStateChangedEncoder link = new LinkStateChangedEncoder();
        link.wrapAndApplyHeader(buffer, 0, header)
                .gatewayId(GATEWAY)
                .issuerId(ISSUER)
                .linkId(LINK)
                .state(LinkState.SIGNED_ON);
        give(link.encodedLength(), consumer);
    }

    private void configureIssuer(final CommandConsumer consumer) {
        final long secondNs = TimeUnit.SECONDS.toNanos(1);
        final DefineIssuerEncoder issuer = new DefineIssuerEncoder();
        issuer.wrapAndApplyHeader(buffer, 0, header)
                .responseTimeoutNs(secondNs)
                .reversalTimeoutNs(secondNs)
                .reversalBackoffNs(secondNs)
                .reversalBackoffMaximumNs(secondNs)
                .lateAnswerWindowNs(4 * secondNs)
                .reversalMaximumAttempts(5)
                .reversalWindow(8)
                .issuerId(ISSUER)
                .transactionTypes(PURCHASES)
                .overCapturePercent(100)
                .onUs(BooleanType.FALSE)
                .matchKey(MatchKey.STAN_AND_TIME)
                .linkPreference(LinkPreference.LEAST_COST)
                .answersOnSiblings(BooleanType.FALSE)
                .exactExpiry(BooleanType.TRUE)
                .breaker()
                .pauseNs(secondNs)
                .unknowns(10)
                .probes(5)
                .failurePercent((short) 50)
                .outcomes((short) 40);
        issuer.matchChecks().clear();
        give(issuer.encodedLength(), consumer);
        final DefineLinkEncoder link = new DefineLinkEncoder();
        link.wrapAndApplyHeader(buffer, 0, header)
                .window(1_000)
                .gatewayId(GATEWAY)
                .issuerId(ISSUER)
                .linkId(LINK)
                .maximumRate(0);
        give(link.encodedLength(), consumer);
        final DefineBinRangeEncoder range = new DefineBinRangeEncoder();
        range.wrapAndApplyHeader(buffer, 0, header)
                .low(40_000_000)
                .high(49_999_999)
                .issuerId(ISSUER);
        give(range.encodedLength(), consumer);
    }

    /** A payment unlike any before: what differs is written into a request made once. */
    void request(final long nowNs, final CommandConsumer consumer) {
        reference++;
        request.createdAtNs(nowNs);
        request.clientReference().low(reference);
        request.panToken().low(reference);
        consumer.accept(requestBuffer, 0, COMMAND_OFFSET + RequestPaymentEncoder.BLOCK_LENGTH);
    }

    private void fillRequest() {
        request.wrapAndApplyHeader(requestBuffer, 0, header)
                .sessionId(11)
                .amountMinor(AMOUNT_MINOR)
                .localDateTime(20261123120000L);
        request.clientReference().high(1);
        request.panToken().high(1);
        request.slot().incarnation(0).index(-1).generation(0);
        request.acquirerId(ACQUIRER)
                .bin(41_111_111)
                .gatewayId(GATEWAY)
                .currency(EURO)
                .expiry(3012)
                .lastFour(1111)
                .merchantCategory(5411)
                .currencyExponent((short) 2)
                .transactionType((short) 1)
                .panLength((short) 16)
                .panValid(BooleanType.TRUE)
                .cardSequence((short) 255)
                .panEntryMode((short) 5)
                .pinEntryCapability((short) 1)
                .posCondition((short) 0);
        request.terminalId("TERM0001")
                .merchantId("MERCHANT0000001")
                .merchantName("Corner shop              ")
                .merchantCity("Utrecht      ")
                .merchantCountry("NL")
                .retrievalReference("            ");
    }

    private void fillResponse() {
        response.wrapAndApplyHeader(responseBuffer, 0, header)
                .gatewayId(GATEWAY)
                .issuerId(ISSUER)
                .linkId(LINK)
                .resultCode(0)
                .issuerCode("00  ")
                .approvalCode("A12345")
                .retrievalReference("            ")
                .currency(0)
                .terminalId("        ")
                .acquiringInstitution(0);
    }

    /** Answers a routed payment as the bank, and counts approvals. */
    void onEvent(final DirectBuffer event, final int offset, final CommandConsumer consumer) {
        eventHeader.wrap(event, offset);
        final int templateId = eventHeader.templateId();
        if (templateId == PaymentRoutedDecoder.TEMPLATE_ID) {
            respond(event, offset, consumer);
        } else if (templateId == PaymentAnsweredDecoder.TEMPLATE_ID
                && answered.wrapAndApplyHeader(event, offset, eventHeader).outcome() == Outcome.APPROVED) {
            approvedCount++;
        }
    }

    /** Payments approved to the acquirer. */
    long approvedCount() {
        return approvedCount;
    }

    private void respond(final DirectBuffer event, final int offset, final CommandConsumer consumer) {
        routed.wrapAndApplyHeader(event, offset, eventHeader);
        response.amountMinor(routed.amountMinor())
                .stan(routed.stan())
                .transmissionDateTime(routed.transmissionDateTime());
        consumer.accept(responseBuffer, 0, COMMAND_OFFSET + IssuerResponseEncoder.BLOCK_LENGTH);
    }

    private void give(final int encodedLength, final CommandConsumer consumer) {
        consumer.accept(buffer, 0, COMMAND_OFFSET + encodedLength);
        // What the next command leaves out is zero in it.
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
    }
}

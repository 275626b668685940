package io.turnout.core.pipeline;

import io.turnout.codecs.sbe.engine.ActivateConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.DefineAcquirerEncoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitEncoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeEncoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.DefineLinkEncoder;
import io.turnout.codecs.sbe.engine.DefineOperatorEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.LinkStateChangedEncoder;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.PaymentRoutedDecoder;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encoded commands of a small switch: one acquirer, one issuer, one link, amounts in euro. */
final class Commands {
    static final int ACQUIRER = 7;
    static final int GATEWAY = 1;
    static final int ISSUER = 3;
    static final int LINK = 5;
    static final int EURO = 978;
    static final long SECOND_NS = 1_000_000_000L;

    /** Amounts the bank double declines; all others it approves. */
    static final long DECLINED_AMOUNT_MINOR = 51_00;

    static final int REQUEST_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + RequestPaymentEncoder.BLOCK_LENGTH;

    private static final UnsafeBuffer SCRATCH = new UnsafeBuffer(new byte[512]);
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private Commands() {}

    /** A whole configuration under a hash, with the acquirer's limit. */
    static ConfigurationCommands configuration(final long hash, final long maximumAmountMinor) {
        return configuration(hash, maximumAmountMinor, 3600 * SECOND_NS);
    }

    /** The same, for payments remembered so long. */
    static ConfigurationCommands configuration(final long hash, final long maximumAmountMinor, final long horizonNs) {
        return configuration(hash, maximumAmountMinor, horizonNs, ChangeControl.SINGLE);
    }

    /** A whole configuration that only two operators may change. */
    static ConfigurationCommands dualConfiguration(final long hash) {
        final ConfigurationCommands single = configuration(hash, 1_000_00, 3600 * SECOND_NS, ChangeControl.DUAL);
        final List<DirectBuffer> commands = new ArrayList<>(single.commands());
        for (int operatorId = 1; operatorId <= 2; operatorId++) {
            final DefineOperatorEncoder encoder = new DefineOperatorEncoder();
            encoder.wrapAndApplyHeader(SCRATCH, 0, HEADER).operatorId(operatorId);
            encoder.rights().clear().propose(true).approve(true);
            commands.add(1, command(encoder.encodedLength()));
        }
        return new ConfigurationCommands(hash, commands);
    }

    private static ConfigurationCommands configuration(
            final long hash, final long maximumAmountMinor, final long horizonNs, final ChangeControl changeControl) {
        final List<DirectBuffer> commands = new ArrayList<>();
        commands.add(command(new BeginConfigurationEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .configurationHash(hash)
                .horizonNs(horizonNs)
                .maximumClockSkewNs(60 * SECOND_NS)
                .maximumPayments(1_000)
                .originalsRetentionNs(0)
                .maximumOriginals(0)
                .baseHash(0)
                .operationExpiryNs(60 * SECOND_NS)
                .maximumOperations(16)
                .maximumBlocked(0)
                .mode(ConfigurationMode.REPLACE)
                .changeControl(changeControl)
                .encodedLength()));
        commands.add(command(new DefineCurrencyEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .currency(EURO)
                .exponent((short) 2)
                .encodedLength()));
        commands.add(command(new DefineAcquirerEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .institutionId(12345)
                .answerTimeoutNs(20 * SECOND_NS)
                .acquirerId(ACQUIRER)
                .encodedLength()));
        commands.add(command(new DefineAmountLimitEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .maximumAmountMinor(maximumAmountMinor)
                .acquirerId(ACQUIRER)
                .currency(EURO)
                .encodedLength()));
        commands.addAll(issuer());
        commands.add(command(new ActivateConfigurationEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .configurationHash(hash)
                .encodedLength()));
        return new ConfigurationCommands(hash, commands);
    }

    private static List<DirectBuffer> issuer() {
        final DefineIssuerEncoder encoder = new DefineIssuerEncoder();
        encoder.wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .matchKey(MatchKey.STAN_AND_TIME)
                .matchChecks()
                .clear();
        final DirectBuffer issuer = command(encoder.responseTimeoutNs(10 * SECOND_NS)
                .reversalTimeoutNs(10 * SECOND_NS)
                .reversalBackoffNs(SECOND_NS)
                .reversalBackoffMaximumNs(60 * SECOND_NS)
                .lateAnswerWindowNs(60 * SECOND_NS)
                .reversalMaximumAttempts(5)
                .reversalWindow(8)
                .issuerId(ISSUER)
                .encodedLength());
        final DirectBuffer link = command(new DefineLinkEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .window(100)
                .gatewayId(GATEWAY)
                .issuerId(ISSUER)
                .linkId(LINK)
                .encodedLength());
        final DirectBuffer range = command(new DefineBinRangeEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .low(40_000_000)
                .high(49_999_999)
                .issuerId(ISSUER)
                .encodedLength());
        return List.of(issuer, link, range);
    }

    static DirectBuffer linkSignedOn() {
        return command(new LinkStateChangedEncoder()
                .wrapAndApplyHeader(SCRATCH, 0, HEADER)
                .gatewayId(GATEWAY)
                .issuerId(ISSUER)
                .linkId(LINK)
                .state(LinkState.SIGNED_ON)
                .encodedLength());
    }

    /** A request for a payment that the reference makes unlike any other. */
    static DirectBuffer requestPayment(final long reference, final long createdAtNs, final long amountMinor) {
        final RequestPaymentEncoder encoder = new RequestPaymentEncoder().wrapAndApplyHeader(SCRATCH, 0, HEADER);
        requestPayment(encoder, reference, createdAtNs, amountMinor);
        return command(encoder.encodedLength());
    }

    static void requestPayment(
            final RequestPaymentEncoder encoder, final long reference, final long createdAtNs, final long amountMinor) {
        encoder.sessionId(11).createdAtNs(createdAtNs).amountMinor(amountMinor).localDateTime(20261123120000L);
        encoder.clientReference().high(0).low(reference);
        encoder.panToken().high(1).low(reference % 1000);
        encoder.slot().incarnation(0).index(-1).generation(0);
        encoder.acquirerId(ACQUIRER)
                .bin(41_111_111)
                .gatewayId(GATEWAY)
                .currency(EURO)
                .expiry(3012);
        encoder.lastFour(1111)
                .merchantCategory(5411)
                .currencyExponent((short) 2)
                .transactionType((short) 1);
        encoder.panLength((short) 16).panValid(BooleanType.TRUE).cardSequence((short) 255);
        encoder.panEntryMode((short) 5).pinEntryCapability((short) 1).posCondition((short) 0);
        encoder.terminalId("TERM0001").merchantId("MERCHANT0000001").merchantName("Corner shop              ");
        encoder.merchantCity("Utrecht      ").merchantCountry("NL").retrievalReference("            ");
    }

    /** What the bank answers to a routed payment. */
    static void issuerResponse(final IssuerResponseEncoder encoder, final PaymentRoutedDecoder routed) {
        final boolean approved = routed.amountMinor() != DECLINED_AMOUNT_MINOR;
        encoder.amountMinor(routed.amountMinor())
                .stan(routed.stan())
                .transmissionDateTime(routed.transmissionDateTime())
                .gatewayId(routed.gatewayId())
                .issuerId(routed.issuerId())
                .linkId(routed.linkId())
                .resultCode(approved ? 0 : 1016)
                .issuerCode(approved ? "00  " : "51  ")
                .approvalCode(approved ? "A12345" : "      ")
                .retrievalReference("            ")
                .currency(0)
                .terminalId("        ")
                .acquiringInstitution(0);
    }

    private static DirectBuffer command(final int encodedLength) {
        final byte[] copy = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
        SCRATCH.getBytes(0, copy);
        SCRATCH.setMemory(0, SCRATCH.capacity(), (byte) 0);
        return new UnsafeBuffer(copy);
    }
}

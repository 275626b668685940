package io.turnout.launcher.node;

import io.turnout.codecs.sbe.engine.ActivateConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.BreakerRuleEncoder;
import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.DefineAcquirerEncoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitEncoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeEncoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyEncoder;
import io.turnout.codecs.sbe.engine.DefineFeeEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.DefineLedgerEncoder;
import io.turnout.codecs.sbe.engine.DefineLinkEncoder;
import io.turnout.codecs.sbe.engine.DefineOperatorEncoder;
import io.turnout.codecs.sbe.engine.DefineParticipantEncoder;
import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.core.pipeline.ConfigurationCommands;
import io.turnout.launcher.settings.AcquirerSettings;
import io.turnout.launcher.settings.BinRange;
import io.turnout.launcher.settings.ChangeControlMode;
import io.turnout.launcher.settings.Currency;
import io.turnout.launcher.settings.IssuerSettings;
import io.turnout.launcher.settings.LedgerSettings;
import io.turnout.launcher.settings.LinkSettings;
import io.turnout.launcher.settings.MatchCheck;
import io.turnout.launcher.settings.MatchKeyMode;
import io.turnout.launcher.settings.OperatorSettings;
import io.turnout.launcher.settings.RoutingSettings;
import io.turnout.launcher.settings.SwitchSettings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the engine must be told of the configuration file, as encoded commands in a fixed order.
 *
 * <p>Two files that mean the same to the engine give the same commands and the same hash, so that a restart with an
 * unchanged file journals nothing.
 */
public final class ConfigurationEncoder {
    private final List<DirectBuffer> commands = new ArrayList<>();
    private final MutableDirectBuffer scratch = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SwitchSettings settings;
    private final int gatewayId;

    private ConfigurationEncoder(final SwitchSettings settings, final int gatewayId) {
        this.settings = settings;
        this.gatewayId = gatewayId;
    }

    /** What the engine is told of a file by a switch that runs with it. */
    public static ConfigurationCommands encode(final SwitchSettings settings) {
        return encode(settings, SwitchNode.GATEWAY_ID);
    }

    /**
     * Encodes the commands.
     *
     * @param gatewayId owner of every link
     */
    static ConfigurationCommands encode(final SwitchSettings settings, final int gatewayId) {
        final long hash = hash(new ConfigurationEncoder(settings, gatewayId).encode(0));
        return new ConfigurationCommands(hash, new ConfigurationEncoder(settings, gatewayId).encode(hash));
    }

    private List<DirectBuffer> encode(final long hash) {
        begin(hash);
        settings.currencies().stream()
                .sorted(Comparator.comparing(Currency::number))
                .forEach(this::currency);
        if (settings.ledger().isKept()) {
            ledger(settings.ledger());
        }
        settings.acquirers().stream()
                .sorted(Comparator.comparing(AcquirerSettings::id))
                .forEach(this::acquirer);
        settings.issuers().stream()
                .sorted(Comparator.comparing(IssuerSettings::id))
                .forEach(this::issuer);
        settings.operators().stream()
                .sorted(Comparator.comparing(OperatorSettings::id))
                .forEach(this::operator);
        final ActivateConfigurationEncoder encoder = new ActivateConfigurationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).configurationHash(hash);
        add(encoder.encodedLength());
        return commands;
    }

    private void begin(final long hash) {
        final BeginConfigurationEncoder encoder = new BeginConfigurationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .configurationHash(hash)
                .horizonNs(settings.engine().horizonNs())
                .maximumClockSkewNs(settings.engine().maximumClockSkewNs())
                .maximumPayments(settings.engine().payments())
                .originalsRetentionNs(settings.engine().originalsRetentionNs())
                .maximumOriginals(settings.engine().originals())
                .baseHash(0)
                .operationExpiryNs(settings.changeControl().expiryNs())
                .maximumOperations(settings.changeControl().operations())
                .maximumBlocked(settings.changeControl().blocked())
                .mode(ConfigurationMode.REPLACE)
                .changeControl(
                        settings.changeControl().mode() == ChangeControlMode.DUAL
                                ? ChangeControl.DUAL
                                : ChangeControl.SINGLE);
        add(encoder.encodedLength());
    }

    private void operator(final OperatorSettings operator) {
        final DefineOperatorEncoder encoder = new DefineOperatorEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header).operatorId(operator.id());
        encoder.rights().clear().propose(operator.propose()).approve(operator.approve());
        add(encoder.encodedLength());
    }

    private void ledger(final LedgerSettings ledger) {
        final DefineLedgerEncoder encoder = new DefineLedgerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .maximumAccounts(ledger.accounts())
                .maximumTransfers(ledger.reservations())
                .maximumSubmissions(ledger.submissions())
                .capWarningMarginPercent((short) ledger.capWarningMarginPercent());
        add(encoder.encodedLength());
        ledger.participants().stream()
                .sorted(Comparator.comparing(LedgerSettings.Participant::id))
                .forEach(this::participant);
    }

    private void participant(final LedgerSettings.Participant participant) {
        participant.netDebitCapsMinor().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().number()))
                .forEach(cap -> {
                    final DefineParticipantEncoder encoder = new DefineParticipantEncoder();
                    encoder.wrapAndApplyHeader(scratch, 0, header)
                            .netDebitCapMinor(cap.getValue())
                            .participantId(participant.id())
                            .currency(cap.getKey().number());
                    add(encoder.encodedLength());
                });
    }

    private void fee(final int acquirerId, final Currency currency, final LedgerSettings.Fee fee) {
        final DefineFeeEncoder encoder = new DefineFeeEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .fixedMinor(fee.fixedMinor())
                .maximumMinor(fee.maximumMinor())
                .acquirerId(acquirerId)
                .currency(currency.number())
                .basisPoints(fee.basisPoints());
        add(encoder.encodedLength());
    }

    private void currency(final Currency currency) {
        final DefineCurrencyEncoder encoder = new DefineCurrencyEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .currency(currency.number())
                .exponent((short) currency.exponent());
        add(encoder.encodedLength());
    }

    private void acquirer(final AcquirerSettings acquirer) {
        final DefineAcquirerEncoder encoder = new DefineAcquirerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .institutionId(acquirer.institutionId())
                .answerTimeoutNs(acquirer.answerTimeoutNs())
                .acquirerId(acquirer.id())
                .transactionTypes(bits(acquirer.transactions()))
                .statusInquiriesPerSecond(acquirer.statusInquiriesPerSecond())
                .participantId(acquirer.participant());
        add(encoder.encodedLength());
        acquirer.limitsMinor().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().number()))
                .forEach(entry -> limit(acquirer.id(), entry));
        acquirer.fees().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().number()))
                .forEach(entry -> fee(acquirer.id(), entry.getKey(), entry.getValue()));
    }

    private void limit(final int acquirerId, final Map.Entry<Currency, Long> limit) {
        final DefineAmountLimitEncoder encoder = new DefineAmountLimitEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .maximumAmountMinor(limit.getValue())
                .acquirerId(acquirerId)
                .currency(limit.getKey().number());
        add(encoder.encodedLength());
    }

    private void issuer(final IssuerSettings issuer) {
        final IssuerSettings.Reversal reversal = issuer.reversal();
        final DefineIssuerEncoder encoder = new DefineIssuerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .responseTimeoutNs(issuer.responseTimeoutNs())
                .reversalTimeoutNs(reversal.timeoutNs())
                .reversalBackoffNs(reversal.backoffNs())
                .reversalBackoffMaximumNs(reversal.backoffMaximumNs())
                .lateAnswerWindowNs(reversal.lateAnswerWindowNs())
                .reversalMaximumAttempts(reversal.maximumAttempts())
                .reversalWindow(reversal.window())
                .issuerId(issuer.id())
                .preAuthorisationValidityNs(issuer.preAuthorisation().validityNs())
                .transactionTypes(bits(issuer.transactions()))
                .participantId(issuer.participant())
                .overCapturePercent(issuer.preAuthorisation().overCapturePercent())
                .onUs(bool(issuer.onUs()))
                .matchKey(issuer.linkRules().matchKey() == MatchKeyMode.STAN ? MatchKey.STAN : MatchKey.STAN_AND_TIME)
                .linkPreference(
                        issuer.routing().preference() == RoutingSettings.Preference.LEAST_COST
                                ? LinkPreference.LEAST_COST
                                : LinkPreference.FEWEST_OUTSTANDING)
                .answersOnSiblings(bool(issuer.routing().answersOnSiblings()))
                .exactExpiry(BooleanType.TRUE)
                .reconciliation(issuer.messages().reconciliation());
        breaker(issuer.routing().breaker(), encoder.breaker());
        final Set<MatchCheck> checks = issuer.linkRules().matchChecks();
        encoder.matchChecks()
                .clear()
                .retrievalReference(checks.contains(MatchCheck.RETRIEVAL_REFERENCE))
                .amount(checks.contains(MatchCheck.AMOUNT))
                .terminal(checks.contains(MatchCheck.TERMINAL))
                .acquiringInstitution(checks.contains(MatchCheck.ACQUIRING_INSTITUTION));
        add(encoder.encodedLength());
        issuer.links().stream().sorted(Comparator.comparing(LinkSettings::id)).forEach(link -> link(issuer.id(), link));
        issuer.bins().stream().sorted(Comparator.comparing(BinRange::low)).forEach(range -> bin(issuer.id(), range));
    }

    private void link(final int issuerId, final LinkSettings link) {
        final DefineLinkEncoder encoder = new DefineLinkEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .window(link.window())
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(link.id())
                .maximumRate(link.maximumRate());
        add(encoder.encodedLength());
    }

    private void bin(final int issuerId, final BinRange range) {
        final DefineBinRangeEncoder encoder = new DefineBinRangeEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, header)
                .low(range.low())
                .high(range.high())
                .issuerId(issuerId);
        add(encoder.encodedLength());
    }

    private static void breaker(final RoutingSettings.Breaker breaker, final BreakerRuleEncoder rule) {
        rule.pauseNs(breaker.pauseNs())
                .unknowns(breaker.unknowns())
                .probes(breaker.probes())
                .failurePercent((short) breaker.failurePercent())
                .outcomes((short) breaker.outcomes());
    }

    private static BooleanType bool(final boolean value) {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    private static int bits(final Set<TransactionType> transactions) {
        int bits = 0;
        for (final TransactionType type : transactions) {
            bits |= 1 << type.value();
        }
        return bits;
    }

    /** What a command is not told is zero, and not what the one before it left. */
    private void add(final int encodedLength) {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        final byte[] copy = new byte[length];
        scratch.getBytes(0, copy);
        scratch.setMemory(0, length, (byte) 0);
        commands.add(new UnsafeBuffer(copy));
    }

    private static long hash(final List<DirectBuffer> commands) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            commands.forEach(command -> digest.update(command.byteArray()));
            return new UnsafeBuffer(digest.digest()).getLong(0);
        } catch (final NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}

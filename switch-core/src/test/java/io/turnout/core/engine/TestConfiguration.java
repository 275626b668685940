package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.BooleanType;
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
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.ReconciliationMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds the commands of a configuration, piece by piece. */
final class TestConfiguration {
    static final int ACQUIRER = 1;
    static final int OTHER_ACQUIRER = 2;
    static final int ISSUER = 1;
    static final int OTHER_ISSUER = 2;
    static final int LINK = 11;
    static final int SECOND_LINK = 12;
    static final int OTHER_LINK = 21;
    static final int GATEWAY = 1;
    static final int OTHER_GATEWAY = 2;
    static final int EURO = 978;
    static final int YEN = 392;
    static final long SECOND_NS = 1_000_000_000L;
    static final long HORIZON_NS = 900 * SECOND_NS;
    static final long SKEW_NS = 60 * SECOND_NS;
    static final long VALIDITY_NS = 600 * SECOND_NS;
    static final long OPERATION_EXPIRY_NS = 600 * SECOND_NS;
    static final int MAXIMUM_OPERATIONS = 6;
    static final int MAXIMUM_BLOCKED = 3;
    static final int MAKER = 1;
    static final int CHECKER = 2;
    static final int BOTH = 3;

    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[256]);
    private final List<DirectBuffer> definitions = new ArrayList<>();
    private final long hash;
    private DirectBuffer begin;

    TestConfiguration(final long hash) {
        this.hash = hash;
        begin(c -> {});
    }

    /**
     * Two acquirers (the first may ask for everything, the second for purchases in yen); both issuers take everything
     * and completions up to 115 per cent within 600 seconds; issuer 1 with links 11 and 12, window 3 each, and cards
     * 400000 to 499999; issuer 2 with link 21 and cards 510000 to 559999.
     */
    static TestConfiguration standard(final long hash) {
        return standard(hash, c -> {});
    }

    /** As {@link #standard}, with changes to both issuers. */
    static TestConfiguration standard(final long hash, final Consumer<DefineIssuerEncoder> changes) {
        return standard(hash, changes, 0);
    }

    private static TestConfiguration standard(
            final long hash, final Consumer<DefineIssuerEncoder> changes, final long maximumRate) {
        return new TestConfiguration(hash)
                .currency(EURO, 2)
                .currency(YEN, 0)
                .acquirer(ACQUIRER)
                .acquirer(OTHER_ACQUIRER)
                .limit(ACQUIRER, EURO, 1_000_00)
                .limit(ACQUIRER, YEN, 100_000)
                .limit(OTHER_ACQUIRER, YEN, 100_000)
                .issuer(ISSUER, changes)
                .issuer(OTHER_ISSUER, changes)
                .link(LINK, ISSUER, GATEWAY, 3, maximumRate)
                .link(SECOND_LINK, ISSUER, GATEWAY, 3, maximumRate)
                .link(OTHER_LINK, OTHER_ISSUER, GATEWAY, 3, maximumRate)
                .bins(40_000_000, 49_999_999, ISSUER)
                .bins(51_000_000, 55_999_999, OTHER_ISSUER)
                .operator(MAKER, true, false)
                .operator(CHECKER, false, true)
                .operator(BOTH, true, true);
    }

    /** As {@link #standard}, with breakers, links chosen by least cost, answers on siblings, and exact expiry. */
    static TestConfiguration guarded(final long hash) {
        return standard(
                hash,
                issuer -> issuer.linkPreference(LinkPreference.LEAST_COST)
                        .answersOnSiblings(BooleanType.TRUE)
                        .exactExpiry(BooleanType.TRUE)
                        .breaker()
                        .pauseNs(2 * SECOND_NS)
                        .unknowns(4)
                        .probes(2)
                        .failurePercent((short) 60)
                        .outcomes((short) 10),
                40);
    }

    /** As {@link #standard}, under change control DUAL. */
    static TestConfiguration dual(final long hash) {
        return standard(hash).begin(begin -> begin.changeControl(ChangeControl.DUAL));
    }

    /** Changes to the configuration in force. */
    static TestConfiguration amending(final long hash, final long baseHash) {
        return new TestConfiguration(hash)
                .begin(begin -> begin.mode(ConfigurationMode.AMEND).baseHash(baseHash));
    }

    TestConfiguration begin(final Consumer<BeginConfigurationEncoder> changes) {
        final BeginConfigurationEncoder encoder = new BeginConfigurationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .configurationHash(hash)
                .horizonNs(HORIZON_NS)
                .maximumClockSkewNs(SKEW_NS)
                .maximumPayments(1_000)
                .originalsRetentionNs(0)
                .maximumOriginals(0)
                .baseHash(0)
                .operationExpiryNs(OPERATION_EXPIRY_NS)
                .maximumOperations(MAXIMUM_OPERATIONS)
                .maximumBlocked(MAXIMUM_BLOCKED)
                .mode(ConfigurationMode.REPLACE)
                .changeControl(ChangeControl.SINGLE);
        changes.accept(encoder);
        begin = copy(encoder.encodedLength());
        return this;
    }

    TestConfiguration currency(final int currency, final int exponent) {
        final DefineCurrencyEncoder encoder = new DefineCurrencyEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER).currency(currency).exponent((short) exponent);
        return add(encoder.encodedLength());
    }

    TestConfiguration acquirer(final int acquirerId) {
        return acquirer(acquirerId, c -> {});
    }

    TestConfiguration acquirer(final int acquirerId, final Consumer<DefineAcquirerEncoder> changes) {
        final DefineAcquirerEncoder encoder = new DefineAcquirerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .institutionId(10_000_000L + acquirerId)
                .answerTimeoutNs(15 * SECOND_NS)
                .acquirerId(acquirerId)
                .transactionTypes(acquirerId == ACQUIRER ? TransactionTypes.ALL : 0);
        changes.accept(encoder);
        return add(encoder.encodedLength());
    }

    TestConfiguration limit(final int acquirerId, final int currency, final long maximumAmountMinor) {
        final DefineAmountLimitEncoder encoder = new DefineAmountLimitEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .maximumAmountMinor(maximumAmountMinor)
                .acquirerId(acquirerId)
                .currency(currency);
        return add(encoder.encodedLength());
    }

    TestConfiguration issuer(final int issuerId) {
        return issuer(issuerId, c -> {});
    }

    TestConfiguration issuer(final int issuerId, final Consumer<DefineIssuerEncoder> changes) {
        final DefineIssuerEncoder encoder = new DefineIssuerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .responseTimeoutNs(10 * SECOND_NS)
                .reversalTimeoutNs(20 * SECOND_NS)
                .reversalBackoffNs(5 * SECOND_NS)
                .reversalBackoffMaximumNs(60 * SECOND_NS)
                .lateAnswerWindowNs(120 * SECOND_NS)
                .reversalMaximumAttempts(4)
                .reversalWindow(2)
                .issuerId(issuerId)
                .preAuthorisationValidityNs(VALIDITY_NS)
                .transactionTypes(TransactionTypes.ALL)
                .overCapturePercent(115)
                .reconciliation(ReconciliationMode.NONE);
        changes.accept(encoder);
        return add(encoder.encodedLength());
    }

    TestConfiguration link(final int linkId, final int issuerId, final int gatewayId, final long window) {
        return link(linkId, issuerId, gatewayId, window, 0);
    }

    TestConfiguration link(
            final int linkId, final int issuerId, final int gatewayId, final long window, final long maximumRate) {
        final DefineLinkEncoder encoder = new DefineLinkEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .window(window)
                .gatewayId(gatewayId)
                .issuerId(issuerId)
                .linkId(linkId)
                .maximumRate(maximumRate);
        return add(encoder.encodedLength());
    }

    TestConfiguration bins(final long low, final long high, final int issuerId) {
        final DefineBinRangeEncoder encoder = new DefineBinRangeEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER).low(low).high(high).issuerId(issuerId);
        return add(encoder.encodedLength());
    }

    TestConfiguration ledger(final long accounts, final long transfers, final long submissions) {
        return ledger(accounts, transfers, submissions, 0);
    }

    TestConfiguration ledger(
            final long accounts, final long transfers, final long submissions, final int capWarningMarginPercent) {
        final DefineLedgerEncoder encoder = new DefineLedgerEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .maximumAccounts(accounts)
                .maximumTransfers(transfers)
                .maximumSubmissions(submissions)
                .capWarningMarginPercent((short) capWarningMarginPercent);
        return add(encoder.encodedLength());
    }

    TestConfiguration participant(final int participantId, final int currency, final long netDebitCapMinor) {
        final DefineParticipantEncoder encoder = new DefineParticipantEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .netDebitCapMinor(netDebitCapMinor)
                .participantId(participantId)
                .currency(currency);
        return add(encoder.encodedLength());
    }

    TestConfiguration fee(
            final int acquirerId,
            final int currency,
            final long fixedMinor,
            final int basisPoints,
            final long maximumMinor) {
        final DefineFeeEncoder encoder = new DefineFeeEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER)
                .fixedMinor(fixedMinor)
                .maximumMinor(maximumMinor)
                .acquirerId(acquirerId)
                .currency(currency)
                .basisPoints(basisPoints);
        return add(encoder.encodedLength());
    }

    TestConfiguration operator(final long operatorId, final boolean propose, final boolean approve) {
        final DefineOperatorEncoder encoder = new DefineOperatorEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER).operatorId(operatorId);
        encoder.rights().clear().propose(propose).approve(approve);
        return add(encoder.encodedLength());
    }

    TestConfiguration remove(final DirectBuffer removal) {
        definitions.add(removal);
        return this;
    }

    /** Cuts the definitions of that kind to what version 1 wrote. */
    TestConfiguration ofVersion1(final int templateId) {
        definitions.replaceAll(each -> {
            final MessageHeaderDecoder before = new MessageHeaderDecoder().wrap(each, 0);
            if (before.templateId() != templateId) {
                return each;
            }
            final int blockLength = CommandTemplates.blockLength(templateId, 1);
            final UnsafeBuffer cut = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength]);
            cut.putBytes(0, each, 0, cut.capacity());
            new MessageHeaderEncoder().wrap(cut, 0).blockLength(blockLength).version(1);
            return cut;
        });
        return this;
    }

    /** A definition instead of the one of the same kind. */
    TestConfiguration replace(final DirectBuffer definition) {
        final int templateId = new MessageHeaderDecoder().wrap(definition, 0).templateId();
        definitions.replaceAll(
                each -> new MessageHeaderDecoder().wrap(each, 0).templateId() == templateId ? definition : each);
        return this;
    }

    /** From BeginConfiguration to the last definition. */
    List<DirectBuffer> definitions() {
        final List<DirectBuffer> commands = new ArrayList<>();
        commands.add(begin);
        commands.addAll(definitions);
        return commands;
    }

    DirectBuffer activation() {
        final ActivateConfigurationEncoder encoder = new ActivateConfigurationEncoder();
        encoder.wrapAndApplyHeader(scratch, 0, HEADER).configurationHash(hash);
        return copy(encoder.encodedLength());
    }

    List<DirectBuffer> commands() {
        final List<DirectBuffer> commands = definitions();
        commands.add(activation());
        return commands;
    }

    private TestConfiguration add(final int blockLength) {
        definitions.add(copy(blockLength));
        return this;
    }

    /** What an encoder is not told is zero, and not what the one before it left. */
    private DirectBuffer copy(final int blockLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + blockLength];
        scratch.getBytes(0, bytes);
        scratch.setMemory(0, scratch.capacity(), (byte) 0);
        return new UnsafeBuffer(bytes);
    }
}

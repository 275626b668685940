package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.ChangeControl;
import io.turnout.codecs.sbe.engine.ConfigurationMode;
import io.turnout.codecs.sbe.engine.DefineAcquirerDecoder;
import io.turnout.codecs.sbe.engine.DefineAmountLimitDecoder;
import io.turnout.codecs.sbe.engine.DefineBinRangeDecoder;
import io.turnout.codecs.sbe.engine.DefineCurrencyDecoder;
import io.turnout.codecs.sbe.engine.DefineFeeDecoder;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.DefineLedgerDecoder;
import io.turnout.codecs.sbe.engine.DefineLinkDecoder;
import io.turnout.codecs.sbe.engine.DefineOperatorDecoder;
import io.turnout.codecs.sbe.engine.DefineParticipantDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;

/**
 * The tables of one configuration. There are two: the one in force, which is only read, and the one being staged, to
 * which definitions are added. Definitions are checked before they come here.
 */
final class Configuration {
    static final int MAXIMUM_CURRENCY = 999;
    static final int NO_EXPONENT = -1;
    static final int MAXIMUM_OPERATORS = 256;
    private static final int PROPOSE = 1;
    private static final int APPROVE = 2;

    private final byte[] exponents = new byte[MAXIMUM_CURRENCY + 1];
    private final LongMap acquirers;
    private final long[] institutionId;
    private final long[] answerTimeoutNs;
    private final long[] transactionTypes;
    private final StatusQuotas statusQuotas;
    private final LongMap amountLimits;
    private final LongMap issuers;
    private final LongMap links;
    private final LongMap linkedIssuers;
    private final BinTable bins;
    private final LongMap operators = new LongMap(MAXIMUM_OPERATORS);
    private final LedgerConfiguration ledger;
    private final CommandLog commands;
    private int currencies;
    private long hash;
    private long horizonNs;
    private long maximumClockSkewNs;
    private long maximumPayments;
    private long originalsRetentionNs;
    private long maximumOriginals;
    private long operationExpiryNs;
    private long maximumOperations;
    private long maximumBlocked;
    private long stagedBy;
    private boolean dual;
    private boolean amending;
    private boolean begun;
    private ConfigurationProblem problem = ConfigurationProblem.NONE;

    Configuration(final EngineCapacity capacity) {
        this.acquirers = new LongMap(capacity.acquirers());
        this.institutionId = new long[capacity.acquirers()];
        this.answerTimeoutNs = new long[capacity.acquirers()];
        this.transactionTypes = new long[capacity.acquirers()];
        this.statusQuotas = new StatusQuotas(capacity.acquirers());
        this.amountLimits = new LongMap(capacity.amountLimits());
        this.issuers = new LongMap(capacity.issuers());
        this.links = new LongMap(capacity.links());
        this.linkedIssuers = new LongMap(capacity.links());
        this.bins = new BinTable(capacity.binRanges());
        this.ledger = new LedgerConfiguration(capacity);
        this.commands = new CommandLog(commandBytes(capacity));
        clear();
    }

    static long bytes(final EngineCapacity capacity) {
        return LongMap.bytes(capacity.acquirers())
                + 3L * Long.BYTES * capacity.acquirers()
                + StatusQuotas.bytes(capacity.acquirers())
                + LongMap.bytes(capacity.amountLimits())
                + LongMap.bytes(capacity.issuers())
                + 2 * LongMap.bytes(capacity.links())
                + BinTable.bytes(capacity.binRanges())
                + LedgerConfiguration.bytes(capacity)
                + commandBytes(capacity);
    }

    /** Forgets everything. */
    void clear() {
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = NO_EXPONENT;
        }
        acquirers.clear();
        statusQuotas.clear();
        amountLimits.clear();
        issuers.clear();
        links.clear();
        linkedIssuers.clear();
        bins.clear();
        operators.clear();
        ledger.clear();
        commands.clear();
        currencies = 0;
        hash = 0;
        horizonNs = 0;
        maximumClockSkewNs = 0;
        maximumPayments = 0;
        originalsRetentionNs = 0;
        maximumOriginals = 0;
        operationExpiryNs = 0;
        maximumOperations = 0;
        maximumBlocked = 0;
        stagedBy = 0;
        dual = false;
        amending = false;
        begun = false;
        problem = ConfigurationProblem.NONE;
    }

    void begin(final BeginConfigurationDecoder command) {
        clear();
        hash = command.configurationHash();
        horizonNs = command.horizonNs();
        maximumClockSkewNs = command.maximumClockSkewNs();
        maximumPayments = command.maximumPayments();
        final boolean isOfVersion0 = command.actingVersion() < BeginConfigurationDecoder.modeSinceVersion();
        originalsRetentionNs = isOfVersion0 ? 0 : command.originalsRetentionNs();
        maximumOriginals = isOfVersion0 ? 0 : command.maximumOriginals();
        operationExpiryNs = isOfVersion0 ? 0 : command.operationExpiryNs();
        maximumOperations = isOfVersion0 ? 0 : command.maximumOperations();
        maximumBlocked = isOfVersion0 ? 0 : command.maximumBlocked();
        dual = command.changeControlRaw() == ChangeControl.DUAL.value();
        amending = command.modeRaw() == ConfigurationMode.AMEND.value();
        begun = true;
    }

    void add(final DefineCurrencyDecoder definition) {
        exponents[definition.currency()] = (byte) definition.exponent();
        currencies++;
    }

    void add(final DefineAcquirerDecoder definition) {
        requireRoom("acquirers", acquirers.size(), institutionId.length);
        final int index = acquirers.size();
        institutionId[index] = definition.institutionId();
        answerTimeoutNs[index] = definition.answerTimeoutNs();
        final boolean isOfVersion0 = definition.actingVersion() < DefineAcquirerDecoder.transactionTypesSinceVersion();
        transactionTypes[index] = TransactionTypes.orPurchases(isOfVersion0 ? 0 : definition.transactionTypes());
        statusQuotas.define(index, definition.acquirerId(), isOfVersion0 ? 0 : definition.statusInquiriesPerSecond());
        acquirers.add(definition.acquirerId(), index);
        ledger.add(definition);
    }

    void add(final DefineAmountLimitDecoder definition) {
        requireRoom("amountLimits", amountLimits.size(), amountLimits.capacity());
        amountLimits.add(limitKey(definition.acquirerId(), definition.currency()), definition.maximumAmountMinor());
    }

    void add(final DefineIssuerDecoder definition) {
        requireRoom("issuers", issuers.size(), issuers.capacity());
        issuers.add(definition.issuerId(), 0);
        ledger.add(definition);
    }

    void add(final DefineLinkDecoder definition) {
        requireRoom("links", links.size(), links.capacity());
        links.add(definition.linkId(), linkValue(definition.issuerId(), definition.gatewayId()));
        if (definition.issuerId() != 0 && !hasLinkTo(definition.issuerId())) {
            linkedIssuers.add(definition.issuerId(), definition.linkId());
        }
    }

    void add(final DefineBinRangeDecoder definition) {
        requireRoom("binRanges", bins.count(), bins.capacity());
        bins.add((int) definition.low(), (int) definition.high(), definition.issuerId());
    }

    void add(final DefineOperatorDecoder definition) {
        operators.add(definition.operatorId(), definition.rights().getRaw());
    }

    /** Participants, fees and the limits of the ledger. */
    LedgerConfiguration ledger() {
        return ledger;
    }

    /** The commands that brought this configuration. */
    CommandLog commands() {
        return commands;
    }

    long hash() {
        return hash;
    }

    long horizonNs() {
        return horizonNs;
    }

    long maximumClockSkewNs() {
        return maximumClockSkewNs;
    }

    long maximumPayments() {
        return maximumPayments;
    }

    /** How long approved payments are kept after the horizon; 0 = not at all. */
    long originalsRetentionNs() {
        return originalsRetentionNs;
    }

    /** How many are kept so at once. */
    long maximumOriginals() {
        return maximumOriginals;
    }

    boolean isBegun() {
        return begun;
    }

    /** Whether definitions are collected as changes to the configuration in force, to be read at the activation. */
    boolean isAmending() {
        return amending;
    }

    /** All changes have come: from here on it is read like any other. */
    void amended() {
        amending = false;
    }

    /** Operator who stages it; 0 = the host. */
    long stagedBy() {
        return stagedBy;
    }

    void stagedBy(final long operatorId) {
        stagedBy = operatorId;
    }

    /** Whether a dangerous operation needs two operators. */
    boolean isDual() {
        return dual;
    }

    long operationExpiryNs() {
        return operationExpiryNs;
    }

    long maximumOperations() {
        return maximumOperations;
    }

    long maximumBlocked() {
        return maximumBlocked;
    }

    int operators() {
        return operators.size();
    }

    boolean hasOperator(final long operatorId) {
        return operators.contains(operatorId);
    }

    boolean mayPropose(final long operatorId) {
        return hasOperator(operatorId) && (operators.get(operatorId) & PROPOSE) != 0;
    }

    boolean mayApprove(final long operatorId) {
        return hasOperator(operatorId) && (operators.get(operatorId) & APPROVE) != 0;
    }

    /** The first problem found, or NONE. */
    ConfigurationProblem problem() {
        return problem;
    }

    /** Records a problem unless there was one before. */
    void problem(final ConfigurationProblem found) {
        if (problem == ConfigurationProblem.NONE) {
            problem = found;
        }
    }

    int currencies() {
        return currencies;
    }

    /** Decimal digits of a currency's minor unit, or {@link #NO_EXPONENT}. */
    int exponent(final int currency) {
        return currency > MAXIMUM_CURRENCY ? NO_EXPONENT : exponents[currency];
    }

    int acquirers() {
        return acquirers.size();
    }

    boolean hasAcquirer(final long acquirerId) {
        return acquirers.contains(acquirerId);
    }

    long institutionId(final long acquirerId) {
        return institutionId[(int) acquirers.get(acquirerId)];
    }

    long answerTimeoutNs(final long acquirerId) {
        return answerTimeoutNs[(int) acquirers.get(acquirerId)];
    }

    /** Whether an acquirer may ask for transactions of a type. */
    boolean permits(final long acquirerId, final int transactionType) {
        return TransactionTypes.isIn(transactionTypes[(int) acquirers.get(acquirerId)], transactionType);
    }

    /** Whether an acquirer may ask for a status now; an acquirer that is not defined any more may not be limited. */
    boolean admitsStatusInquiry(final long acquirerId, final long nowNs) {
        final long index = acquirers.get(acquirerId);
        return index == LongMap.MISSING || statusQuotas.admit((int) index, nowNs);
    }

    /** What acquirers have used of their status inquiries, in the order of the definitions. */
    StatusQuotas statusQuotas() {
        return statusQuotas;
    }

    /** Place of an acquirer in the order of the definitions, or -1. */
    int acquirerIndex(final long acquirerId) {
        return (int) acquirers.get(acquirerId);
    }

    boolean hasAmountLimit(final long acquirerId, final int currency) {
        return amountLimits.contains(limitKey(acquirerId, currency));
    }

    /** The largest amount in minor units, or {@link LongMap#MISSING}. */
    long amountLimitMinor(final long acquirerId, final int currency) {
        return amountLimits.get(limitKey(acquirerId, currency));
    }

    int issuers() {
        return issuers.size();
    }

    boolean hasIssuer(final int issuerId) {
        return issuers.contains(issuerId);
    }

    boolean hasLink(final int linkId) {
        return links.contains(linkId);
    }

    /** Whether the link exists between that issuer and that gateway. */
    boolean hasLink(final int linkId, final int issuerId, final int gatewayId) {
        return links.get(linkId) == linkValue(issuerId, gatewayId);
    }

    boolean hasLinkTo(final int issuerId) {
        return linkedIssuers.contains(issuerId);
    }

    BinTable bins() {
        return bins;
    }

    private static long limitKey(final long acquirerId, final int currency) {
        return (acquirerId << Short.SIZE) | currency;
    }

    private static long linkValue(final int issuerId, final int gatewayId) {
        return ((long) gatewayId << Short.SIZE) | issuerId;
    }

    private static void requireRoom(final String name, final int size, final int capacity) {
        if (size == capacity) {
            throw new EngineCapacityException(name, capacity);
        }
    }

    private static int commandBytes(final EngineCapacity capacity) {
        return length(BeginConfigurationDecoder.BLOCK_LENGTH)
                + MAXIMUM_CURRENCY * length(DefineCurrencyDecoder.BLOCK_LENGTH)
                + capacity.acquirers() * length(DefineAcquirerDecoder.BLOCK_LENGTH)
                + capacity.amountLimits() * length(DefineAmountLimitDecoder.BLOCK_LENGTH)
                + capacity.issuers() * length(DefineIssuerDecoder.BLOCK_LENGTH)
                + capacity.links() * length(DefineLinkDecoder.BLOCK_LENGTH)
                + capacity.binRanges() * length(DefineBinRangeDecoder.BLOCK_LENGTH)
                + MAXIMUM_OPERATORS * length(DefineOperatorDecoder.BLOCK_LENGTH)
                + length(DefineLedgerDecoder.BLOCK_LENGTH)
                + capacity.ledger().participants() * length(DefineParticipantDecoder.BLOCK_LENGTH)
                + capacity.ledger().fees() * length(DefineFeeDecoder.BLOCK_LENGTH)
                + length(ActivateConfigurationDecoder.BLOCK_LENGTH);
    }

    private static int length(final int blockLength) {
        return MessageHeaderDecoder.ENCODED_LENGTH + blockLength;
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ActivateConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BeginConfigurationDecoder;
import io.turnout.codecs.sbe.engine.BreakerState;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LinkService;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import io.turnout.codecs.sbe.engine.SnapshotBeginDecoder;
import io.turnout.codecs.sbe.engine.SnapshotBlockedDecoder;
import io.turnout.codecs.sbe.engine.SnapshotEndDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotLinkDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOperationDecoder;
import io.turnout.codecs.sbe.engine.SnapshotOriginalDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.SnapshotStatusInquirerDecoder;
import io.turnout.core.engine.SnapshotException.Problem;
import org.agrona.DirectBuffer;

/**
 * Takes the records of a snapshot, in order, into an empty engine. Refuses the first thing that is wrong; the engine is
 * of no use then.
 */
final class SnapshotReader implements SnapshotSink {
    /** The sections in their order, each with the number of records still expected. */
    private static final int BEGIN = 0;

    private static final int CONFIGURATION = 1;
    private static final int STAGED = 2;
    private static final int ISSUERS = 3;
    private static final int LINKS = 4;
    private static final int PAYMENTS = 5;
    private static final int ORIGINALS = 6;
    private static final int INQUIRERS = 7;
    private static final int OPERATIONS = 8;
    private static final int BLOCKED = 9;
    private static final int LEDGER = 10;
    private static final int END = 11;
    private static final int COMPLETE = 12;

    /** Up to this version a payment that moved no position did not say on which date it was accepted. */
    private static final int LAST_VERSION_WITHOUT_DATES = 1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
    private final SnapshotIssuerDecoder issuer = new SnapshotIssuerDecoder();
    private final SnapshotLinkDecoder link = new SnapshotLinkDecoder();
    private final SnapshotStatusInquirerDecoder inquirer = new SnapshotStatusInquirerDecoder();
    private final OriginalRecord original = new OriginalRecord();
    private final SnapshotOperationDecoder operation = new SnapshotOperationDecoder();
    private final SnapshotEndDecoder end = new SnapshotEndDecoder();
    private final long[] expected = new long[COMPLETE];
    private StateHash hash = new StateHash(CommandTemplates.VERSION);
    private final EngineCapacity capacity;
    private final EngineState state;
    private final ConfigurationAdapter configuration;
    private final PaymentRecord payment;
    private final OperationSnapshot operations;
    private final LedgerSnapshot ledger;
    private SlotOrder ordered = new SlotOrder(0);
    private int section = BEGIN;
    private int version = CommandTemplates.VERSION;
    private boolean open;
    private boolean undated;
    private long stagedCommands;
    private long stagedBy;
    private int stagedProblem;
    private long issuers;
    private long links;
    private long lastId;
    private long lastKeptSinceNs = Long.MIN_VALUE;
    private long records;
    private int checkedSection = BEGIN;
    private int checkedLength;
    private long checkedHeader;

    SnapshotReader(final EngineCapacity capacity, final EngineState state, final ConfigurationAdapter configuration) {
        this.capacity = capacity;
        this.state = state;
        this.configuration = configuration;
        this.payment = new PaymentRecord(state.slab());
        this.operations = new OperationSnapshot(state);
        expected[BEGIN] = 1;
        this.ledger = new LedgerSnapshot(state);
        expected[LEDGER] = 1;
        expected[END] = 1;
    }

    @Override
    public void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        if (!isLikeTheOneBefore(buffer, offset, length)) {
            checkHeader(buffer, offset, length);
        }
        final int templateId = header.templateId();
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        switch (section) {
            case BEGIN -> {
                version = header.version();
                hash = new StateHash(version);
                onBegin(begin.wrap(buffer, block, header.blockLength(), version));
            }
            case CONFIGURATION, STAGED -> onConfigurationCommand(templateId, buffer, block);
            case ISSUERS -> onIssuer(issuer.wrap(buffer, block, header.blockLength(), version));
            case LINKS -> onLink(link.wrap(buffer, block, header.blockLength(), version));
            case PAYMENTS -> onPayment(buffer, block);
            case ORIGINALS -> onOriginal(buffer, block);
            case INQUIRERS -> onInquirer(inquirer.wrap(buffer, block, header.blockLength(), version));
            case OPERATIONS ->
                require(
                        operations.restore(operation.wrap(buffer, block, header.blockLength(), version)),
                        Problem.ILLEGAL_VALUE,
                        "operation");
            case BLOCKED -> require(operations.restoreBlocked(buffer, block), Problem.ILLEGAL_VALUE, "blocked");
            case LEDGER -> expected[LEDGER] += ledger.onRecord(templateId, buffer, block, version);
            default -> onEnd(end.wrap(buffer, block, header.blockLength(), version));
        }
        hash.onRecord(buffer, offset, length);
        records++;
        expected[section]--;
        finishSections();
    }

    /**
     * Payments come by the million: what has been checked of one header is true of the next that has the same bytes.
     */
    private boolean isLikeTheOneBefore(final DirectBuffer buffer, final int offset, final int length) {
        if (section != PAYMENTS || section != checkedSection || length != checkedLength) {
            return false;
        }
        header.wrap(buffer, offset);
        return buffer.getLong(offset) == checkedHeader;
    }

    private void checkHeader(final DirectBuffer buffer, final int offset, final int length) {
        require(section != COMPLETE, Problem.OUT_OF_ORDER, "after the end marker");
        final int templateId = templateId(buffer, offset, length);
        require(isExpected(templateId), Problem.OUT_OF_ORDER, "templateId=" + templateId + " section=" + section);
        require(
                section == BEGIN || header.version() == version || CommandTemplates.isConfiguration(templateId),
                Problem.UNKNOWN_RECORD,
                "templateId=" + templateId + " version=" + header.version() + " began with version=" + version);
        checkedSection = section;
        checkedLength = length;
        checkedHeader = buffer.getLong(offset);
    }

    /** Whether all records have come. */
    boolean isComplete() {
        return section == COMPLETE;
    }

    /** Schema version of the records. */
    int version() {
        return version;
    }

    /** The hash that the end marker states. */
    long stateHash() {
        return end.stateHash();
    }

    private int templateId(final DirectBuffer buffer, final int offset, final int length) {
        require(length >= MessageHeaderDecoder.ENCODED_LENGTH, Problem.BAD_LENGTH, "length=" + length);
        header.wrap(buffer, offset);
        final int templateId = header.templateId();
        final int blockLength = SnapshotTemplates.blockLength(templateId, header.version());
        require(
                header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && blockLength != CommandTemplates.UNKNOWN,
                Problem.UNKNOWN_RECORD,
                "templateId=" + templateId + " schemaId=" + header.schemaId() + " version=" + header.version());
        require(
                header.blockLength() == blockLength && length == MessageHeaderDecoder.ENCODED_LENGTH + blockLength,
                Problem.BAD_LENGTH,
                "templateId=" + templateId + " length=" + length);
        return templateId;
    }

    private boolean isExpected(final int templateId) {
        return switch (section) {
            case BEGIN -> templateId == SnapshotBeginDecoder.TEMPLATE_ID;
            case CONFIGURATION, STAGED ->
                CommandTemplates.isConfiguration(templateId)
                        && DefinitionKeys.definitionOf(templateId) == DefinitionKeys.NONE;
            case ISSUERS -> templateId == SnapshotIssuerDecoder.TEMPLATE_ID;
            case LINKS -> templateId == SnapshotLinkDecoder.TEMPLATE_ID;
            case PAYMENTS -> templateId == SnapshotPaymentDecoder.TEMPLATE_ID;
            case ORIGINALS -> templateId == SnapshotOriginalDecoder.TEMPLATE_ID;
            case INQUIRERS -> templateId == SnapshotStatusInquirerDecoder.TEMPLATE_ID;
            case OPERATIONS -> templateId == SnapshotOperationDecoder.TEMPLATE_ID;
            case BLOCKED -> templateId == SnapshotBlockedDecoder.TEMPLATE_ID;
            case LEDGER -> LedgerSnapshot.blockLength(templateId) != CommandTemplates.UNKNOWN;
            default -> templateId == SnapshotEndDecoder.TEMPLATE_ID;
        };
    }

    private void onBegin(final SnapshotBeginDecoder record) {
        expected[CONFIGURATION] = record.configurationCommands();
        expected[STAGED] = record.stagedCommands();
        expected[ISSUERS] = record.issuers();
        expected[LINKS] = record.links();
        expected[PAYMENTS] = record.payments();
        expected[ORIGINALS] = record.originals();
        expected[INQUIRERS] = record.statusInquirers();
        expected[OPERATIONS] = record.operations();
        expected[BLOCKED] = record.blocked();
        requireCapacity("issuers", record.issuers(), capacity.issuers());
        requireCapacity("links", record.links(), capacity.links());
        requireCapacity("payments", record.payments(), capacity.payments());
        requireCapacity("originals", record.originals(), capacity.originals());
        requireCapacity("blocked", record.blocked(), capacity.blocked());
        ordered = new SlotOrder((int) record.payments());
        state.publisher().restore(record.commandSequence(), record.eventSequence());
        state.time().advance(record.timeNs());
        state.payments().lastPaymentId(record.lastPaymentId());
        state.lifecycle().lastOrder(record.lastOrder());
        state.retention().forgottenUntilNs(record.forgottenUntilNs());
        stagedCommands = record.stagedCommands();
        state.operations().forgottenUntilNs(record.forgottenOperationsNs());
        stagedBy = record.stagedBy();
        stagedProblem = record.stagedProblem();
        issuers = record.issuers();
        links = record.links();
    }

    private void onConfigurationCommand(final int templateId, final DirectBuffer buffer, final int block) {
        final boolean opens = templateId == BeginConfigurationDecoder.TEMPLATE_ID;
        require(opens != open, Problem.OUT_OF_ORDER, "templateId=" + templateId + " section=" + section);
        open = true;
        if (templateId == ActivateConfigurationDecoder.TEMPLATE_ID) {
            require(section == CONFIGURATION, Problem.OUT_OF_ORDER, "activation of a staged configuration");
            final ConfigurationProblem problem = configuration.activate(buffer, block);
            require(problem == ConfigurationProblem.NONE, Problem.ILLEGAL_VALUE, "configuration: " + problem);
            open = false;
        } else {
            configuration.restore(header, buffer, block, section == CONFIGURATION);
        }
    }

    private void onIssuer(final SnapshotIssuerDecoder record) {
        rising(record.issuerId());
        require(
                state.network().issuer(record.issuerId()) != null
                        || state.network().freeIssuers() > 0,
                Problem.WRONG_COUNT,
                "issuerId=" + record.issuerId());
        require(
                version < SnapshotIssuerDecoder.breakerSinceVersion()
                        || isWithin(record.breakerMemory().stateRaw(), BreakerState.HALF_OPEN.value()),
                Problem.ILLEGAL_VALUE,
                "breaker of issuerId=" + record.issuerId());
        final Issuer restored = state.network().addIssuer(record.issuerId());
        restored.restore(record);
        state.payments().matchByStan(record.issuerId(), restored.matchesByStan());
    }

    private void onLink(final SnapshotLinkDecoder record) {
        rising(record.linkId());
        require(
                state.network().link(record.linkId()) != null || state.network().freeLinks() > 0,
                Problem.WRONG_COUNT,
                "linkId=" + record.linkId());
        final Link restored = state.network().addLink(record.linkId());
        require(
                isWithin(record.stateRaw(), restored.isConfigured() ? LinkState.DEGRADED.value() : 0),
                Problem.ILLEGAL_VALUE,
                "linkId=" + record.linkId() + " state=" + record.stateRaw());
        state.network().signedOn(restored, record.stateRaw() != LinkState.DOWN.value());
        restored.degraded(record.stateRaw() == LinkState.DEGRADED.value());
        if (version >= SnapshotLinkDecoder.latencyNsSinceVersion()) {
            restored.pace().restore(record.latencyNs(), record.latencyAtNs(), record.paidUntilNs());
            require(
                    isWithin(record.serviceRaw(), LinkService.DRAINED.value()),
                    Problem.ILLEGAL_VALUE,
                    "linkId=" + record.linkId() + " service=" + record.serviceRaw());
            state.network().service(restored, record.service());
        }
    }

    private void onPayment(final DirectBuffer buffer, final int block) {
        final int slot = state.slab().allocate();
        payment.wrap(slot);
        payment.buffer().putBytes(payment.offset(), buffer, block, header.blockLength());
        rising(payment.paymentId());
        undated |= payment.decoder().businessDate() == 0;
        if (!isConsistent(payment.decoder())) {
            throw new SnapshotException(Problem.ILLEGAL_VALUE, "paymentId=" + payment.paymentId());
        }
        state.payments().restore(payment);
        if (Lifecycle.isOrdered(payment.state(), payment.reversalPhase())) {
            ordered.add(payment.order(), slot);
        } else {
            state.lifecycle().enter(payment);
        }
    }

    private void onOriginal(final DirectBuffer buffer, final int block) {
        final int slot = state.originals().allocate();
        state.originals()
                .wrap(slot, original)
                .buffer()
                .putBytes(original.offset(), buffer, block, header.blockLength());
        final SnapshotOriginalDecoder record = original.decoder();
        undated |= record.businessDate() == 0;
        final boolean isKnownState = record.stateRaw() == PaymentState.APPROVED.value()
                || record.stateRaw() == PaymentState.COMPLETED.value()
                || record.stateRaw() == PaymentState.VOIDED.value();
        require(
                isKnownState
                        && (record.flags().onUs() || isKnown(record.issuerId(), record.linkId()))
                        && record.paymentId() <= state.payments().lastPaymentId()
                        && state.originals().findById(record.paymentId()) == OriginalTable.NONE
                        && state.payments().findById(record.paymentId()) == PaymentTable.NONE
                        && record.keptSinceNs() >= lastKeptSinceNs,
                Problem.ILLEGAL_VALUE,
                "original: paymentId=" + record.paymentId());
        lastKeptSinceNs = record.keptSinceNs();
        state.originals().enter(slot);
    }

    private void onInquirer(final SnapshotStatusInquirerDecoder record) {
        final Configuration active = state.configurations().active();
        require(
                active.hasAcquirer(record.acquirerId())
                        && record.paidUntilNs() > state.time().nowNs(),
                Problem.ILLEGAL_VALUE,
                "status inquirer: acquirerId=" + record.acquirerId());
        active.statusQuotas().paidUntilNs(active.acquirerIndex(record.acquirerId()), record.paidUntilNs());
    }

    /** Whether the engine can take the record in: its codes are known, and so are the issuer and links it refers to. */
    private boolean isConsistent(final SnapshotPaymentDecoder record) {
        if (!isWithin(record.stateRaw(), PaymentState.EXPIRED.value())
                || !isWithin(record.reversalPhaseRaw(), ReversalPhase.PAUSED.value())
                || !isWithin(record.reasonRaw(), DeclineReason.SECURITY_FAILURE.value())
                || !isWithin(record.giveUpReasonRaw(), DeclineReason.SECURITY_FAILURE.value())
                || record.paymentId() > state.payments().lastPaymentId()) {
            return false;
        }
        final boolean forwarding = Lifecycle.isForwarding(record.state());
        final boolean sent = record.stan() != 0;
        final boolean mayBeUnsent = record.state() == PaymentState.DECLINED || isUnsentAdvice(record) || isOnUs(record);
        final boolean tried = record.reversalPhase() == ReversalPhase.IN_FLIGHT;
        final boolean expires = Lifecycle.isFinal(record.state()) && record.dueNs() != 0;
        return record.state() != PaymentState.NOT_FOUND
                && (!expires || record.state() == PaymentState.APPROVED)
                && forwarding == (record.reversalPhase() != ReversalPhase.NONE)
                && (sent ? isKnown(record.issuerId(), record.linkId()) : mayBeUnsent)
                && (!tried || isKnown(record.issuerId(), record.reversalLinkId()));
    }

    /** An advice that waits for its first attempt has an issuer, and no link yet. */
    private boolean isUnsentAdvice(final SnapshotPaymentDecoder record) {
        return record.state() == PaymentState.ADVISING && state.network().issuer(record.issuerId()) != null;
    }

    private static boolean isOnUs(final SnapshotPaymentDecoder record) {
        return record.flags().onUs() && record.reversalPhase() == ReversalPhase.NONE;
    }

    private boolean isKnown(final int issuerId, final int linkId) {
        return state.network().issuer(issuerId) != null && state.network().link(linkId) != null;
    }

    private void onEnd(final SnapshotEndDecoder record) {
        require(record.records() == records, Problem.WRONG_COUNT, "records=" + records + " stated=" + record.records());
        require(record.stateHash() == hash.value(), Problem.HASH_MISMATCH, "of the records");
    }

    private void finishSections() {
        while (section < COMPLETE && expected[section] == 0) {
            finishSection();
            section++;
            lastId = 0;
        }
    }

    private void finishSection() {
        switch (section) {
            case CONFIGURATION -> require(!open, Problem.OUT_OF_ORDER, "configuration without activation");
            case STAGED -> {
                final Configuration staged = state.configurations().staged();
                require(staged.commands().count() == stagedCommands, Problem.ILLEGAL_VALUE, "staged configuration");
                staged.problem(problem(stagedProblem));
                staged.stagedBy(stagedBy);
            }
            case LINKS ->
                require(
                        state.network().issuerCount() == issuers
                                && state.network().linkCount() == links,
                        Problem.WRONG_COUNT,
                        "issuers=" + state.network().issuerCount() + " links="
                                + state.network().linkCount());
            case PAYMENTS -> enterOrdered();
            case LEDGER -> {
                ledger.finish();
                require(
                        version > LAST_VERSION_WITHOUT_DATES
                                || !undated
                                || state.ledger().dates().current() == 0,
                        Problem.SAYS_TOO_LITTLE,
                        "version=" + version + " has payments without the business date that a replay gives them");
            }
            default -> {}
        }
    }

    private void enterOrdered() {
        ordered.sort();
        for (int i = 0; i < ordered.count(); i++) {
            state.lifecycle().enter(payment.wrap(ordered.slotAt(i)));
        }
    }

    private void rising(final long id) {
        if (id <= lastId) {
            throw new SnapshotException(Problem.OUT_OF_ORDER, "id=" + id + " last=" + lastId);
        }
        lastId = id;
    }

    private static ConfigurationProblem problem(final int code) {
        try {
            return ConfigurationProblem.of(code);
        } catch (final IllegalArgumentException e) {
            throw new SnapshotException(Problem.ILLEGAL_VALUE, "stagedProblem=" + code);
        }
    }

    private static boolean isWithin(final int value, final int maximum) {
        return value <= maximum;
    }

    private static void requireCapacity(final String name, final long count, final int available) {
        if (count > available) {
            throw new EngineCapacityException(name, available);
        }
    }

    private static void require(final boolean condition, final Problem problem, final String detail) {
        if (!condition) {
            throw new SnapshotException(problem, detail);
        }
    }
}

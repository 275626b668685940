package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DefineAcquirerDecoder;
import io.turnout.codecs.sbe.engine.DefineFeeDecoder;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.DefineLedgerDecoder;
import io.turnout.codecs.sbe.engine.DefineParticipantDecoder;

/** What a configuration says about accounts: its limits, participants and fees, and who is which participant. */
final class LedgerConfiguration {
    static final int NO_PARTICIPANT = 0;
    private static final int BASIS_POINTS = 10_000;

    private final LongMap participants;
    private final LongMap participantIds;
    private final LongMap acquirerParticipants;
    private final LongMap issuerParticipants;
    private final LongMap onUsIssuers;
    private final LongMap fees;
    private final long[] fixedMinor;
    private final long[] maximumMinor;
    private final int[] basisPoints;
    private long maximumAccounts;
    private long maximumTransfers;
    private long maximumSubmissions;
    private int capWarningMarginPercent;
    private boolean stampsDates;
    private boolean defined;

    LedgerConfiguration(final EngineCapacity capacity) {
        this.participants = new LongMap(capacity.ledger().participants());
        this.participantIds = new LongMap(capacity.ledger().participants());
        this.acquirerParticipants = new LongMap(capacity.acquirers());
        this.issuerParticipants = new LongMap(capacity.issuers());
        this.onUsIssuers = new LongMap(capacity.issuers());
        this.fees = new LongMap(capacity.ledger().fees());
        this.fixedMinor = new long[capacity.ledger().fees()];
        this.maximumMinor = new long[capacity.ledger().fees()];
        this.basisPoints = new int[capacity.ledger().fees()];
    }

    static long bytes(final EngineCapacity capacity) {
        return 2 * LongMap.bytes(capacity.ledger().participants())
                + LongMap.bytes(capacity.acquirers())
                + 2 * LongMap.bytes(capacity.issuers())
                + LongMap.bytes(capacity.ledger().fees())
                + (2L * Long.BYTES + Integer.BYTES) * capacity.ledger().fees();
    }

    void clear() {
        participants.clear();
        participantIds.clear();
        acquirerParticipants.clear();
        issuerParticipants.clear();
        onUsIssuers.clear();
        fees.clear();
        maximumAccounts = 0;
        maximumTransfers = 0;
        maximumSubmissions = 0;
        capWarningMarginPercent = 0;
        stampsDates = false;
        defined = false;
    }

    void add(final DefineLedgerDecoder definition) {
        maximumAccounts = definition.maximumAccounts();
        maximumTransfers = definition.maximumTransfers();
        maximumSubmissions = definition.maximumSubmissions();
        final boolean isOfVersion1 =
                definition.actingVersion() < DefineLedgerDecoder.capWarningMarginPercentSinceVersion();
        capWarningMarginPercent = isOfVersion1 ? 0 : definition.capWarningMarginPercent();
        stampsDates = !isOfVersion1;
        defined = true;
    }

    /** Whether every payment has a business date, as since version 2, or only those that move a position. */
    boolean stampsDates() {
        return stampsDates;
    }

    /** How far the use of a cap must fall below a step before the step counts as left; 0 = nothing is told of caps. */
    int capWarningMarginPercent() {
        return capWarningMarginPercent;
    }

    void add(final DefineParticipantDecoder definition) {
        requireRoom("participants", participants);
        participants.add(key(definition.participantId(), definition.currency()), definition.netDebitCapMinor());
        if (!isParticipant(definition.participantId())) {
            participantIds.add(definition.participantId(), 0);
        }
    }

    void add(final DefineFeeDecoder definition) {
        requireRoom("fees", fees);
        final int index = fees.size();
        fixedMinor[index] = definition.fixedMinor();
        maximumMinor[index] = definition.maximumMinor();
        basisPoints[index] = definition.basisPoints();
        fees.add(key(definition.acquirerId(), definition.currency()), index);
    }

    void add(final DefineAcquirerDecoder definition) {
        final long participant = participantOf(definition);
        if (participant != NO_PARTICIPANT) {
            acquirerParticipants.add(definition.acquirerId(), participant);
        }
    }

    void add(final DefineIssuerDecoder definition) {
        final long participant = participantOf(definition);
        if (participant != NO_PARTICIPANT) {
            issuerParticipants.add(definition.issuerId(), participant);
        }
        if (definition.onUsRaw() == BooleanType.TRUE.value()) {
            onUsIssuers.add(definition.issuerId(), 0);
        }
    }

    /** Whether there is a ledger at all. */
    boolean isDefined() {
        return defined;
    }

    long maximumAccounts() {
        return maximumAccounts;
    }

    long maximumTransfers() {
        return maximumTransfers;
    }

    long maximumSubmissions() {
        return maximumSubmissions;
    }

    /** Whether a participant is defined in any currency. */
    boolean isParticipant(final long participant) {
        return participantIds.contains(participant);
    }

    boolean hasParticipant(final long participant, final int currency) {
        return participants.contains(key(participant, currency));
    }

    boolean hasFee(final long acquirerId, final int currency) {
        return fees.contains(key(acquirerId, currency));
    }

    long participantOfAcquirer(final long acquirerId) {
        return Math.max(NO_PARTICIPANT, acquirerParticipants.get(acquirerId));
    }

    long participantOfIssuer(final int issuerId) {
        return Math.max(NO_PARTICIPANT, issuerParticipants.get(issuerId));
    }

    boolean isOnUs(final int issuerId) {
        return onUsIssuers.contains(issuerId);
    }

    /** What an acquirer pays for a payment: rounded half up to the minor unit, at most the maximum. */
    long feeMinor(final long acquirerId, final int currency, final long amountMinor) {
        final long index = fees.get(key(acquirerId, currency));
        if (index == LongMap.MISSING) {
            return 0;
        }
        final int at = (int) index;
        final long share = (amountMinor * basisPoints[at] + BASIS_POINTS / 2) / BASIS_POINTS;
        return Math.min(fixedMinor[at] + share, maximumMinor[at]);
    }

    /** 0 in a definition that does not have the field. */
    static long participantOf(final DefineAcquirerDecoder definition) {
        final long participant = definition.participantId();
        return participant == DefineAcquirerDecoder.participantIdNullValue() ? NO_PARTICIPANT : participant;
    }

    /** 0 in a definition that does not have the field. */
    static long participantOf(final DefineIssuerDecoder definition) {
        final long participant = definition.participantId();
        return participant == DefineIssuerDecoder.participantIdNullValue() ? NO_PARTICIPANT : participant;
    }

    private static long key(final long id, final int currency) {
        return (id << Short.SIZE) | currency;
    }

    private static void requireRoom(final String name, final LongMap map) {
        if (map.size() == map.capacity()) {
            throw new EngineCapacityException(name, map.capacity());
        }
    }
}

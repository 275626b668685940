package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.ReconciliationMode;
import io.turnout.codecs.sbe.engine.SnapshotIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerEncoder;

/** What the engine knows of one issuer. Kept for ever once configured, because payments may refer to it. */
final class Issuer {
    private static final int MAXIMUM_STAN = 999_999;
    private static final int WHOLE_PERCENT = 100;

    private final RecordList forwardQueue;
    private int issuerId;
    private Link firstLink;
    private long responseTimeoutNs;
    private long reversalTimeoutNs;
    private long reversalBackoffNs;
    private long reversalBackoffMaximumNs;
    private long lateAnswerWindowNs;
    private long reversalMaximumAttempts;
    private int reversalWindow;
    private long preAuthorisationValidityNs;
    private long transactionTypes = TransactionTypes.orPurchases(0);
    private long participantId;
    private int overCapturePercent = WHOLE_PERCENT;
    private boolean onUs;
    private int reconciliation = ReconciliationMode.NONE.value();
    private final IssuerMatching matching = new IssuerMatching();
    private final Breaker breaker = new Breaker();
    private boolean leastCost;
    private boolean answersOnSiblings;
    private boolean exactExpiry;
    private int forwardsInFlight;
    private int signedOnLinks;
    private int lastStan;
    private boolean ready;

    Issuer(final PaymentSlab slab) {
        this.forwardQueue = new RecordList(slab);
    }

    void configure(final DefineIssuerDecoder definition) {
        responseTimeoutNs = definition.responseTimeoutNs();
        reversalTimeoutNs = definition.reversalTimeoutNs();
        reversalBackoffNs = definition.reversalBackoffNs();
        reversalBackoffMaximumNs = definition.reversalBackoffMaximumNs();
        lateAnswerWindowNs = definition.lateAnswerWindowNs();
        reversalMaximumAttempts = definition.reversalMaximumAttempts();
        reversalWindow = definition.reversalWindow();
        final boolean isOfVersion0 = definition.actingVersion() < DefineIssuerDecoder.transactionTypesSinceVersion();
        preAuthorisationValidityNs = isOfVersion0 ? 0 : definition.preAuthorisationValidityNs();
        transactionTypes = TransactionTypes.orPurchases(isOfVersion0 ? 0 : definition.transactionTypes());
        participantId = isOfVersion0 ? 0 : definition.participantId();
        overCapturePercent =
                isOfVersion0 || definition.overCapturePercent() == 0 ? WHOLE_PERCENT : definition.overCapturePercent();
        onUs = definition.onUsRaw() == BooleanType.TRUE.value();
        leastCost = definition.linkPreferenceRaw() == LinkPreference.LEAST_COST.value();
        answersOnSiblings = definition.answersOnSiblingsRaw() == BooleanType.TRUE.value();
        exactExpiry = definition.exactExpiryRaw() == BooleanType.TRUE.value();
        if (definition.actingVersion() >= DefineIssuerDecoder.breakerSinceVersion()) {
            breaker.configure(definition.breaker());
            reconciliation = definition.reconciliationRaw();
        } else {
            breaker.configureNoRule();
            reconciliation = ReconciliationMode.NONE.value();
        }
        matching.configure(definition);
    }

    void restore(final SnapshotIssuerDecoder record) {
        responseTimeoutNs = record.responseTimeoutNs();
        reversalTimeoutNs = record.reversalTimeoutNs();
        reversalBackoffNs = record.reversalBackoffNs();
        reversalBackoffMaximumNs = record.reversalBackoffMaximumNs();
        lateAnswerWindowNs = record.lateAnswerWindowNs();
        reversalMaximumAttempts = record.reversalMaximumAttempts();
        reversalWindow = record.reversalWindow();
        lastStan = (int) record.lastStan();
        if (record.actingVersion() >= SnapshotIssuerDecoder.transactionTypesSinceVersion()) {
            restoreOfVersion1(record);
        }
        if (record.actingVersion() >= SnapshotIssuerDecoder.breakerSinceVersion()) {
            restoreOfVersion2(record);
        }
        matching.restore(record);
    }

    private void restoreOfVersion1(final SnapshotIssuerDecoder record) {
        preAuthorisationValidityNs = record.preAuthorisationValidityNs();
        transactionTypes = TransactionTypes.orPurchases(record.transactionTypes());
        participantId = record.participantId();
        overCapturePercent = Math.max(WHOLE_PERCENT, record.overCapturePercent());
        onUs = record.onUsRaw() == BooleanType.TRUE.value();
    }

    private void restoreOfVersion2(final SnapshotIssuerDecoder record) {
        leastCost = record.linkPreferenceRaw() == LinkPreference.LEAST_COST.value();
        answersOnSiblings = record.answersOnSiblingsRaw() == BooleanType.TRUE.value();
        exactExpiry = record.exactExpiryRaw() == BooleanType.TRUE.value();
        breaker.restore(record.breaker(), record.breakerMemory());
        reconciliation = record.reconciliationRaw();
    }

    void save(final SnapshotIssuerEncoder record) {
        breaker.save(record.breaker(), record.breakerMemory());
        record.responseTimeoutNs(responseTimeoutNs)
                .reversalTimeoutNs(reversalTimeoutNs)
                .reversalBackoffNs(reversalBackoffNs)
                .reversalBackoffMaximumNs(reversalBackoffMaximumNs)
                .lateAnswerWindowNs(lateAnswerWindowNs)
                .reversalMaximumAttempts(reversalMaximumAttempts)
                .lastStan(lastStan)
                .reversalWindow(reversalWindow)
                .issuerId(issuerId)
                .preAuthorisationValidityNs(preAuthorisationValidityNs)
                .transactionTypes(transactionTypes)
                .participantId(participantId)
                .overCapturePercent(overCapturePercent)
                .onUs(bool(onUs))
                .linkPreference(leastCost ? LinkPreference.LEAST_COST : LinkPreference.FEWEST_OUTSTANDING)
                .answersOnSiblings(bool(answersOnSiblings))
                .exactExpiry(bool(exactExpiry))
                .reconciliation(ReconciliationMode.get((short) reconciliation));
        matching.save(record);
    }

    int issuerId() {
        return issuerId;
    }

    void issuerId(final int value) {
        issuerId = value;
    }

    /** The configured links of this issuer, lowest id first, chained through {@link Link#nextOfIssuer()}. */
    Link firstLink() {
        return firstLink;
    }

    void firstLink(final Link link) {
        firstLink = link;
    }

    /** Advices and reversals that wait for a link and for room in the window, in order. */
    RecordList forwardQueue() {
        return forwardQueue;
    }

    long responseTimeoutNs() {
        return responseTimeoutNs;
    }

    long reversalTimeoutNs() {
        return reversalTimeoutNs;
    }

    long lateAnswerWindowNs() {
        return lateAnswerWindowNs;
    }

    /** How long a pre-authorisation can be completed; 0 = not at all. */
    long preAuthorisationValidityNs() {
        return preAuthorisationValidityNs;
    }

    /** Holds payment requests back from it when it fails. */
    Breaker breaker() {
        return breaker;
    }

    /** Whether latency counts in the choice of a link, and not only the requests in flight. */
    boolean prefersLeastCost() {
        return leastCost;
    }

    /** Whether requests of a lost link may still be answered on another one. */
    boolean answersOnSiblings() {
        return answersOnSiblings;
    }

    /** Whether a pre-authorisation expires when its validity ends, and not only with a late completion. */
    boolean expiresExactly() {
        return exactExpiry;
    }

    /** Whether it takes transactions of a type. */
    boolean permits(final int transactionType) {
        return TransactionTypes.isIn(transactionTypes, transactionType);
    }

    /** The largest completion of what is authorised. */
    long maximumCompletionMinor(final long authorisedMinor) {
        return authorisedMinor * overCapturePercent / WHOLE_PERCENT;
    }

    /** Whether its payments are counted in totals. */
    boolean keepsTotals() {
        return reconciliation != ReconciliationMode.NONE.value();
    }

    /** Whether the switch sends it the totals of closed business dates. */
    boolean sendsTotals() {
        return reconciliation == ReconciliationMode.SEND.value();
    }

    long reversalMaximumAttempts() {
        return reversalMaximumAttempts;
    }

    /** The pause after so many tries: doubles from try to try up to a maximum. */
    long pauseNs(final long tries) {
        final long doublings = Math.min(tries - 1, Long.numberOfLeadingZeros(reversalBackoffNs) - 1);
        return Math.min(reversalBackoffNs << doublings, reversalBackoffMaximumNs);
    }

    /** Whether an answer is matched by its STAN alone. */
    boolean matchesByStan() {
        return matching.isByStan();
    }

    /** What else must agree in an answer. */
    IssuerMatching matching() {
        return matching;
    }

    void forwardsInFlight(final int change) {
        forwardsInFlight += change;
    }

    int signedOnLinks() {
        return signedOnLinks;
    }

    void signedOnLinks(final int count) {
        signedOnLinks = count;
    }

    /** The next trace number: 1 to 999999, then 1 again. */
    int nextStan() {
        lastStan = lastStan == MAXIMUM_STAN ? 1 : lastStan + 1;
        return lastStan;
    }

    /** Whether an advice or reversal can be sent now. */
    boolean canForward() {
        return signedOnLinks > 0 && !forwardQueue.isEmpty() && forwardsInFlight < reversalWindow;
    }

    private static BooleanType bool(final boolean value) {
        return value ? BooleanType.TRUE : BooleanType.FALSE;
    }

    /** What {@link #canForward()} was when the network last looked. */
    boolean isReady() {
        return ready;
    }

    void ready(final boolean value) {
        ready = value;
    }
}

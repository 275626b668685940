package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.DefineIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerDecoder;
import io.turnout.codecs.sbe.engine.SnapshotIssuerEncoder;

/** What the engine knows of one issuer. Kept for ever once configured, because payments may refer to it. */
final class Issuer {
    private static final int MAXIMUM_STAN = 999_999;

    private final RecordList reversalQueue;
    private int issuerId;
    private Link firstLink;
    private long responseTimeoutNs;
    private long reversalTimeoutNs;
    private long reversalBackoffNs;
    private long reversalBackoffMaximumNs;
    private long lateAnswerWindowNs;
    private long reversalMaximumAttempts;
    private int reversalWindow;
    private int reversalsInFlight;
    private int signedOnLinks;
    private int lastStan;
    private boolean ready;

    Issuer(final PaymentSlab slab) {
        this.reversalQueue = new RecordList(slab);
    }

    void configure(final DefineIssuerDecoder definition) {
        responseTimeoutNs = definition.responseTimeoutNs();
        reversalTimeoutNs = definition.reversalTimeoutNs();
        reversalBackoffNs = definition.reversalBackoffNs();
        reversalBackoffMaximumNs = definition.reversalBackoffMaximumNs();
        lateAnswerWindowNs = definition.lateAnswerWindowNs();
        reversalMaximumAttempts = definition.reversalMaximumAttempts();
        reversalWindow = definition.reversalWindow();
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
    }

    void save(final SnapshotIssuerEncoder record) {
        record.responseTimeoutNs(responseTimeoutNs)
                .reversalTimeoutNs(reversalTimeoutNs)
                .reversalBackoffNs(reversalBackoffNs)
                .reversalBackoffMaximumNs(reversalBackoffMaximumNs)
                .lateAnswerWindowNs(lateAnswerWindowNs)
                .reversalMaximumAttempts(reversalMaximumAttempts)
                .lastStan(lastStan)
                .reversalWindow(reversalWindow)
                .issuerId(issuerId);
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

    /** Reversals that wait for a link and for room in the window, in order. */
    RecordList reversalQueue() {
        return reversalQueue;
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

    long reversalMaximumAttempts() {
        return reversalMaximumAttempts;
    }

    /** The pause after so many tries: doubles from try to try up to a maximum. */
    long pauseNs(final long tries) {
        final long doublings = Math.min(tries - 1, Long.numberOfLeadingZeros(reversalBackoffNs) - 1);
        return Math.min(reversalBackoffNs << doublings, reversalBackoffMaximumNs);
    }

    void reversalsInFlight(final int change) {
        reversalsInFlight += change;
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

    /** Whether a reversal can be sent now. */
    boolean canSendReversal() {
        return signedOnLinks > 0 && !reversalQueue.isEmpty() && reversalsInFlight < reversalWindow;
    }

    /** What {@link #canSendReversal()} was when the network last looked. */
    boolean isReady() {
        return ready;
    }

    void ready(final boolean value) {
        ready = value;
    }
}

package io.turnout.core.engine;

/**
 * Gives messages to issuers their trace numbers: STANs counted per issuer, together with DE7 of the current second
 * never used twice for requests and reversals the engine still knows. Where an issuer's answers are matched by their
 * STAN alone, a STAN is not used again while its message may be answered.
 */
final class TraceNumbers {
    static final int EXHAUSTED = 0;
    private static final int MAXIMUM_TRIES = 16;

    private final EngineTime time;
    private final PaymentTable payments;

    TraceNumbers(final EngineState state) {
        this.time = state.time();
        this.payments = state.payments();
    }

    /** A STAN for a message sent now, or {@link #EXHAUSTED} when the issuer's numbers for this second are used up. */
    int next(final Issuer issuer) {
        final int dateTime = time.transmissionDateTime();
        for (int i = 0; i < MAXIMUM_TRIES; i++) {
            final int stan = issuer.nextStan();
            if (!isTaken(issuer, dateTime, stan)) {
                return stan;
            }
        }
        return EXHAUSTED;
    }

    private boolean isTaken(final Issuer issuer, final int dateTime, final int stan) {
        return issuer.matchesByStan()
                ? payments.isStanTaken(issuer.issuerId(), stan, time.nowNs() - issuer.lateAnswerWindowNs())
                : payments.isTraceTaken(issuer.issuerId(), dateTime, stan);
    }
}

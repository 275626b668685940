package io.turnout.core.engine;

/**
 * Gives messages to issuers their trace numbers: STANs counted per issuer, together with DE7 of the current second
 * never used twice for requests and reversals the engine still knows.
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
            if (!payments.isTraceTaken(issuer.issuerId(), dateTime, stan)) {
                return stan;
            }
        }
        return EXHAUSTED;
    }
}

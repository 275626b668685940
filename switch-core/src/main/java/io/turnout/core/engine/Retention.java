package io.turnout.core.engine;

/**
 * How long payments are remembered, and which requests are too old or too new to be taken.
 *
 * <p>A key may be forgotten only when a request with it would be refused as stale. A final payment is forgotten once
 * the horizon and the clock skew have passed since it became final, so its key lies before the horizon by then. Should
 * a later configuration lengthen the horizon, the highest forgotten creation instant still separates what may have been
 * forgotten from what cannot have been.
 */
final class Retention {
    private static final int MAXIMUM_EVICTIONS = 4;

    private final EngineTime time;
    private final Configurations configurations;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final PaymentRecord oldest;
    private long forgottenUntilNs = Long.MIN_VALUE;

    Retention(final EngineState state) {
        this.time = state.time();
        this.configurations = state.configurations();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.oldest = new PaymentRecord(state.slab());
    }

    long forgottenUntilNs() {
        return forgottenUntilNs;
    }

    void forgottenUntilNs(final long value) {
        forgottenUntilNs = value;
    }

    /** Whether a request lies before the horizon. */
    boolean isStale(final long createdAtNs) {
        return createdAtNs < time.nowNs() - configurations.active().horizonNs();
    }

    /** Whether a request lies further ahead of engine time than a clock may be wrong. */
    boolean isInFuture(final long createdAtNs) {
        return createdAtNs > time.nowNs() + configurations.active().maximumClockSkewNs();
    }

    /** Whether a payment with this creation instant may have been forgotten. */
    boolean mayBeForgotten(final long createdAtNs) {
        return createdAtNs <= forgottenUntilNs;
    }

    /**
     * Makes room for one more payment, forgetting a few that are due, oldest first.
     *
     * @return false when the engine remembers as many payments as it may
     * @throws EngineCapacityException when it may remember more than it can
     */
    boolean makeRoom() {
        for (int i = 0; i < MAXIMUM_EVICTIONS && isOldestDue(); i++) {
            forgottenUntilNs = Math.max(forgottenUntilNs, oldest.createdAtNs());
            lifecycle.retire(oldest);
            payments.remove(oldest);
        }
        if (payments.count() >= configurations.active().maximumPayments()) {
            return false;
        }
        if (payments.isFull()) {
            throw new EngineCapacityException("payments", payments.count());
        }
        return true;
    }

    private boolean isOldestDue() {
        if (lifecycle.finals().isEmpty()) {
            return false;
        }
        oldest.wrap(lifecycle.finals().first());
        final Configuration active = configurations.active();
        return time.nowNs() - oldest.finalisedAtNs() > active.horizonNs() + active.maximumClockSkewNs();
    }
}

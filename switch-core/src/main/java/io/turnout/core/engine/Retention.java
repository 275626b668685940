package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ReversalPhase;

/**
 * How long payments are remembered, and which requests are too old or too new to be taken.
 *
 * <p>A key may be forgotten only when a request with it would be refused as stale. A final payment is forgotten once
 * the horizon and the clock skew have passed since it became final, so its key lies before the horizon by then. Should
 * a later configuration lengthen the horizon, the highest forgotten creation instant still separates what may have been
 * forgotten from what cannot have been.
 *
 * <p>Approved payments go to the originals then, if the configuration wants that: there acquirers can still ask for
 * them and follow them up, but not repeat them.
 */
final class Retention {
    private static final int MAXIMUM_EVICTIONS = 4;
    private static final int MAXIMUM_FORGOTTEN = 2;

    private final EngineTime time;
    private final Configurations configurations;
    private final PaymentTable payments;
    private final Lifecycle lifecycle;
    private final OriginalTable originals;
    private final PaymentRecord oldest;
    private final OriginalRecord kept = new OriginalRecord();
    private long forgottenUntilNs = Long.MIN_VALUE;

    Retention(final EngineState state) {
        this.time = state.time();
        this.configurations = state.configurations();
        this.payments = state.payments();
        this.lifecycle = state.lifecycle();
        this.originals = state.originals();
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
     * Makes room for more payments: a few that are due leave the table, oldest first. Those that a follow-up may still
     * name go to the originals; when these are full, nothing leaves.
     *
     * @return false when the engine remembers as many payments as it may
     * @throws EngineCapacityException when it may remember more than it can
     */
    boolean makeRoom(final int places) {
        for (int i = 0; i < MAXIMUM_EVICTIONS && isOldestDue() && keepOldest(); i++) {
            forgottenUntilNs = Math.max(forgottenUntilNs, oldest.createdAtNs());
            lifecycle.retire(oldest);
            payments.remove(oldest);
        }
        if (payments.count() + places > configurations.active().maximumPayments()) {
            return false;
        }
        if (payments.count() + places > payments.capacity()) {
            throw new EngineCapacityException("payments", payments.count());
        }
        return true;
    }

    /** Points at a payment in the payment table; false when it is not there. */
    boolean find(
            final long acquirerId,
            final long referenceHigh,
            final long referenceLow,
            final long createdAtNs,
            final PaymentRecord found) {
        final int slot = payments.findByKey(acquirerId, referenceHigh, referenceLow, createdAtNs);
        if (slot != PaymentTable.NONE) {
            found.wrap(slot);
        }
        return slot != PaymentTable.NONE;
    }

    /** Whether a payment is kept among the originals. */
    boolean isKept(final long acquirerId, final long referenceHigh, final long referenceLow, final long createdAtNs) {
        return originals.findByKey(acquirerId, referenceHigh, referenceLow, createdAtNs) != OriginalTable.NONE;
    }

    /** Brings a payment back from the originals into the payment table, which has room; false when it is not there. */
    boolean recall(
            final long acquirerId,
            final long referenceHigh,
            final long referenceLow,
            final long createdAtNs,
            final PaymentRecord recalled) {
        final int place = originals.findByKey(acquirerId, referenceHigh, referenceLow, createdAtNs);
        if (place == OriginalTable.NONE) {
            return false;
        }
        originals.wrap(place, kept);
        payments.allocate(recalled, acquirerId, referenceHigh, referenceLow, createdAtNs);
        OriginalContent.recall(kept, recalled);
        payments.restore(recalled);
        lifecycle.state(recalled, kept.decoder().state(), ReversalPhase.NONE);
        originals.remove(place);
        return true;
    }

    /** Keeps what may still be named; false when there is no room for it. */
    private boolean keepOldest() {
        final Configuration active = configurations.active();
        forgetOriginals(active.originalsRetentionNs());
        if (active.originalsRetentionNs() == 0 || !isWorthKeeping(oldest)) {
            return true;
        }
        if (originals.count() >= active.maximumOriginals()) {
            return false;
        }
        if (originals.isFull()) {
            throw new EngineCapacityException("originals", originals.count());
        }
        final int place = originals.allocate();
        OriginalContent.keep(oldest, originals.wrap(place, kept), time.nowNs());
        originals.enter(place);
        return true;
    }

    private void forgetOriginals(final long retentionNs) {
        for (int i = 0; i < MAXIMUM_FORGOTTEN && originals.first() != OriginalTable.NONE; i++) {
            originals.wrap(originals.first(), kept);
            if (time.nowNs() - kept.decoder().keptSinceNs() <= retentionNs) {
                return;
            }
            originals.remove(originals.first());
        }
    }

    private static boolean isWorthKeeping(final PaymentRecord payment) {
        return switch (payment.state()) {
            case APPROVED, COMPLETED, VOIDED -> payment.movesMoney();
            default -> false;
        };
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

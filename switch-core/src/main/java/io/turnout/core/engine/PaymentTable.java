package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;

/**
 * All payments the engine remembers, found by the acquirer's key, by payment id, and by the trace numbers of the
 * request or of the reversal at the issuer. Knows nothing of what a payment does.
 */
final class PaymentTable {
    static final int NONE = PaymentSlab.NONE;
    private static final int TRACES = 2;
    private static final int ISSUER_IDS = 1 << 16;
    private static final int GROUP_SHIFT = 2;
    private static final int GROUP_MASK = (1 << GROUP_SHIFT) - 1;

    private final PaymentSlab slab;
    private final PaymentRecord candidate;
    private final SlotIndex byKey;
    private final SlotIndex byId;

    /** Requests and reversals together: a trace number stands for one message. */
    private final SlotIndex byTrace;

    /** Issuers whose trace numbers are entered without DE7. */
    private final boolean[] byStanAlone = new boolean[ISSUER_IDS];

    private long lastPaymentId;

    PaymentTable(final PaymentSlab slab) {
        this.slab = slab;
        this.candidate = new PaymentRecord(slab);
        this.byKey = new SlotIndex(slab.capacity());
        this.byId = new SlotIndex(slab.capacity());
        this.byTrace = new SlotIndex(TRACES * slab.capacity());
    }

    static long bytes(final int capacity) {
        return 2 * SlotIndex.bytes(capacity) + SlotIndex.bytes(TRACES * capacity);
    }

    /** One for a key, a group's share for an id and for a trace number; of the payment added and of the one removed. */
    static int coldCacheLinesPerPayment() {
        return 2 + 4 / (1 << GROUP_SHIFT);
    }

    int count() {
        return slab.count();
    }

    int capacity() {
        return slab.capacity();
    }

    long lastPaymentId() {
        return lastPaymentId;
    }

    void lastPaymentId(final long value) {
        lastPaymentId = value;
    }

    /** Adds a payment with a new id and no state; the record given points at it afterwards. */
    void add(
            final PaymentRecord payment,
            final long acquirerId,
            final long referenceHigh,
            final long referenceLow,
            final long createdAtNs) {
        payment.wrap(slab.allocate());
        payment.paymentId(++lastPaymentId);
        payment.key(acquirerId, referenceHigh, referenceLow, createdAtNs);
        payment.blankApprovalCode();
        byKey.add(keyHash(acquirerId, referenceHigh, referenceLow, createdAtNs), payment.slot());
        byId.add(idHash(lastPaymentId), payment.slot());
    }

    /** Enters a record whose block has just been copied from a snapshot. */
    void restore(final PaymentRecord payment) {
        byKey.add(keyHash(payment), payment.slot());
        byId.add(idHash(payment.paymentId()), payment.slot());
        enterTraces(payment);
    }

    /** Forgets a payment. */
    void remove(final PaymentRecord payment) {
        byKey.remove(keyHash(payment), payment.slot());
        byId.remove(idHash(payment.paymentId()), payment.slot());
        leaveTraces(payment);
        slab.free(payment.slot());
    }

    /** Gives the request to the payment's issuer its trace numbers. */
    void requestTrace(final PaymentRecord payment, final int dateTime, final int stan) {
        payment.transmissionDateTime(dateTime);
        payment.stan(stan);
        byTrace.add(requestHash(payment), payment.slot());
    }

    /** Gives the reversal its trace numbers, which it keeps through all attempts. */
    void reversalTrace(final PaymentRecord payment, final int dateTime, final int stan) {
        payment.reversalTransmissionDateTime(dateTime);
        payment.reversalStan(stan);
        byTrace.add(reversalHash(payment), payment.slot());
    }

    /** Takes back the trace numbers of a reversal that is over, so that another one gets its own. */
    void clearReversalTrace(final PaymentRecord payment) {
        byTrace.remove(reversalHash(payment), payment.slot());
        payment.reversalTransmissionDateTime(0);
        payment.reversalStan(0);
    }

    /** Enters a payment that was forgotten once, with its key; its id and the rest are still to be filled in. */
    void allocate(
            final PaymentRecord payment,
            final long acquirerId,
            final long referenceHigh,
            final long referenceLow,
            final long createdAtNs) {
        payment.wrap(slab.allocate());
        payment.key(acquirerId, referenceHigh, referenceLow, createdAtNs);
    }

    int findByKey(final long acquirerId, final long referenceHigh, final long referenceLow, final long createdAtNs) {
        final int hash = keyHash(acquirerId, referenceHigh, referenceLow, createdAtNs);
        for (int i = byKey.first(hash); i != SlotIndex.NONE; i = byKey.next(i, hash)) {
            final int slot = byKey.slotAt(i);
            if (candidate.wrap(slot).hasKey(acquirerId, referenceHigh, referenceLow, createdAtNs)) {
                return slot;
            }
        }
        return NONE;
    }

    int findById(final long paymentId) {
        final int hash = idHash(paymentId);
        for (int i = byId.first(hash); i != SlotIndex.NONE; i = byId.next(i, hash)) {
            final int slot = byId.slotAt(i);
            if (candidate.wrap(slot).paymentId() == paymentId) {
                return slot;
            }
        }
        return NONE;
    }

    /**
     * Says whether the answers of an issuer are found by their STAN alone. Enters all its trace numbers anew when that
     * changes, for which it walks the table: a matter of configuration changes.
     */
    void matchByStan(final int issuerId, final boolean stanAlone) {
        if (byStanAlone[issuerId] != stanAlone) {
            for (int slot = 0; slot < slab.used(); slot++) {
                if (candidate.wrap(slot).paymentId() != 0 && candidate.issuerId() == issuerId) {
                    leaveTraces(candidate);
                }
            }
            byStanAlone[issuerId] = stanAlone;
            for (int slot = 0; slot < slab.used(); slot++) {
                if (candidate.wrap(slot).paymentId() != 0 && candidate.issuerId() == issuerId) {
                    enterTraces(candidate);
                }
            }
        }
    }

    /**
     * Whether an answer with this STAN may still come: to a request without one that is not over, or was made after a
     * point in time, or to a reversal that is not over.
     */
    boolean isStanTaken(final int issuerId, final int stan, final long lateSinceNs) {
        final int hash = traceHash(issuerId, 0, stan);
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            candidate.wrap(byTrace.slotAt(i));
            if (candidate.issuerId() == issuerId && (isRequestOpen(stan, lateSinceNs) || isReversalOpen(stan))) {
                return true;
            }
        }
        return false;
    }

    /** The request made last with this STAN: it is given to no other one while an earlier one may be answered. */
    private int findByRequestStan(final int issuerId, final int stan) {
        final int hash = traceHash(issuerId, 0, stan);
        int newest = NONE;
        long newestNs = Long.MIN_VALUE;
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            candidate.wrap(byTrace.slotAt(i));
            if (candidate.stan() == stan && candidate.issuerId() == issuerId && candidate.requestedAtNs() > newestNs) {
                newest = byTrace.slotAt(i);
                newestNs = candidate.requestedAtNs();
            }
        }
        return newest;
    }

    /** The reversal with this STAN that is not over, of which there is one at most, else the newest. */
    private int findByReversalStan(final int issuerId, final int stan) {
        final int hash = traceHash(issuerId, 0, stan);
        int newest = NONE;
        long newestId = 0;
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            candidate.wrap(byTrace.slotAt(i));
            if (candidate.reversalStan() == stan && candidate.issuerId() == issuerId) {
                if (isReversalOpen(stan)) {
                    return byTrace.slotAt(i);
                }
                newest = candidate.paymentId() > newestId ? byTrace.slotAt(i) : newest;
                newestId = Math.max(newestId, candidate.paymentId());
            }
        }
        return newest;
    }

    int findByRequest(final int issuerId, final int dateTime, final int stan) {
        if (byStanAlone[issuerId]) {
            return findByRequestStan(issuerId, stan);
        }
        final int hash = traceHash(issuerId, dateTime, stan);
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            final int slot = byTrace.slotAt(i);
            if (candidate.wrap(slot).hasRequest(issuerId, dateTime, stan)) {
                return slot;
            }
        }
        return NONE;
    }

    int findByReversal(final int issuerId, final int dateTime, final int stan) {
        if (byStanAlone[issuerId]) {
            return findByReversalStan(issuerId, stan);
        }
        final int hash = traceHash(issuerId, dateTime, stan);
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            final int slot = byTrace.slotAt(i);
            if (candidate.wrap(slot).hasReversal(issuerId, dateTime, stan)) {
                return slot;
            }
        }
        return NONE;
    }

    /** Whether a request or a reversal with these trace numbers is known. */
    boolean isTraceTaken(final int issuerId, final int dateTime, final int stan) {
        final int hash = traceHash(issuerId, dateTime, stan);
        for (int i = byTrace.first(hash); i != SlotIndex.NONE; i = byTrace.next(i, hash)) {
            candidate.wrap(byTrace.slotAt(i));
            if (candidate.hasRequest(issuerId, dateTime, stan) || candidate.hasReversal(issuerId, dateTime, stan)) {
                return true;
            }
        }
        return false;
    }

    private static int keyHash(final PaymentRecord payment) {
        return keyHash(
                payment.acquirerId(),
                payment.clientReferenceHigh(),
                payment.clientReferenceLow(),
                payment.createdAtNs());
    }

    static int keyHash(
            final long acquirerId, final long referenceHigh, final long referenceLow, final long createdAtNs) {
        return (int) Hash.of(referenceHigh, referenceLow, createdAtNs, acquirerId);
    }

    static int idHash(final long paymentId) {
        return grouped(Hash.mix(paymentId >>> GROUP_SHIFT), (int) paymentId);
    }

    private void enterTraces(final PaymentRecord payment) {
        if (payment.stan() != 0) {
            byTrace.add(requestHash(payment), payment.slot());
        }
        if (payment.reversalStan() != 0) {
            byTrace.add(reversalHash(payment), payment.slot());
        }
    }

    private void leaveTraces(final PaymentRecord payment) {
        if (payment.stan() != 0) {
            byTrace.remove(requestHash(payment), payment.slot());
        }
        if (payment.reversalStan() != 0) {
            byTrace.remove(reversalHash(payment), payment.slot());
        }
    }

    private int requestHash(final PaymentRecord payment) {
        return traceHash(payment.issuerId(), payment.transmissionDateTime(), payment.stan());
    }

    private int reversalHash(final PaymentRecord payment) {
        return traceHash(payment.issuerId(), payment.reversalTransmissionDateTime(), payment.reversalStan());
    }

    private int traceHash(final int issuerId, final int dateTime, final int stan) {
        final int keyTime = byStanAlone[issuerId] ? 0 : dateTime;
        return grouped(Hash.fold(keyTime, ((long) issuerId << Integer.SIZE) | (stan >>> GROUP_SHIFT)), stan);
    }

    /**
     * Payment ids and trace numbers are given out one after another, and payments are forgotten in about the same
     * order. So their entries lie in groups of one cache line, and only each fourth payment has to fetch another line.
     */
    private static int grouped(final long hash, final int number) {
        return ((int) hash & ~GROUP_MASK) | (number & GROUP_MASK);
    }

    /**
     * Whether the candidate's request has this STAN and may still be answered: late, too, when made after that time.
     */
    private boolean isRequestOpen(final int stan, final long lateSinceNs) {
        final boolean awaited = !Lifecycle.isFinal(candidate.state()) || candidate.requestedAtNs() > lateSinceNs;
        return candidate.stan() == stan && !candidate.issuerAnswered() && awaited;
    }

    /** Whether the candidate's reversal has this STAN and its answer would end the matter. */
    private boolean isReversalOpen(final int stan) {
        final PaymentState state = candidate.state();
        return candidate.reversalStan() == stan
                && (state == PaymentState.REVERSING || state == PaymentState.MANUAL_REVIEW);
    }
}

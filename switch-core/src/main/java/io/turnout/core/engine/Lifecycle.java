package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;

/**
 * The states of a payment and the one method that changes them.
 *
 * <pre>
 *   new ──▶ PENDING ──▶ APPROVED ──▶ REVERSING ──▶ REVERSED
 *    │         │          ▲ ▲ │      ▲  ▲ │ ▲         │
 *    │         ├──────────┼─┼─┼──────┘  │ │ └─────────┘ an approval came late
 *    │         ▼          │ │ │         │ ▼
 *    ├─────▶ DECLINED ◀───┼─┼─┼─────────┘ MANUAL_REVIEW ──▶ REVERSING, ADVISING (put back), REVERSED or APPROVED
 *    │                    │ │ │                  ▲
 *    └─────▶ ADVISING ────┘ │ └▶ COMPLETED, VOIDED, EXPIRED
 *                └──────────┼────────────────────┘ nobody took the advice
 *                           └─ a follow-up was given back, or a partial reversal acknowledged
 * </pre>
 *
 * DECLINED and REVERSING: a payment reversed by its acquirer before the issuer answered is declined in the end when the
 * issuer declines it too; a payment declined because its request was reported as not sent is reversed should the issuer
 * approve it all the same.
 *
 * <p>A payment waits in at most one place, which follows from its state and phase: the requests in flight of a link,
 * the advices and reversals in flight of a link, the store-and-forward queue of an issuer, the final payments. Each
 * change of state moves it.
 */
final class Lifecycle {
    private static final int[] LEGAL = new int[PaymentState.EXPIRED.value() + 1];
    private static final int FINAL = bit(PaymentState.APPROVED)
            | bit(PaymentState.DECLINED)
            | bit(PaymentState.REVERSED)
            | bit(PaymentState.COMPLETED)
            | bit(PaymentState.VOIDED)
            | bit(PaymentState.EXPIRED);
    private static final int FORWARDING = bit(PaymentState.REVERSING) | bit(PaymentState.ADVISING);

    static {
        allow(PaymentState.NOT_FOUND, PaymentState.PENDING, PaymentState.DECLINED, PaymentState.ADVISING);
        // Recalled from the originals.
        allow(PaymentState.NOT_FOUND, PaymentState.APPROVED, PaymentState.COMPLETED, PaymentState.VOIDED);
        allow(PaymentState.PENDING, PaymentState.APPROVED, PaymentState.DECLINED, PaymentState.REVERSING);
        allow(PaymentState.APPROVED, PaymentState.REVERSING);
        allow(PaymentState.APPROVED, PaymentState.COMPLETED, PaymentState.VOIDED, PaymentState.EXPIRED);
        allow(PaymentState.COMPLETED, PaymentState.APPROVED);
        allow(PaymentState.VOIDED, PaymentState.APPROVED);
        allow(PaymentState.EXPIRED, PaymentState.REVERSING);
        allow(PaymentState.DECLINED, PaymentState.REVERSING);
        allow(PaymentState.ADVISING, PaymentState.ADVISING, PaymentState.APPROVED, PaymentState.REVERSING);
        allow(PaymentState.ADVISING, PaymentState.MANUAL_REVIEW);
        allow(PaymentState.REVERSING, PaymentState.REVERSING, PaymentState.REVERSED, PaymentState.APPROVED);
        allow(PaymentState.REVERSING, PaymentState.DECLINED, PaymentState.MANUAL_REVIEW);
        allow(PaymentState.REVERSED, PaymentState.REVERSING);
        allow(PaymentState.MANUAL_REVIEW, PaymentState.REVERSING, PaymentState.ADVISING);
        allow(PaymentState.MANUAL_REVIEW, PaymentState.REVERSED, PaymentState.APPROVED);
    }

    private final EngineTime time;
    private final Network network;
    private final DeadlineHeap deadlines;
    private final RecordList finals;
    private final int[] counts = new int[LEGAL.length];
    private long lastOrder;

    Lifecycle(final EngineTime time, final Network network, final DeadlineHeap deadlines, final PaymentSlab slab) {
        this.time = time;
        this.network = network;
        this.deadlines = deadlines;
        this.finals = new RecordList(slab);
    }

    /** Payments in a state. */
    int count(final PaymentState state) {
        return counts[state.value()];
    }

    /** Final payments, in the order in which they became final. */
    RecordList finals() {
        return finals;
    }

    long lastOrder() {
        return lastOrder;
    }

    void lastOrder(final long value) {
        lastOrder = value;
    }

    static boolean isFinal(final PaymentState state) {
        return (FINAL & bit(state)) != 0;
    }

    /** Whether an advice or reversal of the payment is on its way to the issuer. */
    static boolean isForwarding(final PaymentState state) {
        return (FORWARDING & bit(state)) != 0;
    }

    /** Moves a payment to a state in which the engine waits for others and not for the time. */
    void state(final PaymentRecord payment, final PaymentState state, final ReversalPhase phase) {
        state(payment, state, phase, 0);
    }

    /**
     * Moves a payment to another state, and so from one place of waiting to another.
     *
     * @param dueNs when the engine acts by itself, in the states in which it does; else 0
     */
    void state(final PaymentRecord payment, final PaymentState state, final ReversalPhase phase, final long dueNs) {
        final PaymentState before = payment.state();
        if ((LEGAL[before.value()] & bit(state)) == 0) {
            throw new IllegalStateException(
                    "illegal transition: paymentId=" + payment.paymentId() + " from=" + before + " to=" + state);
        }
        if (before != PaymentState.NOT_FOUND) {
            leave(payment, before, payment.reversalPhase());
            counts[before.value()]--;
        }
        payment.state(state);
        payment.reversalPhase(phase);
        payment.dueNs(state == PaymentState.APPROVED ? Validity.endNs(payment, network) : dueNs);
        if (isFinal(state)) {
            payment.finalisedAtNs(time.nowNs());
        }
        if (isOrdered(state, phase)) {
            payment.order(++lastOrder);
        }
        enter(payment);
    }

    /** Changes when the engine acts by itself on a payment that is waiting for the time. */
    void dueNs(final PaymentRecord payment, final long dueNs) {
        payment.dueNs(dueNs);
        deadlines.move(payment.slot(), dueNs);
    }

    /** Takes a final payment out of its place, so that it can be forgotten. */
    void retire(final PaymentRecord payment) {
        if (!isFinal(payment.state())) {
            throw new IllegalStateException(
                    "not final: paymentId=" + payment.paymentId() + " state=" + payment.state());
        }
        counts[payment.state().value()]--;
        leaveFinals(payment);
    }

    /** A follow-up that may settle the payment is in flight: until its outcome is known the payment does not expire. */
    void suspendExpiry(final PaymentRecord payment) {
        if (payment.dueNs() != 0) {
            deadlines.remove(payment.slot());
            payment.dueNs(0);
        }
    }

    /** The follow-up in flight has come to nothing. */
    void resumeExpiry(final PaymentRecord payment) {
        if (payment.state() == PaymentState.APPROVED && payment.dueNs() == 0) {
            payment.dueNs(Validity.endNs(payment, network));
            addExpiry(payment);
        }
    }

    /** Puts a payment in the place of its state. Payments with an order are entered in that order. */
    void enter(final PaymentRecord payment) {
        final PaymentState state = payment.state();
        counts[state.value()]++;
        if (isFinal(state)) {
            finals.append(payment.slot());
            addExpiry(payment);
        } else if (payment.awaitsIssuer()) {
            network.link(payment.linkId()).requests().append(payment.slot());
            deadlines.add(payment.slot(), payment.dueNs(), payment.paymentId());
        } else if (isForwarding(state)) {
            enterForwarding(payment);
        }
    }

    static boolean isOrdered(final PaymentState state, final ReversalPhase phase) {
        return isFinal(state) || phase == ReversalPhase.QUEUED;
    }

    private void enterForwarding(final PaymentRecord payment) {
        final Issuer issuer = network.issuer(payment.issuerId());
        switch (payment.reversalPhase()) {
            case QUEUED -> issuer.forwardQueue().append(payment.slot());
            case IN_FLIGHT -> {
                network.link(payment.reversalLinkId()).forwards().append(payment.slot());
                issuer.forwardsInFlight(1);
                deadlines.add(payment.slot(), payment.dueNs(), payment.paymentId());
            }
            case PAUSED -> deadlines.add(payment.slot(), payment.dueNs(), payment.paymentId());
            default -> throw illegalPhase(payment, payment.reversalPhase());
        }
        network.refresh(issuer);
    }

    private void leave(final PaymentRecord payment, final PaymentState state, final ReversalPhase phase) {
        if (isFinal(state)) {
            leaveFinals(payment);
            payment.finalisedAtNs(0);
            payment.order(0);
        } else if (payment.awaitsIssuer()) {
            network.link(payment.linkId()).requests().remove(payment.slot());
            deadlines.remove(payment.slot());
        } else if (isForwarding(state)) {
            leaveForwarding(payment, phase);
        }
    }

    private void leaveFinals(final PaymentRecord payment) {
        finals.remove(payment.slot());
        if (payment.dueNs() != 0) {
            deadlines.remove(payment.slot());
        }
    }

    /** Of the final payments only pre-authorisations that expire have a deadline. */
    private void addExpiry(final PaymentRecord payment) {
        if (payment.dueNs() != 0) {
            deadlines.add(payment.slot(), payment.dueNs(), payment.paymentId());
        }
    }

    private void leaveForwarding(final PaymentRecord payment, final ReversalPhase phase) {
        final Issuer issuer = network.issuer(payment.issuerId());
        switch (phase) {
            case QUEUED -> {
                issuer.forwardQueue().remove(payment.slot());
                payment.order(0);
            }
            case IN_FLIGHT -> {
                network.link(payment.reversalLinkId()).forwards().remove(payment.slot());
                issuer.forwardsInFlight(-1);
                deadlines.remove(payment.slot());
            }
            case PAUSED -> deadlines.remove(payment.slot());
            default -> throw illegalPhase(payment, phase);
        }
        network.refresh(issuer);
    }

    private static IllegalStateException illegalPhase(final PaymentRecord payment, final ReversalPhase phase) {
        return new IllegalStateException("illegal phase: paymentId=" + payment.paymentId() + " phase=" + phase);
    }

    private static void allow(final PaymentState from, final PaymentState... to) {
        for (final PaymentState state : to) {
            LEGAL[from.value()] |= bit(state);
        }
    }

    private static int bit(final PaymentState state) {
        return 1 << state.value();
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;

/**
 * What the engine does by itself after every command: it works off deadlines that have passed and sends advices and
 * reversals that can be sent. Both a few at a time, so that no command takes long; the rest follows with the next
 * commands.
 */
final class DueWork {
    /**
     * A payment given up causes two events and may open a breaker, so 4 give 12; with 4 advices or reversals sent, 2
     * operations expired, one executed (up to 10), one link drained and up to 10 of the command: 39; and of the ledger
     * 4 expired before it, 2 positions closed and 4 caps told after: 49; and 1 of reconciliation: 50.
     */
    static final int MAXIMUM_DEADLINES = 4;

    static final int MAXIMUM_FORWARDS_SENT = 4;

    private final EngineTime time;
    private final DeadlineHeap deadlines;
    private final Network network;
    private final IssuerFlow issuerFlow;
    private final StoreAndForward storeAndForward;
    private final FollowUps followUps;
    private final OperationFlow operations;
    private final LinkServiceFlow linkService;
    private final LedgerFlows ledger;
    private final ReconciliationFlow reconciliation;
    private final PaymentRecord payment;

    DueWork(
            final EngineState state,
            final IssuerFlow issuerFlow,
            final StoreAndForward storeAndForward,
            final FollowUps followUps,
            final OperationFlow operations,
            final LinkServiceFlow linkService,
            final LedgerFlows ledger,
            final ReconciliationFlow reconciliation) {
        this.time = state.time();
        this.deadlines = state.deadlines();
        this.network = state.network();
        this.issuerFlow = issuerFlow;
        this.storeAndForward = storeAndForward;
        this.followUps = followUps;
        this.operations = operations;
        this.linkService = linkService;
        this.ledger = ledger;
        this.reconciliation = reconciliation;
        this.payment = new PaymentRecord(state.slab());
    }

    /** When there is something to do: at once, at the earliest deadline, or never. */
    long nextNs() {
        if (network.hasReady() || ledger.isClosing() || ledger.isTellingCaps() || linkService.isDue()) {
            return time.nowNs();
        }
        return Math.min(
                Math.min(deadlines.earliestNs(), operations.nextNs()),
                Math.min(ledger.nextNs(), reconciliation.nextNs()));
    }

    void run() {
        for (int i = 0; i < MAXIMUM_DEADLINES && deadlines.earliestNs() <= time.nowNs(); i++) {
            payment.wrap(deadlines.earliest());
            if (payment.awaitsIssuer()) {
                issuerFlow.giveUp(payment);
            } else if (Lifecycle.isForwarding(payment.state())) {
                storeAndForward.onDue(payment);
            } else if (payment.state() == PaymentState.APPROVED) {
                followUps.expire(payment);
            } else {
                throw new IllegalStateException(
                        "deadline without purpose: paymentId=" + payment.paymentId() + " state=" + payment.state());
            }
        }
        storeAndForward.send(MAXIMUM_FORWARDS_SENT);
        operations.runDue();
        linkService.runDue();
        ledger.close();
        reconciliation.runDue();
    }
}

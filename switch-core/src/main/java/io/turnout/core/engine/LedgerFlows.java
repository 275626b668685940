package io.turnout.core.engine;

/** The parts of the engine that keep the ledger, put together. */
final class LedgerFlows {
    private static final int MAXIMUM_EXPIRED = 4;
    private static final int MAXIMUM_CLOSED = 2;

    private final AccountFlow accounts;
    private final TransferFlow transfers;
    private final CutOverFlow cutOver;
    private final PaymentLedger payments;
    private final Ledger ledger;

    LedgerFlows(final EngineState state, final ReconciliationFlow reconciliation) {
        final LedgerEvents events = new LedgerEvents(state);
        this.accounts = new AccountFlow(state, events);
        this.transfers = new TransferFlow(state, events);
        this.cutOver = new CutOverFlow(state, events, reconciliation);
        this.payments = new PaymentLedger(state, events);
        this.ledger = state.ledger().ledger();
    }

    AccountFlow accounts() {
        return accounts;
    }

    TransferFlow transfers() {
        return transfers;
    }

    CutOverFlow cutOver() {
        return cutOver;
    }

    /** What payments do to accounts. */
    PaymentLedger payments() {
        return payments;
    }

    /** To be called before a command is applied: a reservation that is over must not stand in its way. */
    void expire() {
        transfers.expire(MAXIMUM_EXPIRED);
    }

    /** Closes some positions of closed dates. */
    void close() {
        cutOver.close(MAXIMUM_CLOSED);
    }

    boolean isClosing() {
        return cutOver.isClosing();
    }

    long nextNs() {
        return transfers.nextNs();
    }

    /** Stops the node when the command booked something on one side only. */
    void requireBalanced() {
        ledger.requireBalanced();
    }
}

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
    private final CapWatch caps;
    private final Configurations configurations;
    private final LedgerEvents events;

    LedgerFlows(final EngineState state, final ReconciliationFlow reconciliation) {
        this.events = new LedgerEvents(state);
        this.accounts = new AccountFlow(state, events);
        this.transfers = new TransferFlow(state, events);
        this.cutOver = new CutOverFlow(state, events, reconciliation);
        this.payments = new PaymentLedger(state, events);
        this.ledger = state.ledger().ledger();
        this.caps = state.ledger().caps();
        this.configurations = state.configurations();
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

    /** Tells of caps whose use has come to another step, after everything else a command does. */
    void tellCaps() {
        if (caps.isPending()) {
            caps.tell(configurations.active().ledger().capWarningMarginPercent(), events);
        }
    }

    boolean isTellingCaps() {
        return caps.isPending();
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

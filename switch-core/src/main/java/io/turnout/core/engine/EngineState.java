package io.turnout.core.engine;

import io.turnout.core.ports.EventSink;

/** Everything the engine remembers, without what it does. */
final class EngineState {
    private final EngineTime time = new EngineTime();
    private final EventPublisher publisher;
    private final PaymentSlab slab;
    private final PaymentTable payments;
    private final DeadlineHeap deadlines;
    private final Network network;
    private final Configurations configurations;
    private final Lifecycle lifecycle;
    private final OriginalTable originals;
    private final Retention retention;
    private final LedgerTables ledger;
    private final OperationTable operations = new OperationTable();
    private final BlockList blocks;
    private final IssuerTotals issuerTotals = new IssuerTotals();

    EngineState(final EngineCapacity capacity, final EventSink sink) {
        this.publisher = new EventPublisher(sink, time);
        this.slab = new PaymentSlab(capacity.payments());
        this.payments = new PaymentTable(slab);
        this.deadlines = new DeadlineHeap(slab);
        this.network = new Network(capacity, slab);
        this.configurations = new Configurations(capacity);
        this.lifecycle = new Lifecycle(time, network, deadlines, slab);
        this.originals = new OriginalTable(capacity.originals());
        this.retention = new Retention(this);
        this.ledger = new LedgerTables(capacity.ledger());
        this.blocks = new BlockList(capacity.blocked());
    }

    EngineTime time() {
        return time;
    }

    EventPublisher publisher() {
        return publisher;
    }

    PaymentSlab slab() {
        return slab;
    }

    PaymentTable payments() {
        return payments;
    }

    DeadlineHeap deadlines() {
        return deadlines;
    }

    Network network() {
        return network;
    }

    Configurations configurations() {
        return configurations;
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    OriginalTable originals() {
        return originals;
    }

    LedgerTables ledger() {
        return ledger;
    }

    /** CCYYMMDD that payments accepted now belong to; 0 when there is none, or the configuration is of version 1. */
    int businessDate() {
        return configurations.active().ledger().stampsDates() ? ledger.dates().current() : BusinessDates.NONE;
    }

    Retention retention() {
        return retention;
    }

    OperationTable operations() {
        return operations;
    }

    IssuerTotals issuerTotals() {
        return issuerTotals;
    }

    BlockList blocks() {
        return blocks;
    }
}

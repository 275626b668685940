package io.turnout.launcher.demo;

import io.turnout.simulators.Simulator;

/** Keeps a simulated party waiting until it may begin. */
final class StartGate implements Simulator {
    private final Simulator party;
    private volatile boolean open;

    StartGate(final Simulator party) {
        this.party = party;
    }

    /** Lets the party begin; may be called by any thread. */
    void open() {
        open = true;
    }

    @Override
    public int doWork(final long nowNs) {
        return open ? party.doWork(nowNs) : 0;
    }

    @Override
    public String name() {
        return party.name();
    }

    @Override
    public void close() {
        party.close();
    }
}

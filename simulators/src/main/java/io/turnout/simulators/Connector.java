package io.turnout.simulators;

import io.turnout.gateway.net.ConnectionHandler;

/** Opens connections to one peer; see {@link io.turnout.gateway.net.NetLoop#connect}. */
@FunctionalInterface
public interface Connector {

    /** Tries to open a connection; the handler hears how it went. */
    void connect(ConnectionHandler handler);
}

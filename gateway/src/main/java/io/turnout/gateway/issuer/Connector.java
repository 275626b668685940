package io.turnout.gateway.issuer;

import io.turnout.gateway.net.ConnectionHandler;
import java.net.SocketAddress;

/** Opens connections; {@code NetLoop::connect} outside tests. */
@FunctionalInterface
public interface Connector {

    /**
     * Opens a connection; the handler hears later how it went, never during the call.
     *
     * @param timeoutNs how long to try
     */
    void connect(SocketAddress address, ConnectionHandler handler, long timeoutNs);
}

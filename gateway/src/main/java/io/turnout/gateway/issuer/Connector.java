package io.turnout.gateway.issuer;

import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.SocketAddress;
import java.util.Optional;

/** Opens connections; {@code NetLoop::connect} outside tests. */
@FunctionalInterface
public interface Connector {

    /**
     * Opens a connection; the handler hears later how it went, never during the call.
     *
     * @param tls below the connection; empty = plain text
     * @param timeoutNs how long to try
     */
    void connect(SocketAddress address, Optional<TlsEndpoint> tls, ConnectionHandler handler, long timeoutNs);
}

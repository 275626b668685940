package io.turnout.gateway.issuer;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * An address at which issuers connect. A connection that arrives is given to the first link that lacks one there and
 * allows its address; when there is none it is closed at once and counted. Used by the gateway's thread.
 */
public final class IssuerListener {

    /** Connections above those of the links, so that the ones refused are looked at and counted. */
    private static final int SPARE_CONNECTIONS = 16;

    private final InetSocketAddress address;
    private final Optional<TlsEndpoint> tls;
    private final List<IssuerSocket> sockets = new ArrayList<>();
    private Listener listener;
    private long refusedCount;

    IssuerListener(final InetSocketAddress address, final Optional<TlsEndpoint> tls) {
        this.address = address;
        this.tls = tls;
    }

    /** Where to listen. */
    public InetSocketAddress address() {
        return address;
    }

    /** Below the connections; empty = plain text. */
    public Optional<TlsEndpoint> tls() {
        return tls;
    }

    /** Connections that may be open at once. */
    public int connectionLimit() {
        return sockets.size() + SPARE_CONNECTIONS;
    }

    /** The handler of a connection that arrives. */
    public ConnectionHandler newConnection() {
        return new Arrival();
    }

    /** The address is bound. */
    public void listening(final Listener bound) {
        listener = bound;
    }

    /** Accepts no more. */
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }

    void add(final IssuerSocket socket) {
        sockets.add(socket);
    }

    long refusedCount() {
        return refusedCount + (listener == null ? 0 : listener.refusedCount());
    }

    private IssuerSocket firstFree(final InetAddress from) {
        for (final IssuerSocket socket : sockets) {
            if (socket.takesConnectionFrom(from)) {
                return socket;
            }
        }
        return null;
    }

    private final class Arrival implements ConnectionHandler {

        private IssuerSocket socket;

        @Override
        public void onConnected(final Connection connection, final long nowNs) {
            socket = firstFree(connection.peerAddress());
            if (socket == null) {
                refusedCount++;
                connection.close();
            } else {
                socket.onConnected(connection, nowNs);
            }
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            if (socket != null) {
                socket.onBytes(buffer, offset, length, nowNs);
            }
        }

        @Override
        public void onDisconnected(final long nowNs) {
            if (socket != null) {
                socket.onDisconnected(nowNs);
            }
        }
    }
}

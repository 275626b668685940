package io.turnout.simulators;

import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.NetLoop;
import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.net.tls.TlsOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** Real connections for simulated parties, over a network loop that several of them may share. */
public final class LoopNetwork {

    private LoopNetwork() {}

    /** Connections to an address in plain text. */
    public static Connector connector(final NetLoop netLoop, final InetSocketAddress address, final long timeoutNs) {
        return connector(netLoop, address, Optional.empty(), timeoutNs);
    }

    /**
     * Connections to an address.
     *
     * @param tls below them; empty = plain text
     */
    public static Connector connector(
            final NetLoop netLoop,
            final InetSocketAddress address,
            final Optional<TlsOptions> tls,
            final long timeoutNs) {
        final Optional<TlsEndpoint> endpoint = TlsSection.endpoint(tls);
        return handler -> netLoop.connect(address, endpoint, handler, timeoutNs);
    }

    /** Connections in plain text accepted at an address. */
    public static Acceptor acceptor(final NetLoop netLoop, final InetSocketAddress address, final int connectionLimit) {
        return acceptor(netLoop, address, Optional.empty(), connectionLimit);
    }

    /**
     * Connections accepted at an address.
     *
     * @param tls below them; empty = plain text
     * @param connectionLimit connections open at once
     */
    public static Acceptor acceptor(
            final NetLoop netLoop,
            final InetSocketAddress address,
            final Optional<TlsOptions> tls,
            final int connectionLimit) {
        return new LoopAcceptor(netLoop, address, TlsSection.endpoint(tls), connectionLimit);
    }

    private static final class LoopAcceptor implements Acceptor {
        private final NetLoop netLoop;
        private final Optional<TlsEndpoint> tls;
        private final int connectionLimit;
        private InetSocketAddress address;

        LoopAcceptor(
                final NetLoop netLoop,
                final InetSocketAddress address,
                final Optional<TlsEndpoint> tls,
                final int connectionLimit) {
            this.netLoop = netLoop;
            this.address = address;
            this.tls = tls;
            this.connectionLimit = connectionLimit;
        }

        @Override
        public OpenDoor open(final Supplier<? extends ConnectionHandler> handlers) throws IOException {
            final Listener listener = netLoop.listen(address, connectionLimit, tls, handlers);
            address = new InetSocketAddress(address.getAddress(), listener.port());
            return new LoopDoor(listener);
        }
    }

    private record LoopDoor(Listener listener) implements Acceptor.OpenDoor {
        @Override
        public int port() {
            return listener.port();
        }

        @Override
        public void close() {
            listener.close();
        }
    }
}

package io.turnout.simulators;

import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.Listener;
import io.turnout.gateway.net.NetLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Real connections for simulated parties, over a network loop that several of them may share. */
public final class LoopNetwork {

    private LoopNetwork() {}

    /** Connections to an address. */
    public static Connector connector(final NetLoop netLoop, final InetSocketAddress address, final long timeoutNs) {
        return handler -> netLoop.connect(address, handler, timeoutNs);
    }

    /**
     * Connections accepted at an address.
     *
     * @param connectionLimit connections open at once
     */
    public static Acceptor acceptor(final NetLoop netLoop, final InetSocketAddress address, final int connectionLimit) {
        return new LoopAcceptor(netLoop, address, connectionLimit);
    }

    private static final class LoopAcceptor implements Acceptor {
        private final NetLoop netLoop;
        private final int connectionLimit;
        private InetSocketAddress address;

        LoopAcceptor(final NetLoop netLoop, final InetSocketAddress address, final int connectionLimit) {
            this.netLoop = netLoop;
            this.address = address;
            this.connectionLimit = connectionLimit;
        }

        @Override
        public OpenDoor open(final Supplier<? extends ConnectionHandler> handlers) throws IOException {
            final Listener listener = netLoop.listen(address, connectionLimit, handlers);
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

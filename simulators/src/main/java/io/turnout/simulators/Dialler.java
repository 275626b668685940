package io.turnout.simulators;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;

/**
 * Opens connections itself instead of waiting for them, and opens each again after a pause when it is gone or could not
 * be opened. Reads no clock. Used by one thread.
 */
public final class Dialler implements Acceptor {

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Connector connector;
    private final int port;
    private final int connections;

    /**
     * @param connector opens connections
     * @param port of the peer
     * @param connections to be open at once
     */
    public Dialler(final Connector connector, final int port, final int connections) {
        this.connector = connector;
        this.port = port;
        this.connections = connections;
    }

    @Override
    public OpenDoor open(final Supplier<? extends ConnectionHandler> handlers) {
        final Dialled dialled = new Dialled();
        for (int i = 0; i < connections; i++) {
            dialled.lines.add(new Line(handlers));
        }
        return dialled;
    }

    private final class Dialled implements OpenDoor {
        private final List<Line> lines = new ArrayList<>();
        private boolean closed;

        @Override
        public int port() {
            return port;
        }

        @Override
        public int doWork(final long nowNs) {
            int dialled = 0;
            for (final Line line : lines) {
                dialled += !closed && line.dial(nowNs) ? 1 : 0;
            }
            return dialled;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** One connection, again and again; each time with a handler of its own. */
    private final class Line implements ConnectionHandler {
        private final Supplier<? extends ConnectionHandler> handlers;
        private ConnectionHandler handler;
        private long dialAtNs = Long.MIN_VALUE;

        Line(final Supplier<? extends ConnectionHandler> handlers) {
            this.handlers = handlers;
        }

        boolean dial(final long nowNs) {
            if (handler != null || nowNs < dialAtNs) {
                return false;
            }
            handler = handlers.get();
            connector.connect(this);
            return true;
        }

        @Override
        public void onConnected(final Connection connection, final long nowNs) {
            handler.onConnected(connection, nowNs);
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            handler.onBytes(buffer, offset, length, nowNs);
        }

        @Override
        public void onDisconnected(final long nowNs) {
            final ConnectionHandler gone = handler;
            handler = null;
            dialAtNs = nowNs + PAUSE_NS;
            gone.onDisconnected(nowNs);
        }
    }
}

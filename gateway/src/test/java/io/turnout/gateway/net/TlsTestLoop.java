package io.turnout.gateway.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.gateway.net.tls.TlsRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;

/** A loop with TLS on the loopback interface, driven by the test's own thread, and what its two sides see. */
final class TlsTestLoop implements AutoCloseable {

    static final int OUTPUT_LIMIT = 64 * 1024;
    static final String HOST = "localhost";

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

    final List<TlsRefusal> refusals = new ArrayList<>();
    final List<Side> accepted = new ArrayList<>();
    int handshakes;
    final NetLoop loop = new NetLoop(SystemEpochNanoClock.INSTANCE, OUTPUT_LIMIT, new TlsObserver() {
        @Override
        public void onHandshake() {
            handshakes++;
        }

        @Override
        public void onRefused(final TlsRefusal reason) {
            refusals.add(reason);
        }
    });

    /** What one side of a connection hears. */
    static class Side implements ConnectionHandler {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        Connection connection;
        int disconnects;

        @Override
        public void onConnected(final Connection opened, final long nowNs) {
            connection = opened;
        }

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            assertTrue(length <= NetLoop.READ_LENGTH);
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            received.writeBytes(bytes);
        }

        @Override
        public void onDisconnected(final long nowNs) {
            disconnects++;
        }
    }

    static TlsEndpoint endpoint(final TlsOptions options) {
        try {
            return TlsEndpoint.open("test", options, Runnable::run);
        } catch (final TlsFileException e) {
            throw new IllegalStateException(e);
        }
    }

    Listener listen(final TlsEndpoint endpoint) throws IOException {
        return listen(endpoint, new Side());
    }

    Listener listen(final TlsEndpoint endpoint, final Side side) throws IOException {
        return loop.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8, Optional.of(endpoint), () -> {
            accepted.add(side);
            return side;
        });
    }

    Side connect(final Listener listener, final TlsEndpoint endpoint) {
        final Side side = new Side();
        loop.connect(
                new InetSocketAddress(HOST, listener.port()), Optional.of(endpoint), side, TimeUnit.SECONDS.toNanos(5));
        return side;
    }

    void pollUntil(final BooleanSupplier condition) {
        final long giveUpNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < giveUpNs, "waited in vain; refusals=" + refusals);
            loop.poll(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}

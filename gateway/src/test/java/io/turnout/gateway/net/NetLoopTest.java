package io.turnout.gateway.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets on the loopback interface, all driven by the test's own thread. */
class NetLoopTest {

    private static final int OUTPUT_LIMIT = 64 * 1024;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE = 20 * SECOND;

    private long aheadNs;
    private final NetLoop loop = new NetLoop(() -> SystemEpochNanoClock.INSTANCE.nanoTime() + aheadNs, OUTPUT_LIMIT);

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void shouldCarryBytesUnchangedInBothDirections() throws IOException {
        // given an echoing server and ten times more bytes than may wait on a connection
        final Listener listener = loop.listen(loopback(), 8, Echo::new);
        final Collector client = new Collector();
        loop.connect(address(listener), client, SECOND);
        pollUntil(() -> client.connection != null);
        final byte[] sent = new byte[10 * OUTPUT_LIMIT];
        new Random(7).nextBytes(sent);

        // when they are sent as fast as the connection takes them
        final UnsafeBuffer buffer = new UnsafeBuffer(sent);
        int offset = 0;
        final long giveUpNs = System.nanoTime() + PATIENCE;
        while (client.received.size() < sent.length && System.nanoTime() < giveUpNs) {
            final int length = Math.min(1000, sent.length - offset);
            if (length > 0 && client.connection.send(buffer, offset, length)) {
                offset += length;
            }
            loop.poll(0);
        }

        // then they come back in order
        assertArrayEquals(sent, client.received.toByteArray());
        assertTrue(client.instantsRise, "instants never go back");
    }

    @Test
    void shouldTakeAllOfAMessageOrNothingWhenTheOutputIsFull() throws IOException {
        // given a peer that does not read
        final Collector server = new Collector();
        final Listener listener = loop.listen(loopback(), 1, () -> server);
        try (Socket peer = new Socket(listenerHost(), listener.port())) {
            pollUntil(() -> server.connection != null);

            // when messages are sent until one is refused
            final UnsafeBuffer message = new UnsafeBuffer(new byte[1000]);
            int accepted = 0;
            while (server.connection.send(message, 0, 1000)) {
                accepted++;
                loop.poll(0);
            }

            // then exactly the accepted ones arrive
            final byte[] arrived = new byte[accepted * 1000];
            int length = 0;
            while (length < arrived.length) {
                loop.poll(0);
                if (peer.getInputStream().available() > 0) {
                    length += peer.getInputStream().read(arrived, length, arrived.length - length);
                }
            }
            server.connection.close();
            pollUntil(() -> server.disconnects == 1);
            assertEquals(-1, peer.getInputStream().read());
        }
    }

    @Test
    void shouldSendWhatIsQueuedBeforeClosing() throws IOException {
        final Collector server = new Collector();
        final Listener listener = loop.listen(loopback(), 1, () -> server);
        try (Socket peer = new Socket(listenerHost(), listener.port())) {
            pollUntil(() -> server.connection != null);
            assertTrue(server.connection.send(new UnsafeBuffer("farewell".getBytes(US_ASCII)), 0, 8));
            server.connection.close();
            assertFalse(server.connection.send(new UnsafeBuffer(new byte[1]), 0, 1), "nothing is taken after close");
            pollUntil(() -> server.disconnects == 1);

            assertArrayEquals(
                    "farewell".getBytes(US_ASCII), peer.getInputStream().readAllBytes());
            assertEquals(0, listener.connectionCount());
        }
    }

    @Test
    void shouldNotWaitLongForAPeerThatDoesNotRead() throws IOException {
        // given a connection with output that cannot be written
        final Collector server = new Collector();
        final Listener listener = loop.listen(loopback(), 1, () -> server);
        try (Socket peer = new Socket(listenerHost(), listener.port())) {
            pollUntil(() -> server.connection != null);
            while (server.connection.send(new UnsafeBuffer(new byte[1000]), 0, 1000)) {
                loop.poll(0);
            }

            // when it is closed
            server.connection.close();
            loop.poll(0);
            loop.poll(0);
            assertEquals(0, server.disconnects);
            aheadNs = SECOND;

            // then it is gone after a second
            pollUntil(() -> server.disconnects == 1);
            assertTrue(peer.isConnected());
        }
    }

    @Test
    void shouldStopReadingUntilToldToGoOn() throws IOException {
        final Collector server = new Collector();
        final Listener listener = loop.listen(loopback(), 1, () -> server);
        try (Socket peer = new Socket(listenerHost(), listener.port())) {
            pollUntil(() -> server.connection != null);
            server.connection.reading(false);
            peer.getOutputStream().write(new byte[100]);
            for (int i = 0; i < 20; i++) {
                loop.poll(TimeUnit.MILLISECONDS.toNanos(2));
            }
            assertEquals(0, server.received.size());

            server.connection.reading(true);
            pollUntil(() -> server.received.size() == 100);
        }
    }

    @Test
    void shouldCloseConnectionsBeyondTheLimit() throws IOException {
        final Listener listener = loop.listen(loopback(), 1, Echo::new);
        final Collector first = new Collector();
        final Collector second = new Collector();
        loop.connect(address(listener), first, SECOND);
        pollUntil(() -> listener.connectionCount() == 1);
        loop.connect(address(listener), second, SECOND);
        pollUntil(() -> second.disconnects == 1);

        assertEquals(1, listener.refusedCount());
        assertEquals(0, first.disconnects);
    }

    @Test
    void shouldTellTheHandlerOnceWhenNobodyListens() throws IOException {
        final int freePort;
        try (ServerSocket socket = new ServerSocket(0, 1, listenerHost())) {
            freePort = socket.getLocalPort();
        }
        final Collector client = new Collector();
        loop.connect(new InetSocketAddress(listenerHost(), freePort), client, SECOND);
        assertEquals(0, client.disconnects, "never from within connect");
        pollUntil(() -> client.disconnects > 0);
        loop.poll(0);

        assertEquals(1, client.disconnects);
        assertEquals(0, loop.connectionCount());
    }

    @Test
    void shouldFailToConnectToAnUnresolvedName() {
        final Collector client = new Collector();
        loop.connect(InetSocketAddress.createUnresolved("bank.invalid", 1), client, SECOND);
        pollUntil(() -> client.disconnects == 1);
    }

    @Test
    void shouldRefuseAnAddressInUse() throws IOException {
        final Listener listener = loop.listen(loopback(), 1, Echo::new);

        assertThrows(IOException.class, () -> loop.listen(address(listener), 1, Echo::new));
    }

    @Test
    void shouldStopTheNodeWhenAHandlerFails() throws IOException {
        final Listener listener = loop.listen(loopback(), 1, Failing::new);
        try (Socket peer = new Socket(listenerHost(), listener.port())) {
            peer.getOutputStream().write(1);
            final IllegalStateException e = assertThrows(
                    IllegalStateException.class,
                    () -> pollUntil(() -> peer.getInputStream().available() > 0));

            assertEquals("broken", e.getCause().getMessage());
        }
    }

    @Test
    void shouldTellEveryHandlerWhenTheLoopCloses() throws IOException {
        final Collector server = new Collector();
        final Listener listener = loop.listen(loopback(), 1, () -> server);
        final Collector client = new Collector();
        loop.connect(address(listener), client, SECOND);
        pollUntil(() -> client.connection != null && server.connection != null);

        loop.close();

        assertEquals(1, client.disconnects);
        assertEquals(1, server.disconnects);
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void pollUntil(final Condition condition) {
        final long giveUpNs = System.nanoTime() + PATIENCE;
        final BooleanSupplier holds = () -> {
            try {
                return condition.holds();
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        };
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < giveUpNs, "condition never held");
            loop.poll(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static InetAddress listenerHost() {
        return InetAddress.getLoopbackAddress();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(listenerHost(), 0);
    }

    private static InetSocketAddress address(final Listener listener) {
        return new InetSocketAddress(listenerHost(), listener.port());
    }

    private static class Collector implements ConnectionHandler {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        Connection connection;
        int disconnects;
        boolean instantsRise = true;
        private long lastNs;

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
            instantsRise &= nowNs >= lastNs;
            lastNs = nowNs;
        }

        @Override
        public void onDisconnected(final long nowNs) {
            disconnects++;
        }
    }

    /** Sends everything back. */
    private static final class Echo extends Collector {
        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            assertTrue(connection.send(buffer, offset, length));
        }
    }

    private static final class Failing extends Collector {
        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            throw new IllegalStateException("broken");
        }
    }
}

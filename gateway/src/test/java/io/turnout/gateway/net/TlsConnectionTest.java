package io.turnout.gateway.net;

import static io.turnout.gateway.net.TlsTestLoop.endpoint;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.TlsTestLoop.Side;
import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.gateway.support.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections over TLS whose both sides are ours: bytes, identity, back-pressure, the end, new certificates. */
class TlsConnectionTest {

    @TempDir
    Path directory;

    private final TlsTestLoop net = new TlsTestLoop();
    private TestAuthority authority;
    private TlsKeyFiles serverKey;
    private TlsEndpoint server;
    private TlsEndpoint client;

    @BeforeEach
    void certify() {
        authority = new TestAuthority(directory, "authority");
        serverKey = authority.certify("server", "DNS:localhost");
        server = endpoint(TlsOptions.server(serverKey, List.of(authority.file())));
        client = client(authority.certify("client", "URI:urn:turnout:acquirer:1"));
    }

    @AfterEach
    void closeLoop() {
        net.close();
    }

    private TlsEndpoint client(final TlsKeyFiles key) {
        return endpoint(TlsOptions.client(Optional.of(key), List.of(authority.file()), ""));
    }

    @Test
    void shouldKnowThePeerBeforeAnythingIsRead() throws IOException {
        final Side accepted = new Side();
        final Side connected = net.connect(net.listen(server, accepted), client);
        net.pollUntil(() -> accepted.connection != null && connected.connection != null);

        assertEquals("CN=client", accepted.connection.identity().subject());
        assertTrue(accepted.connection.identity().names().contains(name("CN=client")));
        assertTrue(accepted.connection.identity().names().contains(name("URI:urn:turnout:acquirer:1")));
        assertEquals("CN=server", connected.connection.identity().subject());
        assertEquals(2, net.handshakes);
        assertEquals(List.of(), net.refusals);
    }

    @Test
    void shouldCarryBytesUnchangedInBothDirections() throws IOException {
        // given an echoing server and ten times more bytes than may wait on a connection
        final Side echo = new Side() {
            @Override
            public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
                assertTrue(connection.send(buffer, offset, length));
            }
        };
        final Side connected = net.connect(net.listen(server, echo), client);
        net.pollUntil(() -> connected.connection != null);
        final byte[] sent = new byte[10 * TlsTestLoop.OUTPUT_LIMIT];
        new Random(7).nextBytes(sent);

        // when they are sent as fast as the connection takes them, but never more than the echo may queue
        final UnsafeBuffer buffer = new UnsafeBuffer(sent);
        final int[] offset = {0};
        net.pollUntil(() -> {
            final int length = Math.min(1000, sent.length - offset[0]);
            final boolean hasRoom = offset[0] - connected.received.size() < TlsTestLoop.OUTPUT_LIMIT / 2;
            if (length > 0 && hasRoom && connected.connection.send(buffer, offset[0], length)) {
                offset[0] += length;
            }
            return connected.received.size() == sent.length;
        });

        // then they come back in order
        assertArrayEquals(sent, connected.received.toByteArray());
    }

    @Test
    void shouldTakeAllOfAMessageOrNothingWhenTheOutputIsFull() throws IOException {
        // given a peer that does not read
        final Side deaf = new Side() {
            @Override
            public void onConnected(final Connection opened, final long nowNs) {
                super.onConnected(opened, nowNs);
                opened.reading(false);
            }
        };
        final Side connected = net.connect(net.listen(server, deaf), client);
        net.pollUntil(() -> connected.connection != null && deaf.connection != null);

        // when messages are sent until one is refused
        final UnsafeBuffer message = new UnsafeBuffer(new byte[1000]);
        int taken = 0;
        while (connected.connection.send(message, 0, 1000)) {
            taken++;
            net.loop.poll(0);
        }

        // then exactly those arrive once it reads
        final int length = taken * 1000;
        assertEquals(0, deaf.received.size());
        deaf.connection.reading(true);
        net.pollUntil(() -> deaf.received.size() >= length);
        connected.connection.close();
        net.pollUntil(() -> deaf.disconnects == 1);
        assertEquals(length, deaf.received.size());
    }

    @Test
    void shouldHandOverNothingWhileTheHandlerDoesNotRead() throws IOException {
        // given a server that stops reading at every piece, and a client that sends a burst and goes
        final Reluctant reluctant = new Reluctant();
        final Side connected = net.connect(net.listen(server, reluctant), client);
        net.pollUntil(() -> connected.connection != null && reluctant.connection != null);
        final byte[] burst = new byte[TlsTestLoop.OUTPUT_LIMIT / 2];
        new Random(11).nextBytes(burst);
        final UnsafeBuffer buffer = new UnsafeBuffer(burst);
        for (int offset = 0; offset < burst.length; offset += 64) {
            assertTrue(connected.connection.send(buffer, offset, 64));
            if (offset % 256 == 0) {
                net.loop.poll(0);
            }
        }
        connected.connection.close();

        // when it reads on, piece by piece
        net.pollUntil(() -> {
            reluctant.readOn();
            return reluctant.disconnects == 1;
        });

        // then it had nothing while it did not read, and everything before the end
        assertArrayEquals(burst, reluctant.received.toByteArray());
        assertTrue(reluctant.pieces > 10, "pieces=" + reluctant.pieces);
        assertEquals(List.of(), net.refusals);
    }

    /** Stops reading at every piece. */
    private static final class Reluctant extends Side {
        private boolean isReading = true;
        private int pieces;

        @Override
        public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
            assertTrue(isReading, "nothing comes while the handler does not read");
            super.onBytes(buffer, offset, length, nowNs);
            pieces++;
            isReading = false;
            connection.reading(false);
        }

        void readOn() {
            if (!isReading) {
                isReading = true;
                connection.reading(true);
            }
        }
    }

    @Test
    void shouldSendWhatIsQueuedBeforeClosing() throws IOException {
        final Side accepted = new Side();
        final Listener listener = net.listen(server, accepted);
        final Side connected = net.connect(listener, client);
        net.pollUntil(() -> accepted.connection != null);
        assertTrue(accepted.connection.send(new UnsafeBuffer("farewell".getBytes(US_ASCII)), 0, 8));
        accepted.connection.close();
        assertFalse(accepted.connection.send(new UnsafeBuffer(new byte[1]), 0, 1), "nothing is taken after close");
        net.pollUntil(() -> accepted.disconnects == 1 && connected.disconnects == 1);

        assertEquals("farewell", connected.received.toString(US_ASCII));
        assertEquals(0, listener.connectionCount());
        assertEquals(0, net.loop.connectionCount());
        assertEquals(List.of(), net.refusals);
    }

    @Test
    void shouldStopTheLoopWhenAHandlerFails() throws IOException {
        final Side failing = new Side() {
            @Override
            public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
                throw new IllegalStateException("broken");
            }
        };
        final Side connected = net.connect(net.listen(server, failing), client);
        net.pollUntil(() -> connected.connection != null && failing.connection != null);
        connected.connection.send(new UnsafeBuffer(new byte[1]), 0, 1);

        final IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> net.pollUntil(() -> failing.disconnects == 1));
        assertEquals("broken", thrown.getCause().getMessage());
    }

    @Test
    void shouldRunTheExpensiveStepsElsewhere() throws IOException, TlsFileException {
        final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
        try {
            final TlsEndpoint offloaded =
                    TlsEndpoint.open("test", TlsOptions.server(serverKey, List.of(authority.file())), elsewhere);
            final Side accepted = new Side();
            final Side connected = net.connect(net.listen(offloaded, accepted), client);
            net.pollUntil(() -> accepted.connection != null && connected.connection != null);
            accepted.connection.send(new UnsafeBuffer("hello".getBytes(US_ASCII)), 0, 5);
            net.pollUntil(() -> connected.received.size() == 5);
        } finally {
            elsewhere.shutdownNow();
        }
    }

    @Test
    void shouldUseAKeyInPkcs12() throws IOException {
        final TlsEndpoint other = client(authority.certifyInPkcs12("other", "a passphrase"));
        final Side accepted = new Side();
        net.connect(net.listen(server, accepted), other);
        net.pollUntil(() -> accepted.connection != null);
        assertEquals("CN=other", accepted.connection.identity().subject());
    }

    @Test
    void shouldUseANewCertificateForNewConnectionsOnly() throws IOException, TlsFileException {
        // given a connection
        final Side first = new Side();
        final Listener listener = net.listen(server, first);
        final Side before = net.connect(listener, client);
        net.pollUntil(() -> before.connection != null && first.connection != null);
        assertEquals(TlsEndpoint.Reload.UNCHANGED, server.reload());

        // when the files are replaced, first the certificate and then the key
        final TlsKeyFiles next = authority.certify("next", "DNS:localhost");
        replace(serverKey.certificate(), next.certificate());
        assertEquals(TlsEndpoint.Reload.CHANGING, server.reload());
        replace(serverKey.key().orElseThrow(), next.key().orElseThrow());
        assertEquals(TlsEndpoint.Reload.CHANGING, server.reload());
        assertEquals(TlsEndpoint.Reload.RELOADED, server.reload());
        assertEquals(TlsEndpoint.Reload.UNCHANGED, server.reload());

        // then a new connection sees the new one, and the old goes on
        final Side after = net.connect(listener, client);
        net.pollUntil(() -> after.connection != null);
        assertEquals("CN=next", after.connection.identity().subject());
        assertEquals("CN=server", before.connection.identity().subject());
        before.connection.send(new UnsafeBuffer("still".getBytes(US_ASCII)), 0, 5);
        net.pollUntil(() -> first.received.size() == 5);
    }

    @Test
    void shouldKeepWhatItHasWhenNewFilesAreBroken() throws IOException, TlsFileException {
        final Listener listener = net.listen(server);
        Files.writeString(serverKey.certificate(), "no certificate");
        assertEquals(TlsEndpoint.Reload.CHANGING, server.reload());
        assertThrows(TlsFileException.class, server::reload);
        assertThrows(TlsFileException.class, server::reload, "it is refused as long as it lies there");
        Files.delete(serverKey.certificate());
        assertThrows(TlsFileException.class, server::reload);

        final Side connected = net.connect(listener, client);
        net.pollUntil(() -> connected.connection != null);
        assertEquals("CN=server", connected.connection.identity().subject());
    }

    @Test
    void shouldEndHandshakesWhenItStopsListening() throws IOException {
        final Side accepted = new Side();
        final Listener listener = net.listen(server, accepted);
        try (java.net.Socket silent = new java.net.Socket(TlsTestLoop.HOST, listener.port())) {
            net.pollUntil(() -> net.loop.connectionCount() == 1);
            listener.close();
            net.pollUntil(() -> net.loop.connectionCount() == 0);
            assertEquals(-1, silent.getInputStream().read());
        }
        assertNull(accepted.connection);
    }

    private static void replace(final Path old, final Path with) throws IOException {
        Files.move(with, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static CertificateName name(final String text) {
        return CertificateName.parse(text).orElseThrow();
    }
}

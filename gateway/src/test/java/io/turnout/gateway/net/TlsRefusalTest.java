package io.turnout.gateway.net;

import static io.turnout.gateway.net.TlsTestLoop.endpoint;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.net.TlsTestLoop.Side;
import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.gateway.net.tls.TlsOptions.Role;
import io.turnout.gateway.net.tls.TlsPeer;
import io.turnout.gateway.net.tls.TlsRefusal;
import io.turnout.gateway.support.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers that must not get in: each is refused for the right reason, and no handler ever hears of one. */
class TlsRefusalTest {

    private static final Duration DAYS = Duration.ofDays(10);
    private static final byte[] HELLO_OF_TLS_1_1 = helloOfTls11();

    @TempDir
    Path directory;

    private final TlsTestLoop net = new TlsTestLoop();
    private TestAuthority authority;
    private TestAuthority stranger;
    private TestAuthority pinned;
    private TlsEndpoint server;

    /** A client that wants to get in. */
    private enum Client {
        GOOD,
        WRONG_AUTHORITY,
        EXPIRED,
        NOT_YET_VALID,
        WRONG_NAME,
        NO_CERTIFICATE,
        PINNED,
        NAME_OF_ANOTHER_AUTHORITY
    }

    @BeforeEach
    void certify() {
        authority = new TestAuthority(directory, "authority");
        stranger = new TestAuthority(directory, "stranger");
        pinned = new TestAuthority(directory, "pinned");
        server = endpoint(server(TlsOptions.DEFAULT_HANDSHAKE_TIMEOUT_NS));
    }

    @AfterEach
    void closeLoop() {
        net.close();
    }

    /** Two acquirers may come; the second only with a certificate of its own authority. */
    private TlsOptions server(final long handshakeTimeoutNs) {
        return new TlsOptions(
                Role.SERVER,
                Optional.of(authority.certify("server", "DNS:localhost")),
                List.of(authority.file()),
                true,
                List.of(
                        new TlsPeer("acquirer 1", Set.of(name("CN=acquirer-1")), List.of()),
                        new TlsPeer("acquirer 2", Set.of(name("URI:urn:acquirer:2")), List.of(pinned.file()))),
                "",
                handshakeTimeoutNs);
    }

    private Optional<TlsKeyFiles> keyOf(final Client client) {
        final Duration ago = DAYS.negated();
        return switch (client) {
            case GOOD -> Optional.of(authority.certify("acquirer-1"));
            case WRONG_AUTHORITY -> Optional.of(stranger.certify("acquirer-1"));
            case EXPIRED -> Optional.of(authority.certify("acquirer-1", ago, Duration.ofMinutes(-1)));
            case NOT_YET_VALID -> Optional.of(authority.certify("acquirer-1", Duration.ofHours(1), DAYS));
            case WRONG_NAME -> Optional.of(authority.certify("acquirer-7", "DNS:acquirer-1"));
            case NO_CERTIFICATE -> Optional.empty();
            case PINNED -> Optional.of(pinned.certify("anything", "URI:urn:acquirer:2"));
            case NAME_OF_ANOTHER_AUTHORITY -> Optional.of(authority.certify("acquirer-1", "URI:urn:acquirer:2"));
        };
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_AUTHORITY, UNTRUSTED",
        "EXPIRED, EXPIRED",
        "NOT_YET_VALID, NOT_YET_VALID",
        "WRONG_NAME, WRONG_NAME",
        "NO_CERTIFICATE, NO_CERTIFICATE",
        "NAME_OF_ANOTHER_AUTHORITY, UNTRUSTED",
    })
    void shouldRefuseAClient(final Client kind, final TlsRefusal reason) throws IOException {
        final Listener listener = net.listen(server);

        final Side client =
                net.connect(listener, endpoint(TlsOptions.client(keyOf(kind), List.of(authority.file()), "")));
        net.pollUntil(() -> client.disconnects == 1 && listener.connectionCount() == 0);

        // The client believes in TLS 1.3 that it is in until it is told otherwise.
        assertEquals(Set.of(reason, TlsRefusal.PEER_ALERT), Set.copyOf(net.refusals));
        assertEquals(2, net.refusals.size());
        assertEquals(List.of(), net.accepted);
        assertEquals(0, net.loop.connectionCount());
    }

    @ParameterizedTest
    @EnumSource(
            value = Client.class,
            names = {"GOOD", "PINNED"})
    void shouldAcceptAClient(final Client kind) throws IOException {
        final Side accepted = new Side();
        net.connect(
                net.listen(server, accepted), endpoint(TlsOptions.client(keyOf(kind), List.of(authority.file()), "")));
        net.pollUntil(() -> accepted.connection != null);
        assertEquals(List.of(), net.refusals);
    }

    @ParameterizedTest
    @CsvSource({"other.example, true, WRONG_NAME", "localhost, false, UNTRUSTED"})
    void shouldRefuseAServer(final String serverName, final boolean trusts, final TlsRefusal reason)
            throws IOException {
        final Listener listener = net.listen(server);
        final Path trust = trusts ? authority.file() : stranger.file();

        final Side client =
                net.connect(listener, endpoint(TlsOptions.client(keyOf(Client.GOOD), List.of(trust), serverName)));
        net.pollUntil(() -> client.disconnects == 1 && listener.connectionCount() == 0);

        assertNull(client.connection);
        assertTrue(net.refusals.contains(reason), "refusals=" + net.refusals);
        assertEquals(List.of(), net.accepted);
    }

    @Test
    void shouldRefuseTls11() throws IOException {
        final byte[] answer = answerTo(HELLO_OF_TLS_1_1, TlsRefusal.PROTOCOL);

        // an alert (21), fatal (2), protocol_version (70)
        assertEquals(7, answer.length);
        assertEquals(21, answer[0]);
        assertEquals(2, answer[5]);
        assertEquals(70, answer[6]);
    }

    @Test
    void shouldRefusePlainText() throws IOException {
        assertEquals(0, answerTo("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), TlsRefusal.NOT_TLS).length);
    }

    @Test
    void shouldRefuseARecordLongerThanAny() throws IOException {
        assertEquals(0, answerTo(new byte[] {22, 3, 1, 0x60, 0}, TlsRefusal.NOT_TLS).length);
    }

    @Test
    void shouldEndAHandshakeThatTakesTooLong() throws IOException {
        final Listener listener = net.listen(endpoint(server(TimeUnit.MILLISECONDS.toNanos(100))));
        try (Socket slow = new Socket(TlsTestLoop.HOST, listener.port())) {
            slow.getOutputStream().write(HELLO_OF_TLS_1_1, 0, 20);
            net.pollUntil(() -> listener.connectionCount() == 0 && !net.refusals.isEmpty());
        }
        assertEquals(List.of(TlsRefusal.TIMEOUT), net.refusals);
        assertEquals(List.of(), net.accepted);
    }

    @Test
    void shouldCountAPeerThatGoesAwayInTheHandshake() throws IOException {
        final Listener listener = net.listen(server);
        try (Socket brief = new Socket(TlsTestLoop.HOST, listener.port())) {
            brief.getOutputStream().write(HELLO_OF_TLS_1_1, 0, 20);
            net.pollUntil(() -> listener.connectionCount() == 1);
        }
        net.pollUntil(() -> listener.connectionCount() == 0);
        assertEquals(List.of(TlsRefusal.CLOSED), net.refusals);
    }

    @Test
    void shouldRefuseToNegotiateTwice() throws Exception {
        // given a client of TLS 1.2 that is in
        final Side accepted = new Side();
        final Listener listener = net.listen(server, accepted);
        final SSLContext context = blockingClient(authority.certifyInPkcs12("acquirer-1", "a passphrase"));
        final CompletableFuture<Integer> client = CompletableFuture.supplyAsync(() -> {
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(TlsTestLoop.HOST, listener.port())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.getOutputStream().write('a');
                // when it negotiates again, and writes
                socket.startHandshake();
                socket.getOutputStream().write('b');
                return socket.getInputStream().read();
            } catch (final IOException ended) {
                return -1;
            }
        });
        net.pollUntil(client::isDone);

        // then the connection ends, and nothing of it is read after the attempt
        net.pollUntil(() -> accepted.disconnects == 1);
        assertEquals(-1, client.get());
        assertEquals("a", accepted.received.toString(US_ASCII));
        assertEquals(List.of(TlsRefusal.RENEGOTIATION), net.refusals);
    }

    /** Sends bytes and reads to the end; the server must refuse for the reason and tell no handler. */
    private byte[] answerTo(final byte[] bytes, final TlsRefusal reason) throws IOException {
        final Listener listener = net.listen(server);
        try (Socket peer = new Socket(TlsTestLoop.HOST, listener.port())) {
            peer.getOutputStream().write(bytes);
            net.pollUntil(() -> !net.refusals.isEmpty() && listener.connectionCount() == 0);
            assertEquals(List.of(reason), net.refusals);
            assertEquals(List.of(), net.accepted);
            return readToEnd(peer.getInputStream());
        }
    }

    /** A connection closed with input that nobody has read ends with a reset. */
    private static byte[] readToEnd(final InputStream input) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int octet = input.read(); octet >= 0; octet = input.read()) {
                all.write(octet);
            }
        } catch (final IOException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    private SSLContext blockingClient(final TlsKeyFiles key) throws GeneralSecurityException, IOException {
        final KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = Files.newInputStream(key.certificate())) {
            store.load(input, key.passphrase().toCharArray());
        }
        store.setCertificateEntry("authority", store.getCertificateChain("own")[1]);
        final KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, key.passphrase().toCharArray());
        final TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        final SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** A ClientHello of TLS 1.1 in one record (RFC 4346, 7.4.1.2), written by hand: Java does not speak it any more. */
    private static byte[] helloOfTls11() {
        final ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {3, 2});
        hello.writeBytes(new byte[32]);
        hello.writeBytes(new byte[] {0, 0, 4, (byte) 0xC0, 0x13, 0, 0x2F, 1, 0});
        final ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(new byte[] {22, 3, 1, 0, (byte) (hello.size() + 4), 1, 0, 0, (byte) hello.size()});
        record.writeBytes(hello.toByteArray());
        return record.toByteArray();
    }

    private static CertificateName name(final String text) {
        return CertificateName.parse(text).orElseThrow();
    }
}

package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsMaterial;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.gateway.support.TestAuthority;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.oracle.CheckResult;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A switch that speaks TLS with certificates on both sides, to an acquirer and to a bank. */
@Timeout(180)
final class TlsTest {
    private static final int PAYMENTS = 3_000;
    private static final int PER_SECOND = 400;
    private static final String FIRST = "a-secret-of-the-first-acquirer";
    private static final String SECOND = "a-secret-of-the-second-acquirer";

    @TempDir
    private Path directory;

    private final AtomicReference<String> failure = new AtomicReference<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private TestAuthority authority;
    private TlsKeyFiles switchKey;
    private TlsKeyFiles bankKey;
    private TlsKeyFiles firstKey;
    private TlsKeyFiles secondKey;

    @BeforeEach
    void certify() {
        authority = new TestAuthority(directory, "authority");
        switchKey = authority.certify("switch", "DNS:localhost", "IP:127.0.0.1");
        bankKey = authority.certify("bank", "IP:127.0.0.1");
        firstKey = authority.certify("acquirer-1");
        secondKey = authority.certify("acquirer-2");
    }

    @Test
    void shouldLoseNoPaymentWhileCertificatesAreReplaced() throws IOException {
        try (SimulatedParties parties = new SimulatedParties(bank())) {
            final Reconciliation oracle = new Reconciliation()
                    .addAcquirerLog(directory.resolve("acquirer.log"))
                    .addBankBooks(directory.resolve("bank.books"));
            try (SwitchNode node = start(parties)) {
                // given payments over TLS on both sides
                final AcquirerClient acquirer = parties.startAcquirer(acquirer(node));
                SwitchFixture.await(() -> acquirer.results().answeredCount() > PAYMENTS / 10, "some payments");
                final long handshakes = node.count(GatewayCounter.TLS_HANDSHAKES);
                assertEquals(2, handshakes);

                // when the switch gets a new certificate, and the bank dies and comes back
                replace(switchKey, authority.certify("next", "DNS:localhost", "IP:127.0.0.1"));
                SwitchFixture.await(() -> node.count(GatewayCounter.TLS_RELOADS) > 0, "the new certificate");
                assertEquals(1, node.count(GatewayCounter.LOGONS_ACCEPTED), "the acquirer's connection stays");
                parties.bank().stopAbruptly();
                SwitchFixture.await(() -> node.signedOnLinks() == 0, "the link to be lost");
                parties.bank().restart();
                SwitchFixture.await(() -> node.signedOnLinks() == 1, "the link to be signed on again");

                // then a broken one is refused, and nothing is lost
                Files.writeString(switchKey.certificate(), "no certificate");
                SwitchFixture.await(() -> node.count(GatewayCounter.TLS_RELOADS_REFUSED) > 0, "the refusal");
                SwitchFixture.await(acquirer::isDone, "answers to all payments");
                SwitchFixture.await(() -> oracle.pendingCount() == 0, "reversals to reach the bank");
                assertTrue(node.count(GatewayCounter.TLS_DAYS_LEFT) > 90);
                assertTrue(node.count(GatewayCounter.TLS_HANDSHAKES) > handshakes);
                assertEquals("LogonAck", logOn(node, 1, FIRST, firstKey));
            }
            judge(parties, oracle);
            assertTrue(notices.stream().anyMatch(notice -> notice.contains("acquirerEdge: new connections use")));
            assertTrue(notices.stream().anyMatch(notice -> notice.contains("acquirerEdge: new files are refused")));
        }
    }

    @Test
    void shouldLogOnAnAcquirerOverItsOwnCertificateOnly() {
        try (SimulatedParties parties = new SimulatedParties(bank());
                SwitchNode node = start(parties)) {
            assertEquals("LogonAck", logOn(node, 1, FIRST, firstKey));
            assertEquals("LogonAck", logOn(node, 2, SECOND, secondKey));
            assertEquals("LogonReject BAD_CREDENTIAL", logOn(node, 2, SECOND, firstKey));
            assertEquals(1, node.count(GatewayCounter.LOGONS_WRONG_CERTIFICATE));

            // A certificate of the right authority that is nobody's does not even finish its handshake.
            assertEquals(AcquirerConnection.CLOSED, logOn(node, 1, FIRST, authority.certify("acquirer-3")));
            assertEquals(1, node.count(GatewayCounter.TLS_WRONG_NAME));
            assertEquals(0, node.count(GatewayCounter.LOGONS_BAD_CREDENTIAL));
        }
    }

    @Test
    void shouldNotSignOnToABankThatIsSomebodyElse() {
        bankKey = authority.certify("bank", "DNS:other.example");
        try (SimulatedParties parties = new SimulatedParties(bank());
                SwitchNode node = startUnsigned(parties)) {
            SwitchFixture.await(() -> node.count(GatewayCounter.TLS_WRONG_NAME) > 0, "the refusal of the bank");
            assertEquals(0, node.signedOnLinks());
            assertEquals(0, node.count(GatewayCounter.LINK_CONNECTS));
            SwitchFixture.await(() -> node.count(GatewayCounter.LINK_CONNECT_FAILURES) > 1, "more attempts");
        }
    }

    /** What the answer to a logon over a connection with a certificate is. */
    private String logOn(final SwitchNode node, final int acquirerId, final String credential, final TlsKeyFiles key) {
        final TlsOptions options = TlsOptions.client(Optional.of(key), List.of(authority.file()), "localhost");
        try {
            final Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.acquirerPort());
            final Socket secured =
                    TlsContext.of(options, TlsMaterial.load(options)).socket(socket, "localhost");
            try (AcquirerConnection connection = new AcquirerConnection(secured)) {
                return connection.ask(AcquirerConnection.logon(acquirerId, credential));
            }
        } catch (final IOException | TlsFileException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private SwitchNode start(final SimulatedParties parties) {
        final SwitchNode node = startUnsigned(parties);
        SwitchFixture.await(() -> node.signedOnLinks() == 1, "the bank to be signed on");
        return node;
    }

    private SwitchNode startUnsigned(final SimulatedParties parties) {
        return SwitchNode.start(
                SwitchSettingsReader.read(
                        "switch.yaml", configuration(parties.bank().port())),
                NodeEnvironment.of((component, cause) -> failure.compareAndSet(null, component + " failed: " + cause))
                        .withNotices(notices::add));
    }

    private void judge(final SimulatedParties parties, final Reconciliation oracle) {
        final ReconciliationReport report = oracle.check(Reconciliation.Mode.SETTLED);
        for (final CheckResult result : report.results()) {
            assertTrue(result.isPassed(), result::toString);
        }
        assertEquals(0, report.unansweredCount());
        assertTrue(report.approvedCount() > PAYMENTS / 2, report::toString);
        assertNull(failure.get(), "no part of the switch may fail");
        assertNull(parties.failure(), "no simulated party may fail");
    }

    /** The key is replaced after its certificate, as a careless script would do it. */
    private static void replace(final TlsKeyFiles old, final TlsKeyFiles with) throws IOException {
        Files.move(with.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(with.key().orElseThrow(), old.key().orElseThrow(), StandardCopyOption.REPLACE_EXISTING);
    }

    private String configuration(final int bankPort) {
        return """
                environment: development
                dataDirectory: %s
                durability: async
                acquirerEdge:
                  port: 0
                  tls: {certificate: %s, key: 'file:%s', trust: [%s]}
                journal: {segmentSize: 1MiB, freeSpaceReserve: 1MiB}
                engine: {payments: 16384, horizon: 10m}
                currencies: [CNY]
                acquirers:
                  - id: 1
                    institutionId: 10000001
                    credential: plain:%s
                    limitsMinor: {CNY: 5000000}
                    certificate: {names: ['CN=acquirer-1']}
                  - id: 2
                    institutionId: 10000002
                    credential: plain:%s
                    limitsMinor: {CNY: 5000000}
                    certificate: {names: ['CN=acquirer-2']}
                issuers:
                  - id: 1
                    dialect: iso87-ascii
                    responseTimeout: 2s
                    reversal: {timeout: 1s, backoff: 100ms, backoffMaximum: 1s, lateAnswerWindow: 500ms}
                    reconnect: 10ms
                    reconnectMaximum: 100ms
                    tls: {certificate: %s, key: 'file:%s', trust: [%s]}
                    links: [{id: 1, port: %d}]
                    bins: ['400000-499999']
                """.formatted(
                        directory.resolve("data"),
                        switchKey.certificate(),
                        switchKey.key().orElseThrow(),
                        authority.file(),
                        FIRST,
                        SECOND,
                        switchKey.certificate(),
                        switchKey.key().orElseThrow(),
                        authority.file(),
                        bankPort);
    }

    private String bank() {
        return """
                banks:
                  - name: bank
                    listen: 127.0.0.1:0
                    tls: {certificate: %s, key: %s, trust: [%s]}
                    dialect: iso87-ascii
                    books: %s
                    answersOnAnyConnection: true
                    latency: {typical: 2ms}
                """.formatted(
                bankKey.certificate(), bankKey.key().orElseThrow(), authority.file(), directory.resolve("bank.books"));
    }

    private String acquirer(final SwitchNode node) {
        return """
                acquirers:
                  - name: acquirer
                    connect: localhost:%d
                    tls: {certificate: %s, key: %s, trust: [%s]}
                    acquirerId: 1
                    credential: %s
                    log: %s
                    load: {perSecond: %d, payments: %d, window: 1024}
                    cards: [{bin: '411111'}]
                    amounts: [{currency: 156, exponent: 2, minimum: 100, maximum: 99999}]
                    shares: {repeats: 2%%, reversals: 3%%}
                    retries: {answerTimeout: 5s, busy: 20ms, giveUp: 60s}
                """.formatted(
                        node.acquirerPort(),
                        firstKey.certificate(),
                        firstKey.key().orElseThrow(),
                        authority.file(),
                        FIRST,
                        directory.resolve("acquirer.log"),
                        PER_SECOND,
                        PAYMENTS);
    }
}

package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.YamlDocument;
import io.turnout.gateway.net.NetLoop;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.Simulator;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.acquirer.AcquirerConfigurationReader;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.oracle.CheckResult;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed payments of an acquirer that speaks ISO 8583 to banks that speak it too; a bank dies in the middle and comes
 * back, and so does the switch. The acquirer's log and the banks' books must agree.
 */
@Timeout(300)
final class IsoBooksTest {
    private static final int PAYMENTS = 4000;
    private static final int PER_SECOND = 400;
    private static final int WAITS = 1800;
    private static final long WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final String TRANSACTIONS =
            "[purchase, pre-authorisation, completion, void, refund, cash-withdrawal, balance-inquiry]";

    @TempDir
    private Path folder;

    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final NetLoop netLoop = new NetLoop(clock);
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final List<BankHost> banks = new ArrayList<>();

    @Test
    void shouldAgreeWithTheBanksAfterABankAndTheSwitchWereDown() throws IOException {
        final int port = freePort();
        for (final BankConfiguration bank : bankConfigurations()) {
            banks.add(
                    BankHost.open(bank, LoopNetwork.acceptor(netLoop, bank.address(), bank.tls(), bank.connections())));
        }
        final AcquirerConfiguration configuration = acquirerConfiguration(port);
        final AcquirerClient acquirer = AcquirerClient.open(
                configuration,
                LoopNetwork.connector(
                        netLoop,
                        configuration.session().address(),
                        configuration.session().tls(),
                        configuration.session().connectTimeoutNs()),
                clock.nanoTime());
        final SwitchSettings settings = switchSettings(port);
        SwitchNode node = start(settings);
        try (AgentRunner parties = parties(acquirer)) {
            AgentRunner.startOnThread(parties);
            await(acquirer, PAYMENTS / 4);
            banks.get(1).stopAbruptly();
            await(acquirer, PAYMENTS / 2);
            banks.get(1).restart();
            node.close();
            node = start(settings);
            awaitEnd(acquirer);
            final Reconciliation oracle = new Reconciliation()
                    .addAcquirerLog(folder.resolve("acquirer.log"))
                    .addBankBooks(folder.resolve("bank-a.books"))
                    .addBankBooks(folder.resolve("bank-b.books"));
            SwitchFixture.await(() -> oracle.pendingCount() == 0, "reversals and advices to reach the banks");
            judge(oracle.check(Reconciliation.Mode.SETTLED));
        } finally {
            node.close();
        }
        assertEquals(null, failure.get());
    }

    private static void judge(final ReconciliationReport report) {
        final StringBuilder failed = new StringBuilder();
        for (final CheckResult result : report.results()) {
            if (!result.isPassed()) {
                failed.append(result.check().sentence())
                        .append(": ")
                        .append(result.examples())
                        .append('\n');
            }
        }
        assertEquals("", failed.toString());
        assertTrue(report.isPassed());
        assertTrue(report.requestCount() >= PAYMENTS, "requests=" + report.requestCount());
        assertTrue(report.approvedCount() > PAYMENTS / 2, "approved=" + report.approvedCount());
        assertTrue(report.reversedCount() > 0, "reversed=" + report.reversedCount());
        assertTrue(report.declinedCount() > 0, "declined=" + report.declinedCount());
    }

    private AgentRunner parties(final AcquirerClient acquirer) {
        final List<Simulator> parties = new ArrayList<>(banks);
        parties.add(acquirer);
        return new AgentRunner(
                new BackoffIdleStrategy(1, 100, 1_000, 50_000),
                cause -> failure.compareAndSet(null, String.valueOf(cause)),
                null,
                new SimulatorAgent("simulators", netLoop, clock, parties));
    }

    private void await(final AcquirerClient acquirer, final int answers) {
        SwitchFixture.await(() -> acquirer.results().answeredCount() >= answers, answers + " answers");
    }

    private void awaitEnd(final AcquirerClient acquirer) {
        for (int wait = 0; wait < WAITS && !acquirer.isDone(); wait++) {
            LockSupport.parkNanos(WAIT_NS);
        }
        assertTrue(acquirer.isDone(), "payments are open: " + acquirer.results() + ", failure: " + failure.get());
    }

    private SwitchNode start(final SwitchSettings settings) {
        return SwitchNode.start(
                settings,
                NodeEnvironment.of((component, cause) -> failure.compareAndSet(null, component + ": " + cause)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private List<BankConfiguration> bankConfigurations() {
        return BankConfigurationReader.read(YamlDocument.read("banks.yaml", """
                banks:
                  - name: bank-a
                    listen: 127.0.0.1:0
                    dialect: iso87-ascii
                    framing: bin2-exclusive
                    latency: {shape: lognormal, typical: 2ms, maximum: 200ms}
                    books: %1$s/bank-a.books
                    rules:
                      - {share: 4%%, code: '51'}
                      - {share: 0.1%%, behaviour: silence-after-posting}
                      - {share: 0.1%%, behaviour: silence}
                      - {share: 0.2%%, behaviour: duplicate-answer, delay: 5ms}
                      - {on: advice, share: 5%%, behaviour: silence}
                  - name: bank-b
                    listen: 127.0.0.1:0
                    dialect: iso87-bcd
                    framing: ascii4-exclusive
                    latency: {shape: lognormal, typical: 3ms, maximum: 200ms}
                    books: %1$s/bank-b.books
                    rules:
                      - {share: 3%%, code: '05'}
                      - {on: reversal, share: 5%%, behaviour: silence-after-posting}
                """.formatted(folder)));
    }

    private AcquirerConfiguration acquirerConfiguration(final int port) {
        return AcquirerConfigurationReader.read(
                        YamlDocument.read("acquirer.yaml", """
                        acquirers:
                          - name: acquirer
                            connect: 127.0.0.1:%d
                            acquirerId: 1
                            iso8583: {dialect: iso87-ascii, framing: ascii4-exclusive, institutionId: 10000001}
                            connections: 3
                            heartbeatInterval: 1s
                            load: {arrivals: uniform, perSecond: %d, window: 256, payments: %d, capacity: 16384}
                            cards:
                              - {bin: '411111', weight: 5}
                              - {bin: '51051051', weight: 3}
                              - {bin: '62000000', panLength: 19, weight: 2}
                            amounts:
                              - {currency: 156, exponent: 2, minimum: 100, maximum: 500000, weight: 4}
                              - {currency: 392, exponent: 0, minimum: 100, maximum: 9000, weight: 1}
                            transactions: {purchase: 70, pre-authorisation: 14, cash-withdrawal: 8, balance-inquiry: 5,
                              refund: 3}
                            shares: {repeats: 2%%, concurrentRepeats: 1%%, conflicts: 1%%,
                              reversals: 2%%, partialReversals: 1%%,
                              earlyReversals: 0.5%%, completions: 80%%, voids: 3%%, refunds: 3%%,
                              advices: 3%%, track2: 20%%, pinBlock: 10%%,
                              invalid: 1%%}
                            retries: {answerTimeout: 15s, giveUp: 120s}
                            log: %s/acquirer.log
                        """.formatted(port, PER_SECOND, PAYMENTS, folder)))
                .get(0);
    }

    private SwitchSettings switchSettings(final int port) {
        return SwitchSettingsReader.read("switch.yaml", """
                environment: development
                dataDirectory: %s/data
                durability: async
                acquirerEdge: {port: 0}
                journal: {segmentSize: 16MiB, freeSpaceReserve: 1MiB}
                engine: {payments: 16384, horizon: 10m}
                currencies: [CNY, JPY]
                acquirers:
                  - id: 1
                    institutionId: 10000001
                    iso8583: {listen: '127.0.0.1:%d', dialect: iso87-ascii, framing: ascii4-exclusive,
                      peers: [127.0.0.1]}
                    answerTimeout: 10s
                    limitsMinor: {CNY: 5000000, JPY: 1000000}
                    transactions: %s
                issuers:
                  - id: 1
                    dialect: iso87-ascii
                    framing: bin2-exclusive
                    responseTimeout: 5s
                    transactions: %3$s
                    overCapturePercent: 115
                    reversal: {timeout: 1s, backoff: 200ms, backoffMaximum: 2s, lateAnswerWindow: 1s, window: 64}
                    reconnect: 50ms
                    reconnectMaximum: 500ms
                    links: [{id: 1, port: %d, window: 8192}]
                    bins: ['400000-499999']
                  - id: 2
                    dialect: iso87-bcd
                    framing: ascii4-exclusive
                    responseTimeout: 5s
                    transactions: %3$s
                    overCapturePercent: 115
                    reversal: {timeout: 1s, backoff: 200ms, backoffMaximum: 2s, lateAnswerWindow: 1s, window: 64}
                    reconnect: 50ms
                    reconnectMaximum: 500ms
                    links: [{id: 2, port: %d, window: 8192}]
                    bins: ['510000-559999', '62']
                """.formatted(
                folder, port, TRANSACTIONS, banks.get(0).port(), banks.get(1).port()));
    }
}

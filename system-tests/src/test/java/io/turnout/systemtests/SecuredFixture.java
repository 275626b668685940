package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.YamlDocument;
import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.net.NetLoop;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.acquirer.AcquirerConfiguration;
import io.turnout.simulators.acquirer.AcquirerConfigurationReader;
import io.turnout.simulators.acquirer.AcquirerResults;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import io.turnout.simulators.bank.BankCounter;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.bank.BankRule;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** A switch and a scripted bank that share keys, and an acquirer whose log is compared with the bank's books. */
final class SecuredFixture implements AutoCloseable {
    static final String MASTER_KEY = "DD7515F2BFC17F85CE48F3CA25CB21F6";
    static final String MAC_KEY = "E0F4543F3E2A2C5FFC7E5E5A222E3E4D";
    static final String ACQUIRER_PIN_KEY = "0123456789ABCDEFFEDCBA9876543210";
    static final String BANK_PIN_KEY = "41414141414141414242424242424242";

    /** Keys come by messages only: there is none to begin with. */
    static final String EXCHANGED =
            "  keyExchange: {masterKey: zmk, delay: 200ms, grace: 10s, requestInterval: 200ms, timeout: 10s}\n";

    /** Patience of the switch where every answer of the bank counts, however busy the machine is. */
    static final String PATIENT = "30s";
    /** Patience where answers are not believed. */
    static final String SHORT = "4s";

    private final Path directory;
    private final String responseTimeout;
    private final NetLoop bankLoop;
    private final EpochNanoClock clock = new OffsetEpochNanoClock();
    private final BankHost bank;
    private final AgentRunner bankRunner;
    private final SwitchNode node;
    private final AtomicReference<Object> failure = new AtomicReference<>();

    /**
     * @param bankKeys section {@code security} of the bank
     * @param switchKeys lines of the section {@code security} of the issuer
     * @param responseTimeout how long the switch waits for an answer
     */
    SecuredFixture(
            final Path directory,
            final String bankKeys,
            final String switchKeys,
            final List<BankRule> rules,
            final String responseTimeout) {
        this.directory = directory;
        this.responseTimeout = responseTimeout;
        bankLoop = new NetLoop(clock);
        final BankConfiguration configuration = bankConfiguration(bankKeys).withRules(rules);
        bank = BankHost.open(
                configuration,
                LoopNetwork.acceptor(
                        bankLoop, configuration.address(), configuration.tls(), configuration.connections()));
        bankRunner = start(new SimulatorAgent("bank", bankLoop, clock, List.of(bank)));
        node = SwitchNode.start(
                SwitchSettingsReader.read("switch.yaml", switchConfiguration(switchKeys)),
                NodeEnvironment.of((component, cause) -> failure.compareAndSet(null, component + " failed: " + cause)));
        SwitchFixture.await(() -> node.signedOnLinks() == 1, "the bank to be signed on");
    }

    SwitchNode node() {
        return node;
    }

    BankHost bank() {
        return bank;
    }

    long count(final GatewayCounter counter) {
        return node.count(counter);
    }

    long count(final BankCounter counter) {
        return bank.results().count(counter);
    }

    /** One payment by hand. */
    String ask(final Payment payment) {
        try (AcquirerConnection connection = SwitchFixture.logOn(node.acquirerPort())) {
            return connection.ask(payment.request());
        }
    }

    /** So many payments by a simulated acquirer, each to its end, and then the books compared. */
    AcquirerResults payAndReconcile(final int payments, final int perSecond) {
        final Path log = directory.resolve("acquirer.log");
        final AcquirerResults results = pay(log, payments, perSecond);
        final Reconciliation oracle =
                new Reconciliation(1 << 16, 115, 5).addAcquirerLog(log).addBankBooks(directory.resolve("bank.books"));
        SwitchFixture.await(() -> oracle.pendingCount() == 0, "reversals to reach the bank");
        final ReconciliationReport report = oracle.check(Reconciliation.Mode.SETTLED);
        assertTrue(report.isPassed(), report.toString());
        return results;
    }

    private AcquirerResults pay(final Path log, final int payments, final int perSecond) {
        final NetLoop loop = new NetLoop(clock);
        final AcquirerConfiguration configuration = acquirerConfiguration(log, payments, perSecond);
        final AcquirerConfiguration.Session session = configuration.session();
        final AcquirerClient acquirer = AcquirerClient.open(
                configuration,
                LoopNetwork.connector(loop, session.address(), session.tls(), session.connectTimeoutNs()),
                clock.nanoTime());
        final AgentRunner runner = start(new SimulatorAgent("acquirer", loop, clock, List.of(acquirer)));
        try {
            SwitchFixture.await(acquirer::isDone, "the payments to be answered");
            return acquirer.results();
        } finally {
            runner.close();
        }
    }

    @Override
    public void close() {
        try {
            node.close();
            assertEquals(null, failure.get(), "no part may fail");
        } finally {
            bankRunner.close();
        }
    }

    private AgentRunner start(final SimulatorAgent agent) {
        final AgentRunner runner = new AgentRunner(
                new BackoffIdleStrategy(1, 10, 1_000, 1_000_000),
                error -> failure.compareAndSet(null, error),
                null,
                agent);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    private BankConfiguration bankConfiguration(final String keys) {
        return BankConfigurationReader.read(
                        YamlDocument.read("banks.yaml", """
                        banks:
                          - name: bank
                            listen: 127.0.0.1:0
                            books: %s
                            security: %s
                            latency: {typical: 1ms}
                        """.formatted(directory.resolve("bank.books"), keys)))
                .get(0);
    }

    private String switchConfiguration(final String keys) {
        return """
                environment: development
                dataDirectory: %s
                durability: async
                acquirerEdge: {port: 0}
                journal: {segmentSize: 1MiB, freeSpaceReserve: 1MiB}
                engine: {payments: 65536, horizon: 10m}
                currencies: [CNY]
                security:
                  masterKeys: [{name: zmk, clear: 'plain:%s'}]
                  keys:
                    - {name: bank.mac, purpose: mac, clear: 'plain:%s'}
                    - {name: acquirer.pin, purpose: pin, clear: 'plain:%s'}
                    - {name: acquirer.bdk, purpose: derivation, clear: 'plain:%s'}
                    - {name: bank.pin, purpose: pin, clear: 'plain:%s'}
                acquirers:
                  - id: 1
                    institutionId: 10000001
                    credential: plain:%s
                    answerTimeout: 40s
                    limitsMinor: {CNY: 5000000}
                    security: {pin: {key: acquirer.pin}}
                  - id: 2
                    institutionId: 10000002
                    credential: plain:%s
                    limitsMinor: {CNY: 5000000}
                    security: {pin: {key: acquirer.bdk, dukpt: tdes}}
                """.formatted(
                                directory.resolve("data"),
                                MASTER_KEY,
                                MAC_KEY,
                                ACQUIRER_PIN_KEY,
                                ACQUIRER_PIN_KEY,
                                BANK_PIN_KEY,
                                SwitchFixture.CREDENTIAL,
                                SwitchFixture.CREDENTIAL)
                + issuer(keys);
    }

    private String issuer(final String keys) {
        return """
                issuers:
                  - id: 1
                    dialect: iso87-ascii
                    responseTimeout: %s
                    reversal: {timeout: 1s, backoff: 100ms, backoffMaximum: 1s, lateAnswerWindow: 500ms, window: 64}
                    reconnect: 10ms
                    reconnectMaximum: 100ms
                    links: [{id: 1, port: %d}]
                    bins: ['400000-499999']
                    security:
                %s
                """.formatted(responseTimeout, bank.port(), keys.indent(4));
    }

    private AcquirerConfiguration acquirerConfiguration(final Path log, final int payments, final int perSecond) {
        return AcquirerConfigurationReader.read(YamlDocument.read("acquirer.yaml", """
                        acquirers:
                          - name: acquirer
                            connect: 127.0.0.1:%d
                            acquirerId: 1
                            credential: %s
                            connections: 1
                            load: {arrivals: uniform, perSecond: %d, window: 256, payments: %d, capacity: 4096}
                            cards: [{bin: '411111'}]
                            amounts: [{currency: 156, exponent: 2, minimum: 100, maximum: 500000}]
                            shares: {reversals: 2%%}
                            retries: {answerTimeout: 60s, giveUp: 90s}
                            log: %s
                        """.formatted(
                                node.acquirerPort(), SwitchFixture.CREDENTIAL, perSecond, payments, log)))
                .get(0);
    }
}

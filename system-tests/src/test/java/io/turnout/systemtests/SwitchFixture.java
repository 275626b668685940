package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A switch between one bank and whoever connects; can be stopped and started again on its data. */
final class SwitchFixture implements AutoCloseable {
    static final int ACQUIRER = 1;
    static final String CREDENTIAL = "a-secret-for-system-tests";
    static final String TRANSACTIONS =
            "purchase, pre-authorisation, completion, void, refund, cash-withdrawal, balance-inquiry";
    static final String APPROVED = "APPROVED 0 amount 1234";

    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path data;
    private final int payments;
    private final FakeBank bank = new FakeBank();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private UnaryOperator<String> change = UnaryOperator.identity();
    private SwitchNode node;

    /**
     * @param data data directory
     * @param payments the switch remembers, from 1024
     */
    SwitchFixture(final Path data, final int payments) {
        this.data = data;
        this.payments = payments;
    }

    /** A switch of usual size, running. */
    static SwitchFixture running(final Path data) {
        return new SwitchFixture(data, 4096).start();
    }

    /** Another configuration from now on. */
    SwitchFixture with(final UnaryOperator<String> newChange) {
        change = newChange;
        return this;
    }

    /** The configuration file of the switch. */
    String configuration() {
        return change.apply("""
                environment: development
                dataDirectory: %s
                durability: async
                acquirerEdge: {port: 0}
                journal: {segmentSize: 1MiB, freeSpaceReserve: 1MiB}
                engine: {payments: %d, horizon: 10m}
                currencies: [CNY, USD]
                acquirers:
                  - id: %d
                    institutionId: 10000001
                    credential: plain:%s
                    answerTimeout: 5s
                    limitsMinor: {CNY: 5000000}
                    transactions: [%s]
                    statusInquiriesPerSecond: 20
                issuers:
                  - id: 1
                    dialect: %s
                    framing: bin2-exclusive
                    responseTimeout: 2s
                    transactions: [%s]
                    overCapturePercent: 115
                    reversal: {timeout: 1s, backoff: 100ms, backoffMaximum: 1s, lateAnswerWindow: 500ms}
                    reconnect: 10ms
                    reconnectMaximum: 100ms
                    links: [{id: 1, port: %d}]
                    bins: ['400000-499999']
                """.formatted(
                data, payments, ACQUIRER, CREDENTIAL, TRANSACTIONS, FakeBank.DIALECT, TRANSACTIONS, bank.port()));
    }

    SwitchSettings settings() {
        return SwitchSettingsReader.read("switch.yaml", configuration());
    }

    DataDirectory directory() {
        return new DataDirectory(data);
    }

    FakeBank bank() {
        return bank;
    }

    SwitchNode node() {
        return node;
    }

    /** Starts the switch and waits until its bank has signed on. */
    SwitchFixture start() {
        return startWith(1);
    }

    /** Starts the switch and waits until so many links are signed on. */
    SwitchFixture startWith(final int links) {
        final NodeEnvironment environment =
                NodeEnvironment.of((component, cause) -> failure.compareAndSet(null, component + " failed: " + cause));
        node = SwitchNode.start(settings(), environment);
        await(() -> node.signedOnLinks() == links, links + " links to be signed on");
        return this;
    }

    /** Stops the switch; the bank stays. */
    void stop() {
        node.close();
        node = null;
        assertEquals(null, failure.get(), "no part of the switch may fail");
    }

    void awaitSignOn() {
        await(() -> node.signedOnLinks() == 1, "the bank to be signed on");
    }

    /** A connection that nobody has logged on yet. */
    AcquirerConnection connect() {
        return new AcquirerConnection(node.acquirerPort());
    }

    /** A connection that is logged on. */
    AcquirerConnection logOn() {
        return logOn(node.acquirerPort());
    }

    static AcquirerConnection logOn(final int port) {
        final AcquirerConnection connection = new AcquirerConnection(port);
        assertEquals("LogonAck", connection.ask(AcquirerConnection.logon(ACQUIRER, CREDENTIAL)));
        return connection;
    }

    /** Pays on a connection of its own, which must succeed. */
    void pay() {
        try (AcquirerConnection connection = logOn()) {
            assertEquals(APPROVED, connection.ask(new Payment().request()));
        }
    }

    static void await(final BooleanSupplier condition, final String what) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > DEADLINE_NS) {
                fail("waited in vain for " + what);
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    @Override
    public void close() {
        try {
            if (node != null) {
                stop();
            }
        } finally {
            bank.close();
        }
    }
}

package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.DataDirectory;
import io.turnout.launcher.node.Journals;
import io.turnout.launcher.node.NodeEnvironment;
import io.turnout.launcher.node.SwitchNode;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.launcher.settings.SwitchSettingsReader;
import io.turnout.simulators.acquirer.AcquirerClient;
import io.turnout.simulators.bank.BankCounter;
import io.turnout.simulators.oracle.CheckResult;
import io.turnout.simulators.oracle.Reconciliation;
import io.turnout.simulators.oracle.ReconciliationReport;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Banks that misbehave, over real sockets: whatever a bank does, every request has one final outcome, and afterwards
 * the bank's own books and the acquirer's own log agree to the cent.
 */
final class BankFaultTest {
    private static final int PAYMENTS = 250;
    private static final int STORMS = 8;

    @TempDir
    private Path directory;

    private final AtomicReference<String> failure = new AtomicReference<>();

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("silence, the request was lost", "{share: 8%, behaviour: silence}"),
                arguments("silence, the answer was lost", "{share: 8%, behaviour: silence-after-posting}"),
                arguments("late answer", "{share: 8%, behaviour: answer, delay: 900ms}"),
                arguments("late answer after the reversal is closed", "{share: 8%, behaviour: answer, delay: 1800ms}"),
                arguments("late decline", "{share: 8%, behaviour: answer, code: '51', delay: 900ms}"),
                arguments("duplicate answer", "{share: 20%, behaviour: duplicate-answer, delay: 20ms}"),
                arguments("answer with an unknown trace number", "{share: 8%, behaviour: unknown-stan}"),
                arguments("answer with another amount", "{share: 8%, behaviour: wrong-amount}"),
                arguments("answer with another retrieval reference", "{share: 8%, behaviour: wrong-rrn}"),
                arguments("random bytes instead of the answer", "{fromMessage: 40, toMessage: 44, behaviour: garbage}"),
                arguments(
                        "half of the answer, then silence",
                        "{fromMessage: 40, toMessage: 40, behaviour: half-message}"),
                arguments(
                        "the answer byte by byte, without an end",
                        "{fromMessage: 40, toMessage: 40, behaviour: trickle}"),
                arguments(
                        "half of the answer, then a reset", "{fromMessage: 40, toMessage: 50, behaviour: disconnect}"),
                arguments(
                        "reversals lost",
                        "{share: 8%, behaviour: silence}, " + "{on: reversal, share: 50%, behaviour: silence}"),
                arguments(
                        "acknowledgements of reversals lost",
                        "{share: 8%, behaviour: silence-after-posting}, "
                                + "{on: reversal, share: 50%, behaviour: silence-after-posting}"),
                arguments(
                        "reversals refused at first",
                        "{share: 8%, behaviour: silence-after-posting}, "
                                + "{on: reversal, toMessage: 20, code: '96'}"),
                arguments(
                        "reset in the middle of an acknowledgement",
                        "{share: 8%, behaviour: silence-after-posting}, "
                                + "{on: reversal, toMessage: 3, behaviour: disconnect}"),
                arguments("sign-on refused", "{on: sign-on, toMessage: 3, code: '91'}"),
                arguments("sign-on not answered", "{on: sign-on, toMessage: 1, behaviour: half-message}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void shouldBeOfOneMindWithABankThatMisbehaves(final String fault, final String rules) {
        final boolean concernsSignOn = rules.contains("sign-on");
        try (SimulatedParties parties = new SimulatedParties(bank(rules))) {
            final Reconciliation oracle = oracle();
            try (SwitchNode switchNode = start(parties)) {
                final AcquirerClient acquirer = parties.startAcquirer(acquirer(switchNode));
                SwitchFixture.await(acquirer::isDone, "answers to all payments");
                SwitchFixture.await(() -> oracle.pendingCount() == 0, "reversals to reach the bank");
                SwitchFixture.await(() -> switchNode.signedOnLinks() == 1, "the link to be signed on again");
            }
            final ReconciliationReport report = judge(parties, oracle);
            final long misbehaved = parties.bank().results().count(BankCounter.MISBEHAVIOURS);
            final long refused = parties.bank().results().count(BankCounter.SIGN_ONS_REFUSED);
            assertTrue(misbehaved + refused + report.unknownCount() > 0, "nothing went wrong at all: " + fault);
            assertTrue(concernsSignOn || report.approvedCount() > 0, report::toString);
        }
    }

    @Test
    void shouldBeOfOneMindWithABankThatGoesAndComesBackManyTimesWithPaymentsInFlight() {
        try (SimulatedParties parties = new SimulatedParties(bank("{share: 5%, behaviour: silence-after-posting}"))) {
            final Reconciliation oracle = oracle();
            try (SwitchNode switchNode = start(parties)) {
                final AcquirerClient acquirer = parties.startAcquirer(acquirer(switchNode));
                for (int storm = 1; storm <= STORMS; storm++) {
                    final long enough = (long) storm * PAYMENTS / (STORMS + 1);
                    SwitchFixture.await(() -> acquirer.results().answeredCount() >= enough, "some payments");
                    parties.bank().stopAbruptly();
                    SwitchFixture.await(() -> switchNode.signedOnLinks() == 0, "the link to be lost");
                    parties.bank().restart();
                    SwitchFixture.await(() -> switchNode.signedOnLinks() == 1, "the link to be signed on again");
                }
                SwitchFixture.await(acquirer::isDone, "answers to all payments");
                SwitchFixture.await(() -> oracle.pendingCount() == 0, "reversals to reach the bank");
            }
            assertTrue(parties.bank().results().count(BankCounter.SIGN_ONS) > STORMS);
            final ReconciliationReport report = judge(parties, oracle);
            assertTrue(report.unknownCount() > 0, "payments were in flight");
        }
    }

    private ReconciliationReport judge(final SimulatedParties parties, final Reconciliation oracle) {
        final ReconciliationReport report = oracle.check(Reconciliation.Mode.SETTLED);
        for (final CheckResult result : report.results()) {
            assertTrue(result.isPassed(), result::toString);
        }
        assertEquals(0, report.unansweredCount());
        assertNull(parties.failure());
        assertNull(failure.get());
        final VerificationReport verification = Journals.verify(
                new DataDirectory(directory.resolve("data")), Capacities.of(4096), false, RecoveryProgress.NONE);
        assertEquals(Optional.empty(), verification.firstDifference());
        return report;
    }

    private SwitchNode start(final SimulatedParties parties) {
        final SwitchSettings settings = SwitchSettingsReader.read(
                "switch.yaml", switchFile(parties.bank().port()));
        final NodeEnvironment environment =
                NodeEnvironment.of((component, cause) -> failure.compareAndSet(null, component + " failed: " + cause));
        return SwitchNode.start(settings, environment);
    }

    private Reconciliation oracle() {
        return new Reconciliation(100_000, 115, 5)
                .addAcquirerLog(directory.resolve("acquirer.log"))
                .addBankBooks(directory.resolve("bank.books"));
    }

    private String bank(final String rules) {
        return """
                banks:
                  - name: bank
                    listen: 127.0.0.1:0
                    latency: {shape: fixed, typical: 2ms}
                    books: %s
                    rules: [%s]
                """.formatted(directory.resolve("bank.books"), rules);
    }

    private String acquirer(final SwitchNode switchNode) {
        return """
                acquirers:
                  - name: acquirer
                    connect: 127.0.0.1:%d
                    acquirerId: %d
                    credential: %s
                    connections: 2
                    load: {arrivals: uniform, perSecond: 250, window: 256, payments: %d}
                    cards: [{bin: '411111'}]
                    amounts: [{currency: 156, exponent: 2, minimum: 100, maximum: 500000}]
                    transactions: {purchase: 80, pre-authorisation: 20}
                    shares: {completions: 80%%, reversals: 3%%, partialReversals: 2%%, refunds: 3%%, repeats: 2%%}
                    retries: {answerTimeout: 3s, giveUp: 25s}
                    log: %s
                """.formatted(
                        switchNode.acquirerPort(),
                        SwitchFixture.ACQUIRER,
                        SwitchFixture.CREDENTIAL,
                        PAYMENTS,
                        directory.resolve("acquirer.log"));
    }

    private String switchFile(final int bankPort) {
        return """
                environment: development
                dataDirectory: %s
                durability: async
                acquirerEdge: {port: 0}
                journal: {segmentSize: 1MiB, freeSpaceReserve: 1MiB}
                engine: {payments: 4096, horizon: 10m}
                currencies: [CNY]
                acquirers:
                  - id: %d
                    institutionId: 10000001
                    credential: plain:%s
                    answerTimeout: 2s
                    limitsMinor: {CNY: 5000000}
                    transactions: [%s]
                issuers:
                  - id: 1
                    dialect: iso87-ascii
                    framing: bin2-exclusive
                    responseTimeout: 600ms
                    transactions: [%s]
                    overCapturePercent: 115
                    reversal: {timeout: 400ms, backoff: 50ms, backoffMaximum: 400ms, lateAnswerWindow: 2s, window: 32}
                    reconnect: 10ms
                    reconnectMaximum: 100ms
                    links: [{id: 1, port: %d, window: 1024}]
                    bins: ['400000-499999']
                """.formatted(
                        directory.resolve("data"),
                        SwitchFixture.ACQUIRER,
                        SwitchFixture.CREDENTIAL,
                        SwitchFixture.TRANSACTIONS,
                        SwitchFixture.TRANSACTIONS,
                        bankPort);
    }
}

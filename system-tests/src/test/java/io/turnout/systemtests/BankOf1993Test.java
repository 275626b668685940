package io.turnout.systemtests;

import static io.turnout.codecs.sbe.acquirer.TransactionType.BALANCE_INQUIRY;
import static io.turnout.codecs.sbe.acquirer.TransactionType.COMPLETION;
import static io.turnout.codecs.sbe.acquirer.TransactionType.PRE_AUTHORISATION;
import static io.turnout.codecs.sbe.acquirer.TransactionType.REFUND;
import static io.turnout.codecs.sbe.acquirer.TransactionType.VOID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentStatusResponseDecoder;
import io.turnout.configuration.YamlDocument;
import io.turnout.gateway.net.NetLoop;
import io.turnout.launcher.Turnout;
import io.turnout.simulators.LoopNetwork;
import io.turnout.simulators.SimulatorAgent;
import io.turnout.simulators.bank.BankConfiguration;
import io.turnout.simulators.bank.BankConfigurationReader;
import io.turnout.simulators.bank.BankCounter;
import io.turnout.simulators.bank.BankHost;
import io.turnout.simulators.bank.BankRule;
import io.turnout.simulators.bank.Behaviour;
import io.turnout.simulators.bank.MessageKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day with a bank that speaks ISO 8583, payments of every kind over sockets, and the totals of both sides at its end.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class BankOf1993Test {
    private static final int ROUNDS = 20;

    @TempDir
    private Path directory;

    private SwitchFixture fixture;
    private AcquirerConnection acquirer;
    private BankHost bank;
    private AgentRunner runner;
    private String dialect;

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(directory.resolve("operator"), "secret of the only operator");
    }

    @AfterEach
    void stop() {
        acquirer.close();
        fixture.close();
        runner.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso93-ascii", "iso93-bcd", "iso87-bcd"})
    void shouldAgreeOnTheTotalsOfADay(final String dialectOfBank) {
        start(dialectOfBank, BankRule.always(MessageKind.RECONCILIATION, Behaviour.SEND_TOTALS));
        operator("cut-over", date(0), "--open-dates", "1");
        for (int i = 0; i < ROUNDS; i++) {
            payOfEveryKind();
        }

        operator("cut-over", date(1), "--open-dates", "1");
        await(BankCounter.TOTALS_AGREED, 1);

        assertEquals(1, bank.results().count(BankCounter.TOTALS_IN_BALANCE));
        assertEquals(0, bank.results().count(BankCounter.TOTALS_DISPUTED));
        assertTrue(bank.results().count(BankCounter.REVERSED) >= 2 * ROUNDS, "the reversals have reached the bank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"iso93-ascii", "iso87-ascii"})
    void shouldHearThatTheTotalsDiffer(final String dialectOfBank) {
        final boolean of1993 = dialectOfBank.startsWith("iso93");
        start(
                dialectOfBank,
                BankRule.always(MessageKind.RECONCILIATION, Behaviour.SEND_TOTALS)
                        .withCode(of1993 ? "501" : "95"));
        operator("cut-over", date(0), "--open-dates", "1");
        assertEquals(SwitchFixture.APPROVED, ask(new Payment()));

        operator("cut-over", date(1), "--open-dates", "1");
        await(BankCounter.TOTALS_DISPUTED, 1);

        assertEquals(1, bank.results().count(BankCounter.TOTALS_OUT_OF_BALANCE));
    }

    private void payOfEveryKind() {
        final Payment held = new Payment().type(PRE_AUTHORISATION);
        final Payment voided = new Payment();
        final Payment reduced = new Payment();
        final Payment reversed = new Payment();
        assertEquals(SwitchFixture.APPROVED, ask(held));
        assertEquals("APPROVED 0 amount 1000", ask(Payment.following(held, COMPLETION, 1000)));
        assertEquals(SwitchFixture.APPROVED, ask(voided));
        assertEquals(SwitchFixture.APPROVED, ask(Payment.following(voided, VOID, 1234)));
        assertEquals(SwitchFixture.APPROVED, ask(reduced));
        assertEquals(SwitchFixture.APPROVED, ask(reversed));
        assertEquals(SwitchFixture.APPROVED, ask(new Payment().type(REFUND)));
        assertEquals(
                "APPROVED 0 amount 0", ask(new Payment().type(BALANCE_INQUIRY).amountMinor(0)));
        final Payment fact = new Payment().advice();
        assertEquals(SwitchFixture.APPROVED, ask(fact));
        assertTrue(acquirer.ask(reduced.reversal(1000)).startsWith("Reversal 0 "));
        assertTrue(acquirer.ask(reversed.reversal(0)).startsWith("Reversal 0 "));
        SwitchFixture.await(() -> status(reduced).equals("APPROVED 1000"), "a part to be reversed");
        SwitchFixture.await(() -> status(reversed).startsWith("REVERSED "), "the whole to be reversed");
        SwitchFixture.await(() -> status(fact).startsWith("APPROVED "), "the advice to be taken");
    }

    private void start(final String dialectOfBank, final BankRule rule) {
        dialect = dialectOfBank;
        final BankConfiguration configuration = BankConfigurationReader.read(
                        YamlDocument.read("banks.yaml", """
                banks:
                  - name: bank
                    listen: 127.0.0.1:0
                    dialect: %s
                    books: %s
                """.formatted(dialect, directory.resolve("books"))))
                .get(0)
                .withRules(List.of(rule));
        final NetLoop netLoop = new NetLoop(SystemEpochNanoClock.INSTANCE);
        bank = BankHost.open(
                configuration, LoopNetwork.acceptor(netLoop, configuration.address(), configuration.connections()));
        runner = new AgentRunner(
                new BackoffIdleStrategy(1, 10, 1_000, 100_000),
                error -> {
                    throw new AssertionError(error);
                },
                null,
                new SimulatorAgent("bank", netLoop, SystemEpochNanoClock.INSTANCE, List.of(bank)));
        AgentRunner.startOnThread(runner);
        fixture = new SwitchFixture(directory.resolve("data"), 4096)
                .with(this::configuration)
                .start();
        acquirer = fixture.logOn();
    }

    private String ask(final Payment payment) {
        return acquirer.ask(payment.request());
    }

    private String status(final Payment payment) {
        acquirer.send(payment.statusRequest());
        final PaymentStatusResponseDecoder status = new PaymentStatusResponseDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(acquirer.nextFrame()), 0, new MessageHeaderDecoder());
        return status.state() + " " + status.settledMinor();
    }

    private void await(final BankCounter counter, final long count) {
        SwitchFixture.await(() -> bank.results().count(counter) >= count, counter + " to be " + count);
    }

    private void operator(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of("--address", "127.0.0.1:" + fixture.node().adminPort().orElseThrow(), "--operator", "1"));
        all.addAll(List.of("--credential", "file:" + directory.resolve("operator"), "--reason", "end of day"));
        final StringWriter text = new StringWriter();
        final int exitCode = Turnout.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(all.toArray(String[]::new));
        assertEquals(0, exitCode, text::toString);
    }

    /** Messages have no year: a business date lies within half a year of the clock. */
    private static String date(final int daysFromNow) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(daysFromNow).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private String configuration(final String usual) {
        return usual.replace("statusInquiriesPerSecond: 20", "statusInquiriesPerSecond: 100000")
                        .replace("dialect: " + FakeBank.DIALECT, "dialect: " + dialect)
                        .replaceFirst(
                                "links: .*",
                                "links: [{id: 1, port: " + bank.port() + "}]\n"
                                        + "    reconciliation: send\n    forwardingInstitution: 70000001\n"
                                        + "    receivingInstitution: 80000002")
                + """
                ledger: {accounts: 100}
                adminEdge: {port: 0}
                operators:
                  - {id: 1, credential: 'file:%s', rights: [propose, approve]}
                """.formatted(directory.resolve("operator"));
    }
}

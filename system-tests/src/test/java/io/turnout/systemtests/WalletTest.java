package io.turnout.systemtests;

import static io.turnout.codecs.sbe.acquirer.TransactionType.BALANCE_INQUIRY;
import static io.turnout.codecs.sbe.acquirer.TransactionType.REFUND;
import static io.turnout.codecs.sbe.acquirer.TransactionType.TOP_UP;
import static io.turnout.codecs.sbe.acquirer.TransactionType.TRANSFER;
import static io.turnout.codecs.sbe.acquirer.TransactionType.WITHDRAWAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.acquirer.MessageHeaderDecoder;
import io.turnout.codecs.sbe.acquirer.PaymentResponseDecoder;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.launcher.Turnout;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.Journals;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wallets that operators open at the command line, and what acquirers do with them over sockets. */
final class WalletTest {
    private static final String ALICE_CARD = "6200000000000005";
    private static final String BOB_CARD = "6200000000000013";
    private static final long ALICE = 11;
    private static final long BOB = 12;

    @TempDir
    private Path directory;

    private final InputStream standardInput = System.in;
    private SwitchFixture fixture;
    private AcquirerConnection acquirer;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("operator"), "secret of the only operator");
        fixture = new SwitchFixture(directory.resolve("data"), 4096)
                .with(this::configuration)
                .start();
        acquirer = fixture.logOn();
    }

    @AfterEach
    void stop() {
        System.setIn(standardInput);
        acquirer.close();
        fixture.close();
    }

    @Test
    void shouldFillAWalletFromABankCardAndPayTransferAndRefundWithIt() {
        open();
        assertEquals(
                "APPROVED 0 amount 10000",
                ask(new Payment().type(TOP_UP).amountMinor(100_00).to(ALICE)));
        final Payment paid = alice().amountMinor(30_00);
        assertEquals("APPROVED 0 amount 3000", ask(paid));
        assertEquals(
                "APPROVED 0 amount 2500",
                ask(alice().type(TRANSFER).amountMinor(25_00).to(BOB)));
        assertEquals("DECLINED 1016 amount 0", ask(alice().amountMinor(45_01)));
        assertEquals("APPROVED 0 amount 1000", ask(Payment.following(paid, REFUND, 10_00)));

        assertEquals(55_00, balance(alice()));
        assertEquals(25_00, balance(bob()));
        assertEquals(1, fixture.bank().messages().size(), "only the top-up concerns a bank");
    }

    @Test
    void shouldFillAWalletByAnOperatorsTransferAndPayItOutToABankCard() {
        open();
        operator("", "transfer", "post settlement:CNY 11 100.00 CNY");
        assertEquals(100_00, balance(alice()));

        assertEquals(
                "APPROVED 0 amount 6000",
                ask(new Payment().type(WITHDRAWAL).amountMinor(60_00).from(ALICE)));
        assertEquals(
                "DECLINED 1016 amount 0",
                ask(new Payment().type(WITHDRAWAL).amountMinor(40_01).from(ALICE)));

        assertEquals(40_00, balance(alice()));
        assertEquals("260000", fixture.bank().messages().get(0).field(3));
        assertEquals(1, fixture.bank().messages().size(), "what the wallet does not hold concerns no bank");
    }

    @Test
    void shouldMoveAChainOfTransfersOnceHoweverOftenItIsSent() throws Exception {
        open();
        operator("", "transfer", "post settlement:CNY 11 100.00 CNY");
        final Path chain = directory.resolve("chain.txt");
        Files.writeString(chain, """
                # the first of the month
                reserve 7 11 12 30.00 CNY for 1h

                post 11 12 minor:500 CNY
                """);
        final String first = transfer(0, "--file", chain.toString());
        assertTrue(
                first.contains("leg        reserve 30.00 CNY from account 11 to account 12 as reservation 7"), first);
        assertEquals(65_00, balance(alice()));
        final String operation = Pattern.compile("operation  (\\S+)")
                .matcher(first)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertTrue(transfer(0, "--id", operation, "--file", chain.toString()).contains("result     done"));
        assertEquals(65_00, balance(alice()));
        assertTrue(transfer(1, "--id", operation, "post 11 12 0.01 CNY").contains("refused    conflict"));

        transfer(0, "post-pending 7 minor:1000");
        assertEquals(85_00, balance(alice()));
        assertEquals(15_00, balance(bob()));
        assertTrue(
                transfer(1, "post 11 12 1.00 CNY", "post 12 11 99.00 CNY").contains("problem    insufficient funds"));
        assertEquals(85_00, balance(alice()));
    }

    @Test
    void shouldSayWhatIsWrongWithEachLegBeforeAnythingIsSent() throws Exception {
        final Path chain = directory.resolve("chain.txt");
        Files.writeString(chain, "post 11 12 25 CNY\npost 11 bob 1.00 CNY\n");

        final String refused = transfer(2, "--file", chain.toString());

        assertTrue(refused.contains(chain + ":1: '25' does not have the 2 decimals of CNY"), refused);
        assertTrue(refused.contains(chain + ":2: 'bob' is no account"), refused);
        assertTrue(transfer(2).contains("a chain has 1 to 8 legs, and not 0"));
        assertTrue(transfer(2, "--file", chain.toString(), "void-pending 7").contains("not in both"));
        assertTrue(transfer(2, "--file", directory.resolve("none").toString()).contains("cannot be read"));
    }

    @Test
    void shouldShowBalancesHoldsAndLimitsBesideTheRunningSwitch() {
        open();
        operator("", "transfer", "post settlement:CNY 11 100.00 CNY", "reserve 7 11 12 30.00 CNY");

        final String all = show(0);
        assertTrue(all.matches("(?s).*11 +wallet +open +100.00 CNY +30.00 +0.00 +0.00 +9999999999.99.*"), all);
        assertTrue(all.contains("reservation 7 holds 30.00 CNY from 11 to 12, without end"), all);
        assertTrue(all.contains("sum of all CNY accounts: 0.00"), all);
        final String one = show(0, "--json", "settlement:CNY");
        assertTrue(one.contains("\"account\":\"settlement:CNY\"") && one.contains("\"balanceMinor\":-10000"), one);
        assertTrue(show(1, "999").contains("there is no account 999"));
    }

    @Test
    void shouldKeepTheMoneyOverARestart() {
        open();
        final Payment topUp = new Payment().type(TOP_UP).amountMinor(100_00).to(ALICE);
        assertEquals("APPROVED 0 amount 10000", ask(topUp));
        acquirer.close();
        fixture.stop();
        final boolean clean = Journals.verify(
                        fixture.directory(), Capacities.of(fixture.settings()), false, RecoveryProgress.NONE)
                .isClean();
        assertTrue(clean, "the journals are in order");

        fixture.start();
        acquirer = fixture.logOn();
        assertEquals("APPROVED 0 amount 10000", ask(topUp), "a repeat is answered from memory");
        assertEquals(100_00, balance(alice()));
    }

    @Test
    void shouldNotPayBeyondTheNetDebitCapOfTheBank() {
        open();
        assertEquals(
                "APPROVED 0 amount 100000",
                ask(new Payment().type(TOP_UP).amountMinor(1_000_00).to(ALICE)));
        assertEquals(
                "DECLINED 9107 amount 0",
                ask(new Payment().type(TOP_UP).amountMinor(1).to(ALICE)));
        assertEquals(1_000_00, balance(alice()));
    }

    private static Payment alice() {
        return new Payment().pan(ALICE_CARD);
    }

    private static Payment bob() {
        return new Payment().pan(BOB_CARD);
    }

    private String ask(final Payment payment) {
        return acquirer.ask(payment.request());
    }

    private long balance(final Payment payment) {
        acquirer.send(payment.type(BALANCE_INQUIRY).amountMinor(0).request());
        return new PaymentResponseDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(acquirer.nextFrame()), 0, new MessageHeaderDecoder())
                .balanceMinor();
    }

    /** Begins a business day and opens two wallets. */
    private void open() {
        operator("", "cut-over", "20260101");
        operator(ALICE_CARD, "open-account", "--kind", "wallet", "--currency", "CNY", Long.toString(ALICE));
        operator(BOB_CARD, "open-account", "--kind", "wallet", "--currency", "CNY", Long.toString(BOB));
    }

    private String transfer(final int exitCode, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("transfer"));
        all.addAll(List.of(arguments));
        return operator(exitCode, "", all.toArray(String[]::new));
    }

    private void operator(final String input, final String... arguments) {
        operator(0, input, arguments);
    }

    private String show(final int exitCode, final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("ledger", "show", "--payments", "4096", "--data"));
        all.add(fixture.directory().root().toString());
        all.addAll(List.of(arguments));
        return run(exitCode, all);
    }

    private String operator(final int exitCode, final String input, final String... arguments) {
        System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.US_ASCII)));
        final List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of("--address", "127.0.0.1:" + fixture.node().adminPort().orElseThrow(), "--operator", "1"));
        all.addAll(List.of("--credential", "file:" + directory.resolve("operator"), "--reason", "as agreed"));
        return run(exitCode, all);
    }

    private static String run(final int expectedExitCode, final List<String> all) {
        final StringWriter text = new StringWriter();
        final int exitCode = Turnout.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(all.toArray(String[]::new));
        assertEquals(expectedExitCode, exitCode, text::toString);
        return text.toString();
    }

    private String configuration(final String usual) {
        final String types = SwitchFixture.TRANSACTIONS;
        return usual.replace(types, types + ", transfer, top-up, withdrawal")
                        .replace("responseTimeout: 2s", "responseTimeout: 2s\n    participant: 2")
                        .replace("answerTimeout: 5s", "answerTimeout: 5s\n    participant: 1")
                + """
                  - id: 2
                    onUs: true
                    bins: ['620000']
                    transactions: [%s, transfer]
                ledger: {accounts: 100}
                participants:
                  - {id: 1, netDebitCapsMinor: {CNY: 100000}}
                  - {id: 2, netDebitCapsMinor: {CNY: 100000}}
                adminEdge: {port: 0}
                operators:
                  - {id: 1, credential: 'file:%s', rights: [propose, approve]}
                """.formatted(types, directory.resolve("operator"));
    }
}

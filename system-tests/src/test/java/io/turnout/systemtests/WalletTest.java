package io.turnout.systemtests;

import static io.turnout.codecs.sbe.acquirer.TransactionType.BALANCE_INQUIRY;
import static io.turnout.codecs.sbe.acquirer.TransactionType.REFUND;
import static io.turnout.codecs.sbe.acquirer.TransactionType.TOP_UP;
import static io.turnout.codecs.sbe.acquirer.TransactionType.TRANSFER;
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

    private void operator(final String input, final String... arguments) {
        System.setIn(new ByteArrayInputStream((input + "\n").getBytes(StandardCharsets.US_ASCII)));
        final List<String> all = new ArrayList<>(List.of("admin"));
        all.addAll(List.of(arguments));
        all.addAll(
                List.of("--address", "127.0.0.1:" + fixture.node().adminPort().orElseThrow(), "--operator", "1"));
        all.addAll(List.of("--credential", "file:" + directory.resolve("operator"), "--reason", "as agreed"));
        final StringWriter text = new StringWriter();
        final int exitCode = Turnout.commandLine()
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(all.toArray(String[]::new));
        assertEquals(0, exitCode, text::toString);
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

package io.turnout.simulators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.simulators.oracle.Reconciliation.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the oracle finds about wallets: 1000 in each of two in the beginning, and one payment of every kind. */
final class WalletReconciliationTest {
    private static final long OPENING = 1000;
    private static final long FIRST = 600;
    private static final long SECOND = 1310;

    @TempDir
    private Path folder;

    private Path acquirerLog;
    private Path books;
    private Reconciliation oracle;

    @BeforeEach
    void honestWorld() {
        acquirerLog = folder.resolve("acquirer.jsonl");
        books = folder.resolve("bank.jsonl");
        oracle = new Reconciliation(1_000, 115, 2).addAcquirerLog(acquirerLog).addBankBooks(books);

        answered(1, 100, "TRANSFER", ",\"onUs\":\"TRUE\",\"fromAccount\":1,\"toAccount\":2", "APPROVED");
        answered(2, 200, "TOP_UP", ",\"toAccount\":2", "APPROVED");
        bank("debit", 2, 200);
        answered(3, 300, "WITHDRAWAL", ",\"fromAccount\":1", "APPROVED");
        bank("credit", 3, 300);
        answered(4, 50, "PURCHASE", ",\"onUs\":\"TRUE\",\"fromAccount\":1", "APPROVED");
        answered(5, 50, "VOID", ",\"onUs\":\"TRUE\",\"toAccount\":1,\"originalRrn\":\"" + rrn(4) + "\"", "APPROVED");
        // Of a reversed top-up nothing stands, of another a part; what is declined or unknown moves nothing.
        answered(6, 70, "TOP_UP", ",\"toAccount\":1", "APPROVED");
        bank("debit", 6, 70);
        reversed(6, 0);
        bank("reversal", 6, 70);
        answered(7, 80, "TOP_UP", ",\"toAccount\":2", "APPROVED");
        bank("debit", 7, 80);
        reversed(7, 10);
        bank("reduction", 7, 10);
        answered(8, 90, "WITHDRAWAL", ",\"fromAccount\":1", "UNKNOWN");
        answered(9, 90, "TRANSFER", ",\"onUs\":\"TRUE\",\"fromAccount\":1,\"toAccount\":2", "DECLINED");
        answered(10, 100, "TRANSFER", ",\"onUs\":\"TRUE\",\"fromAccount\":1,\"toAccount\":2", "APPROVED");
        reversed(10, 0);
    }

    @Test
    void shouldFindNothingInAnHonestWorld() {
        wallets(FIRST, SECOND);

        assertFails();
        assertEquals(2, oracle.check(Mode.SETTLED).result(Check.WALLETS_AGREE).checkedCount());
        assertEquals(0, oracle.pendingCount());
    }

    @Test
    void shouldNameAWalletThatHoldsAnotherAmount() {
        wallets(FIRST, SECOND + 1);

        assertFails(Check.WALLETS_AGREE);
        assertEquals(
                List.of("account=2 holds balanceMinor=1311 expectedMinor=1310"),
                oracle.check(Mode.SETTLED).result(Check.WALLETS_AGREE).examples());
    }

    @Test
    void shouldNotJudgeAWalletWhoseReversalHasNoAnswer() {
        event("reversal-sent", 1, ",\"createdAtNs\":1,\"replacementMinor\":0");
        wallets(0, 0);

        assertFails();
        assertEquals(0, oracle.check(Mode.SETTLED).result(Check.WALLETS_AGREE).checkedCount());
    }

    @Test
    void shouldNameAPaymentBetweenWalletsThatReachedABank() {
        bank("debit", 1, 100);
        wallets(FIRST, SECOND);

        final ReconciliationReport report = oracle.check(Mode.SETTLED);

        assertEquals(1, report.result(Check.ON_US_ASKS_NO_BANK).violationCount());
    }

    private void wallets(final long first, final long second) {
        oracle.addWallet(new WalletBalance(1, OPENING, first)).addWallet(new WalletBalance(2, OPENING, second));
    }

    private void assertFails(final Check... expected) {
        final ReconciliationReport report = oracle.check(Mode.SETTLED);
        assertEquals(
                List.of(expected),
                report.results().stream()
                        .filter(result -> !result.isPassed())
                        .map(CheckResult::check)
                        .collect(Collectors.toList()),
                report.results().toString());
    }

    private void answered(
            final int number, final long amountMinor, final String type, final String wallets, final String outcome) {
        event(
                "sent",
                number,
                ",\"amountMinor\":" + amountMinor + ",\"currency\":156,\"type\":\"" + type + "\"" + wallets);
        event(
                "answered",
                number,
                ",\"outcome\":\"" + outcome + "\",\"amountMinor\":" + (outcome.equals("APPROVED") ? amountMinor : 0)
                        + ",\"currency\":156");
    }

    private void reversed(final int number, final long replacementMinor) {
        event("reversal-sent", number, ",\"createdAtNs\":1,\"replacementMinor\":" + replacementMinor);
        event("reversal-answered", number, ",\"resultCode\":0,\"state\":2");
    }

    private void event(final String event, final int number, final String rest) {
        append(acquirerLog, "{\"event\":\"" + event + "\",\"rrn\":\"" + rrn(number) + "\"" + rest + "}");
    }

    private void bank(final String action, final int number, final long amountMinor) {
        append(
                books,
                "{\"action\":\"" + action + "\",\"rrn\":\"" + rrn(number) + "\",\"stan\":1,\"de7\":1,\"de32\":1,"
                        + "\"amountMinor\":" + amountMinor + ",\"currency\":156,\"last4\":\"1111\"}");
    }

    private static String rrn(final int number) {
        return String.format("W%011d", number);
    }

    private static void append(final Path file, final String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}

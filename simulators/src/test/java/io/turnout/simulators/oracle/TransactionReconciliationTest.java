package io.turnout.simulators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.simulators.oracle.Reconciliation.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the oracle finds about transactions other than a plain purchase. */
final class TransactionReconciliationTest {

    private static final int CNY = 156;

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

        // A hold and its completion, a voided purchase, a purchase with a refund, one reversed in part, an advice.
        approved(1, 1000, "PRE_AUTHORISATION", 0);
        bank("hold", 1, 1000);
        approved(2, 1150, "COMPLETION", 1);
        bank("completion", 2, 1150);
        approved(3, 300, "PURCHASE", 0);
        bank("debit", 3, 300);
        approved(4, 300, "VOID", 3);
        bank("void", 4, 300);
        approved(5, 500, "PURCHASE", 0);
        bank("debit", 5, 500);
        approved(6, 200, "REFUND", 5);
        bank("credit", 6, 200);
        approved(7, 700, "CASH_WITHDRAWAL", 0);
        bank("debit", 7, 700);
        reversedInPart(7, 400, 0);
        bank("reduction", 7, 400);
        sent(8, 800, ",\"advice\":\"TRUE\"");
        answered(8, 800);
        bank("debit", 8, 800);
        bank("advice-repeat", 8, 800);
        approved(9, 0, "BALANCE_INQUIRY", 0);
        bank("inquiry", 9, 0);
        approved(10, 900, "WITHDRAWAL", 0);
        bank("credit", 10, 900);
    }

    @Test
    void shouldAddUpTheMoneyOfEveryTransaction() {
        assertFails(Mode.SETTLED);
        assertFails(Mode.RUNNING);
        final long net = 1150 + 300 - 300 + 500 - 200 + 400 + 800 - 900;
        assertEquals(
                List.of(new CurrencyTotal(CNY, net, net)),
                oracle.check(Mode.SETTLED).totals());
        assertEquals(0, oracle.pendingCount());
    }

    @Test
    void shouldWaitForAnAdviceAndThenMissIt() {
        sent(20, 100, ",\"advice\":\"TRUE\"");
        answered(20, 100);
        assertFails(Mode.RUNNING);
        assertEquals(1, oracle.pendingCount());
        assertFails(Mode.SETTLED, Check.APPROVED_STANDS, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindAnAdviceThatTookEffectTwice() {
        bank("debit", 8, 800);
        assertFails(Mode.RUNNING, Check.POSTED_ONCE);
    }

    @Test
    void shouldFindATransactionOfAnotherKind() {
        approved(20, 100, "REFUND", 0);
        bank("debit", 20, 100);
        assertFails(Mode.SETTLED, Check.AMOUNTS_AGREE, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindACompletionBeyondTheFactor() {
        approved(20, 1000, "PRE_AUTHORISATION", 0);
        bank("hold", 20, 1000);
        approved(21, 1151, "COMPLETION", 20);
        bank("completion", 21, 1151);
        assertFails(Mode.SETTLED, Check.COLLECTED_WITHIN_HOLD);
    }

    @Test
    void shouldFindAHoldCollectedTwiceOrCollectedAndVoided() {
        approved(20, 10, "COMPLETION", 1);
        bank("completion", 20, 10);
        assertFails(Mode.SETTLED, Check.COLLECTED_WITHIN_HOLD);
        bank("reversal", 20, 10);
        event("reversal-sent", 20, "");
        event("reversal-answered", 20, ",\"resultCode\":0,\"state\":4");
        assertFails(Mode.SETTLED);
        approved(21, 1000, "VOID", 1);
        bank("void", 21, 1000);
        assertFails(Mode.SETTLED, Check.COLLECTED_WITHIN_HOLD);
    }

    @Test
    void shouldFindMoreRefundedThanWasPaid() {
        approved(20, 300, "REFUND", 5);
        bank("credit", 20, 300);
        assertFails(Mode.SETTLED);
        approved(21, 1, "REFUND", 5);
        bank("credit", 21, 1);
        assertFails(Mode.SETTLED, Check.RETURNED_WITHIN_PAID);
    }

    @Test
    void shouldFindAPartialReversalThatDidNotReachTheBank() {
        approved(20, 100, "PURCHASE", 0);
        bank("debit", 20, 100);
        reversedInPart(20, 30, 0);
        assertFails(Mode.RUNNING);
        assertEquals(1, oracle.pendingCount());
        assertFails(Mode.SETTLED, Check.PARTS_AGREE, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindAPartialReversalThatTheSwitchRefusedAndTheBankMade() {
        approved(20, 100, "PURCHASE", 0);
        bank("debit", 20, 100);
        reversedInPart(20, 30, 4005);
        bank("reduction", 20, 30);
        assertFails(Mode.SETTLED, Check.PARTS_AGREE, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindAStatusThatContradictsTheAnswer() {
        event("status-differs", 3, ",\"resultCode\":1016,\"state\":3");
        assertFails(Mode.RUNNING, Check.STATUS_AGREES);
    }

    @Test
    void shouldFindAHoldThatOutlivesItsReversal() {
        approved(20, 100, "PRE_AUTHORISATION", 0);
        bank("hold", 20, 100);
        event("reversal-sent", 20, "");
        event("reversal-answered", 20, ",\"resultCode\":0,\"state\":4");
        assertEquals(1, oracle.pendingCount());
        assertFails(Mode.SETTLED, Check.OTHERS_NET_TO_ZERO);
    }

    private void assertFails(final Mode mode, final Check... expected) {
        final ReconciliationReport report = oracle.check(mode);
        final Set<Check> failed = report.results().stream()
                .filter(result -> !result.isPassed())
                .map(CheckResult::check)
                .collect(Collectors.toSet());
        final Set<Check> wanted = EnumSet.noneOf(Check.class);
        wanted.addAll(Arrays.asList(expected));
        assertEquals(wanted, failed, report.results().toString());
    }

    private void approved(final int number, final long amountMinor, final String type, final int original) {
        final String link = original == 0 ? "" : ",\"originalRrn\":\"" + rrn(original) + "\",\"originalCreatedAtNs\":1";
        sent(number, amountMinor, ",\"type\":\"" + type + "\"" + link);
        answered(number, amountMinor);
    }

    private void sent(final int number, final long amountMinor, final String rest) {
        event("sent", number, ",\"amountMinor\":" + amountMinor + ",\"currency\":" + CNY + rest);
    }

    private void answered(final int number, final long amountMinor) {
        event("answered", number, ",\"outcome\":\"APPROVED\",\"amountMinor\":" + amountMinor + ",\"currency\":" + CNY);
    }

    private void reversedInPart(final int number, final long replacementMinor, final int resultCode) {
        event("reversal-sent", number, ",\"createdAtNs\":1,\"replacementMinor\":" + replacementMinor);
        event("reversal-answered", number, ",\"resultCode\":" + resultCode + ",\"state\":2");
    }

    private void event(final String event, final int number, final String rest) {
        append(acquirerLog, "{\"event\":\"" + event + "\",\"rrn\":\"" + rrn(number) + "\"" + rest + "}");
    }

    private void bank(final String action, final int number, final long amountMinor) {
        append(
                books,
                "{\"action\":\"" + action + "\",\"rrn\":\"" + rrn(number) + "\",\"stan\":1,\"de7\":1,\"de32\":1,"
                        + "\"amountMinor\":" + amountMinor + ",\"currency\":" + CNY + ",\"last4\":\"1111\"}");
    }

    private static String rrn(final int number) {
        return String.format("R%011d", number);
    }

    private static void append(final Path file, final String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}

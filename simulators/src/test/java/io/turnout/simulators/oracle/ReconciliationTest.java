package io.turnout.simulators.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.simulators.lines.LineFormatException;
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

final class ReconciliationTest {

    @TempDir
    private Path folder;

    private Path acquirerLog;
    private Path bankA;
    private Path bankB;
    private Reconciliation oracle;

    @BeforeEach
    void settledWorld() {
        acquirerLog = folder.resolve("acquirer.jsonl");
        bankA = folder.resolve("a.jsonl");
        bankB = folder.resolve("b.jsonl");
        oracle = new Reconciliation(1_000, 115, 2)
                .addAcquirerLog(acquirerLog)
                .addBankBooks(bankA)
                .addBankBooks(bankB);

        // One payment of every honest kind.
        acquirer("{\"event\":\"run\",\"run\":1,\"acquirerId\":1,\"atNs\":1}");
        sent(1, 100, 156);
        answered(1, "APPROVED", 100, 156);
        bank(bankA, "debit", 1, 100, 156);
        sent(2, 200, 156);
        answered(2, "DECLINED", 0, 156);
        bank(bankA, "decline", 2, 200, 156);
        sent(3, 300, 156);
        answered(3, "UNKNOWN", 0, 156);
        bank(bankB, "debit", 3, 300, 156);
        bank(bankB, "reversal", 3, 300, 156);
        sent(4, 400, 840);
        answered(4, "APPROVED", 400, 840);
        bank(bankB, "debit", 4, 400, 840);
        event("reversal-sent", 4, "");
        event("reversal-answered", 4, ",\"resultCode\":0,\"state\":4");
        bank(bankB, "reversal", 4, 400, 840);
        sent(5, 500, 156);
        event("rejected", 5, ",\"reason\":\"INVALID_FIELD\"");
        sent(6, 600, 156);
        answered(6, "UNKNOWN", 0, 156);
        bank(bankA, "reversal-unknown", 6, 600, 156);
        bank(bankA, "late-original", 6, 600, 156);
        sent(7, 700, 840);
        event("given-up", 7, ",\"attempts\":9");
        answered(7, "APPROVED", 700, 840);
        bank(bankA, "debit", 7, 700, 840);
    }

    @Test
    void shouldFindNothingWrongInAnHonestWorld() {
        final ReconciliationReport report = oracle.check(Mode.SETTLED);
        assertTrue(report.isPassed(), report.results().toString());
        assertEquals(7, report.requestCount());
        assertEquals(2, report.approvedCount());
        assertEquals(1, report.declinedCount());
        assertEquals(2, report.unknownCount());
        assertEquals(1, report.rejectedCount());
        assertEquals(1, report.reversedCount());
        assertEquals(0, report.unansweredCount());
        assertEquals(0, report.pendingCount());
        assertEquals(List.of(new CurrencyTotal(156, 100, 100), new CurrencyTotal(840, 700, 700)), report.totals());
        assertEquals(Check.values().length, report.results().size());
        assertEquals(7, report.result(Check.ONE_FINAL_OUTCOME).checkedCount());
        assertTrue(oracle.check(Mode.RUNNING).isPassed());
    }

    @Test
    void shouldFindALostApproval() {
        sent(10, 100, 156);
        answered(10, "APPROVED", 100, 156);
        assertFails(Mode.SETTLED, Check.APPROVED_STANDS, Check.TOTALS_AGREE);
        assertFails(Mode.RUNNING, Check.APPROVED_STANDS);
    }

    @Test
    void shouldFindAnApprovalWhoseDebitWasReversed() {
        bank(bankA, "reversal", 1, 100, 156);
        assertFails(Mode.SETTLED, Check.APPROVED_STANDS, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindADoubleDebitAtOneBankAndAtTwo() {
        bank(bankA, "debit", 1, 100, 156);
        assertFails(Mode.RUNNING, Check.POSTED_ONCE);
        bank(bankA, "reversal", 1, 100, 156);
        assertFails(Mode.RUNNING);
        bank(bankB, "debit", 1, 100, 156);
        assertFails(Mode.SETTLED, Check.POSTED_ONCE, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindAnUnreversedUnknown() {
        sent(10, 100, 156);
        answered(10, "UNKNOWN", 0, 156);
        bank(bankA, "debit", 10, 100, 156);
        assertEquals(1, oracle.pendingCount());
        assertFails(Mode.RUNNING);
        assertFails(Mode.SETTLED, Check.OTHERS_NET_TO_ZERO, Check.TOTALS_AGREE);
        bank(bankA, "reversal", 10, 100, 156);
        assertEquals(0, oracle.pendingCount());
        assertFails(Mode.SETTLED);
    }

    @Test
    void shouldFindADebitOfADeclinedOrRefusedPayment() {
        bank(bankA, "debit", 2, 200, 156);
        bank(bankA, "debit", 5, 500, 156);
        final ReconciliationReport report = assertFails(Mode.SETTLED, Check.OTHERS_NET_TO_ZERO, Check.TOTALS_AGREE);
        assertEquals(2, report.result(Check.OTHERS_NET_TO_ZERO).violationCount());
        assertEquals(2, report.pendingCount());
    }

    @Test
    void shouldFindAnAcquirersReversalThatNeverReachedTheBank() {
        event("reversal-sent", 1, "");
        event("reversal-answered", 1, ",\"resultCode\":0,\"state\":4");
        assertFails(Mode.SETTLED, Check.OTHERS_NET_TO_ZERO, Check.TOTALS_AGREE);
        assertEquals(1, oracle.pendingCount());
    }

    @Test
    void shouldLetAPaymentStandWhoseReversalWasRefused() {
        event("reversal-sent", 1, "");
        event("reversal-answered", 1, ",\"resultCode\":9114,\"state\":0");
        assertFails(Mode.SETTLED);
        bank(bankA, "reversal", 1, 100, 156);
        assertFails(Mode.SETTLED, Check.APPROVED_STANDS, Check.TOTALS_AGREE);
    }

    @Test
    void shouldTakeEitherEndOfAReversalWithoutAnAnswer() {
        event("reversal-sent", 1, "");
        event("reversal-given-up", 1, "");
        assertFails(Mode.SETTLED);
        bank(bankA, "reversal", 1, 100, 156);
        assertFails(Mode.SETTLED);
    }

    @Test
    void shouldFindAnUnansweredRequest() {
        sent(10, 100, 156);
        assertFails(Mode.RUNNING);
        event("given-up", 10, ",\"attempts\":9");
        bank(bankA, "debit", 10, 100, 156);
        final ReconciliationReport report = assertFails(Mode.SETTLED, Check.ONE_FINAL_OUTCOME);
        assertEquals(1, report.unansweredCount());
        assertEquals(0, report.pendingCount());
    }

    @Test
    void shouldFindTwoFinalOutcomes() {
        answered(1, "DECLINED", 0, 156);
        assertFails(Mode.RUNNING, Check.ONE_FINAL_OUTCOME);
    }

    @Test
    void shouldFindAReferenceUsedTwice() {
        sent(1, 100, 156);
        assertFails(Mode.SETTLED, Check.ONE_FINAL_OUTCOME);
    }

    @Test
    void shouldFindAnotherAmountOrCurrencyAtTheBank() {
        sent(10, 100, 156);
        answered(10, "APPROVED", 100, 156);
        bank(bankA, "debit", 10, 101, 156);
        assertFails(Mode.SETTLED, Check.AMOUNTS_AGREE, Check.TOTALS_AGREE);
        sent(11, 100, 156);
        answered(11, "APPROVED", 100, 156);
        bank(bankA, "debit", 11, 100, 840);
        final ReconciliationReport report = assertFails(Mode.SETTLED, Check.AMOUNTS_AGREE, Check.TOTALS_AGREE);
        assertEquals(2, report.result(Check.AMOUNTS_AGREE).violationCount());
    }

    @Test
    void shouldFindAnotherAmountInTheAnswer() {
        sent(10, 100, 156);
        answered(10, "APPROVED", 99, 156);
        bank(bankA, "debit", 10, 100, 156);
        assertFails(Mode.SETTLED, Check.AMOUNTS_AGREE);
    }

    @Test
    void shouldFindAReversalOfAnotherAmount() {
        sent(10, 100, 156);
        answered(10, "UNKNOWN", 0, 156);
        bank(bankA, "debit", 10, 100, 156);
        bank(bankA, "reversal", 10, 60, 156);
        assertFails(Mode.SETTLED, Check.OTHERS_NET_TO_ZERO, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindAnOrphanDebit() {
        bank(bankA, "debit", 10, 100, 156);
        assertFails(Mode.RUNNING);
        assertFails(Mode.SETTLED, Check.NO_ORPHAN, Check.TOTALS_AGREE);
    }

    @Test
    void shouldFindARequestSentToABankTwice() {
        bank(bankA, "duplicate", 1, 100, 156);
        assertFails(Mode.SETTLED, Check.SENT_ONCE);
    }

    @Test
    void shouldFindADifferentAnswerToARepeat() {
        event("answer-differs", 1, "");
        assertFails(Mode.SETTLED, Check.REPEATS_IDENTICAL);
    }

    @Test
    void shouldFindAConflictThatWasNotRefused() {
        event("conflict-answered", 1, "");
        assertFails(Mode.SETTLED, Check.CONFLICTS_REFUSED);
    }

    @Test
    void shouldFindAnApprovalOfAnInvalidRequest() {
        event("sent", 10, ",\"amountMinor\":100,\"currency\":156,\"fault\":\"WRONG_CHECK_DIGIT\"");
        answered(10, "APPROVED", 100, 156);
        bank(bankA, "debit", 10, 100, 156);
        assertFails(Mode.SETTLED, Check.INVALID_NOT_APPROVED);
    }

    @Test
    void shouldDescribeTheFirstExamplesAndCountAll() {
        for (int i = 10; i < 15; i++) {
            sent(i, 100, 156);
            answered(i, "APPROVED", 100, 156);
        }
        final CheckResult result = oracle.check(Mode.SETTLED).result(Check.APPROVED_STANDS);
        assertEquals(5, result.violationCount());
        assertEquals(2, result.examples().size());
        assertTrue(
                result.examples()
                        .get(0)
                        .startsWith("rrn=R00000000010 is approved and does not stand: outcome=APPROVED"
                                + " amountMinor=100 currency=156 debits=0"),
                result.examples().get(0));
    }

    @Test
    void shouldReadOnWhereItStopped() {
        assertTrue(oracle.refresh() > 20);
        assertEquals(0, oracle.refresh());
        sent(10, 100, 156);
        assertEquals(1, oracle.refresh());
    }

    @Test
    void shouldRefuseDamagedFilesAndTooManyPayments() {
        for (int i = 0; i < 1_001; i++) {
            sent(100 + i, 1, 156);
        }
        assertTrue(assertThrows(LineFormatException.class, oracle::refresh)
                .getMessage()
                .contains("more payments than the oracle has room for"));
        append(bankA, "{\"action\":\"gift\",\"rrn\":\"R00000000001\"}");
        final Reconciliation other = new Reconciliation().addBankBooks(bankA);
        assertThrows(LineFormatException.class, other::refresh);
    }

    private ReconciliationReport assertFails(final Mode mode, final Check... expected) {
        final ReconciliationReport report = oracle.check(mode);
        final Set<Check> failed = report.results().stream()
                .filter(result -> !result.isPassed())
                .map(CheckResult::check)
                .collect(Collectors.toSet());
        final Set<Check> wanted = EnumSet.noneOf(Check.class);
        wanted.addAll(Arrays.asList(expected));
        assertEquals(wanted, failed, report.results().toString());
        return report;
    }

    private void sent(final int number, final long amountMinor, final int currency) {
        event("sent", number, ",\"amountMinor\":" + amountMinor + ",\"currency\":" + currency);
    }

    private void answered(final int number, final String outcome, final long amountMinor, final int currency) {
        event(
                "answered",
                number,
                ",\"outcome\":\"" + outcome + "\",\"amountMinor\":" + amountMinor + ",\"currency\":" + currency);
    }

    private void event(final String event, final int number, final String rest) {
        acquirer("{\"event\":\"" + event + "\",\"rrn\":\"" + rrn(number) + "\"" + rest + "}");
    }

    private void acquirer(final String line) {
        append(acquirerLog, line);
    }

    private static void bank(
            final Path books, final String action, final int number, final long amountMinor, final int currency) {
        append(
                books,
                "{\"action\":\"" + action + "\",\"rrn\":\"" + rrn(number) + "\",\"stan\":1,\"de7\":1,\"de32\":1,"
                        + "\"amountMinor\":" + amountMinor + ",\"currency\":" + currency + ",\"last4\":\"1111\"}");
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

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The ledger beside plain books in {@link BigInteger}. */
final class LedgerTest {
    private static final int EURO = TestConfiguration.EURO;
    private static final int YEN = TestConfiguration.YEN;

    private record Hold(int debit, int credit, long amountMinor) {}

    /** One account of the plain books. */
    private static final class Plain {
        private BigInteger debitsPending = BigInteger.ZERO;
        private BigInteger debitsPosted = BigInteger.ZERO;
        private BigInteger creditsPending = BigInteger.ZERO;
        private BigInteger creditsPosted = BigInteger.ZERO;
    }

    private final LedgerTables tables = new LedgerTables(new LedgerCapacity(64, 8, 8, 8, 8));
    private final AccountTable accounts = tables.accounts();
    private final Ledger ledger = tables.ledger();
    private final Map<Integer, Plain> plain = new HashMap<>();
    private final List<Hold> holds = new ArrayList<>();
    private final long seed = Long.getLong("turnout.seed", 1);
    private final Random random = new Random(seed);

    @Test
    void shouldAgreeWithThePlainBooksAndNeverPassALimit(final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        openAccounts();
        final Map<LedgerProblem, Integer> problems = new HashMap<>();

        for (int step = 0; step < 60_000; step++) {
            if (!holds.isEmpty() && random.nextInt(100) < 45) {
                endHold();
            } else {
                problems.merge(request(), 1, Integer::sum);
            }
            ledger.requireBalanced();
            assertWithinLimits();
        }

        plain.forEach(this::assertSame);
        assertNull(ledger.audit());
        for (final LedgerProblem expected : new LedgerProblem[] {
            LedgerProblem.NONE,
            LedgerProblem.INSUFFICIENT_FUNDS,
            LedgerProblem.POSITION_LIMIT_EXCEEDED,
            LedgerProblem.BALANCE_LIMIT_EXCEEDED,
            LedgerProblem.OTHER_CURRENCY,
            LedgerProblem.SAME_ACCOUNT,
            LedgerProblem.ACCOUNT_NOT_USABLE,
            LedgerProblem.INVALID_AMOUNT
        }) {
            assertTrue(problems.getOrDefault(expected, 0) > 20, () -> expected + " in " + problems);
        }
    }

    @Test
    void shouldTakeABookingBackWhole() {
        openAccounts();
        final int debit = accounts.find(2);
        final int credit = accounts.find(3);
        ledger.reserve(debit, credit, 40);
        ledger.post(debit, credit, 40, 30);
        ledger.unpost(debit, credit, 40, 30);

        assertEquals(40, accounts.debitsPendingMinor(debit));
        assertEquals(40, accounts.creditsPendingMinor(credit));
        assertEquals(0, accounts.debitsPostedMinor(debit));
        assertEquals(0, accounts.creditsPostedMinor(credit));
        assertNull(ledger.audit());
    }

    @Test
    void shouldStopWhenMoreIsReleasedThanIsHeld() {
        openAccounts();
        final int debit = accounts.find(2);
        final int credit = accounts.find(3);
        ledger.reserve(debit, credit, 40);

        assertThrows(IllegalStateException.class, () -> ledger.release(debit, credit, 41));
    }

    @Test
    void shouldStopWhenOneSideIsBookedAlone() {
        openAccounts();
        final int debit = accounts.find(2);
        final int credit = accounts.find(21);
        ledger.post(debit, credit, 0, 40);

        final IllegalStateException stopped = assertThrows(IllegalStateException.class, ledger::requireBalanced);
        assertTrue(stopped.getMessage().contains("currency=392"), stopped.getMessage());
        assertEquals("debits are not credits", ledger.audit());
    }

    @Test
    void shouldNoticeATotalThatIsNotTheSumOfItsAccounts() {
        openAccounts();
        final int position = accounts.find(10);
        ledger.post(position, accounts.find(2), 0, 40);
        assertNull(ledger.audit());

        final int total = accounts.total(position);
        accounts.debitsPostedMinor(total, accounts.debitsPostedMinor(total) + 1);

        assertTrue(ledger.audit().startsWith("not the sum of its accounts"));
    }

    @Test
    void shouldRefuseWhatDoesNotFitTheRunningTotals() {
        openAccounts();
        final int debit = accounts.find(1);
        final int credit = accounts.find(10);
        accounts.debitsPostedMinor(debit, Long.MAX_VALUE - 99);

        assertEquals(LedgerProblem.NONE, ledger.checkPost(debit, credit, 99, EURO));
        assertEquals(LedgerProblem.TOTALS_EXHAUSTED, ledger.checkPost(debit, credit, 100, EURO));
    }

    @Test
    void shouldCountPrefundAndAllDatesAgainstTheCap() {
        openAccounts();
        final int total = accounts.find(EngineAccounts.total(7, EURO));
        accounts.limits(total, 100, Ledger.NO_LIMIT);
        final int today = accounts.find(10);
        final int yesterday = accounts.find(11);
        final int world = accounts.find(1);

        ledger.post(yesterday, world, 0, 60);
        ledger.reserve(today, world, 40);

        assertEquals(LedgerProblem.POSITION_LIMIT_EXCEEDED, ledger.checkReserve(today, world, 1, EURO));
        ledger.post(world, accounts.find(12), 0, 25);
        assertEquals(LedgerProblem.NONE, ledger.checkReserve(today, world, 25, EURO));
        assertEquals(LedgerProblem.POSITION_LIMIT_EXCEEDED, ledger.checkReserve(today, world, 26, EURO));
    }

    @Test
    void shouldLetAParticipantSettleFromItsPrefundThoughItsCapIsUsedUp() {
        openAccounts();
        final int total = accounts.find(EngineAccounts.total(7, EURO));
        accounts.limits(total, 0, Ledger.NO_LIMIT);
        ledger.post(accounts.find(1), accounts.find(12), 0, 60);
        ledger.post(accounts.find(10), accounts.find(1), 0, 60);

        assertEquals(LedgerProblem.NONE, ledger.checkPost(accounts.find(12), accounts.find(10), 60, EURO));
        assertEquals(
                LedgerProblem.POSITION_LIMIT_EXCEEDED, ledger.checkPost(accounts.find(12), accounts.find(1), 60, EURO));
    }

    @Test
    void shouldAllocateNothing() {
        openAccounts();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        bookOften();

        final long before = threads.getCurrentThreadAllocatedBytes();
        bookOften();

        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    }

    private void bookOften() {
        for (int i = 0; i < 20_000; i++) {
            final int debit = accounts.find(10);
            final int credit = accounts.find(12);
            if (ledger.checkReserve(debit, credit, 5, EURO) == LedgerProblem.NONE) {
                ledger.reserve(debit, credit, 5);
                ledger.post(debit, credit, 5, 4);
                ledger.post(credit, debit, 0, 4);
            }
            ledger.requireBalanced();
        }
    }

    /**
     * Euro: 1 the world, 2 to 5 wallets, 6 frozen, 10 to 12 positions and prefund of 7; yen: 20 the world, 21 wallet.
     */
    private void openAccounts() {
        open(1, AccountKind.SETTLEMENT, EURO, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        for (int id = 2; id <= 5; id++) {
            open(id, AccountKind.WALLET, EURO, 50L * (id - 2), 5_000);
        }
        open(6, AccountKind.WALLET, EURO, 0, 5_000);
        accounts.status(accounts.find(6), AccountStatus.FROZEN);
        final int total = tables.total(7, EURO, 3_000);
        open(10, AccountKind.POSITION, EURO, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        open(11, AccountKind.POSITION, EURO, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        open(12, AccountKind.PREFUND, EURO, 100, Ledger.NO_LIMIT);
        for (int id = 10; id <= 12; id++) {
            accounts.total(accounts.find(id), total);
        }
        open(20, AccountKind.SETTLEMENT, YEN, Ledger.NO_LIMIT, Ledger.NO_LIMIT);
        open(21, AccountKind.WALLET, YEN, 0, 5_000);
    }

    private void open(
            final long id, final AccountKind kind, final int currency, final long debitLimit, final long maximum) {
        final int number = accounts.open(id, kind, currency, 7);
        accounts.limits(number, debitLimit, maximum);
        plain.put(number, new Plain());
    }

    private LedgerProblem request() {
        final int debit = any();
        final int credit = any();
        final long amountMinor = random.nextInt(40) == 0 ? 0 : 1 + random.nextInt(900);
        final int currency = random.nextInt(12) == 0 ? YEN : EURO;
        final boolean reserves = random.nextBoolean();
        final LedgerProblem problem = reserves
                ? ledger.checkReserve(debit, credit, amountMinor, currency)
                : ledger.checkPost(debit, credit, amountMinor, currency);
        final boolean isLimit = problem == LedgerProblem.INSUFFICIENT_FUNDS
                || problem == LedgerProblem.POSITION_LIMIT_EXCEEDED
                || problem == LedgerProblem.BALANCE_LIMIT_EXCEEDED;
        if (isLimit || problem == LedgerProblem.NONE) {
            assertEquals(isWithinLimits(debit, credit, amountMinor, reserves), !isLimit, problem::toString);
        }
        if (problem == LedgerProblem.NONE && reserves) {
            ledger.reserve(debit, credit, amountMinor);
            holds.add(new Hold(debit, credit, amountMinor));
            pend(debit, credit, amountMinor);
        } else if (problem == LedgerProblem.NONE) {
            ledger.post(debit, credit, 0, amountMinor);
            post(debit, credit, amountMinor);
        }
        return problem;
    }

    private void endHold() {
        final Hold hold = holds.remove(random.nextInt(holds.size()));
        pend(hold.debit(), hold.credit(), -hold.amountMinor());
        if (random.nextBoolean()) {
            final long amountMinor = 1 + random.nextLong(hold.amountMinor());
            ledger.post(hold.debit(), hold.credit(), hold.amountMinor(), amountMinor);
            post(hold.debit(), hold.credit(), amountMinor);
        } else {
            ledger.release(hold.debit(), hold.credit(), hold.amountMinor());
        }
    }

    private void pend(final int debit, final int credit, final long amountMinor) {
        plain.get(debit).debitsPending = plain.get(debit).debitsPending.add(BigInteger.valueOf(amountMinor));
        plain.get(credit).creditsPending = plain.get(credit).creditsPending.add(BigInteger.valueOf(amountMinor));
    }

    private void post(final int debit, final int credit, final long amountMinor) {
        plain.get(debit).debitsPosted = plain.get(debit).debitsPosted.add(BigInteger.valueOf(amountMinor));
        plain.get(credit).creditsPosted = plain.get(credit).creditsPosted.add(BigInteger.valueOf(amountMinor));
    }

    /** Holds never take an account, or the participant as a whole, past its limits. */
    private void assertWithinLimits() {
        final int number = random.nextInt(8) == 0 ? accounts.find(EngineAccounts.total(7, EURO)) : any();
        final long debits = accounts.debitsPostedMinor(number) + accounts.debitsPendingMinor(number);
        final long credits = accounts.creditsPostedMinor(number) + accounts.creditsPendingMinor(number);
        assertTrue(accounts.debitLimitMinor(number) == Ledger.NO_LIMIT
                || debits - accounts.creditsPostedMinor(number) <= accounts.debitLimitMinor(number));
        assertTrue(accounts.maximumBalanceMinor(number) == Ledger.NO_LIMIT
                || credits - accounts.debitsPostedMinor(number) <= accounts.maximumBalanceMinor(number));
    }

    /** The limits as the plain books see them; whatever else may be wrong is the ledger's to say. */
    private boolean isWithinLimits(final int debit, final int credit, final long amountMinor, final boolean reserves) {
        final Plain from = plain.get(debit);
        final Plain to = plain.get(credit);
        final BigInteger amount = BigInteger.valueOf(amountMinor);
        final BigInteger owed =
                from.debitsPosted.add(from.debitsPending).add(amount).subtract(from.creditsPosted);
        final BigInteger balance =
                to.creditsPosted.add(to.creditsPending).add(amount).subtract(to.debitsPosted);
        final boolean isOfParticipant = accounts.total(debit) != AccountTable.NONE;
        final boolean staysWithin = accounts.total(debit) == accounts.total(credit) && !reserves;
        return owed.compareTo(BigInteger.valueOf(accounts.debitLimitMinor(debit))) <= 0
                && balance.compareTo(BigInteger.valueOf(accounts.maximumBalanceMinor(credit))) <= 0
                && (!isOfParticipant
                        || staysWithin
                        || owedByParticipant().add(amount).longValueExact() <= 3_000);
    }

    private BigInteger owedByParticipant() {
        return plain.entrySet().stream()
                .filter(entry -> accounts.total(entry.getKey()) != AccountTable.NONE)
                .map(entry -> entry.getValue()
                        .debitsPosted
                        .add(entry.getValue().debitsPending)
                        .subtract(entry.getValue().creditsPosted))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private void assertSame(final int number, final Plain expected) {
        assertEquals(expected.debitsPending.longValueExact(), accounts.debitsPendingMinor(number));
        assertEquals(expected.debitsPosted.longValueExact(), accounts.debitsPostedMinor(number));
        assertEquals(expected.creditsPending.longValueExact(), accounts.creditsPendingMinor(number));
        assertEquals(expected.creditsPosted.longValueExact(), accounts.creditsPostedMinor(number));
    }

    private int any() {
        final List<Integer> numbers = new ArrayList<>(plain.keySet());
        return numbers.get(random.nextInt(numbers.size()));
    }
}

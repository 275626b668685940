package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the ledger beside plain ones that are certainly right. */
final class LedgerTableTest {
    private static final int EURO = TestConfiguration.EURO;

    private final long seed = Long.getLong("turnout.seed", 1);
    private final Random random = new Random(seed);

    @BeforeEach
    void printSeed(final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 4_096, 4_097, 300_000})
    void shouldGiveOutTheLowestFreeNumberFirst(final int capacity) {
        final NumberPool pool = new NumberPool(capacity);
        final TreeSet<Integer> free = new TreeSet<>();
        for (int number = 1; number <= capacity; number++) {
            free.add(number);
        }
        final List<Integer> used = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) > 0) {
                final int expected = free.isEmpty() ? NumberPool.NONE : free.pollFirst();
                assertEquals(expected, pool.take());
                if (expected != NumberPool.NONE) {
                    used.add(expected);
                }
            } else if (random.nextInt(8) == 0 && !free.isEmpty()) {
                final int number = free.last();
                free.remove(number);
                pool.take(number);
                used.add(number);
            } else if (!used.isEmpty()) {
                final int number = used.remove(random.nextInt(used.size()));
                pool.release(number);
                free.add(number);
            }
            assertEquals(used.size(), pool.count());
        }
        used.forEach(number -> assertFalse(pool.isFree(number)));
        free.forEach(number -> assertTrue(pool.isFree(number)));
    }

    @Test
    void shouldStopWhenANumberIsTakenOrReleasedTwice() {
        final NumberPool pool = new NumberPool(2);
        pool.take(2);

        assertThrows(IllegalStateException.class, () -> pool.take(2));
        assertThrows(IllegalStateException.class, () -> pool.take(3));
        assertThrows(IllegalStateException.class, () -> pool.release(1));
        assertThrows(IllegalStateException.class, () -> pool.release(3));
        assertEquals(1, pool.take());
        assertEquals(NumberPool.NONE, pool.take());
    }

    @Test
    void shouldFindAccountsByIdAndByWhatStandsForThem() {
        final int capacity = 300;
        final AccountTable accounts = new AccountTable(capacity);
        final Map<Long, Integer> byId = new TreeMap<>();
        final Map<String, Integer> byAlias = new HashMap<>();
        for (int step = 0; step < 30_000; step++) {
            final long id = 1L + random.nextInt(2 * capacity);
            final AccountKind kind = random.nextBoolean() ? AccountKind.WALLET : AccountKind.MERCHANT;
            final long alias = 1L + random.nextInt(50);
            final int found = accounts.find(id);
            assertEquals(byId.getOrDefault(id, AccountTable.NONE), found);
            assertEquals(
                    byAlias.getOrDefault(kind + " " + alias, AccountTable.NONE),
                    accounts.findByAlias(kind, alias, -alias));
            if (found != AccountTable.NONE && random.nextInt(3) == 0) {
                accounts.dropAlias(found);
                accounts.remove(found);
                byId.remove(id);
                byAlias.values().remove(found);
            } else if (found == AccountTable.NONE && byId.size() < capacity) {
                final int number = accounts.open(id, kind, EURO, step);
                byId.put(id, number);
                assertEquals(0, accounts.balanceMinor(number));
                assertEquals(step, accounts.owner(number));
                if (accounts.findByAlias(kind, alias, -alias) == AccountTable.NONE) {
                    accounts.alias(number, alias, -alias);
                    byAlias.put(kind + " " + alias, number);
                }
            }
            assertEquals(byId.size(), accounts.count());
        }
    }

    @Test
    void shouldKeepAnAccountInOneCacheLine() {
        assertEquals(64, AccountTable.RECORD_LENGTH);
        assertEquals(0, new AccountTable(3).buffer(1).addressOffset() % 64);
    }

    @Test
    void shouldGiveReservationsUpInTheOrderOfTheirDeadlinesAndIds() {
        record Reservation(long expiresAtNs, long id, boolean ofPayment, int slot) {}
        final int capacity = 60;
        final TransferTable table = new TransferTable(capacity);
        final TreeSet<Reservation> oracle = new TreeSet<>(Comparator.comparing(Reservation::expiresAtNs)
                .thenComparing(Reservation::id)
                .thenComparing(Reservation::ofPayment));
        final Map<String, Reservation> byId = new HashMap<>();
        for (int step = 0; step < 50_000; step++) {
            final long id = 1L + random.nextInt(80);
            final boolean ofPayment = random.nextBoolean();
            final Reservation known = byId.remove(id + " " + ofPayment);
            assertEquals(known == null ? TransferTable.NONE : known.slot(), table.find(id, ofPayment));
            if (known != null) {
                table.remove(known.slot());
                oracle.remove(known);
            } else if (oracle.size() < capacity) {
                final long expiresAtNs = random.nextInt(40);
                final int slot = table.add(id, ofPayment, 1, 2, step + 1, expiresAtNs);
                final Reservation added = new Reservation(expiresAtNs, id, ofPayment, slot);
                byId.put(id + " " + ofPayment, added);
                oracle.add(added);
            }
            assertEquals(oracle.size(), table.count());
            assertEquals(oracle.isEmpty() ? TransferTable.NEVER : oracle.first().expiresAtNs(), table.earliestNs());
            if (!oracle.isEmpty()) {
                assertEquals(oracle.first().slot(), table.earliest());
            }
        }
    }

    @Test
    void shouldRememberSubmissionsUntilTheOldestIsForgotten() {
        final SubmissionTable table = new SubmissionTable(7);
        final Deque<Long> oracle = new ArrayDeque<>();
        long last = 0;
        for (int step = 0; step < 10_000; step++) {
            if (oracle.size() < 7 && random.nextBoolean()) {
                last++;
                oracle.addLast(last);
                table.answer(table.add(last, ~last, 10 * last, last * 3), (int) (last % 9), LedgerProblem.NONE, 0);
            } else if (!oracle.isEmpty()) {
                final long oldest = oracle.removeFirst();
                table.forgetOldest();
                assertEquals(10 * oldest, table.forgottenUntilNs());
                assertEquals(SubmissionTable.NONE, table.find(oldest, ~oldest));
            }
            assertEquals(oracle.size(), table.count());
            for (final long id : oracle) {
                final int slot = table.find(id, ~id);
                assertEquals(id * 3, table.contentHash(slot));
                assertEquals(id % 9, table.legs(slot));
            }
        }
        assertThrows(EngineCapacityException.class, () -> {
            for (long id = 1; id <= 8; id++) {
                table.add(-id, id, 0, 0);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "20260228, true", "20260229, false", "20240229, true", "21000229, false", "20000229, true",
        "20260431, false", "20261231, true", "20261301, false", "20260001, false", "20260100, false",
        "19991231, false", "30000101, false", "0, false", "4294967295, false"
    })
    void shouldKnowTheCalendar(final long date, final boolean isDate) {
        assertEquals(isDate, BusinessDates.isDate(date));
    }
}

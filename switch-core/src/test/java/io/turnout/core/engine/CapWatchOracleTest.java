package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.turnout.codecs.sbe.engine.AccountKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caps, uses and margins at random: what is told is what a plain reading of the rule says, in the order of numbers. */
final class CapWatchOracleTest {
    private static final int STEPS = 2_000;
    private static final int TOTALS = 150;
    private static final int[] PERCENTS = {95, 85, 70};

    private final RecordingSink sink = new RecordingSink();
    private final EngineState state =
            new EngineState(Scenario.CAPACITY.with(new LedgerCapacity(2 * TOTALS, 16, 16, 16, 8)), sink);
    private final AccountTable accounts = state.ledger().accounts();
    private final CapWatch watch = state.ledger().caps();
    private final LedgerEvents events = new LedgerEvents(state);
    private final Map<Integer, Integer> told = new TreeMap<>();

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.of(Long.getLong("turnout.seed", 6)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldTellWhatTheRuleSays(final long seed, final TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(seed));
        final Random random = new Random(seed);
        open(random);
        state.publisher().command(1);
        int marginPercent = 1 + random.nextInt(70);
        int changes = 0;
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(500) == 0) {
                marginPercent = 1 + random.nextInt(70);
                watch.touchAll();
            }
            for (int touched = random.nextInt(8); touched > 0; touched--) {
                change(random);
            }
            changes += tell(marginPercent);
            state.publisher().command(i + 2);
        }
        while (watch.isPending()) {
            tell(marginPercent);
            state.publisher().command(state.publisher().commandSequence() + 1);
        }
        for (final Map.Entry<Integer, Integer> entry : told.entrySet()) {
            assertEquals(entry.getValue(), next(entry.getKey(), entry.getValue(), marginPercent));
        }
        assertFalse(changes < STEPS / 20, "changes=" + changes);
    }

    private void open(final Random random) {
        for (int i = 0; i < TOTALS; i++) {
            final AccountKind kind = random.nextBoolean() ? AccountKind.TOTAL : AccountKind.WALLET;
            final int number = accounts.open(i + 1, kind, TestConfiguration.EURO, i);
            if (kind == AccountKind.TOTAL) {
                watch.add(number, 0);
                told.put(number, 0);
            }
        }
    }

    private void change(final Random random) {
        final List<Integer> numbers = new ArrayList<>(told.keySet());
        final int number = numbers.get(random.nextInt(numbers.size()));
        final long capMinor = random.nextInt(30) == 0
                ? random.nextInt(3)
                : random.nextInt(20) == 0 ? 1_000_000_000_000_000_000L - random.nextInt(9) : random.nextInt(1_000);
        if (random.nextInt(4) == 0) {
            accounts.limits(number, capMinor, Ledger.NO_LIMIT);
        }
        final long limit = Math.max(1, accounts.debitLimitMinor(number));
        accounts.debitsPostedMinor(number, random.nextLong(limit + limit / 10 + 1));
        accounts.creditsPostedMinor(number, random.nextLong(limit));
        accounts.debitsPendingMinor(number, random.nextLong(limit));
        watch.touch(number);
    }

    private int tell(final int marginPercent) {
        final List<String> expected = new ArrayList<>();
        for (final Map.Entry<Integer, Integer> entry : told.entrySet()) {
            final int next = next(entry.getKey(), entry.getValue(), marginPercent);
            if (next != entry.getValue() && expected.size() < CapWatch.MAXIMUM_TOLD) {
                expected.add(accounts.accountId(entry.getKey()) + ": " + entry.getValue() + " to " + next);
                entry.setValue(next);
            }
        }
        sink.events().clear();
        watch.tell(marginPercent, events);
        assertEquals(
                expected,
                sink.events().stream()
                        .map(event -> event.number("accountId") + ": " + event.field("fromPercent") + " to "
                                + event.field("toPercent"))
                        .toList());
        told.forEach((number, percent) -> assertEquals(percent, watch.percent(number)));
        return expected.size();
    }

    /** The highest step reached; else the highest of those told that the use is not a margin below. */
    private int next(final int number, final int current, final int marginPercent) {
        for (final int percent : PERCENTS) {
            final boolean reached = uses(number, percent);
            final boolean kept = percent <= current && uses(number, Math.max(0, percent - marginPercent));
            if (reached || kept) {
                return percent;
            }
        }
        return 0;
    }

    /** used × 100 ≥ cap × percent, and something is used. */
    private boolean uses(final int number, final int percent) {
        final BigInteger used = BigInteger.valueOf(accounts.debitsPostedMinor(number))
                .add(BigInteger.valueOf(accounts.debitsPendingMinor(number)))
                .subtract(BigInteger.valueOf(accounts.creditsPostedMinor(number)));
        final BigInteger cap = BigInteger.valueOf(accounts.debitLimitMinor(number));
        return used.signum() > 0
                && used.multiply(BigInteger.valueOf(100)).compareTo(cap.multiply(BigInteger.valueOf(percent))) >= 0;
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.turnout.codecs.sbe.engine.ReconciliationPhase;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The table of totals beside a map. */
final class IssuerTotalsTest {
    private static final int DATE = 20260921;
    private static final int CURRENCY = 978;

    private final IssuerTotals totals = new IssuerTotals();

    @Test
    void shouldRefuseMoreThanItHolds() {
        for (int issuer = 1; issuer <= IssuerTotals.CAPACITY; issuer++) {
            assertNotEquals(IssuerTotals.NONE, totals.findOrAdd(issuer, DATE, CURRENCY));
        }

        assertEquals(IssuerTotals.NONE, totals.findOrAdd(IssuerTotals.CAPACITY + 1, DATE, CURRENCY));
        assertNotEquals(IssuerTotals.NONE, totals.findOrAdd(17, DATE, CURRENCY), "what is there stays");
        totals.forgetBefore(DATE + 1);
        assertNotEquals(IssuerTotals.NONE, totals.findOrAdd(IssuerTotals.CAPACITY + 1, DATE, CURRENCY));
        assertEquals(1, totals.count());
    }

    @Test
    void shouldKeepWhatIsBeingSent() {
        final int entry = totals.findOrAdd(1, DATE, CURRENCY);
        totals.add(entry, IssuerTotals.DEBITS, 3);
        totals.phase(entry, ReconciliationPhase.PAUSED, 50);
        totals.findOrAdd(2, DATE, CURRENCY);

        totals.forgetBefore(DATE + 1);

        final int kept = totals.find(1, DATE, CURRENCY);
        assertEquals(3, totals.value(kept, IssuerTotals.DEBITS));
        assertEquals(50, totals.earliestNs());
        assertEquals(kept, totals.firstDue(50));
        assertEquals(IssuerTotals.NONE, totals.firstDue(49));
        assertEquals(IssuerTotals.NONE, totals.find(2, DATE, CURRENCY));
    }

    @Test
    void shouldDoTheLowestFirstOfWhatIsDue() {
        for (final int issuer : new int[] {9, 4, 7}) {
            totals.phase(totals.findOrAdd(issuer, DATE, CURRENCY), ReconciliationPhase.QUEUED, 10);
        }

        assertEquals(4, totals.issuerId(totals.firstDue(10)));
    }

    @Test
    void shouldBeAMapFromIssuerDateAndCurrency() {
        final Map<String, Long> map = new HashMap<>();
        final Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            final int issuer = 1 + random.nextInt(60_000 / 4_000);
            final int date = DATE + random.nextInt(9);
            final int currency = 1 + random.nextInt(9) * 111;
            final int entry = totals.findOrAdd(issuer, date, currency);
            totals.add(entry, IssuerTotals.CREDITS_MINOR, i);
            map.merge(issuer + " " + date + " " + currency, (long) i, Long::sum);
            assertEquals(issuer, totals.issuerId(entry));
            assertEquals(date, totals.businessDate(entry));
            assertEquals(currency, totals.currency(entry));
        }

        assertEquals(map.size(), totals.count());
        for (int entry = 0; entry < totals.count(); entry++) {
            final String key = totals.issuerId(entry) + " " + totals.businessDate(entry) + " " + totals.currency(entry);
            assertEquals(map.get(key), totals.value(entry, IssuerTotals.CREDITS_MINOR));
        }
    }
}

package io.turnout.gateway.acquirer.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates without a year, and addresses. */
@Timeout(30)
final class IsoTimesTest {

    private static final DateTimeFormatter MONTH_TO_SECOND = DateTimeFormatter.ofPattern("MMddHHmmss");

    @ParameterizedTest(name = "{0} seen at {1} is {2}")
    @CsvSource({
        "101000001, 2025-12-31T23:59:59, 20260101000001",
        "1231235959, 2026-01-01T00:00:01, 20251231235959",
        "229120000, 2024-03-01T00:00:00, 20240229120000",
        "229120000, 2025-01-01T00:00:00, 20240229120000",
        "611103015, 2026-06-11T10:30:15, 20260611103015",
    })
    void shouldTakeTheYearNearestToNow(final long dateTime, final LocalDateTime now, final long expected) {
        assertEquals(expected, IsoTimes.withYear(dateTime, nanos(now)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1332000000L, 1300000000L, 230000000L, 431000000L, 101240000L, 101006000L, 101000060L, -1})
    void shouldKnowWhatIsNoDate(final long dateTime) {
        assertEquals(IsoTimes.NONE, IsoTimes.instantNs(dateTime, nanos(LocalDateTime.of(2026, 6, 1, 0, 0))));
    }

    @Test
    void shouldAgreeWithTheCalendarOfJava() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            final LocalDateTime now = LocalDateTime.ofEpochSecond(random.nextLong(4_000_000_000L), 0, ZoneOffset.UTC);
            final LocalDateTime then = now.plusSeconds(random.nextLong(30_000_000L) - 15_000_000L);
            final long dateTime = Long.parseLong(MONTH_TO_SECOND.format(then));
            assertEquals(dateTime, IsoTimes.transmissionDateTime(nanos(then)), "seed=" + seed);
            assertEquals(nanos(nearest(dateTime, now)), IsoTimes.instantNs(dateTime, nanos(now)), "seed=" + seed);
        }
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @CsvSource({
        "192.0.2.7,      192.0.2.7,   true",
        "192.0.2.7,      192.0.2.8,   false",
        "192.0.2.0/24,   192.0.2.255, true",
        "192.0.2.0/24,   192.0.3.0,   false",
        "0.0.0.0/0,      8.8.8.8,     true",
        "2001:db8::/32,  2001:db8::1, true",
        "2001:db8::/32,  2001:db9::1, false",
        "192.0.2.0/24,   2001:db8::1, false",
    })
    void shouldTellWhetherAnAddressLiesInARange(final String range, final String address, final boolean expected)
            throws Exception {
        assertEquals(expected, PeerRange.parse(range).contains(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.999", "bank.example"})
    void shouldRefuseWhatIsNoAddress(final String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerRange.parse(text));
    }

    @Test
    void shouldTellStatesThatMayFollow() {
        assertTrue(IsoSessionState.SIGNED_OFF.mayBecome(IsoSessionState.SIGNED_ON));
        assertFalse(IsoSessionState.CLOSED.mayBecome(IsoSessionState.SIGNED_ON));
    }

    private static LocalDateTime nearest(final long dateTime, final LocalDateTime now) {
        LocalDateTime best = null;
        for (int year = now.getYear() - 1; year <= now.getYear() + 1; year++) {
            final LocalDateTime candidate = of(year, dateTime);
            if (candidate != null && (best == null || distance(candidate, now) < distance(best, now))) {
                best = candidate;
            }
        }
        return best;
    }

    private static LocalDateTime of(final int year, final long dateTime) {
        try {
            return LocalDateTime.of(
                    year,
                    (int) (dateTime / 100_000_000),
                    (int) (dateTime / 1_000_000 % 100),
                    (int) (dateTime / 10_000 % 100),
                    (int) (dateTime / 100 % 100),
                    (int) (dateTime % 100));
        } catch (final DateTimeException exception) {
            return null;
        }
    }

    private static long distance(final LocalDateTime one, final LocalDateTime other) {
        return Math.abs(Duration.between(one, other).toSeconds());
    }

    private static long nanos(final LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000L;
    }
}

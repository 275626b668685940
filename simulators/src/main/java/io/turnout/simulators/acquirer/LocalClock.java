package io.turnout.simulators.acquirer;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The terminal's date and time (UTC) as the number CCYYMMDDhhmmss; computed once per second. */
final class LocalClock {

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private long second = Long.MIN_VALUE;
    private long localDateTime;

    long localDateTime(final long epochNs) {
        final long epochSecond = Math.floorDiv(epochNs, NS_PER_SECOND);
        if (epochSecond != second) {
            second = epochSecond;
            localDateTime = format(LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC));
        }
        return localDateTime;
    }

    private static long format(final LocalDateTime time) {
        final long date = time.getYear() * 10_000L + time.getMonthValue() * 100L + time.getDayOfMonth();
        return date * 1_000_000L + time.getHour() * 10_000L + time.getMinute() * 100L + time.getSecond();
    }
}

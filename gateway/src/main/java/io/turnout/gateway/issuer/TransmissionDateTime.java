package io.turnout.gateway.issuer;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** ISO 8583 DE7 of an instant. Only for messages of the link itself: those of payments bring theirs from the engine. */
final class TransmissionDateTime {

    private static final long YEAR = 10_000_000_000L;

    private TransmissionDateTime() {}

    /** The decimal number MMDDhhmmss in UTC. */
    static long of(final long nowNs) {
        return withYear(nowNs) % YEAR;
    }

    /** The decimal number CCYYMMDDhhmmss in UTC. */
    static long withYear(final long nowNs) {
        final LocalDateTime time =
                LocalDateTime.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(nowNs), 0, ZoneOffset.UTC);
        long number = time.getYear();
        number = number * 100 + time.getMonthValue();
        number = number * 100 + time.getDayOfMonth();
        number = number * 100 + time.getHour();
        number = number * 100 + time.getMinute();
        return number * 100 + time.getSecond();
    }
}

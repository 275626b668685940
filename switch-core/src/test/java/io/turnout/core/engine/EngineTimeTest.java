package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Engine time beside the calendar of the JDK. */
final class EngineTimeTest {

    @Test
    void shouldGiveTheUtcDateOfEveryInstantAsTheCalendarDoes() {
        final long seed = Long.getLong("turnout.seed", 1);
        final Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            final long second = random.nextLong(4L * 365 * 100 * 86_400);
            assertEquals(calendar(second), EngineTime.transmissionDateTime(second), () -> "seed=" + seed);
        }
    }

    @Test
    void shouldGiveTheUtcDateOfEveryDayOfFourCenturies() {
        for (long day = 0; day < 146_097; day++) {
            assertEquals(calendar(day * 86_400 + 86_399), EngineTime.transmissionDateTime(day * 86_400 + 86_399));
        }
    }

    @Test
    void shouldNeverGoBack() {
        final EngineTime time = new EngineTime();
        time.advance(5_000_000_000L);
        final int before = time.transmissionDateTime();

        time.advance(1);

        assertEquals(5_000_000_000L, time.nowNs());
        assertEquals(before, time.transmissionDateTime());
    }

    private static int calendar(final long second) {
        final LocalDateTime at = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        return (at.getMonthValue() * 100 + at.getDayOfMonth()) * 1_000_000
                + at.getHour() * 10_000
                + at.getMinute() * 100
                + at.getSecond();
    }
}

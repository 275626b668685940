package io.turnout.core.engine;

/** Engine time: the highest command timestamp so far, and the ISO 8583 date that goes with it. */
final class EngineTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_PER_DAY = 86_400L;

    private long nowNs;
    private long second = Long.MIN_VALUE;
    private int transmissionDateTime;

    long nowNs() {
        return nowNs;
    }

    void advance(final long timestampNs) {
        nowNs = Math.max(nowNs, timestampNs);
    }

    /** DE7 of a message sent now: the decimal number MMDDhhmmss in UTC. */
    int transmissionDateTime() {
        final long nowSecond = Math.floorDiv(nowNs, NANOS_PER_SECOND);
        if (nowSecond != second) {
            second = nowSecond;
            transmissionDateTime = transmissionDateTime(nowSecond);
        }
        return transmissionDateTime;
    }

    /**
     * Month and day by arithmetic alone, so that no time-zone table can change the result: years are counted from
     * March, in eras of 400 years (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
     */
    static int transmissionDateTime(final long epochSecond) {
        final long days = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
        final int secondOfDay = (int) Math.floorMod(epochSecond, SECONDS_PER_DAY);
        final int dayOfEra = (int) Math.floorMod(days + 719_468, 146_097L);
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int monthFromMarch = (5 * dayOfYear + 2) / 153;
        final int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        final int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        final int time = secondOfDay / 3_600 * 10_000 + secondOfDay / 60 % 60 * 100 + secondOfDay % 60;
        return (month * 100 + day) * 1_000_000 + time;
    }
}

package io.turnout.gateway.acquirer.iso;

import java.util.concurrent.TimeUnit;

/**
 * Dates of ISO 8583:1987, which have no year: the year nearest to now is meant. All without a time zone: DE7 is in UTC,
 * DE12 and DE13 are whatever the terminal's clock says. Allocates nothing.
 */
final class IsoTimes {

    /** No such date, or no such time. */
    static final long NONE = -1;

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;
    private static final int DAYS_TO_1970 = 719_468;
    private static final int SECONDS_PER_DAY = 86_400;

    private static final int MONTH_BASE = 100_000_000;
    private static final int DAY_BASE = 1_000_000;
    private static final long YEAR_BASE = 10_000_000_000L;

    private IsoTimes() {}

    /**
     * The instant of a date and time.
     *
     * @param dateTime the decimal number MMDDhhmmss
     * @return nanoseconds since the epoch, or {@link #NONE}
     */
    static long instantNs(final long dateTime, final long nowNs) {
        final int year = nearestYear(dateTime, nowNs);
        return year < 0 ? NONE : epochSecond(year, dateTime) * SECOND_NS;
    }

    /**
     * The date and time with its year.
     *
     * @param dateTime the decimal number MMDDhhmmss
     * @return the decimal number CCYYMMDDhhmmss, or {@link #NONE}
     */
    static long withYear(final long dateTime, final long nowNs) {
        final int year = nearestYear(dateTime, nowNs);
        return year < 0 ? NONE : year * YEAR_BASE + dateTime;
    }

    /** The decimal number MMDDhhmmss of an instant in UTC. */
    static long transmissionDateTime(final long instantNs) {
        final long second = instantNs / SECOND_NS;
        final long day = Math.floorDiv(second, SECONDS_PER_DAY);
        final long ofDay = second - day * SECONDS_PER_DAY;
        final long time = ofDay / 3600 * 10_000 + ofDay / 60 % 60 * 100 + ofDay % 60;
        return monthAndDay(day) * DAY_BASE + time;
    }

    private static int nearestYear(final long dateTime, final long nowNs) {
        if (!isTime(dateTime)) {
            return (int) NONE;
        }
        final int thisYear = yearOf(Math.floorDiv(nowNs / SECOND_NS, SECONDS_PER_DAY));
        int nearest = (int) NONE;
        long shortest = Long.MAX_VALUE;
        for (int year = thisYear - 1; year <= thisYear + 1; year++) {
            if (isDate(year, dateTime)) {
                final long distance = Math.abs(epochSecond(year, dateTime) - nowNs / SECOND_NS);
                if (distance < shortest) {
                    shortest = distance;
                    nearest = year;
                }
            }
        }
        return nearest;
    }

    private static boolean isTime(final long dateTime) {
        return dateTime >= 0 && dateTime / 10_000 % 100 <= 23 && dateTime / 100 % 100 <= 59 && dateTime % 100 <= 59;
    }

    private static boolean isDate(final int year, final long dateTime) {
        final int month = (int) (dateTime / MONTH_BASE);
        final int day = (int) (dateTime / DAY_BASE % 100);
        return month >= 1 && month <= 12 && day >= 1 && monthAndDay(epochDay(year, month, day)) == month * 100L + day;
    }

    private static long epochSecond(final int year, final long dateTime) {
        final long day = epochDay(year, (int) (dateTime / MONTH_BASE), (int) (dateTime / DAY_BASE % 100));
        return day * SECONDS_PER_DAY + dateTime / 10_000 % 100 * 3600 + dateTime / 100 % 100 * 60 + dateTime % 100;
    }

    /** Days since the epoch, in years that begin with March, so that a leap day is the last one. */
    private static long epochDay(final int year, final int month, final int day) {
        final int marchYear = month <= 2 ? year - 1 : year;
        final int era = marchYear / YEARS_PER_ERA;
        final int yearOfEra = marchYear % YEARS_PER_ERA;
        final int marchMonth = (month + 9) % 12;
        final int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
        return (long) era * DAYS_PER_ERA
                + yearOfEra * 365L
                + yearOfEra / 4
                - yearOfEra / 100
                + dayOfYear
                - DAYS_TO_1970;
    }

    private static int yearOf(final long epochDay) {
        final long days = epochDay + DAYS_TO_1970;
        final int year = marchYear(days);
        return marchMonth(dayOfMarchYear(days, year)) >= 10 ? year + 1 : year;
    }

    /** The decimal number MMDD. */
    private static long monthAndDay(final long epochDay) {
        final long days = epochDay + DAYS_TO_1970;
        final int dayOfYear = dayOfMarchYear(days, marchYear(days));
        final int marchMonth = marchMonth(dayOfYear);
        final int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        return (marchMonth < 10 ? marchMonth + 3 : marchMonth - 9) * 100L + day;
    }

    private static int marchYear(final long days) {
        final long era = days / DAYS_PER_ERA;
        final long ofEra = days % DAYS_PER_ERA;
        final long yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        return (int) (yearOfEra + era * YEARS_PER_ERA);
    }

    private static int dayOfMarchYear(final long days, final int marchYear) {
        final long era = days / DAYS_PER_ERA;
        final long yearOfEra = marchYear - era * YEARS_PER_ERA;
        return (int) (days % DAYS_PER_ERA - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
    }

    private static int marchMonth(final int dayOfYear) {
        return (5 * dayOfYear + 2) / 153;
    }
}

package io.turnout.gateway.iso;

/** Dates of ISO 8583, which lack the century or the year, made whole. Allocates nothing. */
final class BusinessDates {

    /** There is no date, or none that can be one. */
    static final long NONE = 0;

    private static final int YEAR = 10_000;
    private static final int CENTURY = 1_000_000;
    private static final int MONTH = 100;
    private static final int MONTHS = 12;
    private static final int DAYS = 31;
    private static final int HALF_A_YEAR = 6;
    private static final int HALF_A_CENTURY = 50;

    private BusinessDates() {}

    /** The date CCYYMMDD with this month and day (MMDD) that lies within half a year of another. */
    static long nearest(final long monthAndDay, final long nearCcyymmdd) {
        if (!isMonthAndDay(monthAndDay)) {
            return NONE;
        }
        final long year = nearCcyymmdd / YEAR;
        final long months = monthAndDay / MONTH - nearCcyymmdd / MONTH % MONTH;
        if (months > HALF_A_YEAR) {
            return (year - 1) * YEAR + monthAndDay;
        }
        return (months < -HALF_A_YEAR ? year + 1 : year) * YEAR + monthAndDay;
    }

    /** The date CCYYMMDD that ends in YYMMDD, within half a century of another. */
    static long nearestOfYear(final long yymmdd, final long nearCcyymmdd) {
        if (yymmdd < 0 || yymmdd >= CENTURY || !isMonthAndDay(yymmdd % YEAR)) {
            return NONE;
        }
        final long century = nearCcyymmdd / CENTURY;
        final long years = yymmdd / YEAR - nearCcyymmdd / YEAR % MONTH;
        if (years > HALF_A_CENTURY) {
            return (century - 1) * CENTURY + yymmdd;
        }
        return (years < -HALF_A_CENTURY ? century + 1 : century) * CENTURY + yymmdd;
    }

    private static boolean isMonthAndDay(final long monthAndDay) {
        final long month = monthAndDay / MONTH;
        final long day = monthAndDay % MONTH;
        return monthAndDay > 0 && month >= 1 && month <= MONTHS && day >= 1 && day <= DAYS;
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.LedgerProblem;

/**
 * Business dates as decimal numbers CCYYMMDD. The newest takes the payments; a few before it stay open for what belongs
 * to them. Older ones are closed, and their positions are closed one after another; {@link #closingFrom()} says which
 * is looked at next.
 */
final class BusinessDates {
    static final int MAXIMUM_OPEN = 8;
    static final int NONE = 0;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int MONTHS = 12;
    private static final int FEBRUARY = 2;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;

    /** Newest first. */
    private final int[] open = new int[MAXIMUM_OPEN];

    private int oldestOpen;
    private int closingFrom;

    /** The date of payments accepted now; {@link #NONE} before the first cut-over. */
    int current() {
        return open[0];
    }

    /** Dates before this one are closed. */
    int oldestOpen() {
        return oldestOpen;
    }

    /** The n-th open date, newest first, or {@link #NONE}. */
    int openAt(final int index) {
        return open[index];
    }

    boolean isClosed(final int date) {
        return date < oldestOpen;
    }

    LedgerProblem check(final long date, final int openDates) {
        if (!isDate(date) || openDates < 1 || openDates > MAXIMUM_OPEN) {
            return LedgerProblem.INVALID_DATE;
        }
        return date > current() ? LedgerProblem.NONE : LedgerProblem.DATE_NOT_LATER;
    }

    /** Begins a new date; of all dates only so many stay open. */
    void cutOver(final int date, final int openDates) {
        for (int i = MAXIMUM_OPEN - 1; i > 0; i--) {
            open[i] = i < openDates ? open[i - 1] : NONE;
        }
        open[0] = date;
        findOldest();
        lookForClosing();
    }

    /** Takes in a date of a snapshot; they come newest first. */
    void restore(final int index, final int date) {
        open[index] = date;
        findOldest();
    }

    /** The account number from which positions are looked at for closing; 0 when none has to be. */
    int closingFrom() {
        return closingFrom;
    }

    void closingFrom(final int number) {
        closingFrom = number;
    }

    /** Lets all positions of closed dates be looked at, from the first. */
    void lookForClosing() {
        closingFrom = 1;
    }

    /** Whether the number is a date of the Gregorian calendar in this millennium. */
    static boolean isDate(final long date) {
        final long year = date / 10_000;
        final int month = (int) (date / 100 % 100);
        final long day = date % 100;
        if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > MONTHS) {
            return false;
        }
        final boolean leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day >= 1 && day <= DAYS[month - 1] + (leaps && month == FEBRUARY ? 1 : 0);
    }

    private void findOldest() {
        oldestOpen = open[0];
        for (int i = 1; i < MAXIMUM_OPEN && open[i] != NONE; i++) {
            oldestOpen = open[i];
        }
    }
}

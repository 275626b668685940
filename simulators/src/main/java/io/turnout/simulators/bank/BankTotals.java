package io.turnout.simulators.bank;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a bank has posted, counted by settlement date (MMDD) and currency as ISO 8583 reconciliation wants it: DE74 to
 * 81, then DE86 to 89. Of this run only; a date is that of the message (DE15), and a message without one is not
 * counted. For one thread.
 */
final class BankTotals {

    /** The data elements, in order. */
    static final int[] FIELDS = {74, 75, 76, 77, 78, 79, 80, 81, 86, 87, 88, 89};

    private static final int CREDITS = 0;
    private static final int DEBITS = 2;
    private static final int INQUIRIES = 6;
    private static final int AUTHORISATIONS = 7;
    private static final int FIRST_SUM = 8;
    private static final int CURRENCIES = 1000;

    private final Map<Integer, long[]> totals = new HashMap<>();
    private int date;

    /** The settlement date of what is posted from now on; 0 = nothing is counted. */
    void date(final int settlementDate) {
        date = settlementDate;
    }

    /** A copy of the totals of a date and currency, or null when nothing was posted. */
    long[] of(final int settlementDate, final int currency) {
        final long[] sums = totals.get(settlementDate * CURRENCIES + currency);
        return sums == null ? null : Arrays.copyOf(sums, sums.length);
    }

    void posted(final Purpose purpose, final long amountMinor, final int currency) {
        switch (purpose) {
            case DEBIT, COMPLETION -> add(DEBITS, amountMinor, currency);
            case CREDIT -> add(CREDITS, amountMinor, currency);
            case HOLD -> add(AUTHORISATIONS, 0, currency);
            case INQUIRY -> add(INQUIRIES, 0, currency);
            default -> {
                // A void counts as the undoing of what it names.
            }
        }
    }

    void undone(final Purpose purpose, final long amountMinor, final int currency) {
        switch (purpose) {
            case DEBIT, COMPLETION -> add(DEBITS + 1, amountMinor, currency);
            case CREDIT -> add(CREDITS + 1, amountMinor, currency);
            default -> {
                // Nothing was moved.
            }
        }
    }

    private void add(final int column, final long amountMinor, final int currency) {
        if (date != 0) {
            final long[] sums = totals.computeIfAbsent(date * CURRENCIES + currency, key -> new long[FIELDS.length]);
            sums[column]++;
            if (column <= DEBITS + 1) {
                sums[FIRST_SUM + column] += amountMinor;
            }
        }
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.ReconciliationPhase;

/**
 * The totals of issuers by business date and currency, and where their sending stands. Kept for as long as the date is
 * open and for {@link #KEPT_DATES} dates after it, and until they are sent where they are. Found by key in open
 * addressing without removal: when totals are forgotten the index is built anew, which happens at a cut-over only.
 */
final class IssuerTotals {
    static final int NONE = -1;

    /** Issuers × business dates × currencies at once. */
    static final int CAPACITY = 4_096;

    /** Closed dates that an issuer may still ask about. */
    static final int KEPT_DATES = 3;

    static final int CREDITS = 0;
    static final int CREDIT_REVERSALS = 1;
    static final int DEBITS = 2;
    static final int DEBIT_REVERSALS = 3;
    static final int TRANSFERS = 4;
    static final int TRANSFER_REVERSALS = 5;
    static final int INQUIRIES = 6;
    static final int AUTHORISATIONS = 7;
    static final int CREDITS_MINOR = 8;
    static final int CREDIT_REVERSALS_MINOR = 9;
    static final int DEBITS_MINOR = 10;
    static final int DEBIT_REVERSALS_MINOR = 11;
    static final int VALUES = 12;

    private static final int INDEX_LENGTH = 4 * CAPACITY;
    private static final int INDEX_MASK = INDEX_LENGTH - 1;
    private static final int CURRENCY_BITS = 10;
    private static final int DATE_BITS = 32;

    private final int[] index = new int[INDEX_LENGTH];
    private final long[] keys = new long[CAPACITY];
    private final long[] values = new long[CAPACITY * VALUES];
    private final long[] dueNs = new long[CAPACITY];
    private final int[] stans = new int[CAPACITY];
    private final int[] transmissionDateTimes = new int[CAPACITY];
    private final int[] attempts = new int[CAPACITY];
    private final byte[] phases = new byte[CAPACITY];
    private int count;
    private long earliestNs = Long.MAX_VALUE;

    /** Bytes of memory. */
    static long bytes() {
        return (long) CAPACITY * (VALUES * Long.BYTES + 2 * Long.BYTES + 3 * Integer.BYTES + 1)
                + (long) INDEX_LENGTH * Integer.BYTES;
    }

    int count() {
        return count;
    }

    /** Where the totals lie, or NONE when nothing was counted yet. */
    int find(final int issuerId, final int businessDate, final int currency) {
        final long key = key(issuerId, businessDate, currency);
        int at = home(key);
        while (index[at] != 0) {
            final int entry = index[at] - 1;
            if (keys[entry] == key) {
                return entry;
            }
            at = (at + 1) & INDEX_MASK;
        }
        return NONE;
    }

    /** Where the totals lie, which are empty when they are new; NONE when there is no room. */
    int findOrAdd(final int issuerId, final int businessDate, final int currency) {
        final int known = find(issuerId, businessDate, currency);
        if (known != NONE || count == CAPACITY) {
            return known;
        }
        final int entry = count++;
        keys[entry] = key(issuerId, businessDate, currency);
        clear(entry);
        enter(entry);
        return entry;
    }

    int issuerId(final int entry) {
        return (int) (keys[entry] >>> (DATE_BITS + CURRENCY_BITS));
    }

    int businessDate(final int entry) {
        return (int) (keys[entry] >>> CURRENCY_BITS);
    }

    int currency(final int entry) {
        return (int) keys[entry] & ((1 << CURRENCY_BITS) - 1);
    }

    /** Orders totals by issuer, date and currency. */
    long key(final int entry) {
        return keys[entry];
    }

    long value(final int entry, final int which) {
        return values[entry * VALUES + which];
    }

    void value(final int entry, final int which, final long value) {
        values[entry * VALUES + which] = value;
    }

    void add(final int entry, final int which, final long change) {
        values[entry * VALUES + which] += change;
    }

    ReconciliationPhase phase(final int entry) {
        return ReconciliationPhase.get(phases[entry]);
    }

    /** @param due when the engine acts by itself; else {@link Long#MAX_VALUE} */
    void phase(final int entry, final ReconciliationPhase phase, final long due) {
        phases[entry] = (byte) phase.value();
        dueNs[entry] = due;
        findEarliest();
    }

    /** When the engine next acts by itself. */
    long earliestNs() {
        return earliestNs;
    }

    /** Of what is due the totals with the lowest key, or NONE. */
    int firstDue(final long nowNs) {
        int first = NONE;
        for (int entry = 0; entry < count; entry++) {
            if (dueNs[entry] <= nowNs && (first == NONE || keys[entry] < keys[first])) {
                first = entry;
            }
        }
        return first;
    }

    /** The newest business date before one of which there are totals, or {@link BusinessDates#NONE}. */
    int newestDateBefore(final int businessDate) {
        int newest = BusinessDates.NONE;
        for (int entry = 0; entry < count; entry++) {
            final int date = businessDate(entry);
            newest = date < businessDate ? Math.max(newest, date) : newest;
        }
        return newest;
    }

    private void findEarliest() {
        earliestNs = Long.MAX_VALUE;
        for (int entry = 0; entry < count; entry++) {
            earliestNs = Math.min(earliestNs, dueNs[entry]);
        }
    }

    long dueNs(final int entry) {
        return dueNs[entry];
    }

    int stan(final int entry) {
        return stans[entry];
    }

    int transmissionDateTime(final int entry) {
        return transmissionDateTimes[entry];
    }

    void trace(final int entry, final int transmissionDateTime, final int stan) {
        transmissionDateTimes[entry] = transmissionDateTime;
        stans[entry] = stan;
    }

    int attempts(final int entry) {
        return attempts[entry];
    }

    void attempts(final int entry, final int value) {
        attempts[entry] = value;
    }

    /** Forgets totals of dates before one, unless they are being sent. */
    void forgetBefore(final int businessDate) {
        int kept = 0;
        for (int entry = 0; entry < count; entry++) {
            if (businessDate(entry) >= businessDate || isBeingSent(entry)) {
                move(entry, kept++);
            }
        }
        count = kept;
        for (int i = 0; i < INDEX_LENGTH; i++) {
            index[i] = 0;
        }
        for (int entry = 0; entry < count; entry++) {
            enter(entry);
        }
    }

    boolean isBeingSent(final int entry) {
        return phases[entry] != ReconciliationPhase.NONE.value() && phases[entry] != ReconciliationPhase.ENDED.value();
    }

    private void move(final int from, final int to) {
        keys[to] = keys[from];
        System.arraycopy(values, from * VALUES, values, to * VALUES, VALUES);
        dueNs[to] = dueNs[from];
        stans[to] = stans[from];
        transmissionDateTimes[to] = transmissionDateTimes[from];
        attempts[to] = attempts[from];
        phases[to] = phases[from];
    }

    private void clear(final int entry) {
        for (int i = 0; i < VALUES; i++) {
            value(entry, i, 0);
        }
        phases[entry] = (byte) ReconciliationPhase.NONE.value();
        dueNs[entry] = Long.MAX_VALUE;
        trace(entry, 0, 0);
        attempts[entry] = 0;
    }

    private void enter(final int entry) {
        int at = home(keys[entry]);
        while (index[at] != 0) {
            at = (at + 1) & INDEX_MASK;
        }
        index[at] = entry + 1;
    }

    private static int home(final long key) {
        return (int) (Hash.mix(key) & INDEX_MASK);
    }

    private static long key(final int issuerId, final int businessDate, final int currency) {
        return (((long) issuerId << DATE_BITS) | businessDate) << CURRENCY_BITS | currency;
    }
}

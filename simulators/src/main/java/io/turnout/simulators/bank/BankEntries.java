package io.turnout.simulators.bank;

import io.turnout.simulators.RrnTable;
import java.util.Arrays;

/**
 * The requests a bank remembers, numbered from 0. A request is known by DE7, DE11, DE32 and RRN together, and found by
 * these, or by DE7, DE11 and DE32 alone as DE90 names it. Grows by doubling up to its capacity. For one thread.
 */
final class BankEntries {

    static final int NONE = -1;

    private static final int INITIAL_ENTRIES = 1024;
    private static final long STANS = 1_000_000;
    private static final int TIME_AND_STAN_BITS = 51;

    private final int capacity;
    private final RrnTable rrns;
    /** 96 bits of DE7, DE11 and DE32 are numbered in the same way as the 96 bits of a reference. */
    private final RrnTable keys;

    private int[] firstByRrn = new int[INITIAL_ENTRIES];
    private int[] firstByKey = new int[INITIAL_ENTRIES];
    private int[] next = new int[INITIAL_ENTRIES];
    private int[] stans = new int[INITIAL_ENTRIES];
    private long[] transmissionDateTimes = new long[INITIAL_ENTRIES];
    private long[] institutionIds = new long[INITIAL_ENTRIES];
    private int[] rrnNumbers = new int[INITIAL_ENTRIES];
    private int size;

    long[] amountsMinor = new long[INITIAL_ENTRIES];
    /** What stands of the amount after partial reversals. */
    long[] standingMinor = new long[INITIAL_ENTRIES];

    short[] currencies = new short[INITIAL_ENTRIES];
    byte[] states = new byte[INITIAL_ENTRIES];
    Purpose[] purposes = new Purpose[INITIAL_ENTRIES];
    /** The request that a completion or void names, or {@link #NONE}. */
    int[] originals = new int[INITIAL_ENTRIES];

    BankEntries(final int capacity) {
        this.capacity = capacity;
        this.rrns = new RrnTable(capacity);
        this.keys = new RrnTable(capacity);
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** The newest request of a reference, or {@link #NONE}; {@link #next} has the others. */
    int first(final long rrnHigh, final int rrnLow) {
        final int number = rrns.find(rrnHigh, rrnLow);
        return number == RrnTable.NONE ? NONE : firstByRrn[number];
    }

    /** The request of the same reference that came before, or {@link #NONE}. */
    int next(final int entry) {
        return next[entry];
    }

    /** The retrieval reference of a request. */
    String rrn(final int entry) {
        return rrns.text(rrnNumbers[entry]);
    }

    int find(
            final long rrnHigh,
            final int rrnLow,
            final int stan,
            final long transmissionDateTime,
            final long institutionId) {
        for (int entry = first(rrnHigh, rrnLow); entry != NONE; entry = next[entry]) {
            if (stans[entry] == stan
                    && transmissionDateTimes[entry] == transmissionDateTime
                    && institutionIds[entry] == institutionId) {
                return entry;
            }
        }
        return NONE;
    }

    /** The first request with this key, whatever its reference, or {@link #NONE}. */
    int find(final int stan, final long transmissionDateTime, final long institutionId) {
        final int number = keys.find(keyHigh(stan, transmissionDateTime, institutionId), (int) institutionId);
        return number == RrnTable.NONE ? NONE : firstByKey[number];
    }

    /** Adds a request; there must be room. */
    int add(
            final long rrnHigh,
            final int rrnLow,
            final int stan,
            final long transmissionDateTime,
            final long institutionId) {
        if (size == stans.length) {
            grow();
        }
        final int entry = size++;
        final int knownRrns = rrns.size();
        final int rrn = rrns.findOrAdd(rrnHigh, rrnLow);
        next[entry] = rrn == knownRrns ? NONE : firstByRrn[rrn];
        firstByRrn[rrn] = entry;
        rrnNumbers[entry] = rrn;
        final int knownKeys = keys.size();
        final int key = keys.findOrAdd(keyHigh(stan, transmissionDateTime, institutionId), (int) institutionId);
        if (key == knownKeys) {
            firstByKey[key] = entry;
        }
        stans[entry] = stan;
        transmissionDateTimes[entry] = transmissionDateTime;
        institutionIds[entry] = institutionId;
        originals[entry] = NONE;
        return entry;
    }

    /** DE7 has 31 bits, DE11 20, DE32 37 of which 32 lie in the lower part. */
    private static long keyHigh(final int stan, final long transmissionDateTime, final long institutionId) {
        return institutionId >>> Integer.SIZE << TIME_AND_STAN_BITS | transmissionDateTime * STANS + stan;
    }

    private void grow() {
        final int entries = (int) Math.min(capacity, 2L * stans.length);
        firstByRrn = Arrays.copyOf(firstByRrn, entries);
        firstByKey = Arrays.copyOf(firstByKey, entries);
        next = Arrays.copyOf(next, entries);
        stans = Arrays.copyOf(stans, entries);
        transmissionDateTimes = Arrays.copyOf(transmissionDateTimes, entries);
        institutionIds = Arrays.copyOf(institutionIds, entries);
        rrnNumbers = Arrays.copyOf(rrnNumbers, entries);
        amountsMinor = Arrays.copyOf(amountsMinor, entries);
        standingMinor = Arrays.copyOf(standingMinor, entries);
        currencies = Arrays.copyOf(currencies, entries);
        states = Arrays.copyOf(states, entries);
        purposes = Arrays.copyOf(purposes, entries);
        originals = Arrays.copyOf(originals, entries);
    }
}

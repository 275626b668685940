package io.turnout.simulators.bank;

import io.turnout.simulators.RrnTable;
import io.turnout.simulators.lines.Line;
import io.turnout.simulators.lines.LineReader;
import io.turnout.simulators.lines.LineWriter;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A bank's own books: what it did to whose card, whatever it told the switch. A payment request is known by DE7, DE11,
 * DE32 and RRN together. Each change is appended to a file, which the bank flushes before it sends an answer, so that
 * the books survive a kill of the bank at any instant and are read back when opened. For one thread.
 *
 * <p>Bounded: no more than the capacity of payments are remembered; when full, nothing is posted and the caller is
 * told.
 */
public final class BankBooks implements AutoCloseable {

    private static final int INITIAL_ENTRIES = 1024;
    private static final int CURRENCIES = 1000;
    private static final int NONE = -1;

    private static final byte DEBITED = 1;
    private static final byte DECLINED = 2;
    private static final byte REVERSED = 3;
    private static final byte AWAITED = 4;

    private final int capacity;
    private final RrnTable rrns;
    private final LineWriter writer;
    private final long[] netByCurrencyMinor = new long[CURRENCIES];

    private int[] firstByRrn = new int[INITIAL_ENTRIES];
    private int[] next = new int[INITIAL_ENTRIES];
    private int[] stans = new int[INITIAL_ENTRIES];
    private long[] transmissionDateTimes = new long[INITIAL_ENTRIES];
    private long[] institutionIds = new long[INITIAL_ENTRIES];
    private long[] amountsMinor = new long[INITIAL_ENTRIES];
    private short[] currencies = new short[INITIAL_ENTRIES];
    private byte[] states = new byte[INITIAL_ENTRIES];
    private int size;
    private long debitCount;
    private long reversalCount;

    private BankBooks(final Path file, final int capacity) {
        this.capacity = capacity;
        this.rrns = new RrnTable(capacity);
        this.writer = LineWriter.open(file, BookField.all());
    }

    /**
     * Opens the books and reads back what stands in them.
     *
     * @param file created when it does not exist; a torn last record is cut off
     * @param capacity payments at most
     * @throws io.turnout.simulators.lines.LineFormatException when the file is damaged
     */
    public static BankBooks open(final Path file, final int capacity) {
        final BankBooks books = new BankBooks(file, capacity);
        try {
            new LineReader(file, BookField.all()).read(books::restore);
        } catch (final RuntimeException e) {
            books.close();
            throw e;
        }
        return books;
    }

    /** Payments debited, whether reversed since or not. */
    public long debitCount() {
        return debitCount;
    }

    /** Debits undone. */
    public long reversalCount() {
        return reversalCount;
    }

    /** Payments remembered. */
    public int size() {
        return size;
    }

    /** Debits less reversals in a currency, in minor units. */
    public long netAmountMinor(final int currency) {
        return netByCurrencyMinor[currency];
    }

    /** Debits less reversals of one retrieval reference, in minor units. */
    public long netAmountMinor(final String rrn) {
        long net = 0;
        for (int entry = first(packHigh(rrn), packLow(rrn)); entry != NONE; entry = next[entry]) {
            net += states[entry] == DEBITED ? amountsMinor[entry] : 0;
        }
        return net;
    }

    /** Hands the records made so far to the operating system. Answers go out after this. */
    public int flush() {
        return writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    /**
     * Enters a payment request.
     *
     * @param approve whether the bank wants to debit the card
     */
    Posting postPayment(final BankMessage request, final boolean approve, final long nowNs) {
        final int entry = find(
                request.rrnHigh, request.rrnLow, request.stan, request.transmissionDateTime, request.institutionId);
        if (entry != NONE) {
            final boolean late = states[entry] == AWAITED;
            recordPayment(late ? BookAction.LATE_ORIGINAL : BookAction.DUPLICATE, request, nowNs);
            return late ? Posting.LATE_ORIGINAL : Posting.DUPLICATE;
        }
        if (size == capacity) {
            return Posting.FULL;
        }
        final int added =
                add(request.rrnHigh, request.rrnLow, request.stan, request.transmissionDateTime, request.institutionId);
        enter(added, approve ? DEBITED : DECLINED, request.amountMinor, request.currency);
        recordPayment(approve ? BookAction.DEBIT : BookAction.DECLINE, request, nowNs);
        return approve ? Posting.DEBITED : Posting.DECLINED;
    }

    /** Enters a reversal. */
    Posting postReversal(final BankMessage request, final long nowNs) {
        final int entry = find(
                request.rrnHigh,
                request.rrnLow,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId);
        if (entry == NONE) {
            return postUnknownReversal(request, nowNs);
        }
        return switch (states[entry]) {
            case DEBITED -> postReversal(entry, request, nowNs);
            case AWAITED -> {
                recordReversal(BookAction.REVERSAL_REPEAT, request, nowNs);
                yield Posting.UNKNOWN_ORIGINAL;
            }
            default -> {
                recordReversal(BookAction.REVERSAL_REPEAT, request, nowNs);
                yield Posting.NOTHING_TO_REVERSE;
            }
        };
    }

    private Posting postReversal(final int entry, final BankMessage request, final long nowNs) {
        if (amountsMinor[entry] != request.amountMinor || currencies[entry] != request.currency) {
            recordReversal(BookAction.REVERSAL_AMOUNT_DIFFERS, request, nowNs);
            return Posting.AMOUNT_DIFFERS;
        }
        reverse(entry);
        recordReversal(BookAction.REVERSAL, request, nowNs);
        return Posting.REVERSED;
    }

    private Posting postUnknownReversal(final BankMessage request, final long nowNs) {
        if (size == capacity) {
            return Posting.FULL;
        }
        final int added = add(
                request.rrnHigh,
                request.rrnLow,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId);
        enter(added, AWAITED, request.amountMinor, request.currency);
        recordReversal(BookAction.REVERSAL_UNKNOWN, request, nowNs);
        return Posting.UNKNOWN_ORIGINAL;
    }

    private void restore(final Line line) {
        final BookAction action = BookAction.of(line);
        switch (action) {
            case DEBIT -> restore(line, DEBITED);
            case DECLINE -> restore(line, DECLINED);
            case REVERSAL_UNKNOWN -> restore(line, AWAITED);
            case REVERSAL -> {
                final int entry = find(line);
                if (entry == NONE || states[entry] != DEBITED) {
                    throw line.malformed("a reversal without its debit");
                }
                reverse(entry);
            }
            default -> {
                // Changed nothing when it was written.
            }
        }
    }

    private void restore(final Line line, final byte state) {
        if (size == capacity) {
            throw line.malformed("more payments than the books' capacity of " + capacity);
        }
        if (find(line) != NONE) {
            throw line.malformed("a payment stands twice");
        }
        final int added = add(
                line.packed(BookField.RRN, 0, 8),
                (int) line.packed(BookField.RRN, 8, 4),
                (int) line.number(BookField.STAN),
                line.number(BookField.TRANSMISSION_DATE_TIME),
                line.number(BookField.INSTITUTION_ID));
        enter(added, state, line.number(BookField.AMOUNT_MINOR), (int) line.number(BookField.CURRENCY));
    }

    private int find(final Line line) {
        return find(
                line.packed(BookField.RRN, 0, 8),
                (int) line.packed(BookField.RRN, 8, 4),
                (int) line.number(BookField.STAN),
                line.number(BookField.TRANSMISSION_DATE_TIME),
                line.number(BookField.INSTITUTION_ID));
    }

    private int first(final long rrnHigh, final int rrnLow) {
        final int number = rrns.find(rrnHigh, rrnLow);
        return number == RrnTable.NONE ? NONE : firstByRrn[number];
    }

    private int find(
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

    private int add(
            final long rrnHigh,
            final int rrnLow,
            final int stan,
            final long transmissionDateTime,
            final long institutionId) {
        if (size == stans.length) {
            grow();
        }
        final int entry = size++;
        final int known = rrns.size();
        final int number = rrns.findOrAdd(rrnHigh, rrnLow);
        next[entry] = number == known ? NONE : firstByRrn[number];
        firstByRrn[number] = entry;
        stans[entry] = stan;
        transmissionDateTimes[entry] = transmissionDateTime;
        institutionIds[entry] = institutionId;
        return entry;
    }

    private void enter(final int entry, final byte state, final long amountMinor, final int currency) {
        states[entry] = state;
        amountsMinor[entry] = amountMinor;
        currencies[entry] = (short) currency;
        if (state == DEBITED) {
            debitCount++;
            netByCurrencyMinor[currency] += amountMinor;
        }
    }

    private void reverse(final int entry) {
        states[entry] = REVERSED;
        reversalCount++;
        netByCurrencyMinor[currencies[entry]] -= amountsMinor[entry];
    }

    private void recordPayment(final BookAction action, final BankMessage request, final long nowNs) {
        record(action, request, request.stan, request.transmissionDateTime, request.institutionId, nowNs);
    }

    private void recordReversal(final BookAction action, final BankMessage request, final long nowNs) {
        record(
                action,
                request,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId,
                nowNs);
    }

    private void record(
            final BookAction action,
            final BankMessage request,
            final int stan,
            final long transmissionDateTime,
            final long institutionId,
            final long nowNs) {
        writer.begin()
                .text(BookField.ACTION, action.key())
                .packed(BookField.RRN, request.rrnHigh, request.rrnLow)
                .number(BookField.STAN, stan)
                .number(BookField.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .number(BookField.INSTITUTION_ID, institutionId)
                .number(BookField.AMOUNT_MINOR, request.amountMinor)
                .number(BookField.CURRENCY, request.currency)
                .digits(BookField.LAST_FOUR, request.lastFour(), 4)
                .number(BookField.AT_NS, nowNs)
                .end();
    }

    private void grow() {
        final int entries = (int) Math.min(capacity, 2L * stans.length);
        firstByRrn = Arrays.copyOf(firstByRrn, entries);
        next = Arrays.copyOf(next, entries);
        stans = Arrays.copyOf(stans, entries);
        transmissionDateTimes = Arrays.copyOf(transmissionDateTimes, entries);
        institutionIds = Arrays.copyOf(institutionIds, entries);
        amountsMinor = Arrays.copyOf(amountsMinor, entries);
        currencies = Arrays.copyOf(currencies, entries);
        states = Arrays.copyOf(states, entries);
    }

    private static long packHigh(final String rrn) {
        return pack(rrn, 0, 8);
    }

    private static int packLow(final String rrn) {
        return (int) pack(rrn, 8, 4);
    }

    private static long pack(final String rrn, final int from, final int characters) {
        long value = 0;
        for (int i = from; i < from + characters; i++) {
            value = value << 8 | (i < rrn.length() ? rrn.charAt(i) & 0xFF : ' ');
        }
        return value;
    }
}

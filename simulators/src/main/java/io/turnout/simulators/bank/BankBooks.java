package io.turnout.simulators.bank;

import io.turnout.simulators.lines.Line;
import io.turnout.simulators.lines.LineReader;
import io.turnout.simulators.lines.LineWriter;
import java.nio.file.Path;

/**
 * A bank's own books: what it did to whose card, whatever it told the switch. A payment request is known by DE7, DE11,
 * DE32 and RRN together; an advice that comes again is the same one. Each change is appended to a file, which the bank
 * flushes before it sends an answer, so that the books survive a kill of the bank at any instant and are read back when
 * opened. For one thread.
 *
 * <p>Bounded: no more than the capacity of payments are remembered; when full, nothing is posted and the caller is
 * told.
 */
public final class BankBooks implements AutoCloseable {

    private static final int CURRENCIES = 1000;
    private static final int NONE = BankEntries.NONE;

    private static final byte STANDS = 1;
    private static final byte DECLINED = 2;
    private static final byte REVERSED = 3;
    private static final byte AWAITED = 4;
    private static final byte COMPLETED = 5;
    private static final byte VOIDED = 6;

    private final BankEntries entries;
    private final int capacity;
    private final LineWriter writer;
    private final long[] netByCurrencyMinor = new long[CURRENCIES];
    private long postedCount;
    private long reversalCount;
    private final BankTotals totals = new BankTotals();

    private BankBooks(final Path file, final int capacity) {
        this.capacity = capacity;
        this.entries = new BankEntries(capacity);
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

    /** Requests carried out, whether undone since or not. */
    public long postedCount() {
        return postedCount;
    }

    /** What was posted in this run, by settlement date and currency. */
    BankTotals totals() {
        return totals;
    }

    /** Requests undone by a reversal. */
    public long reversalCount() {
        return reversalCount;
    }

    /** Payments remembered. */
    public int size() {
        return entries.size();
    }

    /** What cards paid in a currency, less what they got, in minor units. */
    public long netAmountMinor(final int currency) {
        return netByCurrencyMinor[currency];
    }

    /** What the card paid under one retrieval reference, less what it got, in minor units. */
    public long netAmountMinor(final String rrn) {
        long net = 0;
        for (int entry = entries.first(packHigh(rrn), packLow(rrn)); entry != NONE; entry = entries.next(entry)) {
            net += effectMinor(entry);
        }
        return net;
    }

    /** What is held under one retrieval reference for a completion, in minor units. */
    public long heldAmountMinor(final String rrn) {
        long held = 0;
        for (int entry = entries.first(packHigh(rrn), packLow(rrn)); entry != NONE; entry = entries.next(entry)) {
            final boolean holds = entries.purposes[entry] == Purpose.HOLD && entries.states[entry] == STANDS;
            held += holds ? entries.standingMinor[entry] : 0;
        }
        return held;
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
     * Enters a request.
     *
     * @param approve whether the bank wants to do what it asks for
     */
    Posting postPayment(final BankMessage request, final boolean approve, final long nowNs) {
        totals.date(request.settlementDate);
        final int known = find(request);
        if (known != NONE) {
            return postAgain(known, BookAction.DUPLICATE, Posting.DUPLICATE, request, nowNs);
        }
        if (entries.isFull()) {
            return Posting.FULL;
        }
        final int original = request.purpose.namesOriginal() ? findOriginal(request) : NONE;
        final Posting obstacle = approve ? obstacle(request, original) : Posting.DECLINED;
        if (obstacle != null) {
            enter(add(request), DECLINED, request);
            recordPayment(BookAction.DECLINE, request, nowNs);
            return obstacle;
        }
        return post(request, original, nowNs);
    }

    /** Enters an advice: it is a fact, and taken whatever it says. */
    Posting postAdvice(final BankMessage advice, final long nowNs) {
        totals.date(advice.settlementDate);
        final int known = find(advice);
        if (known != NONE) {
            return postAgain(known, BookAction.ADVICE_REPEAT, Posting.ADVICE_REPEATED, advice, nowNs);
        }
        if (entries.isFull()) {
            return Posting.FULL;
        }
        final int original = advice.purpose.namesOriginal() ? findOriginal(advice) : NONE;
        return post(advice, obstacle(advice, original) == null ? original : NONE, nowNs);
    }

    /** Enters a reversal, of the whole or of a part. */
    Posting postReversal(final BankMessage request, final long nowNs) {
        totals.date(request.settlementDate);
        final int entry = entries.find(
                request.rrnHigh,
                request.rrnLow,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId);
        if (entry == NONE) {
            return postUnknownReversal(request, nowNs);
        }
        return switch (entries.states[entry]) {
            case STANDS -> postReversal(entry, request, nowNs);
            case AWAITED -> {
                recordReversal(BookAction.REVERSAL_REPEAT, request, request.amountMinor, nowNs);
                yield Posting.UNKNOWN_ORIGINAL;
            }
            default -> {
                recordReversal(BookAction.REVERSAL_REPEAT, request, request.amountMinor, nowNs);
                yield Posting.NOTHING_TO_REVERSE;
            }
        };
    }

    private Posting postAgain(
            final int known,
            final BookAction action,
            final Posting posting,
            final BankMessage request,
            final long nowNs) {
        final boolean late = entries.states[known] == AWAITED;
        recordPayment(late ? BookAction.LATE_ORIGINAL : action, request, nowNs);
        return late ? Posting.LATE_ORIGINAL : posting;
    }

    /** Why a completion or void cannot be carried out on its original, or null. */
    private Posting obstacle(final BankMessage request, final int original) {
        if (!request.purpose.namesOriginal()) {
            return null;
        }
        if (original == NONE) {
            return Posting.ORIGINAL_NOT_FOUND;
        }
        final Purpose purpose = entries.purposes[original];
        final boolean fits = request.purpose == Purpose.COMPLETION
                ? purpose == Purpose.HOLD
                : purpose != Purpose.VOID && purpose != Purpose.INQUIRY;
        if (!fits || entries.states[original] != STANDS) {
            return Posting.ORIGINAL_STATE;
        }
        final boolean sameMoney = entries.currencies[original] == request.currency
                && (request.purpose == Purpose.COMPLETION || entries.standingMinor[original] == request.amountMinor);
        return sameMoney ? null : Posting.AMOUNT_DIFFERS;
    }

    private Posting post(final BankMessage request, final int original, final long nowNs) {
        final int entry = add(request);
        entries.originals[entry] = original;
        enter(entry, STANDS, request);
        changeOriginal(entry, request.purpose == Purpose.COMPLETION ? COMPLETED : VOIDED);
        if (request.purpose == Purpose.VOID && original != NONE) {
            totals.undone(entries.purposes[original], entries.standingMinor[original], entries.currencies[original]);
        }
        recordPayment(request.purpose.action(), request, nowNs);
        return Posting.POSTED;
    }

    private Posting postReversal(final int entry, final BankMessage request, final long nowNs) {
        if (entries.amountsMinor[entry] != request.amountMinor || entries.currencies[entry] != request.currency) {
            recordReversal(BookAction.REVERSAL_AMOUNT_DIFFERS, request, request.amountMinor, nowNs);
            return Posting.AMOUNT_DIFFERS;
        }
        if (request.replacementMinor > 0) {
            return postReduction(entry, request, nowNs);
        }
        reverse(entry);
        recordReversal(BookAction.REVERSAL, request, request.amountMinor, nowNs);
        return Posting.REVERSED;
    }

    private Posting postReduction(final int entry, final BankMessage request, final long nowNs) {
        if (entries.standingMinor[entry] == request.replacementMinor) {
            recordReversal(BookAction.REVERSAL_REPEAT, request, request.amountMinor, nowNs);
            return Posting.NOTHING_TO_REVERSE;
        }
        if (entries.standingMinor[entry] < request.replacementMinor) {
            recordReversal(BookAction.REVERSAL_AMOUNT_DIFFERS, request, request.amountMinor, nowNs);
            return Posting.AMOUNT_DIFFERS;
        }
        reduce(entry, request.replacementMinor);
        recordReversal(BookAction.REDUCTION, request, request.replacementMinor, nowNs);
        return Posting.REVERSED;
    }

    private Posting postUnknownReversal(final BankMessage request, final long nowNs) {
        if (entries.isFull()) {
            return Posting.FULL;
        }
        final int added = entries.add(
                request.rrnHigh,
                request.rrnLow,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId);
        enter(added, AWAITED, request);
        recordReversal(BookAction.REVERSAL_UNKNOWN, request, request.amountMinor, nowNs);
        return Posting.UNKNOWN_ORIGINAL;
    }

    private void restore(final Line line) {
        final BookAction action = BookAction.of(line);
        switch (action) {
            case DEBIT, CREDIT, HOLD, INQUIRY, COMPLETION, VOID -> restorePosting(line, Purpose.of(action));
            case DECLINE -> restore(line, DECLINED, Purpose.DEBIT);
            case REVERSAL_UNKNOWN -> restore(line, AWAITED, Purpose.DEBIT);
            case REVERSAL -> reverse(standing(line));
            case REDUCTION -> reduce(standing(line), line.number(BookField.AMOUNT_MINOR));
            default -> {
                // Changed nothing when it was written.
            }
        }
    }

    private int standing(final Line line) {
        final int entry = find(line);
        if (entry == NONE || entries.states[entry] != STANDS) {
            throw line.malformed("a reversal without its posting");
        }
        return entry;
    }

    private void restorePosting(final Line line, final Purpose purpose) {
        final int entry = restore(line, STANDS, purpose);
        if (purpose.namesOriginal() && line.has(BookField.ORIGINAL_STAN)) {
            final int original = entries.find(
                    (int) line.number(BookField.ORIGINAL_STAN),
                    line.number(BookField.ORIGINAL_TRANSMISSION_DATE_TIME),
                    line.number(BookField.ORIGINAL_INSTITUTION_ID));
            if (original == NONE || entries.states[original] != STANDS) {
                throw line.malformed("its original does not stand");
            }
            entries.originals[entry] = original;
            changeOriginal(entry, purpose == Purpose.COMPLETION ? COMPLETED : VOIDED);
        }
    }

    private int restore(final Line line, final byte state, final Purpose purpose) {
        if (entries.isFull()) {
            throw line.malformed("more payments than the books' capacity of " + capacity);
        }
        if (find(line) != NONE) {
            throw line.malformed("a payment stands twice");
        }
        final int entry = entries.add(
                line.packed(BookField.RRN, 0, 8),
                (int) line.packed(BookField.RRN, 8, 4),
                (int) line.number(BookField.STAN),
                line.number(BookField.TRANSMISSION_DATE_TIME),
                line.number(BookField.INSTITUTION_ID));
        enter(entry, state, purpose, line.number(BookField.AMOUNT_MINOR), (int) line.number(BookField.CURRENCY));
        return entry;
    }

    private int find(final Line line) {
        return entries.find(
                line.packed(BookField.RRN, 0, 8),
                (int) line.packed(BookField.RRN, 8, 4),
                (int) line.number(BookField.STAN),
                line.number(BookField.TRANSMISSION_DATE_TIME),
                line.number(BookField.INSTITUTION_ID));
    }

    private int find(final BankMessage request) {
        return entries.find(
                request.rrnHigh, request.rrnLow, request.stan, request.transmissionDateTime, request.institutionId);
    }

    private int findOriginal(final BankMessage request) {
        return entries.find(request.originalStan, request.originalTransmissionDateTime, request.originalInstitutionId);
    }

    private int add(final BankMessage request) {
        return entries.add(
                request.rrnHigh, request.rrnLow, request.stan, request.transmissionDateTime, request.institutionId);
    }

    private void enter(final int entry, final byte state, final BankMessage request) {
        enter(entry, state, request.purpose, request.amountMinor, request.currency);
    }

    private void enter(
            final int entry, final byte state, final Purpose purpose, final long amountMinor, final int currency) {
        entries.purposes[entry] = purpose;
        entries.amountsMinor[entry] = amountMinor;
        entries.standingMinor[entry] = amountMinor;
        entries.currencies[entry] = (short) currency;
        entries.states[entry] = state;
        if (state == STANDS) {
            postedCount++;
            netByCurrencyMinor[currency] += effectMinor(entry);
            totals.posted(purpose, amountMinor, currency);
        }
    }

    /** Undoes a request, and gives back to its original what it took from it. */
    private void reverse(final int entry) {
        reversalCount++;
        final int original = entries.originals[entry];
        totals.undone(entries.purposes[entry], entries.standingMinor[entry], entries.currencies[entry]);
        if (entries.purposes[entry] == Purpose.VOID && original != NONE) {
            totals.posted(entries.purposes[original], entries.standingMinor[original], entries.currencies[original]);
        }
        state(entry, REVERSED);
        changeOriginal(entry, STANDS);
    }

    private void reduce(final int entry, final long replacementMinor) {
        final long before = effectMinor(entry);
        totals.undone(
                entries.purposes[entry], entries.standingMinor[entry] - replacementMinor, entries.currencies[entry]);
        entries.standingMinor[entry] = replacementMinor;
        netByCurrencyMinor[entries.currencies[entry]] += effectMinor(entry) - before;
    }

    private void changeOriginal(final int entry, final byte state) {
        if (entries.originals[entry] != NONE) {
            state(entries.originals[entry], state);
        }
    }

    private void state(final int entry, final byte state) {
        final long before = effectMinor(entry);
        entries.states[entry] = state;
        netByCurrencyMinor[entries.currencies[entry]] += effectMinor(entry) - before;
    }

    private long effectMinor(final int entry) {
        return entries.states[entry] == STANDS ? entries.purposes[entry].sign() * entries.standingMinor[entry] : 0;
    }

    private void recordPayment(final BookAction action, final BankMessage request, final long nowNs) {
        record(action, request, request.stan, request.transmissionDateTime, request.institutionId, request.amountMinor);
        final int entry = find(request);
        final int original = entry == NONE ? NONE : entries.originals[entry];
        if (original != NONE && action == request.purpose.action()) {
            writer.text(BookField.ORIGINAL_RRN, entries.rrn(original))
                    .number(BookField.ORIGINAL_STAN, request.originalStan)
                    .number(BookField.ORIGINAL_TRANSMISSION_DATE_TIME, request.originalTransmissionDateTime)
                    .number(BookField.ORIGINAL_INSTITUTION_ID, request.originalInstitutionId);
        }
        writer.number(BookField.AT_NS, nowNs).end();
    }

    private void recordReversal(
            final BookAction action, final BankMessage request, final long amountMinor, final long nowNs) {
        record(
                action,
                request,
                request.originalStan,
                request.originalTransmissionDateTime,
                request.originalInstitutionId,
                amountMinor);
        writer.number(BookField.AT_NS, nowNs).end();
    }

    private void record(
            final BookAction action,
            final BankMessage request,
            final int stan,
            final long transmissionDateTime,
            final long institutionId,
            final long amountMinor) {
        writer.begin()
                .text(BookField.ACTION, action.key())
                .packed(BookField.RRN, request.rrnHigh, request.rrnLow)
                .number(BookField.STAN, stan)
                .number(BookField.TRANSMISSION_DATE_TIME, transmissionDateTime)
                .number(BookField.INSTITUTION_ID, institutionId)
                .number(BookField.AMOUNT_MINOR, amountMinor)
                .number(BookField.CURRENCY, request.currency)
                .digits(BookField.LAST_FOUR, request.lastFour(), 4);
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

package io.turnout.simulators.oracle;

import io.turnout.simulators.RrnTable;
import io.turnout.simulators.acquirer.AcquirerEvent;
import io.turnout.simulators.acquirer.AcquirerField;
import io.turnout.simulators.bank.BookAction;
import io.turnout.simulators.bank.BookField;
import io.turnout.simulators.lines.Line;
import java.util.Arrays;

/** What both sides say about each payment, side by side, joined by retrieval reference. */
final class Ledger {

    static final byte NO_OUTCOME = 0;
    static final byte APPROVED = 1;
    static final byte DECLINED = 2;
    static final byte UNKNOWN = 3;
    static final byte REJECTED = 4;

    /** An acquirer asked for the payment. */
    static final int REQUESTED = 1;
    /** Two requests have the same reference. */
    static final int REQUESTED_TWICE = 1 << 1;
    /** There are two final outcomes. */
    static final int CONTRADICTED = 1 << 2;
    /** A repeat was answered otherwise. */
    static final int DIFFERED = 1 << 3;
    /** A conflicting request was not refused. */
    static final int CONFLICT_ANSWERED = 1 << 4;
    /** The request was made invalid on purpose. */
    static final int INVALID = 1 << 5;
    /** The acquirer sent a reversal. */
    static final int REVERSAL_SENT = 1 << 6;
    /** The switch accepted it. */
    static final int REVERSAL_ACCEPTED = 1 << 7;
    /** The switch answered that it does not accept it. */
    static final int REVERSAL_REFUSED = 1 << 8;
    /** The approval names another amount or currency than the request. */
    static final int APPROVED_OTHERWISE = 1 << 9;
    /** A bank debited another amount or currency than the request's, or two different ones. */
    static final int DEBITED_OTHERWISE = 1 << 10;
    /** A bank was sent the same request again. */
    static final int SENT_TWICE = 1 << 11;

    private static final int INITIAL_PAYMENTS = 1024;

    final RrnTable rrns;
    int[] flags = new int[INITIAL_PAYMENTS];
    byte[] outcomes = new byte[INITIAL_PAYMENTS];
    long[] amountsMinor = new long[INITIAL_PAYMENTS];
    short[] currencies = new short[INITIAL_PAYMENTS];
    int[] debits = new int[INITIAL_PAYMENTS];
    int[] reversals = new int[INITIAL_PAYMENTS];
    long[] debitedMinor = new long[INITIAL_PAYMENTS];
    long[] reversedMinor = new long[INITIAL_PAYMENTS];
    short[] debitCurrencies = new short[INITIAL_PAYMENTS];

    Ledger(final int capacity) {
        rrns = new RrnTable(capacity);
    }

    int size() {
        return rrns.size();
    }

    boolean is(final int payment, final int flag) {
        return (flags[payment] & flag) != 0;
    }

    /** Debits not undone. */
    int standingDebits(final int payment) {
        return debits[payment] - reversals[payment];
    }

    /** Debits less reversals. */
    long netMinor(final int payment) {
        return debitedMinor[payment] - reversedMinor[payment];
    }

    /** Approved, and the acquirer did not ask for a reversal, or was refused one. */
    boolean standsApproved(final int payment) {
        return outcomes[payment] == APPROVED
                && (!is(payment, REVERSAL_SENT) || is(payment, REVERSAL_REFUSED))
                && !is(payment, REVERSAL_ACCEPTED);
    }

    /** Whether it is certain what the banks must have in the end. */
    boolean isDetermined(final int payment) {
        final boolean reversalOpen = is(payment, REVERSAL_SENT) && !is(payment, REVERSAL_ACCEPTED | REVERSAL_REFUSED);
        return outcomes[payment] != NO_OUTCOME && !(outcomes[payment] == APPROVED && reversalOpen);
    }

    void onAcquirerLine(final Line line) {
        final AcquirerEvent event = AcquirerEvent.of(line);
        if (event == AcquirerEvent.RUN) {
            return;
        }
        final int payment =
                payment(line, line.packed(AcquirerField.RRN, 0, 8), (int) line.packed(AcquirerField.RRN, 8, 4));
        switch (event) {
            case SENT -> onRequest(payment, line);
            case ANSWERED -> onAnswer(payment, line);
            case REJECTED -> outcome(payment, REJECTED);
            case ANSWER_DIFFERS -> flags[payment] |= DIFFERED;
            case CONFLICT_ANSWERED -> flags[payment] |= CONFLICT_ANSWERED;
            case REVERSAL_SENT -> flags[payment] |= REVERSAL_SENT;
            case REVERSAL_ANSWERED ->
                flags[payment] |= line.number(AcquirerField.RESULT_CODE) == 0 ? REVERSAL_ACCEPTED : REVERSAL_REFUSED;
            case REVERSAL_REJECTED -> flags[payment] |= REVERSAL_REFUSED;
            default -> {
                // Giving up is no outcome.
            }
        }
    }

    void onBankLine(final Line line) {
        final int payment = payment(line, line.packed(BookField.RRN, 0, 8), (int) line.packed(BookField.RRN, 8, 4));
        switch (BookAction.of(line)) {
            case DEBIT ->
                onDebit(payment, line.number(BookField.AMOUNT_MINOR), (short) line.number(BookField.CURRENCY));
            case REVERSAL -> {
                reversals[payment]++;
                reversedMinor[payment] += line.number(BookField.AMOUNT_MINOR);
            }
            case DUPLICATE -> flags[payment] |= SENT_TWICE;
            default -> {
                // No money moved.
            }
        }
    }

    private void onRequest(final int payment, final Line line) {
        if (is(payment, REQUESTED)) {
            flags[payment] |= REQUESTED_TWICE;
            return;
        }
        flags[payment] |= REQUESTED | (line.has(AcquirerField.FAULT) ? INVALID : 0);
        amountsMinor[payment] = line.number(AcquirerField.AMOUNT_MINOR);
        currencies[payment] = (short) line.number(AcquirerField.CURRENCY);
        compareDebit(payment);
    }

    private void onAnswer(final int payment, final Line line) {
        if (line.is(AcquirerField.OUTCOME, "APPROVED")) {
            outcome(payment, APPROVED);
            final boolean same = line.number(AcquirerField.AMOUNT_MINOR) == amountsMinor[payment]
                    && line.number(AcquirerField.CURRENCY) == currencies[payment];
            flags[payment] |= same ? 0 : APPROVED_OTHERWISE;
        } else if (line.is(AcquirerField.OUTCOME, "DECLINED")) {
            outcome(payment, DECLINED);
        } else if (line.is(AcquirerField.OUTCOME, "UNKNOWN")) {
            outcome(payment, UNKNOWN);
        } else {
            throw line.malformed("unknown outcome");
        }
    }

    private void outcome(final int payment, final byte outcome) {
        if (outcomes[payment] != NO_OUTCOME) {
            flags[payment] |= CONTRADICTED;
        } else {
            outcomes[payment] = outcome;
        }
    }

    private void onDebit(final int payment, final long amountMinor, final short currency) {
        if (debits[payment] > 0
                && (debitCurrencies[payment] != currency || debitedMinor[payment] != amountMinor * debits[payment])) {
            flags[payment] |= DEBITED_OTHERWISE;
        }
        debits[payment]++;
        debitedMinor[payment] += amountMinor;
        debitCurrencies[payment] = currency;
        compareDebit(payment);
    }

    /** Both sides are known in either order. */
    private void compareDebit(final int payment) {
        if (is(payment, REQUESTED)
                && debits[payment] > 0
                && (debitCurrencies[payment] != currencies[payment]
                        || debitedMinor[payment] != amountsMinor[payment] * debits[payment])) {
            flags[payment] |= DEBITED_OTHERWISE;
        }
    }

    private int payment(final Line line, final long rrnHigh, final int rrnLow) {
        final int payment = rrns.findOrAdd(rrnHigh, rrnLow);
        if (payment == RrnTable.NONE) {
            throw line.malformed("more payments than the oracle has room for");
        }
        if (payment == flags.length) {
            grow(2 * payment);
        }
        return payment;
    }

    private void grow(final int payments) {
        flags = Arrays.copyOf(flags, payments);
        outcomes = Arrays.copyOf(outcomes, payments);
        amountsMinor = Arrays.copyOf(amountsMinor, payments);
        currencies = Arrays.copyOf(currencies, payments);
        debits = Arrays.copyOf(debits, payments);
        reversals = Arrays.copyOf(reversals, payments);
        debitedMinor = Arrays.copyOf(debitedMinor, payments);
        reversedMinor = Arrays.copyOf(reversedMinor, payments);
        debitCurrencies = Arrays.copyOf(debitCurrencies, payments);
    }
}

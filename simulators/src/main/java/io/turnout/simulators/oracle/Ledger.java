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
    /** A bank posted another amount, currency or kind of transaction than the request's, or two different ones. */
    static final int POSTED_OTHERWISE = 1 << 10;
    /** A bank was sent the same request again. */
    static final int SENT_TWICE = 1 << 11;
    /** It is an accomplished fact: the bank hears of it after the acquirer has its answer. */
    static final int ADVICE = 1 << 12;
    /** The reversal is of a part only. */
    static final int PARTIAL = 1 << 13;
    /** A bank reduced it to what a partial reversal left. */
    static final int REDUCED = 1 << 14;
    /** A status inquiry told something else than the answer. */
    static final int STATUS_DIFFERED = 1 << 15;

    /** The switch's own ledger settles it: no bank hears of it. */
    static final int ON_US = 1 << 16;

    static final int NO_ORIGINAL = -1;

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
    /** What was asked for. */
    Transaction[] transactions = new Transaction[INITIAL_PAYMENTS];
    /** What a bank did. */
    Transaction[] postings = new Transaction[INITIAL_PAYMENTS];
    /** The payment it follows up as its acquirer knows it. */
    int[] originals = newOriginals(INITIAL_PAYMENTS);
    /** What shall stand, or stands at the bank, after a partial reversal. */
    long[] replacementsMinor = new long[INITIAL_PAYMENTS];

    long[] reducedToMinor = new long[INITIAL_PAYMENTS];
    /** Accounts of the wallets that pay and receive; 0 when none does. */
    long[] fromAccounts = new long[INITIAL_PAYMENTS];

    long[] toAccounts = new long[INITIAL_PAYMENTS];

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

    /** What stands at the bank: amounts posted less reversals. */
    long netMinor(final int payment) {
        final boolean reduced = is(payment, REDUCED) && standingDebits(payment) == 1;
        return reduced ? reducedToMinor[payment] : debitedMinor[payment] - reversedMinor[payment];
    }

    /** Approved, and the acquirer did not ask for a reversal of the whole, or was refused one. */
    boolean standsApproved(final int payment) {
        return outcomes[payment] == APPROVED
                && (is(payment, PARTIAL)
                        || ((!is(payment, REVERSAL_SENT) || is(payment, REVERSAL_REFUSED))
                                && !is(payment, REVERSAL_ACCEPTED)));
    }

    /** What must stand of a payment that stands approved. */
    long expectedMinor(final int payment) {
        return is(payment, PARTIAL) && is(payment, REVERSAL_ACCEPTED)
                ? replacementsMinor[payment]
                : amountsMinor[payment];
    }

    /** 1 where the cardholder pays, -1 where he is paid, 0 where no money moves; of a void, against its original. */
    int sign(final int payment, final Transaction[] kinds) {
        final Transaction kind = kinds[payment];
        if (kind != Transaction.VOID) {
            return kind == null ? 0 : kind.sign();
        }
        final int original = originals[payment];
        return original == NO_ORIGINAL || kinds[original] == null ? 0 : -kinds[original].sign();
    }

    /** Whether there is something to undo when it is not approved. */
    boolean movesMoney(final int payment) {
        return postings[payment] != Transaction.INQUIRY;
    }

    /** What the bank has still to hear of a payment whose outcome is certain. */
    boolean isPending(final int payment) {
        if (!isDetermined(payment) || is(payment, ON_US)) {
            return false;
        }
        if (!standsApproved(payment)) {
            return movesMoney(payment) && standingDebits(payment) > 0;
        }
        final boolean missing = is(payment, ADVICE) && standingDebits(payment) == 0;
        final boolean whole = standingDebits(payment) == 1 && netMinor(payment) != expectedMinor(payment);
        return missing || (whole && is(payment, PARTIAL)) || standingDebits(payment) > 1;
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
            case STATUS_DIFFERS -> flags[payment] |= STATUS_DIFFERED;
            case REVERSAL_SENT -> onReversalSent(payment, line);
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
            case DEBIT, CREDIT, HOLD, INQUIRY, COMPLETION, VOID -> onPosting(payment, line);
            case REDUCTION -> {
                flags[payment] |= REDUCED;
                reducedToMinor[payment] = line.number(BookField.AMOUNT_MINOR);
            }
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
        flags[payment] |= REQUESTED
                | (line.has(AcquirerField.FAULT) ? INVALID : 0)
                | (line.has(AcquirerField.ADVICE) ? ADVICE : 0)
                | (line.has(AcquirerField.ON_US) ? ON_US : 0);
        fromAccounts[payment] = line.has(AcquirerField.FROM_ACCOUNT) ? line.number(AcquirerField.FROM_ACCOUNT) : 0;
        toAccounts[payment] = line.has(AcquirerField.TO_ACCOUNT) ? line.number(AcquirerField.TO_ACCOUNT) : 0;
        transactions[payment] = Transaction.ofAcquirer(line);
        if (line.has(AcquirerField.ORIGINAL_RRN)) {
            originals[payment] = payment(line, line.packed(AcquirerField.ORIGINAL_RRN, 0, 8), (int)
                    line.packed(AcquirerField.ORIGINAL_RRN, 8, 4));
        }
        amountsMinor[payment] = line.number(AcquirerField.AMOUNT_MINOR);
        currencies[payment] = (short) line.number(AcquirerField.CURRENCY);
        compareDebit(payment);
    }

    private void onReversalSent(final int payment, final Line line) {
        flags[payment] |= REVERSAL_SENT;
        if (line.has(AcquirerField.REPLACEMENT_MINOR) && line.number(AcquirerField.REPLACEMENT_MINOR) > 0) {
            flags[payment] |= PARTIAL;
            replacementsMinor[payment] = line.number(AcquirerField.REPLACEMENT_MINOR);
        }
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

    private void onPosting(final int payment, final Line line) {
        final Transaction posting = Transaction.ofBank(line);
        if (postings[payment] != null && postings[payment] != posting) {
            flags[payment] |= POSTED_OTHERWISE;
        }
        postings[payment] = posting;
        onDebit(payment, line.number(BookField.AMOUNT_MINOR), (short) line.number(BookField.CURRENCY));
    }

    private void onDebit(final int payment, final long amountMinor, final short currency) {
        if (debits[payment] > 0
                && (debitCurrencies[payment] != currency || debitedMinor[payment] != amountMinor * debits[payment])) {
            flags[payment] |= POSTED_OTHERWISE;
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
                && (transactions[payment] != postings[payment]
                        || debitCurrencies[payment] != currencies[payment]
                        || debitedMinor[payment] != amountsMinor[payment] * debits[payment])) {
            flags[payment] |= POSTED_OTHERWISE;
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
        transactions = Arrays.copyOf(transactions, payments);
        postings = Arrays.copyOf(postings, payments);
        replacementsMinor = Arrays.copyOf(replacementsMinor, payments);
        reducedToMinor = Arrays.copyOf(reducedToMinor, payments);
        fromAccounts = Arrays.copyOf(fromAccounts, payments);
        toAccounts = Arrays.copyOf(toAccounts, payments);
        final int[] known = originals;
        originals = newOriginals(payments);
        System.arraycopy(known, 0, originals, 0, known.length);
    }

    private static int[] newOriginals(final int payments) {
        final int[] originals = new int[payments];
        Arrays.fill(originals, NO_ORIGINAL);
        return originals;
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/**
 * Counts payments in the totals of their issuer, each effect once. Only what the issuer is known to hold is counted:
 *
 * <pre>
 *   counted when                                   as                                  undone, when acknowledged
 *   purchase, cash, completion, top-up approved    debit                               debit reversal
 *   refund, withdrawal approved                    credit                              credit reversal
 *   transfer approved                              transfer                            transfer reversal
 *   pre-authorisation approved                     authorisation (no amount)           nothing
 *   balance inquiry approved                       inquiry (no amount)                 nothing
 *   void approved                                  reversal of what it voids           what it voids, again
 *   partial reversal acknowledged                  reversal of the amount given back
 * </pre>
 *
 * An advice is approved when the issuer takes it. An approval that comes late counts too, as the issuer has counted it;
 * so does what an operator finds to stand. A request whose outcome never becomes known counts on neither side: when the
 * issuer did post it, the numbers of debits and of debit reversals differ by one, and the net amount does not.
 *
 * <p>Everything of a payment counts for its own business date as long as that is open, then for the one in force. The
 * amount is what is approved, in minor units of the currency of the payment.
 */
final class PaymentTotals {
    private final Network network;
    private final PaymentTable payments;
    private final OriginalTable originals;
    private final BusinessDates dates;
    private final IssuerTotals totals;
    private final ReconciliationEvents events;
    private final PaymentRecord original;
    private final OriginalRecord kept = new OriginalRecord();

    PaymentTotals(final EngineState state, final ReconciliationEvents events) {
        this.network = state.network();
        this.payments = state.payments();
        this.originals = state.originals();
        this.dates = state.ledger().dates();
        this.totals = state.issuerTotals();
        this.events = events;
        this.original = new PaymentRecord(state.slab());
    }

    /** The issuer is known to hold it. */
    void count(final PaymentRecord payment) {
        if (isCounted(payment) || !network.issuer(payment.issuerId()).keepsTotals()) {
            return;
        }
        final int type = payment.transactionType();
        final int column = TransactionTypes.isVoid(type) ? undoing(originalType(payment)) : doing(type);
        if (add(payment, column, payment.settledMinor())) {
            payment.encoder().flags().inTotals(true);
        }
    }

    /** Nothing of it stands at the issuer any more. */
    void undo(final PaymentRecord payment) {
        if (isCounted(payment)) {
            final int type = payment.transactionType();
            add(
                    payment,
                    TransactionTypes.isVoid(type) ? doing(originalType(payment)) : undoing(type),
                    payment.settledMinor());
            payment.encoder().flags().inTotals(false);
        }
    }

    /** Less of it stands at the issuer. */
    void reduce(final PaymentRecord payment, final long returnedMinor) {
        if (isCounted(payment) && !TransactionTypes.isVoid(payment.transactionType())) {
            add(payment, undoing(payment.transactionType()), returnedMinor);
        }
    }

    private static boolean isCounted(final PaymentRecord payment) {
        return payment.decoder().flags().inTotals();
    }

    /** Adds one, and the amount where the column has amounts; false when nothing can be counted. */
    private boolean add(final PaymentRecord payment, final int column, final long amountMinor) {
        final int date = date(payment.decoder());
        if (date == BusinessDates.NONE) {
            return false;
        }
        if (column == IssuerTotals.NONE) {
            return true;
        }
        final int entry = totals.findOrAdd(payment.issuerId(), date, payment.currency());
        if (entry == IssuerTotals.NONE) {
            events.notKept(payment, date);
            return false;
        }
        totals.add(entry, column, 1);
        if (column <= IssuerTotals.DEBIT_REVERSALS) {
            totals.add(entry, column + IssuerTotals.CREDITS_MINOR, amountMinor);
        }
        return true;
    }

    private int date(final SnapshotPaymentDecoder record) {
        final int own = (int) record.businessDate();
        return own == BusinessDates.NONE || dates.isClosed(own) ? dates.current() : own;
    }

    /** The type of what a void undoes; 0 when that is forgotten. */
    private int originalType(final PaymentRecord payment) {
        final int slot = payments.findById(payment.originalPaymentId());
        if (slot != PaymentTable.NONE) {
            return original.wrap(slot).transactionType();
        }
        final int place = originals.findById(payment.originalPaymentId());
        return place == OriginalTable.NONE
                ? 0
                : originals.wrap(place, kept).decoder().transactionType();
    }

    private static int doing(final int type) {
        return switch (TransactionType.get((short) type)) {
            case PURCHASE, CASH_WITHDRAWAL, COMPLETION, TOP_UP -> IssuerTotals.DEBITS;
            case REFUND, WITHDRAWAL -> IssuerTotals.CREDITS;
            case TRANSFER -> IssuerTotals.TRANSFERS;
            case PRE_AUTHORISATION -> IssuerTotals.AUTHORISATIONS;
            case BALANCE_INQUIRY -> IssuerTotals.INQUIRIES;
            default -> IssuerTotals.NONE;
        };
    }

    private static int undoing(final int type) {
        return switch (doing(type)) {
            case IssuerTotals.DEBITS -> IssuerTotals.DEBIT_REVERSALS;
            case IssuerTotals.CREDITS -> IssuerTotals.CREDIT_REVERSALS;
            case IssuerTotals.TRANSFERS -> IssuerTotals.TRANSFER_REVERSALS;
            default -> IssuerTotals.NONE;
        };
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/**
 * What payments do to accounts. A payment has one leg for its amount and one for the acquirer's fee, which go together:
 *
 * <pre>
 *   NONE ──▶ HELD (asked) ──▶ POSTED (approved) ──▶ RETURNED (undone)
 *     │        └─▶ VOIDED (declined, or undone) │
 *     └──────────────────────▶ POSTED (on us, or an accomplished fact)
 * </pre>
 *
 * The accounts are chosen once and remembered by number. An unknown outcome stays held until it is resolved. The hold
 * of a pre-authorised wallet lies with the reservations and expires by itself.
 */
final class PaymentLedger {
    private final EngineTime time;
    private final Configurations configurations;
    private final Network network;
    private final PaymentTable payments;
    private final BusinessDates dates;
    private final AccountTable accounts;
    private final TransferTable transfers;
    private final Ledger ledger;
    private final PaymentLegs legs;
    private final LedgerEvents events;
    private final PaymentRecord original;

    PaymentLedger(final EngineState state, final LedgerEvents events) {
        this.time = state.time();
        this.configurations = state.configurations();
        this.network = state.network();
        this.payments = state.payments();
        this.dates = state.ledger().dates();
        this.accounts = state.ledger().accounts();
        this.transfers = state.ledger().transfers();
        this.ledger = state.ledger().ledger();
        this.legs = new PaymentLegs(state);
        this.events = events;
        this.original = new PaymentRecord(state.slab());
    }

    /** Holds what the issuer is about to be asked for; NONE, or why that cannot be. */
    DeclineReason reserve(final PaymentRecord payment) {
        final DeclineReason reason = check(payment);
        if (reason == DeclineReason.NONE) {
            remember(payment, LedgerState.HELD);
            hold(payment);
        }
        return reason;
    }

    /** Settles a payment of an on-us card at once; NONE, or why that cannot be. */
    DeclineReason settle(final PaymentRecord payment) {
        return switch (TransactionType.get((short) payment.transactionType())) {
            case BALANCE_INQUIRY -> inquire(payment);
            case PRE_AUTHORISATION -> authorise(payment);
            case COMPLETION -> complete(payment);
            case VOID -> annul(payment);
            default -> post(payment, check(payment));
        };
    }

    /** Posts an accomplished fact, whatever the limits say; ACCOUNT_NOT_FOUND when it has no accounts. */
    DeclineReason postAdvice(final PaymentRecord payment) {
        final DeclineReason reason = find(payment);
        if (reason != DeclineReason.NONE) {
            return reason;
        }
        if (payment.onUs()) {
            endHold(payment.decoder().originalPaymentId());
        }
        final LedgerProblem problem = checkAmount(payment);
        if (payment.onUs() && isPreAuthorisation(payment)) {
            final DeclineReason refused = hold(payment, legs.debit(), legs.credit());
            if (refused != DeclineReason.NONE) {
                return refused;
            }
        } else {
            remember(payment, LedgerState.POSTED);
            book(payment);
        }
        if (problem != LedgerProblem.NONE) {
            events.limitExceeded(payment.paymentId(), legs.debit(), legs.credit(), payment.settledMinor(), problem);
        }
        return DeclineReason.NONE;
    }

    /** The issuer has approved what is held. */
    void post(final PaymentRecord payment) {
        if (payment.ledgerState() == LedgerState.HELD) {
            release(payment);
            payment.encoder().heldMinor(payment.heldMinor() == 0 ? 0 : payment.settledMinor());
            book(payment);
            payment.encoder().ledgerState(LedgerState.POSTED);
        }
    }

    /** Nothing of the payment stands: what is held is given up, what is posted goes back. */
    void undo(final PaymentRecord payment) {
        if (payment.onUs() && isPreAuthorisation(payment)) {
            endHold(payment.paymentId());
        } else if (payment.ledgerState() == LedgerState.HELD) {
            release(payment);
            payment.encoder().ledgerState(LedgerState.VOIDED);
        } else if (payment.ledgerState() == LedgerState.POSTED) {
            bookAgain(payment, -1);
            payment.encoder().ledgerState(LedgerState.RETURNED);
        }
    }

    /** Less of a payment stands than was posted. Its fee stays as it is. */
    void reduce(final PaymentRecord payment, final long settledMinor) {
        if (payment.ledgerState() == LedgerState.POSTED && payment.heldMinor() > settledMinor) {
            final SnapshotPaymentDecoder record = payment.decoder();
            final long returnedMinor = payment.heldMinor() - settledMinor;
            fact(
                    payment,
                    legs.open(record.creditAccount(), record.businessDate()),
                    legs.open(record.debitAccount(), record.businessDate()),
                    returnedMinor);
            payment.encoder().heldMinor(settledMinor);
        }
    }

    /** A payment stands that was believed undone, or not decided yet. */
    void stand(final PaymentRecord payment) {
        if (payment.ledgerState() == LedgerState.HELD) {
            post(payment);
        } else if (payment.ledgerState() == LedgerState.VOIDED || payment.ledgerState() == LedgerState.RETURNED) {
            payment.encoder().heldMinor(payment.heldMinor() == 0 ? 0 : payment.settledMinor());
            bookAgain(payment, 1);
            payment.encoder().ledgerState(LedgerState.POSTED);
        }
    }

    private DeclineReason post(final PaymentRecord payment, final DeclineReason reason) {
        if (reason == DeclineReason.NONE) {
            remember(payment, LedgerState.POSTED);
            book(payment);
        }
        return reason;
    }

    private DeclineReason annul(final PaymentRecord payment) {
        final DeclineReason reason = post(payment, check(payment));
        if (reason == DeclineReason.NONE) {
            endHold(payment.decoder().originalPaymentId());
        }
        return reason;
    }

    private DeclineReason inquire(final PaymentRecord payment) {
        final int wallet = legs.wallet(payment);
        if (wallet == AccountTable.NONE) {
            return DeclineReason.ACCOUNT_NOT_FOUND;
        }
        if (accounts.status(wallet) != AccountStatus.OPEN || accounts.currency(wallet) != payment.currency()) {
            return DeclineReason.ACCOUNT_NOT_USABLE;
        }
        final long availableMinor = accounts.balanceMinor(wallet) - accounts.debitsPendingMinor(wallet);
        payment.encoder().balanceMinor(availableMinor);
        return DeclineReason.NONE;
    }

    private DeclineReason authorise(final PaymentRecord payment) {
        final DeclineReason reason = check(payment);
        return reason == DeclineReason.NONE ? hold(payment, legs.debit(), legs.credit()) : reason;
    }

    private DeclineReason hold(final PaymentRecord payment, final int debit, final int credit) {
        final long validityNs = network.issuer(payment.issuerId()).preAuthorisationValidityNs();
        if (validityNs == 0) {
            return DeclineReason.TRANSACTION_NOT_PERMITTED;
        }
        if (transfers.count() >= configurations.active().ledger().maximumTransfers()) {
            return DeclineReason.ISSUER_BUSY;
        }
        ledger.reserve(debit, credit, payment.settledMinor());
        transfers.add(payment.paymentId(), true, debit, credit, payment.settledMinor(), time.nowNs() + validityNs);
        return DeclineReason.NONE;
    }

    /** Takes the amount, and nothing more than that is held any longer; or the hold stays. */
    private DeclineReason complete(final PaymentRecord payment) {
        final int slot = transfers.find(payment.decoder().originalPaymentId(), true);
        if (slot == TransferTable.NONE) {
            return post(payment, check(payment));
        }
        final int debit = transfers.debit(slot);
        final int credit = transfers.credit(slot);
        final long heldMinor = transfers.amountMinor(slot);
        ledger.release(debit, credit, heldMinor);
        final DeclineReason reason = post(payment, check(payment));
        if (reason == DeclineReason.NONE) {
            transfers.remove(slot);
        } else {
            ledger.reserve(debit, credit, heldMinor);
        }
        return reason;
    }

    private void endHold(final long paymentId) {
        final int slot = transfers.find(paymentId, true);
        if (slot != TransferTable.NONE) {
            ledger.release(transfers.debit(slot), transfers.credit(slot), transfers.amountMinor(slot));
            transfers.remove(slot);
        }
    }

    private DeclineReason check(final PaymentRecord payment) {
        final DeclineReason reason = find(payment);
        if (reason != DeclineReason.NONE) {
            return reason;
        }
        final LedgerProblem problem = checkAmount(payment);
        return problem == LedgerProblem.NONE ? checkFee(payment) : reasonOf(problem);
    }

    private DeclineReason find(final PaymentRecord payment) {
        if (!TransactionTypes.isVoid(payment.transactionType())) {
            return legs.find(payment);
        }
        final int slot = payments.findById(payment.decoder().originalPaymentId());
        if (slot == PaymentTable.NONE) {
            return DeclineReason.ORIGINAL_NOT_FOUND;
        }
        legs.findOpposite(original.wrap(slot));
        return DeclineReason.NONE;
    }

    private LedgerProblem checkAmount(final PaymentRecord payment) {
        return legs.debit() == AccountTable.NONE
                ? LedgerProblem.NONE
                : ledger.checkReserve(legs.debit(), legs.credit(), payment.settledMinor(), payment.currency());
    }

    /** The fee comes on top of the amount, should both burden the same account or participant. */
    private DeclineReason checkFee(final PaymentRecord payment) {
        if (legs.feeMinor() <= 0) {
            return DeclineReason.NONE;
        }
        final boolean moves = legs.debit() != AccountTable.NONE;
        if (moves) {
            ledger.reserve(legs.debit(), legs.credit(), payment.settledMinor());
        }
        final LedgerProblem problem =
                ledger.checkReserve(legs.feePayer(), legs.feeTaker(), legs.feeMinor(), payment.currency());
        if (moves) {
            ledger.release(legs.debit(), legs.credit(), payment.settledMinor());
        }
        return reasonOf(problem);
    }

    private void remember(final PaymentRecord payment, final LedgerState state) {
        final boolean moves = legs.debit() != AccountTable.NONE;
        final boolean isEmpty = !moves && legs.feeMinor() == 0;
        payment.encoder()
                .debitAccount(legs.reference(legs.debit()))
                .creditAccount(legs.reference(legs.credit()))
                .heldMinor(moves ? payment.settledMinor() : 0)
                .feePayerAccount(legs.reference(legs.feePayer()))
                .feeAccount(legs.feeTaker())
                .feeMinor(legs.feeMinor())
                .ledgerState(isEmpty ? LedgerState.NONE : state);
        if (legs.movesPosition()) {
            PaymentFields.businessDate(payment, dates.current());
        }
    }

    /** Holds both legs. A fee that is given back is not held: it is only posted. */
    private void hold(final PaymentRecord payment) {
        final SnapshotPaymentDecoder record = payment.decoder();
        final long date = record.businessDate();
        if (record.heldMinor() != 0) {
            ledger.reserve(
                    legs.onDate(record.debitAccount(), date),
                    legs.onDate(record.creditAccount(), date),
                    record.heldMinor());
        }
        if (record.feeMinor() > 0) {
            ledger.reserve(legs.onDate(record.feePayerAccount(), date), record.feeAccount(), record.feeMinor());
        }
    }

    private void release(final PaymentRecord payment) {
        final SnapshotPaymentDecoder record = payment.decoder();
        final long date = record.businessDate();
        if (record.heldMinor() != 0) {
            ledger.release(
                    legs.onDate(record.debitAccount(), date),
                    legs.onDate(record.creditAccount(), date),
                    record.heldMinor());
        }
        if (record.feeMinor() > 0) {
            ledger.release(legs.onDate(record.feePayerAccount(), date), record.feeAccount(), record.feeMinor());
        }
    }

    /** Posts both legs on the payment's own date. */
    private void book(final PaymentRecord payment) {
        final SnapshotPaymentDecoder record = payment.decoder();
        final long date = record.businessDate();
        if (record.heldMinor() != 0) {
            move(
                    legs.onDate(record.debitAccount(), date),
                    legs.onDate(record.creditAccount(), date),
                    record.heldMinor());
        }
        if (record.feeMinor() != 0) {
            move(legs.onDate(record.feePayerAccount(), date), record.feeAccount(), record.feeMinor());
        }
    }

    /** Posts both legs later, as they were (1) or the other way round (-1), on dates that are open. */
    private void bookAgain(final PaymentRecord payment, final int sign) {
        final SnapshotPaymentDecoder record = payment.decoder();
        final long date = record.businessDate();
        if (record.heldMinor() != 0) {
            fact(
                    payment,
                    legs.open(record.debitAccount(), date),
                    legs.open(record.creditAccount(), date),
                    sign * record.heldMinor());
        }
        if (record.feeMinor() != 0) {
            fact(payment, legs.open(record.feePayerAccount(), date), record.feeAccount(), sign * record.feeMinor());
        }
    }

    /** Posts what has to be posted, and says so when a request would have been refused. */
    private void fact(final PaymentRecord payment, final int from, final int to, final long amountMinor) {
        final int debit = amountMinor > 0 ? from : to;
        final int credit = amountMinor > 0 ? to : from;
        final long postedMinor = Math.abs(amountMinor);
        final LedgerProblem problem = ledger.checkPost(debit, credit, postedMinor, payment.currency());
        ledger.post(debit, credit, 0, postedMinor);
        if (problem != LedgerProblem.NONE) {
            events.limitExceeded(payment.paymentId(), debit, credit, postedMinor, problem);
        }
    }

    private void move(final int from, final int to, final long amountMinor) {
        if (amountMinor > 0) {
            ledger.post(from, to, 0, amountMinor);
        } else {
            ledger.post(to, from, 0, -amountMinor);
        }
    }

    private static boolean isPreAuthorisation(final PaymentRecord payment) {
        return payment.transactionType() == TransactionType.PRE_AUTHORISATION.value();
    }

    private static DeclineReason reasonOf(final LedgerProblem problem) {
        return switch (problem) {
            case NONE -> DeclineReason.NONE;
            case INVALID_AMOUNT -> DeclineReason.INVALID_AMOUNT;
            case ACCOUNT_NOT_FOUND -> DeclineReason.ACCOUNT_NOT_FOUND;
            case SAME_ACCOUNT, ACCOUNT_NOT_USABLE, OTHER_CURRENCY -> DeclineReason.ACCOUNT_NOT_USABLE;
            case INSUFFICIENT_FUNDS -> DeclineReason.INSUFFICIENT_FUNDS;
            case POSITION_LIMIT_EXCEEDED -> DeclineReason.POSITION_LIMIT_EXCEEDED;
            case BALANCE_LIMIT_EXCEEDED, TOTALS_EXHAUSTED -> DeclineReason.BALANCE_LIMIT_EXCEEDED;
            default -> throw new IllegalArgumentException("not of a payment: problem=" + problem);
        };
    }
}

package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.LedgerState;
import io.turnout.codecs.sbe.engine.PanTokenDecoder;
import io.turnout.codecs.sbe.engine.SnapshotPaymentDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;

/**
 * Which accounts a payment moves money between.
 *
 * <pre>
 *                       card of a bank                           card of an on-us issuer (a wallet)
 *   purchase, completion issuer position → acquirer position     wallet → merchant payable, else acquirer position
 *   cash                issuer position → acquirer position      wallet → acquirer position
 *   refund              acquirer position → issuer position      merchant payable, else acquirer position → wallet
 *   transfer, top-up    issuer position → destination account    wallet → destination account
 *   withdrawal          source wallet → issuer position          wallet → issuer position
 *   pre-authorisation   nothing                                  wallet → outside world, held until it expires
 *   void                the opposite of its original
 *   fee                 acquirer position → fee account
 * </pre>
 *
 * A withdrawal to a card of a bank is paid by the wallet that the request names; a wallet's card pays for itself. Who
 * is no participant is the outside world; between the outside world and itself nothing moves.
 */
final class PaymentLegs {
    private final Configurations configurations;
    private final LedgerTables ledger;
    private final AccountTable accounts;
    private int debit;
    private int credit;
    private int feePayer;
    private int feeTaker;
    private long feeMinor;

    PaymentLegs(final EngineState state) {
        this.configurations = state.configurations();
        this.ledger = state.ledger();
        this.accounts = state.ledger().accounts();
    }

    /** Account number the amount goes from; NONE when the amount does not move. */
    int debit() {
        return debit;
    }

    int credit() {
        return credit;
    }

    int feePayer() {
        return feePayer;
    }

    int feeTaker() {
        return feeTaker;
    }

    /** What the fee payer pays; 0 when there is no fee. */
    long feeMinor() {
        return feeMinor;
    }

    /** The wallet of an on-us card, or NONE. */
    int wallet(final PaymentRecord payment) {
        final PanTokenDecoder token = payment.decoder().panToken();
        return accounts.findByAlias(AccountKind.WALLET, token.high(), token.low());
    }

    /**
     * Finds the accounts of a payment that is not a void.
     *
     * @return NONE, or ACCOUNT_NOT_FOUND when one is missing
     */
    DeclineReason find(final PaymentRecord payment) {
        clear();
        if (!configuration().isDefined()) {
            return TransactionTypes.needsLedger(payment.transactionType())
                    ? DeclineReason.ACCOUNT_NOT_FOUND
                    : DeclineReason.NONE;
        }
        final boolean found = payment.onUs() ? findOnUs(payment) : findOfBank(payment);
        if (!found) {
            return DeclineReason.ACCOUNT_NOT_FOUND;
        }
        if (debit == credit) {
            debit = AccountTable.NONE;
            credit = AccountTable.NONE;
        }
        return findFee(payment) ? DeclineReason.NONE : DeclineReason.ACCOUNT_NOT_FOUND;
    }

    /** The opposite of what another payment has posted, with the fee given back. */
    void findOpposite(final PaymentRecord original) {
        clear();
        final SnapshotPaymentDecoder record = original.decoder();
        if (original.ledgerState() != LedgerState.POSTED) {
            return;
        }
        if (record.heldMinor() != 0) {
            debit = current(record.creditAccount());
            credit = current(record.debitAccount());
        }
        if (record.feeMinor() != 0) {
            feeMinor = -record.feeMinor();
            feePayer = current(record.feePayerAccount());
            feeTaker = record.feeAccount();
        }
    }

    /**
     * How a payment remembers an account. A position may be gone and its number be another's before the payment is
     * undone, so that it is remembered by its participant's total, which stays, with the sign reversed; the business
     * date stands in the payment.
     */
    int reference(final int number) {
        return isPosition(number) ? -accounts.total(number) : number;
    }

    /** The account remembered, on its date. */
    int onDate(final int reference, final long businessDate) {
        return reference >= 0 ? reference : position(-reference, (int) businessDate);
    }

    /** The account remembered, on its date while that is open, else on the current one. */
    int open(final int reference, final long businessDate) {
        return ledger.dates().isClosed((int) businessDate) ? current(reference) : onDate(reference, businessDate);
    }

    private int current(final int reference) {
        return reference >= 0 ? reference : position(-reference, ledger.dates().current());
    }

    private int position(final int total, final int businessDate) {
        return ledger.positions()
                .of(Integer.toUnsignedLong(accounts.owner(total)), accounts.currency(total), businessDate);
    }

    /** Whether a payment's amount or fee moves a position. */
    boolean movesPosition() {
        return isPosition(debit) || isPosition(credit) || isPosition(feePayer);
    }

    private boolean isPosition(final int number) {
        return number != AccountTable.NONE && accounts.kind(number) == AccountKind.POSITION;
    }

    private void clear() {
        debit = AccountTable.NONE;
        credit = AccountTable.NONE;
        feePayer = AccountTable.NONE;
        feeTaker = AccountTable.NONE;
        feeMinor = 0;
    }

    private boolean findOnUs(final PaymentRecord payment) {
        final int wallet = wallet(payment);
        switch (type(payment)) {
            case PURCHASE, COMPLETION -> pair(wallet, merchant(payment));
            case CASH_WITHDRAWAL -> pair(wallet, acquirer(payment));
            case REFUND -> pair(merchant(payment), wallet);
            case TRANSFER, TOP_UP -> pair(wallet, namedAccount(payment));
            case WITHDRAWAL -> pair(namesAccount(payment) ? AccountTable.NONE : wallet, issuer(payment));
            case PRE_AUTHORISATION -> pair(wallet, ledger.settlementAccount(payment.currency()));
            default -> {
                return wallet != AccountTable.NONE;
            }
        }
        // A wallet that pays itself is a mistake to be named, and not a payment that moves nothing.
        return isFound() && (debit != credit || accounts.kind(debit) != AccountKind.WALLET);
    }

    private boolean findOfBank(final PaymentRecord payment) {
        switch (type(payment)) {
            case PURCHASE, COMPLETION, CASH_WITHDRAWAL -> pair(issuer(payment), acquirer(payment));
            case REFUND -> pair(acquirer(payment), issuer(payment));
            case TRANSFER, TOP_UP -> pair(issuer(payment), namedAccount(payment));
            case WITHDRAWAL -> pair(source(payment), issuer(payment));
            default -> {
                return true;
            }
        }
        return isFound();
    }

    private boolean findFee(final PaymentRecord payment) {
        if (!hasFee(type(payment))) {
            return true;
        }
        feeMinor = configuration().feeMinor(payment.acquirerId(), payment.currency(), payment.settledMinor());
        if (feeMinor == 0) {
            return true;
        }
        feePayer = acquirer(payment);
        feeTaker = ledger.feeAccount(payment.currency());
        return feePayer != AccountTable.NONE;
    }

    private static boolean hasFee(final TransactionType type) {
        return switch (type) {
            case PURCHASE, COMPLETION, CASH_WITHDRAWAL, TRANSFER, TOP_UP, WITHDRAWAL -> true;
            default -> false;
        };
    }

    private void pair(final int debitNumber, final int creditNumber) {
        debit = debitNumber;
        credit = creditNumber;
    }

    private boolean isFound() {
        return debit != AccountTable.NONE && credit != AccountTable.NONE;
    }

    private int merchant(final PaymentRecord payment) {
        final int offset = payment.offset() + SnapshotPaymentDecoder.merchantIdEncodingOffset();
        final int merchant = accounts.findByAlias(
                AccountKind.MERCHANT,
                AccountFlow.merchantHigh(payment.acquirerId(), payment.buffer(), offset),
                AccountFlow.merchantLow(payment.acquirerId(), payment.buffer(), offset));
        return merchant == AccountTable.NONE ? acquirer(payment) : merchant;
    }

    /** The wallet or merchant payable that the request names beside the card. */
    private int namedAccount(final PaymentRecord payment) {
        final int number = accounts.find(payment.decoder().destinationAccountId());
        if (number == AccountTable.NONE || accounts.status(number) == AccountStatus.CLOSED) {
            return AccountTable.NONE;
        }
        final AccountKind kind = accounts.kind(number);
        return kind == AccountKind.WALLET || kind == AccountKind.MERCHANT ? number : AccountTable.NONE;
    }

    /** The wallet that pays a withdrawal to a card of a bank. */
    private int source(final PaymentRecord payment) {
        final int number = namedAccount(payment);
        return number != AccountTable.NONE && accounts.kind(number) == AccountKind.WALLET ? number : AccountTable.NONE;
    }

    private static boolean namesAccount(final PaymentRecord payment) {
        return payment.decoder().destinationAccountId() != 0;
    }

    private int acquirer(final PaymentRecord payment) {
        return participant(configuration().participantOfAcquirer(payment.acquirerId()), payment.currency());
    }

    private int issuer(final PaymentRecord payment) {
        return participant(configuration().participantOfIssuer(payment.issuerId()), payment.currency());
    }

    private int participant(final long participant, final int currency) {
        return participant == LedgerConfiguration.NO_PARTICIPANT
                ? ledger.settlementAccount(currency)
                : ledger.positions().current(participant, currency);
    }

    private LedgerConfiguration configuration() {
        return configurations.active().ledger();
    }

    private static TransactionType type(final PaymentRecord payment) {
        return TransactionType.get((short) payment.transactionType());
    }
}

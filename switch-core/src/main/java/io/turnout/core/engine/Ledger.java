package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.LedgerProblem;

/**
 * Double entry over the accounts: every booking debits one account and credits another with the same amount in the same
 * currency, pending or posted.
 *
 * <pre>
 *   reserve ──▶ pending ──▶ post   (whole or in part; the rest is given up)
 *                       └─▶ release
 *   post ──▶ posted at once
 * </pre>
 *
 * <p>One rule for each side, holds counted: {@code debitsPosted + debitsPending + amount − creditsPosted ≤ debitLimit}
 * and {@code creditsPosted + creditsPending + amount − debitsPosted ≤ maximumBalance}; {@link Long#MAX_VALUE} stands
 * for no limit. The account of a participant's position or prefund also counts in the participant's total, whose debit
 * limit is the cap; the total is a memo and no side of any booking.
 *
 * <p>{@link #checkPost} and {@link #checkReserve} answer for requests; the bookings themselves refuse nothing, since
 * accomplished facts are booked as well. A booking that would take more off a hold than it has, or overflow, stops the
 * node.
 */
final class Ledger {
    static final long NO_LIMIT = Long.MAX_VALUE;

    private final AccountTable accounts;
    private final CurrencyTotals totals = new CurrencyTotals();
    private final BusinessDates dates;
    private final CapWatch caps;

    Ledger(final AccountTable accounts, final BusinessDates dates, final CapWatch caps) {
        this.accounts = accounts;
        this.dates = dates;
        this.caps = caps;
    }

    /** What a request to move the amount at once must be refused for, or NONE. */
    LedgerProblem checkPost(final int debit, final int credit, final long amountMinor, final int currency) {
        final LedgerProblem problem = checkAccounts(debit, credit, amountMinor, currency);
        if (problem != LedgerProblem.NONE) {
            return problem;
        }
        final int total = accounts.total(debit);
        final boolean countsTwice = total != AccountTable.NONE && total == accounts.total(credit);
        return checkLimits(debit, credit, countsTwice ? AccountTable.NONE : total, amountMinor);
    }

    /** What a request to hold the amount must be refused for, or NONE. */
    LedgerProblem checkReserve(final int debit, final int credit, final long amountMinor, final int currency) {
        final LedgerProblem problem = checkAccounts(debit, credit, amountMinor, currency);
        return problem == LedgerProblem.NONE ? checkLimits(debit, credit, accounts.total(debit), amountMinor) : problem;
    }

    /** Holds an amount. */
    void reserve(final int debit, final int credit, final long amountMinor) {
        pend(debit, credit, amountMinor);
    }

    /** Gives a hold up, whole. */
    void release(final int debit, final int credit, final long heldMinor) {
        pend(debit, credit, -heldMinor);
        noticeClosing(debit);
        noticeClosing(credit);
    }

    /**
     * Moves an amount.
     *
     * @param heldMinor hold between the two accounts that ends with this; 0 when there is none
     */
    void post(final int debit, final int credit, final long heldMinor, final long amountMinor) {
        if (heldMinor != 0) {
            pend(debit, credit, -heldMinor);
        }
        final long debits = Math.addExact(accounts.debitsPostedMinor(debit), amountMinor);
        final long credits = Math.addExact(accounts.creditsPostedMinor(credit), amountMinor);
        accounts.debitsPostedMinor(debit, debits);
        accounts.creditsPostedMinor(credit, credits);
        totals.posted(accounts.currency(debit), amountMinor);
        totals.posted(accounts.currency(credit), -amountMinor);
        final int debitTotal = accounts.total(debit);
        if (debitTotal != AccountTable.NONE) {
            caps.touch(debitTotal);
            accounts.debitsPostedMinor(debitTotal, Math.addExact(accounts.debitsPostedMinor(debitTotal), amountMinor));
        }
        final int creditTotal = accounts.total(credit);
        if (creditTotal != AccountTable.NONE) {
            caps.touch(creditTotal);
            accounts.creditsPostedMinor(
                    creditTotal, Math.addExact(accounts.creditsPostedMinor(creditTotal), amountMinor));
        }
        noticeClosing(debit);
        noticeClosing(credit);
    }

    /** Takes back a booking of the same command: what was posted is as if it had not been, and the hold is back. */
    void unpost(final int debit, final int credit, final long heldMinor, final long amountMinor) {
        accounts.debitsPostedMinor(debit, accounts.debitsPostedMinor(debit) - amountMinor);
        accounts.creditsPostedMinor(credit, accounts.creditsPostedMinor(credit) - amountMinor);
        totals.posted(accounts.currency(debit), -amountMinor);
        totals.posted(accounts.currency(credit), amountMinor);
        final int debitTotal = accounts.total(debit);
        if (debitTotal != AccountTable.NONE) {
            caps.touch(debitTotal);
            accounts.debitsPostedMinor(debitTotal, accounts.debitsPostedMinor(debitTotal) - amountMinor);
        }
        final int creditTotal = accounts.total(credit);
        if (creditTotal != AccountTable.NONE) {
            caps.touch(creditTotal);
            accounts.creditsPostedMinor(creditTotal, accounts.creditsPostedMinor(creditTotal) - amountMinor);
        }
        if (heldMinor != 0) {
            pend(debit, credit, heldMinor);
        }
    }

    /** Forgets a position that is settled; it must have no balance and no holds. */
    void remove(final int position) {
        if (accounts.hasPending(position) || accounts.balanceMinor(position) != 0) {
            throw new IllegalStateException("not settled: accountId=" + accounts.accountId(position));
        }
        final int total = accounts.total(position);
        final long turnoverMinor = accounts.debitsPostedMinor(position);
        accounts.debitsPostedMinor(total, accounts.debitsPostedMinor(total) - turnoverMinor);
        accounts.creditsPostedMinor(total, accounts.creditsPostedMinor(total) - turnoverMinor);
        accounts.remove(position);
    }

    /** Stops the node when something was booked on one side only. To be called after every command. */
    void requireBalanced() {
        totals.requireBalanced();
    }

    /**
     * Adds everything up again from the accounts.
     *
     * @return null, or what is wrong: a currency whose debits are not its credits, or a total that is not the sum of
     *     the participant's accounts
     */
    String audit() {
        final long[] sums = new long[2 * (accounts.last() + 1)];
        totals.clear();
        for (int number = 1; number <= accounts.last(); number++) {
            if (accounts.isInUse(number) && accounts.kind(number) != AccountKind.TOTAL) {
                final int currency = accounts.currency(number);
                totals.pending(currency, pendingNet(number));
                totals.posted(currency, -accounts.balanceMinor(number));
                sums[2 * accounts.total(number)] += pendingNet(number);
                sums[2 * accounts.total(number) + 1] += accounts.balanceMinor(number);
            }
        }
        if (!totals.isBalanced()) {
            return "debits are not credits";
        }
        for (int number = 1; number <= accounts.last(); number++) {
            if (accounts.isInUse(number)
                    && accounts.kind(number) == AccountKind.TOTAL
                    && (sums[2 * number] != pendingNet(number)
                            || sums[2 * number + 1] != accounts.balanceMinor(number))) {
                return "not the sum of its accounts: accountId=" + accounts.accountId(number);
            }
        }
        return null;
    }

    private long pendingNet(final int number) {
        return accounts.debitsPendingMinor(number) - accounts.creditsPendingMinor(number);
    }

    private LedgerProblem checkAccounts(final int debit, final int credit, final long amountMinor, final int currency) {
        if (amountMinor < 1 || amountMinor > PaymentRules.MAXIMUM_AMOUNT_MINOR) {
            return LedgerProblem.INVALID_AMOUNT;
        }
        if (debit == AccountTable.NONE || credit == AccountTable.NONE) {
            return LedgerProblem.ACCOUNT_NOT_FOUND;
        }
        if (debit == credit) {
            return LedgerProblem.SAME_ACCOUNT;
        }
        if (!isUsable(debit) || !isUsable(credit)) {
            return LedgerProblem.ACCOUNT_NOT_USABLE;
        }
        return accounts.currency(debit) == currency && accounts.currency(credit) == currency
                ? LedgerProblem.NONE
                : LedgerProblem.OTHER_CURRENCY;
    }

    /** Positions stay usable after their date is closed: they have to be settled. */
    private boolean isUsable(final int number) {
        final AccountKind kind = accounts.kind(number);
        return kind == AccountKind.POSITION
                || (kind != AccountKind.TOTAL && accounts.status(number) == AccountStatus.OPEN);
    }

    private LedgerProblem checkLimits(final int debit, final int credit, final int total, final long amountMinor) {
        final long debits = Math.addExact(accounts.debitsPostedMinor(debit), accounts.debitsPendingMinor(debit));
        final long credits = Math.addExact(accounts.creditsPostedMinor(credit), accounts.creditsPendingMinor(credit));
        if (debits > NO_LIMIT - amountMinor || credits > NO_LIMIT - amountMinor) {
            return LedgerProblem.TOTALS_EXHAUSTED;
        }
        if (exceeds(debits + amountMinor, accounts.creditsPostedMinor(debit), accounts.debitLimitMinor(debit))) {
            return LedgerProblem.INSUFFICIENT_FUNDS;
        }
        if (total != AccountTable.NONE && exceedsCap(total, amountMinor)) {
            return LedgerProblem.POSITION_LIMIT_EXCEEDED;
        }
        return exceeds(credits + amountMinor, accounts.debitsPostedMinor(credit), accounts.maximumBalanceMinor(credit))
                ? LedgerProblem.BALANCE_LIMIT_EXCEEDED
                : LedgerProblem.NONE;
    }

    private boolean exceedsCap(final int total, final long amountMinor) {
        final long debits = Math.addExact(accounts.debitsPostedMinor(total), accounts.debitsPendingMinor(total));
        return exceeds(
                Math.addExact(debits, amountMinor),
                accounts.creditsPostedMinor(total),
                accounts.debitLimitMinor(total));
    }

    /** Whether one side exceeds the other by more than a limit; both sides and the limit are 0 or more. */
    private static boolean exceeds(final long side, final long other, final long limit) {
        return limit != NO_LIMIT && side - other > limit;
    }

    private void pend(final int debit, final int credit, final long changeMinor) {
        accounts.debitsPendingMinor(debit, hold(debit, accounts.debitsPendingMinor(debit), changeMinor));
        accounts.creditsPendingMinor(credit, hold(credit, accounts.creditsPendingMinor(credit), changeMinor));
        totals.pending(accounts.currency(debit), changeMinor);
        totals.pending(accounts.currency(credit), -changeMinor);
        final int debitTotal = accounts.total(debit);
        if (debitTotal != AccountTable.NONE) {
            caps.touch(debitTotal);
            accounts.debitsPendingMinor(
                    debitTotal, hold(debitTotal, accounts.debitsPendingMinor(debitTotal), changeMinor));
        }
        final int creditTotal = accounts.total(credit);
        if (creditTotal != AccountTable.NONE) {
            caps.touch(creditTotal);
            accounts.creditsPendingMinor(
                    creditTotal, hold(creditTotal, accounts.creditsPendingMinor(creditTotal), changeMinor));
        }
    }

    private long hold(final int number, final long pendingMinor, final long changeMinor) {
        final long after = Math.addExact(pendingMinor, changeMinor);
        if (after < 0) {
            throw new IllegalStateException("more released than held: accountId=" + accounts.accountId(number)
                    + " pendingMinor=" + pendingMinor + " changeMinor=" + changeMinor);
        }
        return after;
    }

    /** A position of a closed date may have lost its last hold, or may be settled now. */
    private void noticeClosing(final int number) {
        if (accounts.kind(number) == AccountKind.POSITION && dates.isClosed(accounts.businessDate(number))) {
            dates.lookForClosing();
        }
    }
}

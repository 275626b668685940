package io.turnout.simulators.oracle;

import io.turnout.simulators.oracle.Reconciliation.Mode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One pass over a ledger with all checks. */
final class LedgerChecks {

    private static final int COLLECTED = 0;
    private static final int COMPLETIONS = 1;
    private static final int RETURNED = 2;

    private final Ledger ledger;
    private final List<WalletBalance> wallets;
    private final WalletChecks walletChecks;
    private final boolean settled;
    private final int overCapturePercent;
    private final int examplesPerCheck;
    private final Map<Check, Tally> tallies = new EnumMap<>(Check.class);
    private final Map<Integer, long[]> totals = new TreeMap<>();
    private final Map<Integer, long[]> followUps = new TreeMap<>();

    private long requestCount;
    private long approvedCount;
    private long declinedCount;
    private long unknownCount;
    private long rejectedCount;
    private long reversedCount;
    private long unansweredCount;

    LedgerChecks(
            final Ledger ledger,
            final List<WalletBalance> wallets,
            final Mode mode,
            final int overCapturePercent,
            final int examplesPerCheck) {
        this.ledger = ledger;
        this.wallets = wallets;
        this.walletChecks = new WalletChecks(ledger);
        this.settled = mode == Mode.SETTLED;
        this.overCapturePercent = overCapturePercent;
        this.examplesPerCheck = examplesPerCheck;
        for (final Check check : Check.values()) {
            tallies.put(check, new Tally(check));
        }
    }

    ReconciliationReport report(final long pendingCount) {
        for (int payment = 0; payment < ledger.size(); payment++) {
            if (ledger.is(payment, Ledger.REQUESTED)) {
                count(payment);
                checkAnswers(payment);
                checkMoney(payment);
            } else if (settled) {
                checkOrphan(payment);
            }
            addFollowUp(payment);
            check(Check.SENT_ONCE, !ledger.is(payment, Ledger.SENT_TWICE), payment, "arrived twice at a bank");
            addTotals(payment);
            walletChecks.add(payment);
        }
        if (settled) {
            checkFollowUps();
            wallets.forEach(this::checkWallet);
        }
        final List<CurrencyTotal> currencyTotals = checkTotals();
        return new ReconciliationReport(
                tallies.values().stream().map(Tally::result).toList(),
                currencyTotals,
                requestCount,
                approvedCount,
                declinedCount,
                unknownCount,
                rejectedCount,
                reversedCount,
                unansweredCount,
                pendingCount);
    }

    private void count(final int payment) {
        requestCount++;
        switch (ledger.outcomes[payment]) {
            case Ledger.APPROVED -> {
                if (ledger.is(payment, Ledger.REVERSAL_ACCEPTED)) {
                    reversedCount++;
                } else {
                    approvedCount++;
                }
            }
            case Ledger.DECLINED -> declinedCount++;
            case Ledger.UNKNOWN -> unknownCount++;
            case Ledger.REJECTED -> rejectedCount++;
            default -> unansweredCount++;
        }
    }

    private void checkAnswers(final int payment) {
        final boolean contradicted = ledger.is(payment, Ledger.CONTRADICTED | Ledger.REQUESTED_TWICE);
        final boolean missing = settled && ledger.outcomes[payment] == Ledger.NO_OUTCOME;
        check(
                Check.ONE_FINAL_OUTCOME,
                !contradicted && !missing,
                payment,
                contradicted ? "has more than one" : "has no final outcome");
        check(
                Check.REPEATS_IDENTICAL,
                !ledger.is(payment, Ledger.DIFFERED),
                payment,
                "was answered differently when repeated");
        check(
                Check.CONFLICTS_REFUSED,
                !ledger.is(payment, Ledger.CONFLICT_ANSWERED),
                payment,
                "has a conflicting request that was not refused");
        check(
                Check.STATUS_AGREES,
                !ledger.is(payment, Ledger.STATUS_DIFFERED),
                payment,
                "has a status that differs from its answer");
        if (ledger.is(payment, Ledger.INVALID)) {
            check(
                    Check.INVALID_NOT_APPROVED,
                    ledger.outcomes[payment] != Ledger.APPROVED,
                    payment,
                    "was approved though invalid");
        }
    }

    private void checkWallet(final WalletBalance wallet) {
        if (walletChecks.isCertain(wallet)) {
            final long expectedMinor = walletChecks.expectedMinor(wallet);
            tally(Check.WALLETS_AGREE)
                    .add(
                            wallet.closingMinor() == expectedMinor,
                            () -> "account=" + wallet.accountId() + " holds balanceMinor=" + wallet.closingMinor()
                                    + " expectedMinor=" + expectedMinor);
        }
    }

    private void checkMoney(final int payment) {
        if (ledger.is(payment, Ledger.ON_US)) {
            check(Check.ON_US_ASKS_NO_BANK, ledger.debits[payment] == 0, payment, "reached a bank");
            check(
                    Check.AMOUNTS_AGREE,
                    !ledger.is(payment, Ledger.APPROVED_OTHERWISE),
                    payment,
                    "has another amount or currency in its answer");
            return;
        }
        final int standing = ledger.standingDebits(payment);
        check(Check.POSTED_ONCE, standing <= 1, payment, "was carried out more than once");
        final boolean agrees = !ledger.is(payment, Ledger.APPROVED_OTHERWISE | Ledger.POSTED_OTHERWISE)
                && (standing != 1
                        || ledger.netMinor(payment) == ledger.amountsMinor[payment]
                        || (ledger.is(payment, Ledger.PARTIAL)
                                && ledger.netMinor(payment) == ledger.replacementsMinor[payment]));
        check(Check.AMOUNTS_AGREE, agrees, payment, "has another amount or currency at the bank or in its answer");
        if (ledger.standsApproved(payment)) {
            if (settled || !ledger.is(payment, Ledger.ADVICE)) {
                check(Check.APPROVED_STANDS, standing >= 1, payment, "is approved and does not stand");
            }
            if (settled && ledger.is(payment, Ledger.PARTIAL) && ledger.isDetermined(payment)) {
                final boolean rest = ledger.netMinor(payment) == ledger.expectedMinor(payment);
                check(Check.PARTS_AGREE, rest, payment, "does not stand with what its partial reversal left");
            }
        } else if (settled && ledger.isDetermined(payment) && ledger.movesMoney(payment)) {
            final boolean zero = standing == 0 && ledger.netMinor(payment) == 0;
            check(Check.OTHERS_NET_TO_ZERO, zero, payment, "is not approved, or reversed, and stands");
        }
    }

    private void checkOrphan(final int payment) {
        check(Check.NO_ORPHAN, ledger.debits[payment] == 0, payment, "was carried out and never asked for");
    }

    /** Adds what a follow-up did at the bank to its original. */
    private void addFollowUp(final int payment) {
        final int original = ledger.originals[payment];
        if (original == Ledger.NO_ORIGINAL || ledger.standingDebits(payment) == 0) {
            return;
        }
        final long[] followed = followUps.computeIfAbsent(original, key -> new long[3]);
        if (ledger.postings[payment] == Transaction.COMPLETION) {
            followed[COLLECTED] += ledger.netMinor(payment);
            followed[COMPLETIONS] += ledger.standingDebits(payment);
        } else {
            followed[RETURNED] += ledger.netMinor(payment);
        }
    }

    private void checkFollowUps() {
        followUps.forEach((original, followed) -> {
            final long heldMinor = ledger.amountsMinor[original];
            final long stoodMinor = ledger.standingDebits(original) > 0 ? ledger.netMinor(original) : 0;
            if (followed[COMPLETIONS] > 0) {
                final boolean within = followed[COMPLETIONS] == 1
                        && followed[RETURNED] == 0
                        && followed[COLLECTED] <= heldMinor * overCapturePercent / 100;
                check(Check.COLLECTED_WITHIN_HOLD, within, original, "was collected twice or too far");
            } else {
                check(
                        Check.RETURNED_WITHIN_PAID,
                        followed[RETURNED] <= stoodMinor,
                        original,
                        "was refunded or voided beyond what was paid");
            }
        });
    }

    private void addTotals(final int payment) {
        if (ledger.is(payment, Ledger.ON_US)
                || (ledger.is(payment, Ledger.REQUESTED) && !ledger.isDetermined(payment))) {
            return;
        }
        if (ledger.standsApproved(payment)) {
            final int sign = ledger.sign(payment, ledger.transactions);
            total(ledger.currencies[payment])[0] += sign * ledger.expectedMinor(payment);
        }
        if (ledger.debits[payment] > 0) {
            final int sign = ledger.sign(payment, ledger.postings);
            total(ledger.debitCurrencies[payment])[1] += sign * ledger.netMinor(payment);
        }
    }

    private long[] total(final int currency) {
        return totals.computeIfAbsent(currency, key -> new long[2]);
    }

    private List<CurrencyTotal> checkTotals() {
        final List<CurrencyTotal> currencyTotals = new ArrayList<>();
        totals.forEach((currency, sums) -> {
            currencyTotals.add(new CurrencyTotal(currency, sums[0], sums[1]));
            if (settled) {
                tally(Check.TOTALS_AGREE)
                        .add(
                                sums[0] == sums[1],
                                () -> "currency=" + currency + " approvedMinor=" + sums[0] + " debitedMinor="
                                        + sums[1]);
            }
        });
        return currencyTotals;
    }

    private void check(final Check check, final boolean right, final int payment, final String wrong) {
        tally(check).add(right, () -> describe(payment, wrong));
    }

    private Tally tally(final Check check) {
        return tallies.get(check);
    }

    private String describe(final int payment, final String wrong) {
        return "rrn=" + ledger.rrns.text(payment) + " " + wrong + ": outcome="
                + outcomeName(ledger.outcomes[payment]) + " amountMinor=" + ledger.amountsMinor[payment] + " currency="
                + ledger.currencies[payment] + " debits=" + ledger.debits[payment] + " reversals="
                + ledger.reversals[payment] + " netMinor=" + ledger.netMinor(payment) + " debitCurrency="
                + ledger.debitCurrencies[payment];
    }

    private static String outcomeName(final byte outcome) {
        return switch (outcome) {
            case Ledger.APPROVED -> "APPROVED";
            case Ledger.DECLINED -> "DECLINED";
            case Ledger.UNKNOWN -> "UNKNOWN";
            case Ledger.REJECTED -> "REJECTED";
            default -> "NONE";
        };
    }

    /** The cases and violations of one check. */
    private final class Tally {
        private final Check check;
        private final List<String> examples = new ArrayList<>();
        private long checkedCount;
        private long violationCount;

        Tally(final Check check) {
            this.check = check;
        }

        void add(final boolean right, final Supplier<String> example) {
            checkedCount++;
            if (!right) {
                violationCount++;
                if (examples.size() < examplesPerCheck) {
                    examples.add(example.get());
                }
            }
        }

        CheckResult result() {
            return new CheckResult(check, checkedCount, violationCount, List.copyOf(examples));
        }
    }
}

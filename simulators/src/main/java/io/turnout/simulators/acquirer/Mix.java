package io.turnout.simulators.acquirer;

import io.turnout.codecs.sbe.acquirer.TransactionType;
import java.util.List;

/**
 * Which transactions an acquirer asks for, and what it does with them later. Shares go from 0 (never) to 1 (always).
 *
 * @param transactions types of payments, at least one; without completions and voids, which follow others
 * @param advices payments and follow-ups that are accomplished facts
 * @param completions approved pre-authorisations that are completed
 * @param voids approved purchases and pre-authorisations that are voided, if nothing else follows
 * @param refunds approved purchases and completions of which a part is refunded, if nothing else follows
 * @param partialReversals approved purchases and cash that are reversed in part
 * @param earlyReversals payments whose reversal is sent first; they must not be approved
 * @param statusInquiries answered payments about which is asked
 * @param walletPurchases purchases that are paid with a wallet's card
 * @param wallets that transfers, top-ups and withdrawals are from and to; two at least where there are any
 */
public record Mix(
        List<Transaction> transactions,
        double advices,
        double completions,
        double voids,
        double refunds,
        double partialReversals,
        double earlyReversals,
        double statusInquiries,
        double walletPurchases,
        List<Wallet> wallets) {

    /** Purchases and nothing else. */
    public static final Mix PURCHASES =
            new Mix(List.of(new Transaction(TransactionType.PURCHASE, 1)), 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    /** Copies the list. */
    public Mix {
        transactions = List.copyOf(transactions);
        wallets = List.copyOf(wallets);
    }

    /**
     * A wallet of an issuer on us.
     *
     * @param accountId of it in the switch's ledger
     * @param card its card number, with a right check digit
     */
    public record Wallet(long accountId, String card) {}

    /**
     * A type of payment.
     *
     * @param type what it does
     * @param weight how often, relative to the others, from 1
     */
    public record Transaction(TransactionType type, int weight) {}
}

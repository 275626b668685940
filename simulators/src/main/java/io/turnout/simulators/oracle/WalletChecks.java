package io.turnout.simulators.oracle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What payments must have left in each wallet, as the acquirers were told. */
final class WalletChecks {
    private final Ledger ledger;
    private final Map<Long, Long> movedMinor = new TreeMap<>();
    private final Set<Long> uncertain = new TreeSet<>();

    WalletChecks(final Ledger ledger) {
        this.ledger = ledger;
    }

    void add(final int payment) {
        final long from = ledger.fromAccounts[payment];
        final long to = ledger.toAccounts[payment];
        if (!ledger.isDetermined(payment)) {
            uncertain.add(from);
            uncertain.add(to);
        } else if (ledger.standsApproved(payment)) {
            movedMinor.merge(from, -ledger.expectedMinor(payment), Math::addExact);
            movedMinor.merge(to, ledger.expectedMinor(payment), Math::addExact);
        }
    }

    /** Whether it is certain what a wallet must hold. */
    boolean isCertain(final WalletBalance wallet) {
        return !uncertain.contains(wallet.accountId());
    }

    long expectedMinor(final WalletBalance wallet) {
        return wallet.openingMinor() + movedMinor.getOrDefault(wallet.accountId(), 0L);
    }
}

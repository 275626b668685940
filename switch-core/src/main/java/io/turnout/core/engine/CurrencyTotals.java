package io.turnout.core.engine;

/**
 * Debits less credits of all accounts, per currency, pending and posted apart. Each is 0 whenever no booking is half
 * done, which one comparison tells.
 */
final class CurrencyTotals {
    private final long[] pendingNet = new long[Configuration.MAXIMUM_CURRENCY + 1];
    private final long[] postedNet = new long[Configuration.MAXIMUM_CURRENCY + 1];
    private int unbalanced;

    void pending(final int currency, final long debitLessCredit) {
        add(pendingNet, currency, debitLessCredit);
    }

    void posted(final int currency, final long debitLessCredit) {
        add(postedNet, currency, debitLessCredit);
    }

    boolean isBalanced() {
        return unbalanced == 0;
    }

    /** Stops the node when something was booked on one side only. */
    void requireBalanced() {
        if (unbalanced != 0) {
            throw new IllegalStateException("ledger out of balance: " + describe());
        }
    }

    void clear() {
        for (int i = 0; i < pendingNet.length; i++) {
            pendingNet[i] = 0;
            postedNet[i] = 0;
        }
        unbalanced = 0;
    }

    private String describe() {
        for (int i = 0; i < pendingNet.length; i++) {
            if (pendingNet[i] != 0 || postedNet[i] != 0) {
                return "currency=" + i + " pendingNetMinor=" + pendingNet[i] + " postedNetMinor=" + postedNet[i];
            }
        }
        return "unbalanced=" + unbalanced;
    }

    private void add(final long[] net, final int currency, final long change) {
        final long before = net[currency];
        final long after = Math.addExact(before, change);
        net[currency] = after;
        unbalanced += (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
    }
}

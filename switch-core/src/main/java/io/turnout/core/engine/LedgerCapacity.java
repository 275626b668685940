package io.turnout.core.engine;

/**
 * How much a ledger can hold. Like all capacities these are physical limits; what the engine answers follows from the
 * limits in the journaled configuration ({@code DefineLedger}).
 *
 * @param accounts accounts of all kinds, 1 to 100,000,000; those the engine opens by itself are, per currency, one for
 *     fees and one for the outside world, and for each participant in it a total and a position per open business date
 * @param transfers reservations and holds open at once, 1 to 50,000,000
 * @param submissions submissions remembered at once, 1 to 10,000,000
 * @param participants participants in a configuration, each counted once per currency, 1 to 65,536
 * @param fees fees in a configuration, 1 to 1,000,000
 */
public record LedgerCapacity(int accounts, int transfers, int submissions, int participants, int fees) {

    /** Checks the ranges. */
    public LedgerCapacity {
        requireRange("accounts", accounts, 100_000_000);
        requireRange("transfers", transfers, 50_000_000);
        requireRange("submissions", submissions, 10_000_000);
        requireRange("participants", participants, 65_536);
        requireRange("fees", fees, 1_000_000);
    }

    /** Room for a switch with few wallets: 16,384 accounts, 4,096 reservations and submissions, 1,024 of the rest. */
    public static LedgerCapacity small() {
        return new LedgerCapacity(16_384, 4_096, 4_096, 1_024, 1_024);
    }

    /** Memory the ledger takes, in bytes; the records, 64 bytes per account, are direct memory. */
    long estimatedBytes() {
        return AccountTable.bytes(accounts)
                + CapWatch.bytes(accounts)
                + TransferTable.bytes(transfers)
                + SubmissionTable.bytes(submissions);
    }

    private static void requireRange(final String name, final int value, final int maximum) {
        if (value < 1 || value > maximum) {
            throw new IllegalArgumentException(name + "=" + value + " minimum=1 maximum=" + maximum);
        }
    }
}

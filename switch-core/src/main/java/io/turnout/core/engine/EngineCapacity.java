package io.turnout.core.engine;

/**
 * How much an engine can hold. Everything is allocated when the engine is built; nothing grows afterwards.
 *
 * <p>These are physical limits. What the engine answers never depends on them: how many payments it remembers is a part
 * of the journaled configuration ({@code BeginConfiguration.maximumPayments}), and a command that does not fit stops
 * the node with an {@link EngineCapacityException} that says what to raise, so that a replay with other capacities
 * cannot silently take another course.
 *
 * @param payments payments remembered at once, in any state, 1 to 100,000,000
 * @param acquirers acquirers in a configuration, 1 to 65,536
 * @param amountLimits amount limits in a configuration (acquirers × their currencies), 1 to 1,000,000
 * @param issuers different issuers in this and all earlier configurations, 1 to 4,096
 * @param links different links in this and all earlier configurations, 1 to 16,384
 * @param binRanges card ranges in a configuration, 1 to 4,000,000
 * @param blocked cards, merchants and terminals blocked at once, 1 to 10,000,000
 * @param ledger accounts and what belongs to them
 * @param originals approved payments kept for follow-ups past the horizon, 0 to 100,000,000
 */
public record EngineCapacity(
        int payments,
        int acquirers,
        int amountLimits,
        int issuers,
        int links,
        int binRanges,
        int blocked,
        LedgerCapacity ledger,
        int originals) {

    /** Cards, merchants and terminals unless said otherwise. */
    public static final int DEFAULT_BLOCKED = 16_384;

    private static final int MAXIMUM_ORIGINALS = 100_000_000;

    /** Checks the ranges. */
    public EngineCapacity {
        requireRange("payments", payments, 100_000_000);
        requireRange("acquirers", acquirers, 65_536);
        requireRange("amountLimits", amountLimits, 1_000_000);
        requireRange("issuers", issuers, 4_096);
        requireRange("links", links, 16_384);
        requireRange("binRanges", binRanges, 4_000_000);
        requireRange("blocked", blocked, 10_000_000);
        if (originals < 0 || originals > MAXIMUM_ORIGINALS) {
            throw new IllegalArgumentException("originals=" + originals + " minimum=0 maximum=" + MAXIMUM_ORIGINALS);
        }
    }

    /**
     * Room for {@link #DEFAULT_BLOCKED} cards, merchants and terminals blocked at once, for no originals, and for a
     * small ledger.
     */
    public EngineCapacity(
            final int payments,
            final int acquirers,
            final int amountLimits,
            final int issuers,
            final int links,
            final int binRanges) {
        this(payments, acquirers, amountLimits, issuers, links, binRanges, DEFAULT_BLOCKED, LedgerCapacity.small(), 0);
    }

    /** The same with room for so many cards, merchants and terminals blocked at once. */
    public EngineCapacity withBlocked(final int count) {
        return new EngineCapacity(
                payments, acquirers, amountLimits, issuers, links, binRanges, count, ledger, originals);
    }

    /** The same with room for so many originals. */
    public EngineCapacity withOriginals(final int count) {
        return new EngineCapacity(payments, acquirers, amountLimits, issuers, links, binRanges, blocked, ledger, count);
    }

    /**
     * Room for that many payments and for any configuration of usual size: 1,024 acquirers with 16,384 limits, 256
     * issuers, 1,024 links, 131,072 card ranges.
     */
    public static EngineCapacity forPayments(final int payments) {
        return new EngineCapacity(payments, 1_024, 16_384, 256, 1_024, 131_072);
    }

    /** The same with room for another ledger. */
    public EngineCapacity with(final LedgerCapacity other) {
        return new EngineCapacity(
                payments, acquirers, amountLimits, issuers, links, binRanges, blocked, other, originals);
    }

    /**
     * Memory the engine takes, in bytes, to within a few per cent. The records, and the indexes of the payments,
     * {@code 480 × payments + 292 × originals} bytes of it, are direct memory; the rest is on the heap.
     */
    public long estimatedBytes() {
        return (long) PaymentSlab.RECORD_LENGTH * payments
                + PaymentTable.bytes(payments)
                + DeadlineHeap.bytes(payments)
                + 2 * Configuration.bytes(this)
                + OperationTable.bytes()
                + BlockList.bytes(blocked)
                + IssuerTotals.bytes()
                + OriginalTable.bytes(originals)
                + ledger.estimatedBytes()
                + Network.bytes(this);
    }

    /**
     * Cache lines of its tables that an engine with full tables finds cold for the average payment through an issuer,
     * from request to answer; that is, which no payment shortly before has touched. The new payment's record lies where
     * the one forgotten for it lay, and its entries beside those of its neighbours.
     */
    public static int coldCacheLinesPerPayment() {
        return PaymentSlab.RECORD_LENGTH / PaymentSlab.CACHE_LINE_LENGTH + PaymentTable.coldCacheLinesPerPayment();
    }

    private static void requireRange(final String name, final int value, final int maximum) {
        if (value < 1 || value > maximum) {
            throw new IllegalArgumentException(name + "=" + value + " minimum=1 maximum=" + maximum);
        }
    }
}

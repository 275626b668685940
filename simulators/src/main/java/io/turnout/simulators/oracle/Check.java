package io.turnout.simulators.oracle;

/** What must be true between the acquirers and the banks. */
public enum Check {
    /** Every request ended in one answer: approved, declined, unknown, or refused for good. */
    ONE_FINAL_OUTCOME("every request has exactly one final outcome"),
    /** The same request got the same answer each time. */
    REPEATS_IDENTICAL("repeated requests got identical answers"),
    /** The same key with other content was refused. */
    CONFLICTS_REFUSED("conflicting requests were refused"),
    /** What was made invalid on purpose was not approved. */
    INVALID_NOT_APPROVED("invalid requests were not approved"),
    /** No approval is lost at the bank. */
    APPROVED_STANDS("every approved payment stands at the bank"),
    /** No cardholder pays, or is paid, for what was not approved, or was reversed. */
    OTHERS_NET_TO_ZERO("payments not approved, or reversed, net to zero"),
    /** A payment is carried out once at most, net of reversals, however often its request or advice came. */
    POSTED_ONCE("no payment is carried out twice"),
    /** What was done is what was asked for. */
    AMOUNTS_AGREE("banks did what was asked, with its amount and currency"),
    /** A payment reversed in part stands with the rest. */
    PARTS_AGREE("payments reversed in part stand with the rest"),
    /** A pre-authorisation is collected once, and no further than the over-capture factor. */
    COLLECTED_WITHIN_HOLD("no pre-authorisation is collected twice or too far"),
    /** What is refunded or voided was paid. */
    RETURNED_WITHIN_PAID("no more is refunded or voided than was paid"),
    /** A status inquiry says what the answer said. */
    STATUS_AGREES("status inquiries tell what the answers told"),
    /** Everything a bank did belongs to a request. */
    NO_ORPHAN("nothing was done without a request"),
    /** A bank was sent each payment request once at most. */
    SENT_ONCE("no payment request was sent to a bank twice"),
    /** What a wallet pays to a wallet or a merchant is settled by the switch alone. */
    ON_US_ASKS_NO_BANK("payments between wallets and merchants reached no bank"),
    /** Each wallet holds what it began with and what its payments left in it. */
    WALLETS_AGREE("wallets hold what their payments left in them"),
    /** Sums per currency are the same on both sides. */
    TOTALS_AGREE("totals per currency agree");

    private final String sentence;

    Check(final String sentence) {
        this.sentence = sentence;
    }

    /** What must be true, for tables. */
    public String sentence() {
        return sentence;
    }
}

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
    APPROVED_IS_DEBITED("every approved payment is debited"),
    /** No cardholder pays for what was not approved, or was reversed. */
    OTHERS_NET_TO_ZERO("payments not approved, or reversed, net to zero"),
    /** A payment is debited once at most, net of reversals. */
    NO_DOUBLE_DEBIT("no payment is debited twice"),
    /** What was debited is what was asked for. */
    AMOUNTS_AGREE("debits have the amount and currency of the request"),
    /** Every debit belongs to a request. */
    NO_ORPHAN_DEBIT("no debit without a request"),
    /** A bank was sent each payment request once at most. */
    SENT_ONCE("no payment request was sent to a bank twice"),
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

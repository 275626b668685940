package io.turnout.simulators.bank;

import io.turnout.simulators.lines.LineField;

/** The fields of a record in the books of a bank. No card number: the last four digits only. */
public enum BookField implements LineField {
    /** What was done, see {@link BookAction}. */
    ACTION("action"),
    /** DE37. */
    RRN("rrn"),
    /** DE11 of the payment request. */
    STAN("stan"),
    /** DE7 of the payment request. */
    TRANSMISSION_DATE_TIME("de7"),
    /** DE32 of the payment request. */
    INSTITUTION_ID("de32"),
    /** DE4, in minor units. */
    AMOUNT_MINOR("amountMinor"),
    /** DE49. */
    CURRENCY("currency"),
    /** Last four digits of the card. */
    LAST_FOUR("last4"),
    /** DE37 of the request that a completion or void changed. */
    ORIGINAL_RRN("originalRrn"),
    /** DE11 of that request. */
    ORIGINAL_STAN("originalStan"),
    /** DE7 of that request. */
    ORIGINAL_TRANSMISSION_DATE_TIME("originalDe7"),
    /** DE32 of that request. */
    ORIGINAL_INSTITUTION_ID("originalDe32"),
    /** When, in nanoseconds since the epoch. */
    AT_NS("atNs");

    private static final BookField[] ALL = values();

    private final String key;

    BookField(final String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /** All fields, in order. */
    public static BookField[] all() {
        return ALL.clone();
    }
}

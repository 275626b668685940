package io.turnout.simulators.acquirer;

import io.turnout.simulators.lines.LineField;

/** The fields of a record in the log of an acquirer. No card number: BIN and last four digits only. */
public enum AcquirerField implements LineField {
    /** What happened, see {@link AcquirerEvent}. */
    EVENT("event"),
    /** Retrieval reference of the payment. */
    RRN("rrn"),
    /** Client reference of the payment, 32 hexadecimal digits. */
    CLIENT_REFERENCE("clientReference"),
    /** Second half of the payment's key, nanoseconds since the epoch. */
    CREATED_AT_NS("createdAtNs"),
    /** When the payment was due, nanoseconds since the epoch. */
    INTENDED_AT_NS("intendedAtNs"),
    /** Amount asked for, or approved, in minor units. */
    AMOUNT_MINOR("amountMinor"),
    /** ISO 4217 numeric code. */
    CURRENCY("currency"),
    /** Leading digits of the card. */
    BIN("bin"),
    /** Last four digits of the card. */
    LAST_FOUR("last4"),
    /** Type of transaction; absent of a purchase. */
    TYPE("type"),
    /** TRUE when it is an accomplished fact. */
    ADVICE("advice"),
    /** Retrieval reference of the payment that is followed up. */
    ORIGINAL_RRN("originalRrn"),
    /** Second half of that payment's key. */
    ORIGINAL_CREATED_AT_NS("originalCreatedAtNs"),
    /** What shall stand after a partial reversal, in minor units. */
    REPLACEMENT_MINOR("replacementMinor"),
    /** TRUE when the switch's ledger settles it and no bank hears of it. */
    ON_US("onUs"),
    /** Account of the wallet that pays; absent when none does. */
    FROM_ACCOUNT("fromAccount"),
    /** Account of the wallet that receives; absent when none does. */
    TO_ACCOUNT("toAccount"),
    /** What is wrong with the request, when it was made invalid on purpose. */
    FAULT("fault"),
    /** How often the request was sent. */
    ATTEMPTS("attempts"),
    /** APPROVED, DECLINED or UNKNOWN. */
    OUTCOME("outcome"),
    /** Canonical result code. */
    RESULT_CODE("resultCode"),
    /** The switch's number for the payment. */
    PAYMENT_ID("paymentId"),
    /** Authorisation id. */
    APPROVAL_CODE("approvalCode"),
    /** Why the switch refused. */
    REASON("reason"),
    /** Where the payment stands after a reversal. */
    STATE("state"),
    /** When, in nanoseconds since the epoch. */
    AT_NS("atNs"),
    /** Fingerprint of what the payments are made from; a log is only continued with the same. */
    RUN("run"),
    /** Number of the acquirer in the switch's configuration. */
    ACQUIRER_ID("acquirerId");

    private static final AcquirerField[] ALL = values();

    private final String key;

    AcquirerField(final String key) {
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    /** All fields, in order. */
    public static AcquirerField[] all() {
        return ALL.clone();
    }
}

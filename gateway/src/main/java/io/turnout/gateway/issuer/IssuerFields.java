package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Dialect;

/** The data elements of ISO 8583:1987 that links write and read, and their lengths in the standard. */
final class IssuerFields {

    static final int PAN = 2;
    static final int PROCESSING_CODE = 3;
    static final int AMOUNT = 4;
    static final int TRANSMISSION_DATE_TIME = 7;
    static final int STAN = 11;
    static final int LOCAL_TIME = 12;
    static final int LOCAL_DATE = 13;
    static final int EXPIRY = 14;
    static final int MERCHANT_CATEGORY = 18;
    static final int POS_ENTRY_MODE = 22;
    static final int CARD_SEQUENCE = 23;
    static final int POS_CONDITION = 25;
    static final int ACQUIRING_INSTITUTION = 32;
    static final int FORWARDING_INSTITUTION = 33;
    static final int TRACK2 = 35;
    static final int RETRIEVAL_REFERENCE = 37;
    static final int APPROVAL_CODE = 38;
    static final int RESPONSE_CODE = 39;
    static final int TERMINAL_ID = 41;
    static final int MERCHANT_ID = 42;
    static final int MERCHANT_NAME_AND_PLACE = 43;
    static final int CURRENCY = 49;
    static final int PIN_BLOCK = 52;
    static final int SECURITY_CONTROL = 53;
    static final int ADDITIONAL_AMOUNTS = 54;
    static final int ICC_DATA = 55;
    static final int NETWORK_CODE = 70;
    static final int ORIGINAL_DATA = 90;
    static final int REPLACEMENT_AMOUNTS = 95;

    private static final int[][] NEEDED = {
        {PAN, 19},
        {PROCESSING_CODE, 6},
        {AMOUNT, 12},
        {TRANSMISSION_DATE_TIME, 10},
        {STAN, 6},
        {LOCAL_TIME, 6},
        {LOCAL_DATE, 4},
        {EXPIRY, 4},
        {MERCHANT_CATEGORY, 4},
        {POS_ENTRY_MODE, 3},
        {CARD_SEQUENCE, 3},
        {POS_CONDITION, 2},
        {ACQUIRING_INSTITUTION, 11},
        {TRACK2, 37},
        {RETRIEVAL_REFERENCE, 12},
        {APPROVAL_CODE, 6},
        {RESPONSE_CODE, 2},
        {TERMINAL_ID, 8},
        {MERCHANT_ID, 15},
        {MERCHANT_NAME_AND_PLACE, 40},
        {CURRENCY, 3},
        {NETWORK_CODE, 3},
        {ORIGINAL_DATA, 42},
        {REPLACEMENT_AMOUNTS, 42},
    };

    private IssuerFields() {}

    /** The first data element that a dialect lacks or gives another length than the standard, or 0. */
    static int firstMissing(final Dialect dialect) {
        for (final int[] field : NEEDED) {
            if (dialect.maximumLength(field[0]) != field[1]) {
                return field[0];
            }
        }
        return 0;
    }
}

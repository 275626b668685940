package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;

/** The data elements of ISO 8583:1987 that acquirers send and get. */
final class Fields {

    /** No data element. */
    static final int NONE = 0;

    static final int PAN = 2;
    static final int PROCESSING_CODE = 3;
    static final int AMOUNT = 4;
    static final int TRANSMISSION_DATE_TIME = 7;
    static final int STAN = 11;
    static final int LOCAL_TIME = 12;
    static final int LOCAL_DATE = 13;
    static final int EXPIRY = 14;
    static final int SETTLEMENT_DATE = 15;
    static final int MERCHANT_CATEGORY = 18;
    static final int POS_ENTRY_MODE = 22;
    static final int CARD_SEQUENCE = 23;
    static final int POS_CONDITION = 25;
    static final int ACQUIRING_INSTITUTION = 32;
    static final int TRACK2 = 35;
    static final int TRACK3 = 36;
    static final int RETRIEVAL_REFERENCE = 37;
    static final int APPROVAL_CODE = 38;
    static final int RESPONSE_CODE = 39;
    static final int TERMINAL_ID = 41;
    static final int MERCHANT_ID = 42;
    static final int MERCHANT_NAME_AND_PLACE = 43;
    static final int ADDITIONAL_RESPONSE_DATA = 44;
    static final int TRACK1 = 45;
    static final int CURRENCY = 49;
    static final int PIN_BLOCK = 52;
    static final int SECURITY_CONTROL = 53;
    static final int ADDITIONAL_AMOUNTS = 54;
    static final int ICC_DATA = 55;
    static final int NETWORK_CODE = 70;
    static final int ORIGINAL_DATA = 90;
    static final int REPLACEMENT_AMOUNTS = 95;

    /** What an answer to a request repeats unchanged, in rising order. */
    static final int[] ECHOED_TO_REQUESTS = {
        2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 28, 32, 33, 37, 41, 42, 49, 50, 51, 99, 100
    };
    /** What an answer to an advice or a reversal repeats unchanged: of a request, and the original. */
    static final int[] ECHOED_TO_ADVICES = {
        2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 28, 32, 33, 37, 41, 42, 49, 50, 51, 90, 99, 100
    };
    /** What an answer to network management repeats unchanged. */
    static final int[] ECHOED_TO_NETWORK = {7, 11, 15, 32, 33, 70, 99, 100};

    /** What must never be kept of an advice or a reversal (PCI DSS 3.3.1). */
    static final int[] SENSITIVE = {TRACK2, TRACK3, TRACK1, PIN_BLOCK, SECURITY_CONTROL, ICC_DATA};

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

    private Fields() {}

    /** The first data element that a dialect lacks or gives another length than the standard, or {@link #NONE}. */
    static int firstMissing(final Dialect dialect) {
        for (final int[] field : NEEDED) {
            if (dialect.maximumLength(field[0]) != field[1]) {
                return field[0];
            }
        }
        return NONE;
    }
}

package io.turnout.gateway.iso;

/** Numbers of data elements. Those that one version alone has, or uses otherwise, say so. */
public final class IsoFields {

    public static final int PAN = 2;
    public static final int PROCESSING_CODE = 3;
    public static final int AMOUNT = 4;
    public static final int TRANSMISSION_DATE_TIME = 7;
    public static final int STAN = 11;
    /** Time in 1987, date and time in 1993. */
    public static final int LOCAL_TIME = 12;
    /** 1987. */
    public static final int LOCAL_DATE = 13;

    public static final int EXPIRY = 14;
    public static final int SETTLEMENT_DATE = 15;
    /** 1987; in 1993 it is {@link #BUSINESS_CODE}. */
    public static final int MERCHANT_TYPE = 18;
    /** Entry mode and PIN capability in 1987, twelve positions in 1993. */
    public static final int POS_ENTRY_MODE = 22;

    public static final int CARD_SEQUENCE = 23;
    /** 1993. */
    public static final int FUNCTION_CODE = 24;
    /** 1987. */
    public static final int POS_CONDITION = 25;
    /** 1993. */
    public static final int MESSAGE_REASON = 25;
    /** 1993. */
    public static final int BUSINESS_CODE = 26;
    /** 1993. */
    public static final int RECONCILIATION_DATE = 28;
    /** 1993. */
    public static final int ORIGINAL_AMOUNTS = 30;

    public static final int ACQUIRING_INSTITUTION = 32;
    public static final int FORWARDING_INSTITUTION = 33;
    public static final int TRACK2 = 35;
    public static final int TRACK3 = 36;
    public static final int RETRIEVAL_REFERENCE = 37;
    public static final int APPROVAL_CODE = 38;
    public static final int RESPONSE_CODE = 39;
    public static final int TERMINAL_ID = 41;
    public static final int MERCHANT_ID = 42;
    public static final int MERCHANT_NAME_AND_PLACE = 43;
    public static final int ADDITIONAL_RESPONSE_DATA = 44;
    public static final int TRACK1 = 45;
    public static final int PRIVATE_DATA = 48;
    public static final int CURRENCY = 49;
    public static final int SETTLEMENT_CURRENCY = 50;
    public static final int PIN_BLOCK = 52;
    public static final int SECURITY_CONTROL = 53;
    public static final int ADDITIONAL_AMOUNTS = 54;
    public static final int ICC_DATA = 55;
    /** 1993; in 1987 it is {@link #ORIGINAL_DATA}. */
    public static final int ORIGINAL_DATA_OF_1993 = 56;

    public static final int PRIVATE_REASON = 60;
    public static final int MAC = 64;
    /** 1987. */
    public static final int SETTLEMENT_CODE = 66;
    /** 1987; in 1993 it is {@link #FUNCTION_CODE}. */
    public static final int NETWORK_CODE = 70;

    public static final int CREDITS = 74;
    public static final int CREDIT_REVERSALS = 75;
    public static final int DEBITS = 76;
    public static final int DEBIT_REVERSALS = 77;
    public static final int TRANSFERS = 78;
    public static final int TRANSFER_REVERSALS = 79;
    public static final int INQUIRIES = 80;
    public static final int AUTHORISATIONS = 81;
    public static final int CREDITS_AMOUNT = 86;
    public static final int CREDIT_REVERSALS_AMOUNT = 87;
    public static final int DEBITS_AMOUNT = 88;
    public static final int DEBIT_REVERSALS_AMOUNT = 89;
    /** 1987. */
    public static final int ORIGINAL_DATA = 90;
    /** 1987. */
    public static final int REPLACEMENT_AMOUNTS = 95;

    public static final int NET_AMOUNT = 97;
    public static final int SETTLEMENT_INSTITUTION = 99;
    public static final int RECEIVING_INSTITUTION = 100;
    public static final int SECOND_MAC = 128;

    private IsoFields() {}
}

package io.turnout.gateway.iso;

/** Function codes of 1993 (DE24), which say what a message of a class is for. */
public final class FunctionCode {

    public static final int ORIGINAL_AUTHORISATION = 100;
    public static final int INQUIRY = 108;
    public static final int ORIGINAL_FINANCIAL = 200;
    public static final int PREVIOUSLY_AUTHORISED = 201;
    public static final int FULL_REVERSAL = 400;
    public static final int PARTIAL_REVERSAL = 401;
    public static final int FINAL_RECONCILIATION = 500;
    public static final int UNABLE_TO_PARSE = 650;

    private FunctionCode() {}
}

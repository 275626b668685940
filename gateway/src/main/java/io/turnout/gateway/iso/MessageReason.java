package io.turnout.gateway.iso;

/** Message reason codes of 1993 (DE25) that reversals have. */
public final class MessageReason {

    /** The message has none. */
    public static final int NONE = 0;

    public static final int CUSTOMER_CANCELLATION = 4000;
    public static final int SUSPECTED_MALFUNCTION = 4002;
    public static final int COMPLETED_PARTIALLY = 4004;
    public static final int LATE_RESPONSE = 4006;
    public static final int UNABLE_TO_DELIVER = 4013;
    public static final int RESPONSE_TIMEOUT = 4021;

    private MessageReason() {}
}

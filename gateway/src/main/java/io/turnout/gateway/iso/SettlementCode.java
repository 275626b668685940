package io.turnout.gateway.iso;

/** The outcome of a reconciliation, as the codes of 1987 (DE66) number it. */
public final class SettlementCode {

    /** The message does not say. */
    public static final int NONE = 0;
    /** The totals of both sides are equal. */
    public static final int IN_BALANCE = 1;
    /** They are not. */
    public static final int OUT_OF_BALANCE = 2;
    /** The totals cannot be used. */
    public static final int ERROR = 3;
    /** There is nothing to compare with. */
    public static final int NOTHING_RECEIVED = 9;

    private SettlementCode() {}
}

package io.turnout.gateway.acquirer;

/** Where a session stands. */
public enum AcquirerSessionState {
    /** There is no connection yet. */
    NEW(0),
    /** Connected; nothing but a Logon is taken. */
    AWAITING_LOGON(1),
    /** Logged on. */
    ACTIVE(2),
    /** Over; nothing is taken or sent any more. */
    CLOSED(3);

    private final int code;

    AcquirerSessionState(final int code) {
        this.code = code;
    }

    /** Stable number of the state. */
    public int code() {
        return code;
    }

    boolean mayBecome(final AcquirerSessionState next) {
        return next.code > code && (next != ACTIVE || this == AWAITING_LOGON);
    }
}

package io.turnout.gateway.admin;

/** Where a session stands. */
enum AdminSessionState {
    /** There is no connection yet. */
    NEW,
    /** Connected; nothing but a logon is taken. */
    AWAITING_LOGON,
    /** Logged on. */
    ACTIVE,
    /** Over; nothing is taken or sent any more. */
    CLOSED;

    boolean mayBecome(final AdminSessionState next) {
        return switch (next) {
            case NEW -> false;
            case AWAITING_LOGON -> this == NEW;
            case ACTIVE -> this == AWAITING_LOGON;
            case CLOSED -> this != CLOSED;
        };
    }
}

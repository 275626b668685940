package io.turnout.gateway.issuer;

/** Where a link stands. */
public enum IssuerLinkState {
    /** There is no connection; a new attempt follows. */
    DISCONNECTED(0),
    /** A connection is being opened. */
    CONNECTING(1),
    /** Connected; the issuer has not answered the sign-on. */
    SIGNING_ON(2),
    /** Payments may be sent. */
    SIGNED_ON(3),
    /** Connected, but the issuer has signed off; no payment may be sent until it signs on. */
    SIGNED_OFF(4),
    /** The switch stops; the issuer has not answered the sign-off. */
    SIGNING_OFF(5),
    /** The link has closed the connection and waits until it is gone. */
    CLOSING(6),
    /** The connection is gone; answers that came before still wait for room in the switch. */
    DRAINING(7),
    /** The switch stops; nothing follows. */
    STOPPED(8),
    /** The issuer has accepted the sign-on, and a key is missing that payments need. */
    KEY_EXCHANGE(9);

    private static final IssuerLinkState[] BY_CODE = values();

    private final int code;

    IssuerLinkState(final int code) {
        this.code = code;
    }

    /** Stable number of the state. */
    public int code() {
        return code;
    }

    /** The state of a number. */
    public static IssuerLinkState of(final int code) {
        return BY_CODE[code];
    }

    boolean isConnected() {
        return this == SIGNING_ON || this == SIGNED_ON || this == SIGNED_OFF || this == SIGNING_OFF || this == KEY_EXCHANGE;
    }

    boolean mayBecome(final IssuerLinkState next) {
        return switch (this) {
            case DISCONNECTED -> next == CONNECTING || next == STOPPED;
            case CONNECTING -> next == SIGNING_ON || next == CLOSING || next == DISCONNECTED;
            case SIGNING_ON, SIGNED_OFF -> next == SIGNED_ON || next == KEY_EXCHANGE || isEnd(next);
            case SIGNED_ON -> next == SIGNED_OFF || next == SIGNING_OFF || next == KEY_EXCHANGE || isEnd(next);
            case KEY_EXCHANGE -> next == SIGNED_ON || next == SIGNED_OFF || isEnd(next);
            case SIGNING_OFF -> isEnd(next);
            case CLOSING -> next == DRAINING || next == DISCONNECTED;
            case DRAINING -> next == DISCONNECTED;
            default -> false;
        };
    }

    private static boolean isEnd(final IssuerLinkState next) {
        return next == CLOSING || next == DRAINING || next == DISCONNECTED;
    }
}

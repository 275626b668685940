package io.turnout.gateway.issuer;

import io.turnout.codecs.sbe.engine.LinkState;

/** Where a link stands. */
public enum IssuerLinkState {
    /** There is no connection; a new attempt follows. */
    DISCONNECTED(0),
    /** Connections are being opened, or some are open and others awaited. */
    CONNECTING(1),
    /** Connected; not everybody who has to sign on has done so. */
    SIGNING_ON(2),
    /** Payments may be sent. */
    SIGNED_ON(3),
    /** Connected, but the issuer has signed off; no payment may be sent until it signs on. */
    SIGNED_OFF(4),
    /** The switch stops, or the link was drained; the issuer has not answered the sign-off. */
    SIGNING_OFF(5),
    /** The link has closed the connection and waits until it is gone. */
    CLOSING(6),
    /** The connection is gone; answers that came before still wait for room in the switch. */
    DRAINING(7),
    /** The switch stops; nothing follows. */
    STOPPED(8),
    /** The issuer has accepted the sign-on, and a key is missing that payments need. */
    KEY_EXCHANGE(9),
    /** As {@link #SIGNED_ON}, but the issuer has not answered the last echo. */
    DEGRADED(10),
    /** Connected; operators have taken it out of service, and no payment may be sent until they put it back. */
    OUT_OF_SERVICE(11);

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
        return switch (this) {
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_ON, DEGRADED, SIGNED_OFF, SIGNING_OFF, OUT_OF_SERVICE -> true;
            default -> false;
        };
    }

    /** Whether payments may be sent. */
    boolean carriesPayments() {
        return this == SIGNED_ON || this == DEGRADED;
    }

    /** What the switch is told when a link becomes so; NULL_VAL = nothing new. */
    LinkState told() {
        return switch (this) {
            case SIGNED_ON -> LinkState.SIGNED_ON;
            case DEGRADED -> LinkState.DEGRADED;
            case SIGNING_ON, KEY_EXCHANGE, SIGNED_OFF, OUT_OF_SERVICE, DISCONNECTED -> LinkState.DOWN;
            default -> LinkState.NULL_VAL;
        };
    }

    boolean mayBecome(final IssuerLinkState next) {
        return switch (this) {
            case DISCONNECTED -> next == CONNECTING || next == STOPPED;
            case CONNECTING -> next == SIGNING_ON || next == OUT_OF_SERVICE || isEnd(next);
            case SIGNING_ON, SIGNED_OFF -> next == KEY_EXCHANGE || next == OUT_OF_SERVICE || isEnd(next);
            case KEY_EXCHANGE -> next == SIGNED_ON || isOff(next) || isEnd(next);
            case SIGNED_ON -> next == DEGRADED || next == KEY_EXCHANGE || isOff(next) || isEnd(next);
            case DEGRADED -> next == SIGNED_ON || next == KEY_EXCHANGE || isOff(next) || isEnd(next);
            case SIGNING_OFF -> next == OUT_OF_SERVICE || next == SIGNING_ON || isEnd(next);
            case OUT_OF_SERVICE -> next == SIGNING_ON || isEnd(next);
            case CLOSING -> next == DRAINING || next == DISCONNECTED;
            case DRAINING -> next == DISCONNECTED;
            default -> false;
        };
    }

    private static boolean isOff(final IssuerLinkState next) {
        return next == SIGNED_OFF || next == SIGNING_OFF || next == OUT_OF_SERVICE;
    }

    private static boolean isEnd(final IssuerLinkState next) {
        return next == CLOSING || next == DRAINING || next == DISCONNECTED;
    }
}

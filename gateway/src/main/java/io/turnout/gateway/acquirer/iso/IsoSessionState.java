package io.turnout.gateway.acquirer.iso;

/** The states of a connection of an ISO 8583 acquirer. */
enum IsoSessionState {
    /** Made, but its connection is not open yet. */
    NEW,
    /** Connected; requests are declined, advices and reversals are taken. */
    SIGNED_OFF,
    /** Connected; everything is taken. */
    SIGNED_ON,
    /** Over. */
    CLOSED;

    boolean isConnected() {
        return this == SIGNED_OFF || this == SIGNED_ON;
    }

    boolean mayBecome(final IsoSessionState next) {
        return switch (this) {
            case NEW -> next != NEW;
            case SIGNED_OFF -> next == SIGNED_ON || next == CLOSED;
            case SIGNED_ON -> next == SIGNED_OFF || next == CLOSED;
            case CLOSED -> false;
        };
    }
}

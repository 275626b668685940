package io.turnout.security;

/** What a key of a TDES DUKPT transaction is for; each has its variant, ANSI X9.24-1:2009 annex A.4.1 table A-1. */
public enum TdesDukptUsage {
    /** Encrypts the PIN. */
    PIN(7),
    /** Authenticates the request, or both ways. */
    MAC_REQUEST(6),
    /** Authenticates the answer. */
    MAC_RESPONSE(4),
    /** Encrypts data of the request, or both ways. */
    DATA_REQUEST(5),
    /** Encrypts data of the answer. */
    DATA_RESPONSE(3);

    private final int maskedByte;

    TdesDukptUsage(final int maskedByte) {
        this.maskedByte = maskedByte;
    }

    /** The byte of each half of the key that is inverted. */
    int maskedByte() {
        return maskedByte;
    }

    /** Keys for data are encrypted under their own variant, so that the other variants cannot be found from them. */
    boolean isOneWay() {
        return this == DATA_REQUEST || this == DATA_RESPONSE;
    }
}

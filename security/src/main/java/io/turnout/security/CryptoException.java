package io.turnout.security;

/**
 * A named refusal. It carries no stack trace: what a peer sends can cause it, and a flood of bad messages must not cost
 * more than good ones. The message never holds a key or a PIN.
 */
public final class CryptoException extends Exception {
    private final CryptoError error;
    private final String detail;

    /**
     * @param error the name
     * @param detail what was wrong, without secrets
     */
    public CryptoException(final CryptoError error, final String detail) {
        super(error + ": " + detail, null, false, false);
        this.error = error;
        this.detail = detail;
    }

    /** The name of the refusal. */
    public CryptoError error() {
        return error;
    }

    /** What was wrong, without the name. */
    public String detail() {
        return detail;
    }
}

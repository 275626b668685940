package io.turnout.gateway.net.tls;

/** Files of keys or certificates cannot be used. The message names the file and never holds a key. */
public final class TlsFileException extends Exception {

    /** @param message which file, and what is wrong with it */
    public TlsFileException(final String message) {
        super(message);
    }

    /** As above, with the cause. */
    public TlsFileException(final String message, final Throwable cause) {
        super(message, cause);
    }
}

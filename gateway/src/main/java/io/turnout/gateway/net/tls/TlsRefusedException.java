package io.turnout.gateway.net.tls;

import javax.net.ssl.SSLException;

/** The peer does something that TLS allows and we do not, or no TLS at all. */
public final class TlsRefusedException extends SSLException {
    private final TlsRefusal reason;

    /** @param reason what the peer does */
    public TlsRefusedException(final TlsRefusal reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** What the peer does. */
    public TlsRefusal reason() {
        return reason;
    }
}

package io.turnout.gateway.net.tls;

import java.security.cert.CertificateException;

/** The peer's certificate is not believed. */
final class UntrustedPeerException extends CertificateException {
    private final TlsRefusal reason;

    UntrustedPeerException(final TlsRefusal reason, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    TlsRefusal reason() {
        return reason;
    }
}

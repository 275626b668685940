package io.turnout.gateway.net.tls;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why TLS ended a connection. */
public enum TlsRefusal {
    /** The peer's bytes are not TLS. */
    NOT_TLS,
    /** The handshake took too long. */
    TIMEOUT,
    /** No common version or cipher suite, or a peer that does not keep to the protocol. */
    PROTOCOL,
    /** The peer shows no certificate. */
    NO_CERTIFICATE,
    /** No authority we believe vouches for the peer's certificate, or not for this use of it. */
    UNTRUSTED,
    /** The peer's certificate has expired. */
    EXPIRED,
    /** The peer's certificate is not valid yet. */
    NOT_YET_VALID,
    /** The peer's certificate is somebody else's. */
    WRONG_NAME,
    /** The peer wants to negotiate a second time. */
    RENEGOTIATION,
    /** The peer refuses us with an alert. */
    PEER_ALERT,
    /** The peer went away in the middle of the handshake. */
    CLOSED,
    /** Anything else. */
    OTHER;

    private static final int DEEPEST_CAUSE = 16;
    /** The only trace that the provider of the JDK leaves of this reason; the same in Java 17 to 25. */
    private static final String NO_CLIENT_CERTIFICATE = "Empty client certificate chain";

    private static final String ALERT_RECEIVED = "Received fatal alert";

    /** The reason behind an exception of the handshake. */
    public static TlsRefusal of(final Throwable failure) {
        TlsRefusal reason = OTHER;
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST_CAUSE && cause != null; i++) {
            final TlsRefusal found = own(cause);
            reason = found.precision() > reason.precision() ? found : reason;
            cause = cause.getCause();
        }
        return reason;
    }

    private static TlsRefusal own(final Throwable cause) {
        if (cause instanceof TlsRefusedException refused) {
            return refused.reason();
        }
        if (cause instanceof UntrustedPeerException untrusted) {
            return untrusted.reason();
        }
        if (cause instanceof CertificateExpiredException) {
            return EXPIRED;
        }
        if (cause instanceof CertificateNotYetValidException) {
            return NOT_YET_VALID;
        }
        if (cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertificateException) {
            return UNTRUSTED;
        }
        return ofTransport(cause);
    }

    private static TlsRefusal ofTransport(final Throwable cause) {
        final String message = String.valueOf(cause.getMessage());
        if (cause instanceof TimeoutException || message.contains("handshake timed out")) {
            return TIMEOUT;
        }
        if (cause instanceof ClosedChannelException) {
            return CLOSED;
        }
        if (cause instanceof SSLException) {
            return message.contains(NO_CLIENT_CERTIFICATE)
                    ? NO_CERTIFICATE
                    : message.contains(ALERT_RECEIVED) ? PEER_ALERT : PROTOCOL;
        }
        return OTHER;
    }

    /** What an inner cause says more exactly counts for more. */
    private int precision() {
        return switch (this) {
            case OTHER -> 0;
            case PROTOCOL -> 1;
            case CLOSED -> 2;
            case UNTRUSTED -> 3;
            default -> 4;
        };
    }
}

package io.turnout.gateway.net.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Our side of TLS at one place: an edge that listens, or a peer that we connect to.
 *
 * @param role which side of the handshake we are
 * @param key our certificate; a server needs one
 * @param trust PEM files of the authorities we believe; none = nobody, unless a peer has its own
 * @param clientCertificateRequired whether a server ends a handshake in which the client shows no certificate
 * @param peers who may be at the other end; none = whoever the authorities vouch for
 * @param serverName the name a client wants to see in the server's certificate; empty = the host it connects to
 * @param handshakeTimeoutNs how long a handshake may take
 */
public record TlsOptions(
        Role role,
        Optional<TlsKeyFiles> key,
        List<Path> trust,
        boolean clientCertificateRequired,
        List<TlsPeer> peers,
        String serverName,
        long handshakeTimeoutNs) {

    /** Time for a handshake unless configured otherwise. */
    public static final long DEFAULT_HANDSHAKE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    /** Which side of the handshake. */
    public enum Role {
        /** Connects. */
        CLIENT,
        /** Is connected to. */
        SERVER
    }

    /** Takes copies of the lists. */
    public TlsOptions {
        trust = List.copyOf(trust);
        peers = List.copyOf(peers);
        if (handshakeTimeoutNs < 1) {
            throw new IllegalArgumentException("handshakeTimeoutNs=" + handshakeTimeoutNs);
        }
    }

    /** A client that believes these authorities, and shows its certificate when asked. */
    public static TlsOptions client(final Optional<TlsKeyFiles> key, final List<Path> trust, final String serverName) {
        return new TlsOptions(Role.CLIENT, key, trust, false, List.of(), serverName, DEFAULT_HANDSHAKE_TIMEOUT_NS);
    }

    /** A server; with authorities to believe it wants a certificate of every client. */
    public static TlsOptions server(final TlsKeyFiles key, final List<Path> trust) {
        final boolean required = !trust.isEmpty();
        return new TlsOptions(
                Role.SERVER, Optional.of(key), trust, required, List.of(), "", DEFAULT_HANDSHAKE_TIMEOUT_NS);
    }
}

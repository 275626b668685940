package io.turnout.gateway.acquirer;

import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.PeerIdentity;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** An acquirer and how many sessions it has. */
final class AcquirerAccount {

    /** Stands for acquirers that do not exist, so that they are refused in the same time as a wrong secret. */
    static final AcquirerAccount NOBODY = new AcquirerAccount(0, new byte[32], 0, Set.of());

    private final long acquirerId;
    private final byte[] credentialHash;
    private final int maximumSessions;
    private final Set<CertificateName> certificateNames;
    private int sessions;

    AcquirerAccount(final AcquirerConfiguration configuration) {
        this(
                configuration.acquirerId(),
                HexFormat.of().parseHex(configuration.credentialSha256()),
                configuration.maximumSessions(),
                configuration.certificateNames());
    }

    private AcquirerAccount(
            final long acquirerId,
            final byte[] credentialHash,
            final int maximumSessions,
            final Set<CertificateName> certificateNames) {
        this.acquirerId = acquirerId;
        this.credentialHash = credentialHash;
        this.maximumSessions = maximumSessions;
        this.certificateNames = certificateNames;
    }

    long acquirerId() {
        return acquirerId;
    }

    /** Compares in a time that does not depend on the bytes. */
    boolean hasCredential(final byte[] hash) {
        return MessageDigest.isEqual(credentialHash, hash) && this != NOBODY;
    }

    /** Whether the certificate of a connection is one of this acquirer's, if it must show one. */
    boolean isCertifiedBy(final PeerIdentity identity) {
        return certificateNames.isEmpty() || identity.hasAny(certificateNames);
    }

    boolean hasRoom() {
        return sessions < maximumSessions;
    }

    void sessionOpened() {
        sessions++;
    }

    void sessionClosed() {
        sessions--;
    }
}

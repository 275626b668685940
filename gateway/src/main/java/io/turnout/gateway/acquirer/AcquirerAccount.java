package io.turnout.gateway.acquirer;

import java.security.MessageDigest;
import java.util.HexFormat;

/** An acquirer and how many sessions it has. */
final class AcquirerAccount {

    /** Stands for acquirers that do not exist, so that they are refused in the same time as a wrong secret. */
    static final AcquirerAccount NOBODY = new AcquirerAccount(0, new byte[32], 0);

    private final long acquirerId;
    private final byte[] credentialHash;
    private final int maximumSessions;
    private int sessions;

    AcquirerAccount(final AcquirerConfiguration configuration) {
        this(
                configuration.acquirerId(),
                HexFormat.of().parseHex(configuration.credentialSha256()),
                configuration.maximumSessions());
    }

    private AcquirerAccount(final long acquirerId, final byte[] credentialHash, final int maximumSessions) {
        this.acquirerId = acquirerId;
        this.credentialHash = credentialHash;
        this.maximumSessions = maximumSessions;
    }

    long acquirerId() {
        return acquirerId;
    }

    /** Compares in a time that does not depend on the bytes. */
    boolean hasCredential(final byte[] hash) {
        return MessageDigest.isEqual(credentialHash, hash) && this != NOBODY;
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

package io.turnout.gateway.acquirer;

import io.turnout.gateway.net.tls.CertificateName;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An acquirer as its sessions know it.
 *
 * @param acquirerId number of the acquirer, from 1
 * @param credentialSha256 SHA-256 of the shared secret as 64 hexadecimal digits; the secret itself is not kept
 * @param maximumSessions sessions open at once, from 1
 * @param certificateNames it logs on only over a connection whose certificate bears one of them; none = over any
 */
public record AcquirerConfiguration(
        long acquirerId, String credentialSha256, int maximumSessions, Set<CertificateName> certificateNames) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Checks the ranges. */
    public AcquirerConfiguration {
        if (acquirerId < 1 || acquirerId >= 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("acquirerId=" + acquirerId + " is not a positive 32-bit number");
        }
        if (!SHA256.matcher(credentialSha256).matches()) {
            throw new IllegalArgumentException(
                    "acquirerId=" + acquirerId + ": the credential's SHA-256 is not 64 hexadecimal digits");
        }
        if (maximumSessions < 1) {
            throw new IllegalArgumentException("acquirerId=" + acquirerId + " maximumSessions=" + maximumSessions);
        }
        certificateNames = Set.copyOf(certificateNames);
    }

    /** An acquirer that is known by its credential alone. */
    public AcquirerConfiguration(final long acquirerId, final String credentialSha256, final int maximumSessions) {
        this(acquirerId, credentialSha256, maximumSessions, Set.of());
    }
}

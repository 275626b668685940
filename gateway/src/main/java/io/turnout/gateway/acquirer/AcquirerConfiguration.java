package io.turnout.gateway.acquirer;

import java.util.regex.Pattern;

/**
 * An acquirer as its sessions know it.
 *
 * @param acquirerId number of the acquirer, from 1
 * @param credentialSha256 SHA-256 of the shared secret as 64 hexadecimal digits; the secret itself is not kept
 * @param maximumSessions sessions open at once, from 1
 */
public record AcquirerConfiguration(long acquirerId, String credentialSha256, int maximumSessions) {

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
    }
}

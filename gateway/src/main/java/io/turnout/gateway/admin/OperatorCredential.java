package io.turnout.gateway.admin;

import java.util.regex.Pattern;

/**
 * An operator as its sessions know it.
 *
 * @param operatorId number of the operator, from 1
 * @param credentialSha256 SHA-256 of the shared secret as 64 hexadecimal digits; the secret itself is not kept
 */
public record OperatorCredential(long operatorId, String credentialSha256) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** Checks the ranges. */
    public OperatorCredential {
        if (operatorId < 1 || operatorId >= 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("operatorId=" + operatorId + " is not a positive 32-bit number");
        }
        if (!SHA256.matcher(credentialSha256).matches()) {
            throw new IllegalArgumentException(
                    "operatorId=" + operatorId + ": the credential's SHA-256 is not 64 hexadecimal digits");
        }
    }
}

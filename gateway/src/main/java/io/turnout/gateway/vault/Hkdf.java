package io.turnout.gateway.vault;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Key derivation HKDF with HMAC-SHA-256, RFC 5869. */
final class Hkdf {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int HASH_LENGTH = 32;

    private Hkdf() {}

    /**
     * RFC 5869, section 2.2.
     *
     * @param salt may be empty
     * @return the pseudo-random key, 32 bytes
     */
    static byte[] extract(final byte[] salt, final byte[] inputKey) {
        return mac(salt.length == 0 ? new byte[HASH_LENGTH] : salt).doFinal(inputKey);
    }

    /** RFC 5869, section 2.3: {@code length} bytes, at most 255 × 32. */
    static byte[] expand(final byte[] pseudoRandomKey, final byte[] info, final int length) {
        final Mac mac = mac(pseudoRandomKey);
        final byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, counter = 1; at < length; at += HASH_LENGTH, counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            block = mac.doFinal();
            System.arraycopy(block, 0, output, at, Math.min(HASH_LENGTH, length - at));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    /** A ready HMAC-SHA-256 under a key. */
    static Mac mac(final byte[] key) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + ALGORITHM, e);
        }
    }
}

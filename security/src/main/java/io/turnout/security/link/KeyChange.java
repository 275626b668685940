package io.turnout.security.link;

import io.turnout.security.CryptoError;
import io.turnout.security.module.KeyDescription;

/**
 * What to answer to a key change (0800, DE70 161).
 *
 * @param key the new key with its check value, or null when it was refused
 * @param refusal why it was refused, or null: then the answer is 00
 */
public record KeyChange(KeyDescription key, CryptoError refusal) {

    static KeyChange accepted(final KeyDescription key) {
        return new KeyChange(key, null);
    }

    /** A key that was not taken. */
    public static KeyChange refused(final CryptoError refusal) {
        return new KeyChange(null, refusal);
    }

    /** Whether the new key was taken. */
    public boolean isAccepted() {
        return refusal == null;
    }
}

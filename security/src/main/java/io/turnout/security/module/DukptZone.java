package io.turnout.security.module;

import io.turnout.security.AesDukptKeyType;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.PinBlockFormat;

/**
 * Where PIN blocks come from devices that derive a key for each transaction.
 *
 * @param keyName name of the base derivation key
 * @param algorithm of the base key: TDES (ANSI X9.24-1) or AES (X9.24-3)
 * @param pinKeyType of AES: the kind of key that encrypts PINs; null for TDES
 * @param format of blocks there
 */
public record DukptZone(String keyName, CipherAlgorithm algorithm, AesDukptKeyType pinKeyType, PinBlockFormat format) {

    /** Checks that cipher, kind of key and format go together. */
    public DukptZone {
        final boolean isTdes = algorithm == CipherAlgorithm.TDES && pinKeyType == null;
        final boolean isAes = algorithm == CipherAlgorithm.AES && pinKeyType != null;
        if ((!isTdes && !isAes) || (isTdes && format.cipher() != CipherAlgorithm.TDES)) {
            throw new IllegalArgumentException(
                    "algorithm=" + algorithm + " pinKeyType=" + pinKeyType + " format=" + format);
        }
    }
}

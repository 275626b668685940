package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyedCipher;
import java.util.Arrays;

/** One generation of a zone key, ready for work. */
final class WorkingKey {
    private static final int LEFT_PART = 8;

    private final KeyPurpose purpose;
    private final KeyedCipher whole;
    private final KeyedCipher left;
    private final KeyDescription description;

    private WorkingKey(
            final KeyPurpose purpose,
            final KeyedCipher whole,
            final KeyedCipher left,
            final KeyDescription description) {
        this.purpose = purpose;
        this.whole = whole;
        this.left = left;
        this.description = description;
    }

    /**
     * @param id name and number of the import
     * @param key the caller wipes it
     */
    static WorkingKey of(
            final KeyHolder holder,
            final KeyPurpose purpose,
            final String name,
            final String id,
            final CipherAlgorithm algorithm,
            final byte[] key)
            throws CryptoException {
        final KeyedCipher whole = holder.hold(algorithm, key);
        final boolean needsLeft = purpose == KeyPurpose.MAC && algorithm == CipherAlgorithm.TDES;
        KeyedCipher left = null;
        if (needsLeft) {
            final byte[] leftBytes = Arrays.copyOf(key, LEFT_PART);
            left = holder.hold(algorithm, leftBytes);
            Arrays.fill(leftBytes, (byte) 0);
        }
        final String checkValue = Hex.encode(KeyCheckValue.of(whole));
        return new WorkingKey(purpose, whole, left, new KeyDescription(name, id, algorithm, key.length, checkValue));
    }

    KeyDescription description() {
        return description;
    }

    /** The key for one purpose; refuses any other. */
    KeyedCipher cipher(final KeyPurpose wanted) throws CryptoException {
        if (purpose != wanted) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, "key " + description.name() + " is for " + purpose);
        }
        return whole;
    }

    byte[] mac(final MacScheme scheme, final byte[] data) throws CryptoException {
        final KeyedCipher key = cipher(KeyPurpose.MAC);
        final byte[] mac =
                switch (scheme.algorithm()) {
                    case CBC -> CipherMac.cbc(key, scheme.padding(), data);
                    case RETAIL -> retail(key, scheme, data);
                    case CMAC -> CipherMac.cmac(key, data);
                    case UNIONPAY_ECB -> CipherMac.unionPayEcb(key, data);
                };
        if (mac.length < scheme.length()) {
            throw new CryptoException(
                    CryptoError.BAD_PARAMETER, "a MAC of " + mac.length + " bytes has no " + scheme.length());
        }
        return Arrays.copyOf(mac, scheme.length());
    }

    private byte[] retail(final KeyedCipher key, final MacScheme scheme, final byte[] data) throws CryptoException {
        if (left == null) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, "the retail MAC needs a DES key");
        }
        return CipherMac.retail(left, key, scheme.padding(), data);
    }
}

package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
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
    private final MacCalculator macs;
    private final byte[] mac;
    private final KeyDescription description;

    private WorkingKey(
            final KeyPurpose purpose,
            final KeyedCipher whole,
            final KeyedCipher left,
            final KeyDescription description) {
        this.purpose = purpose;
        this.whole = whole;
        this.macs = new MacCalculator(whole, left);
        this.mac = new byte[whole.blockLength()];
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

    /** Puts as many bytes of the MAC as the scheme says at the beginning of {@code target}. */
    void mac(final MacScheme scheme, final byte[] data, final int length, final byte[] target) throws CryptoException {
        compute(scheme, data, length);
        System.arraycopy(mac, 0, target, 0, scheme.length());
    }

    /** Whether a message has this MAC; the time it takes says nothing of how much of it is right. */
    boolean hasMac(final MacScheme scheme, final byte[] data, final int length, final byte[] received)
            throws CryptoException {
        compute(scheme, data, length);
        int difference = received.length < scheme.length() ? 1 : 0;
        for (int i = 0; i < Math.min(scheme.length(), received.length); i++) {
            difference |= mac[i] ^ received[i];
        }
        return difference == 0;
    }

    private void compute(final MacScheme scheme, final byte[] data, final int length) throws CryptoException {
        cipher(KeyPurpose.MAC);
        if (mac.length < scheme.length()) {
            throw new CryptoException(
                    CryptoError.BAD_PARAMETER, "a MAC of " + mac.length + " bytes has no " + scheme.length());
        }
        macs.compute(scheme, data, length, mac);
    }
}

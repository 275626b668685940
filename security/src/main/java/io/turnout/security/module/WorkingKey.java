package io.turnout.security.module;

import io.turnout.security.AesDukpt;
import io.turnout.security.AesDukptUsage;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyedCipher;
import io.turnout.security.TdesDukpt;
import io.turnout.security.TdesDukptUsage;
import java.util.Arrays;

/** One generation of a zone key, ready for work. */
final class WorkingKey {
    private static final int LEFT_PART = 8;

    private final KeyPurpose purpose;
    private final KeyedCipher whole;
    private final KeyedCipher second;
    private final MacCalculator macs;
    private final byte[] mac;
    private final KeyDescription description;

    private WorkingKey(
            final KeyPurpose purpose,
            final KeyedCipher whole,
            final KeyedCipher second,
            final KeyDescription description) {
        this.purpose = purpose;
        this.whole = whole;
        this.second = second;
        this.macs = new MacCalculator(whole, second);
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
        final KeyedCipher second = algorithm == CipherAlgorithm.TDES ? second(holder, purpose, key) : null;
        final String checkValue = Hex.encode(KeyCheckValue.of(whole));
        return new WorkingKey(purpose, whole, second, new KeyDescription(name, id, algorithm, key.length, checkValue));
    }

    /** What DES needs beside the key itself: the left part for retail MACs, the variant for DUKPT. */
    private static KeyedCipher second(final KeyHolder holder, final KeyPurpose purpose, final byte[] key)
            throws CryptoException {
        if (purpose != KeyPurpose.MAC && purpose != KeyPurpose.DERIVATION) {
            return null;
        }
        final byte[] bytes = purpose == KeyPurpose.MAC ? Arrays.copyOf(key, LEFT_PART) : TdesDukpt.baseVariant(key);
        try {
            return holder.hold(CipherAlgorithm.TDES, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    KeyDescription description() {
        return description;
    }

    /** The key of a device's transaction that encrypts PINs, from this base derivation key; in memory. */
    KeyedCipher pinKeyOf(final DukptZone zone, final byte[] ksn) throws CryptoException {
        final KeyedCipher base = cipher(KeyPurpose.DERIVATION);
        if (base.algorithm() != zone.algorithm()) {
            throw new CryptoException(
                    CryptoError.WRONG_KEY_USAGE, "key " + description.name() + " is for " + base.algorithm());
        }
        return zone.algorithm() == CipherAlgorithm.TDES ? tdesPinKey(base, ksn) : aesPinKey(base, zone, ksn);
    }

    private KeyedCipher tdesPinKey(final KeyedCipher base, final byte[] ksn) throws CryptoException {
        final byte[] initial = TdesDukpt.initialKey(base, second, ksn);
        byte[] transaction = {};
        byte[] pin = {};
        try {
            transaction = TdesDukpt.transactionKey(initial, ksn);
            pin = TdesDukpt.usageKey(transaction, TdesDukptUsage.PIN);
            return CipherAlgorithm.TDES.withKey(pin);
        } finally {
            Arrays.fill(initial, (byte) 0);
            Arrays.fill(transaction, (byte) 0);
            Arrays.fill(pin, (byte) 0);
        }
    }

    private static KeyedCipher aesPinKey(final KeyedCipher base, final DukptZone zone, final byte[] ksn)
            throws CryptoException {
        final byte[] initial = AesDukpt.initialKey(base, ksn);
        byte[] transaction = {};
        byte[] pin = {};
        try {
            transaction = AesDukpt.transactionKey(initial, ksn);
            pin = AesDukpt.workingKey(transaction, ksn, AesDukptUsage.PIN, zone.pinKeyType());
            return zone.format().cipher().withKey(pin);
        } finally {
            Arrays.fill(initial, (byte) 0);
            Arrays.fill(transaction, (byte) 0);
            Arrays.fill(pin, (byte) 0);
        }
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

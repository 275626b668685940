package io.turnout.security;

import java.util.Arrays;

/**
 * Derived unique key per transaction with DES, ANSI X9.24-1:2009 annex A.
 *
 * <p>Key serial number, 10 bytes: 59 bits that name the key set and the device, and a transaction counter of 21 bits.
 * Only counters with 1 to 10 bits set are in use.
 */
public final class TdesDukpt {
    /** Bytes of a key serial number. */
    public static final int KSN_LENGTH = 10;

    private static final int KEY_LENGTH = 16;
    private static final int HALF = 8;
    private static final int COUNTER_OFFSET = 7;
    private static final int COUNTER_BITS = 21;
    private static final int COUNTER_MASK = (1 << COUNTER_BITS) - 1;
    private static final int MAXIMUM_ONES = 10;
    private static final byte[] RIGHT_HALF_MASK = {
        (byte) 0xC0, (byte) 0xC0, (byte) 0xC0, (byte) 0xC0, 0, 0, 0, 0,
        (byte) 0xC0, (byte) 0xC0, (byte) 0xC0, (byte) 0xC0, 0, 0, 0, 0
    };

    private TdesDukpt() {}

    /**
     * The initial key of a device.
     *
     * @param baseKey base derivation key, 16 bytes
     * @param ksn key serial number; its counter does not matter
     */
    public static byte[] initialKey(final byte[] baseKey, final byte[] ksn) throws CryptoException {
        return initialKey(
                CipherAlgorithm.TDES.withKey(baseKey), CipherAlgorithm.TDES.withKey(baseVariant(baseKey)), ksn);
    }

    /**
     * As {@link #initialKey(byte[], byte[])}, with a base key that may lie in a token.
     *
     * @param base base derivation key
     * @param variant a key made of {@link #baseVariant}
     */
    public static byte[] initialKey(final KeyedCipher base, final KeyedCipher variant, final byte[] ksn)
            throws CryptoException {
        final byte[] register = Arrays.copyOf(withCounter(ksn, 0), HALF);
        return Bytes.concat(base.encrypt(register), variant.encrypt(register));
    }

    /** The variant of a base derivation key that makes the right half of initial keys; the caller wipes it. */
    public static byte[] baseVariant(final byte[] baseKey) throws CryptoException {
        requireKey(baseKey);
        return Bytes.xor(baseKey, RIGHT_HALF_MASK);
    }

    /**
     * The key of one transaction, from which its usages' keys are made.
     *
     * @param initialKey of the device, 16 bytes
     * @param ksn of the transaction
     */
    public static byte[] transactionKey(final byte[] initialKey, final byte[] ksn) throws CryptoException {
        requireKey(initialKey);
        final int counter = counter(ksn);
        if (counter == 0 || Integer.bitCount(counter) > MAXIMUM_ONES) {
            throw new CryptoException(CryptoError.BAD_COUNTER, "a DUKPT counter has 1 to 10 bits set");
        }
        byte[] key = initialKey.clone();
        int done = 0;
        for (int bit = 1 << (COUNTER_BITS - 1); bit != 0; bit >>>= 1) {
            if ((counter & bit) != 0) {
                done |= bit;
                final byte[] register = Arrays.copyOfRange(withCounter(ksn, done), KSN_LENGTH - HALF, KSN_LENGTH);
                key = Bytes.concat(
                        nonReversible(Bytes.xor(key, RIGHT_HALF_MASK), register), nonReversible(key, register));
            }
        }
        return key;
    }

    /** The key of one usage, from the transaction's key. */
    public static byte[] usageKey(final byte[] transactionKey, final TdesDukptUsage usage) throws CryptoException {
        requireKey(transactionKey);
        final byte[] variant = transactionKey.clone();
        variant[usage.maskedByte()] ^= (byte) 0xFF;
        variant[HALF + usage.maskedByte()] ^= (byte) 0xFF;
        return usage.isOneWay() ? CipherAlgorithm.TDES.withKey(variant).encrypt(variant) : variant;
    }

    /** The transaction counter in a key serial number. */
    public static int counter(final byte[] ksn) throws CryptoException {
        if (ksn.length != KSN_LENGTH) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a key serial number has 10 bytes");
        }
        return lastThreeBytes(ksn) & COUNTER_MASK;
    }

    /** The "non-reversible key generation process" for one half: XOR, DES under the left half, XOR. */
    private static byte[] nonReversible(final byte[] key, final byte[] register) throws CryptoException {
        final byte[] left = Arrays.copyOf(key, HALF);
        final byte[] right = Arrays.copyOfRange(key, HALF, KEY_LENGTH);
        final byte[] encrypted = CipherAlgorithm.TDES.withKey(left).encrypt(Bytes.xor(register, right));
        return Bytes.xor(encrypted, right);
    }

    private static byte[] withCounter(final byte[] ksn, final int counter) throws CryptoException {
        final int current = counter(ksn);
        final int device = lastThreeBytes(ksn) - current;
        final byte[] result = ksn.clone();
        Bytes.putNumber(result, COUNTER_OFFSET, device | counter, KSN_LENGTH - COUNTER_OFFSET);
        return result;
    }

    private static int lastThreeBytes(final byte[] ksn) {
        int value = 0;
        for (int i = COUNTER_OFFSET; i < ksn.length; i++) {
            value = (value << Byte.SIZE) | (ksn[i] & 0xFF);
        }
        return value;
    }

    private static void requireKey(final byte[] key) throws CryptoException {
        if (key.length != KEY_LENGTH) {
            throw new CryptoException(CryptoError.BAD_KEY_LENGTH, "DUKPT with DES takes keys of 16 bytes");
        }
    }
}

package io.turnout.security;

import java.util.Arrays;

/**
 * Derived unique key per transaction with AES, ANSI X9.24-3:2017 clause 6.
 *
 * <p>Key serial number, 12 bytes: 8 that name the device's initial key and a transaction counter of 32 bits, of which
 * only those with 1 to 16 bits set are in use. A key is derived by encrypting, for each 16 bytes of it, one block:
 *
 * <pre>
 *   0         1         2       4           6        8                                   16
 *   +---------+---------+-------+-----------+--------+-----------------------------------+
 *   | version | block   | usage | algorithm | length | initial key id, or its last 4     |
 *   | 1       | 1, 2    |       |           | (bits) | bytes and the transaction counter |
 *   +---------+---------+-------+-----------+--------+-----------------------------------+
 * </pre>
 */
public final class AesDukpt {
    /** Bytes of a key serial number. */
    public static final int KSN_LENGTH = 12;
    /** Bytes of an initial key's id. */
    public static final int INITIAL_KEY_ID_LENGTH = 8;

    private static final int BLOCK_LENGTH = 16;
    private static final int MAXIMUM_ONES = 16;
    private static final int BLOCK_NUMBER_OFFSET = 1;
    private static final int USAGE_OFFSET = 2;
    private static final int ALGORITHM_OFFSET = 4;
    private static final int BITS_OFFSET = 6;
    private static final int CONTEXT_OFFSET = 8;
    private static final int COUNTER_OFFSET = 12;

    private AesDukpt() {}

    /**
     * The initial key of a device, as long as the base key.
     *
     * @param baseKey base derivation key: 16, 24 or 32 bytes
     * @param initialKeyId 8 bytes; a whole key serial number serves too
     */
    public static byte[] initialKey(final byte[] baseKey, final byte[] initialKeyId) throws CryptoException {
        return initialKey(CipherAlgorithm.AES.withKey(baseKey), initialKeyId);
    }

    /** As {@link #initialKey(byte[], byte[])}, with a base key that may lie in a token. */
    public static byte[] initialKey(final KeyedCipher base, final byte[] initialKeyId) throws CryptoException {
        if (initialKeyId.length != INITIAL_KEY_ID_LENGTH && initialKeyId.length != KSN_LENGTH) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "an initial key id has 8 bytes");
        }
        final byte[] context = Arrays.copyOf(initialKeyId, INITIAL_KEY_ID_LENGTH);
        return derive(base, AesDukptUsage.INITIAL_KEY_DERIVATION, AesDukptKeyType.aes(base.keyLength()), context);
    }

    /**
     * The derivation key of one transaction, from which its working keys come.
     *
     * @param initialKey of the device
     * @param ksn of the transaction
     */
    public static byte[] transactionKey(final byte[] initialKey, final byte[] ksn) throws CryptoException {
        final long counter = counter(ksn);
        if (counter == 0 || Long.bitCount(counter) > MAXIMUM_ONES) {
            throw new CryptoException(CryptoError.BAD_COUNTER, "a DUKPT counter has 1 to 16 bits set");
        }
        final AesDukptKeyType type = AesDukptKeyType.aes(initialKey.length);
        byte[] key = initialKey;
        long done = 0;
        for (long bit = 1L << (Integer.SIZE - 1); bit != 0; bit >>>= 1) {
            if ((counter & bit) != 0) {
                done |= bit;
                key = derive(key, AesDukptUsage.KEY_DERIVATION, type, context(ksn, done));
            }
        }
        return key;
    }

    /**
     * A working key of one transaction.
     *
     * @param transactionKey from {@link #transactionKey}
     * @param ksn of the transaction
     * @param type must not be stronger than the transaction's key
     */
    public static byte[] workingKey(
            final byte[] transactionKey, final byte[] ksn, final AesDukptUsage usage, final AesDukptKeyType type)
            throws CryptoException {
        if (type.neededAesLength() > transactionKey.length) {
            throw new CryptoException(
                    CryptoError.KEY_TOO_STRONG, type + " from a key of " + transactionKey.length + " bytes");
        }
        return derive(transactionKey, usage, type, context(ksn, counter(ksn)));
    }

    /** The transaction counter in a key serial number, 0 to 2^32 - 1. */
    public static long counter(final byte[] ksn) throws CryptoException {
        if (ksn.length != KSN_LENGTH) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a key serial number of AES DUKPT has 12 bytes");
        }
        long counter = 0;
        for (int i = INITIAL_KEY_ID_LENGTH; i < KSN_LENGTH; i++) {
            counter = (counter << Byte.SIZE) | (ksn[i] & 0xFF);
        }
        return counter;
    }

    private static byte[] context(final byte[] ksn, final long counter) {
        final byte[] context = Arrays.copyOfRange(ksn, Integer.BYTES, KSN_LENGTH);
        Bytes.putNumber(context, COUNTER_OFFSET - CONTEXT_OFFSET, counter, Integer.BYTES);
        return context;
    }

    private static byte[] derive(
            final byte[] key, final AesDukptUsage usage, final AesDukptKeyType type, final byte[] context)
            throws CryptoException {
        return derive(CipherAlgorithm.AES.withKey(key), usage, type, context);
    }

    private static byte[] derive(
            final KeyedCipher key, final AesDukptUsage usage, final AesDukptKeyType type, final byte[] context)
            throws CryptoException {
        final byte[] blocks = new byte[Bytes.roundUp(type.keyLength(), BLOCK_LENGTH)];
        for (int offset = 0; offset < blocks.length; offset += BLOCK_LENGTH) {
            blocks[offset] = 1;
            blocks[offset + BLOCK_NUMBER_OFFSET] = (byte) (offset / BLOCK_LENGTH + 1);
            Bytes.putNumber(blocks, offset + USAGE_OFFSET, usage.code(), Short.BYTES);
            Bytes.putNumber(blocks, offset + ALGORITHM_OFFSET, type.code(), Short.BYTES);
            Bytes.putNumber(blocks, offset + BITS_OFFSET, (long) type.keyLength() * Byte.SIZE, Short.BYTES);
            System.arraycopy(context, 0, blocks, offset + CONTEXT_OFFSET, context.length);
        }
        return Arrays.copyOf(key.encrypt(blocks), type.keyLength());
    }
}

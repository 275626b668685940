package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import java.util.Arrays;

/**
 * MACs of messages under one key. The schemes that links use are computed in buffers kept for the next message, so that
 * a message costs no garbage; the others go through {@link CipherMac}, which says what each scheme is. Used by one
 * thread.
 */
final class MacCalculator {
    private static final int USUAL_LENGTH = 1024;
    private static final byte BIT_1 = (byte) 0x80;

    private final KeyedCipher whole;
    private final KeyedCipher left;
    private final int blockLength;
    private final byte[] block;
    private byte[] padded;
    private byte[] subkey1;
    private byte[] subkey2;

    /**
     * @param whole the key
     * @param left its first 8 bytes, for the retail MAC; null when the key is not one of DES
     */
    MacCalculator(final KeyedCipher whole, final KeyedCipher left) {
        this.whole = whole;
        this.left = left;
        this.blockLength = whole.blockLength();
        this.block = new byte[blockLength];
        this.padded = new byte[USUAL_LENGTH];
    }

    /** Puts a MAC at full length, one block, into {@code mac}. */
    void compute(final MacScheme scheme, final byte[] data, final int length, final byte[] mac) throws CryptoException {
        switch (scheme.algorithm()) {
            case CBC -> {
                final int paddedLength = pad(scheme.padding(), data, length);
                whole.encryptToLastBlock(padded, paddedLength, mac);
            }
            case RETAIL -> retail(scheme.padding(), data, length, mac);
            case CMAC -> cmac(data, length, mac);
            case UNIONPAY_ECB -> {
                final byte[] result = CipherMac.unionPayEcb(whole, Arrays.copyOf(data, length));
                System.arraycopy(result, 0, mac, 0, result.length);
            }
            default -> throw new IllegalArgumentException("algorithm=" + scheme.algorithm());
        }
    }

    private void retail(final Padding padding, final byte[] data, final int length, final byte[] mac)
            throws CryptoException {
        if (left == null || whole.algorithm() != CipherAlgorithm.TDES) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, "the retail MAC needs a DES key");
        }
        final int before = pad(padding, data, length) - blockLength;
        if (before == 0) {
            Arrays.fill(block, (byte) 0);
        } else {
            left.encryptToLastBlock(padded, before, block);
        }
        for (int i = 0; i < blockLength; i++) {
            block[i] ^= padded[before + i];
        }
        whole.encryptToLastBlock(block, blockLength, mac);
    }

    private void cmac(final byte[] data, final int length, final byte[] mac) throws CryptoException {
        if (subkey1 == null) {
            final byte[] zeros = new byte[blockLength];
            whole.encryptToLastBlock(zeros, blockLength, block);
            subkey1 = CipherMac.doubled(block);
            subkey2 = CipherMac.doubled(subkey1);
        }
        final boolean isWhole = length > 0 && length % blockLength == 0;
        final int paddedLength = isWhole ? copy(data, length, length) : pad(Padding.METHOD_2, data, length);
        final byte[] subkey = isWhole ? subkey1 : subkey2;
        for (int i = 0; i < blockLength; i++) {
            padded[paddedLength - blockLength + i] ^= subkey[i];
        }
        whole.encryptToLastBlock(padded, paddedLength, mac);
    }

    /** Leaves the padded message in {@link #padded}; returns its length. */
    private int pad(final Padding padding, final byte[] data, final int length) {
        return switch (padding) {
            case METHOD_1 -> copy(data, length, Math.max(length, 1));
            case METHOD_2 -> {
                final int paddedLength = copy(data, length, length + 1);
                padded[length] = BIT_1;
                yield paddedLength;
            }
            case METHOD_3 -> {
                final int paddedLength = copy(data, length, Math.max(length, 1));
                reserve(paddedLength + blockLength);
                System.arraycopy(padded, 0, padded, blockLength, paddedLength);
                Arrays.fill(padded, 0, blockLength, (byte) 0);
                final long bits = (long) length * Byte.SIZE;
                for (int i = 0; i < Long.BYTES; i++) {
                    padded[blockLength - 1 - i] = (byte) (bits >>> (Byte.SIZE * i));
                }
                yield paddedLength + blockLength;
            }
        };
    }

    private int copy(final byte[] data, final int length, final int atLeast) {
        final int paddedLength = (atLeast + blockLength - 1) / blockLength * blockLength;
        reserve(paddedLength);
        System.arraycopy(data, 0, padded, 0, length);
        Arrays.fill(padded, length, paddedLength, (byte) 0);
        return paddedLength;
    }

    private void reserve(final int length) {
        if (length > padded.length) {
            final byte[] larger = Arrays.copyOf(padded, 2 * length);
            Arrays.fill(padded, (byte) 0);
            padded = larger;
        }
    }
}

package io.turnout.security;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * A block cipher with one key, in memory or inside a token: whole blocks in ECB and CBC without padding, which is all
 * that the algorithms of this package need. Used by one thread.
 */
public final class KeyedCipher {
    /** Bytes given to the cipher at once when only the last block of the outcome is wanted. */
    private static final int CHUNK_LENGTH = 512;

    private final CipherAlgorithm algorithm;
    private final int keyLength;
    private final SecretKey key;
    private final Cipher ecb;
    private final Cipher cbc;
    private final Cipher chain;
    private final byte[] zeroVector;
    private final byte[] chained;
    private boolean chainReady;

    /**
     * @param keyLength bytes of the key as its owner counts them: a double-length DES key has 16
     * @param key the key or a handle to it
     * @param provider who does the work, or null for the JDK's choice
     */
    public KeyedCipher(
            final CipherAlgorithm algorithm, final int keyLength, final SecretKey key, final Provider provider)
            throws CryptoException {
        this.algorithm = algorithm;
        this.keyLength = keyLength;
        this.key = key;
        this.zeroVector = new byte[algorithm.blockLength()];
        try {
            this.ecb = cipher("/ECB/NoPadding", provider);
            this.cbc = cipher("/CBC/NoPadding", provider);
            this.chain = cipher("/CBC/NoPadding", provider);
            this.chained = new byte[CHUNK_LENGTH + algorithm.blockLength()];
        } catch (final GeneralSecurityException e) {
            throw new CryptoException(CryptoError.UNSUPPORTED, algorithm + ": " + e.getMessage());
        }
    }

    private Cipher cipher(final String mode, final Provider provider) throws GeneralSecurityException {
        final String transformation = algorithm.jceName() + mode;
        return provider == null ? Cipher.getInstance(transformation) : Cipher.getInstance(transformation, provider);
    }

    /** The cipher. */
    public CipherAlgorithm algorithm() {
        return algorithm;
    }

    /** Bytes of one block. */
    public int blockLength() {
        return algorithm.blockLength();
    }

    /** Bytes of the key; a double-length DES key has 16. */
    public int keyLength() {
        return keyLength;
    }

    /** Encrypts each block by itself. */
    public byte[] encrypt(final byte[] blocks) throws CryptoException {
        return run(ecb, Cipher.ENCRYPT_MODE, null, blocks);
    }

    /** Decrypts each block by itself. */
    public byte[] decrypt(final byte[] blocks) throws CryptoException {
        return run(ecb, Cipher.DECRYPT_MODE, null, blocks);
    }

    /** Encrypts with cipher block chaining. */
    public byte[] encryptCbc(final byte[] initialVector, final byte[] blocks) throws CryptoException {
        return run(cbc, Cipher.ENCRYPT_MODE, initialVector, blocks);
    }

    /** Decrypts with cipher block chaining. */
    public byte[] decryptCbc(final byte[] initialVector, final byte[] blocks) throws CryptoException {
        return run(cbc, Cipher.DECRYPT_MODE, initialVector, blocks);
    }

    /**
     * Encrypts with cipher block chaining from a vector of zeros and keeps the last block only, as MACs do. Allocates
     * nothing once the cipher is warm: the key is set up once, not for each message.
     *
     * @param length bytes of {@code blocks} to encrypt: whole blocks, one or more
     * @param last takes the last block
     */
    public void encryptToLastBlock(final byte[] blocks, final int length, final byte[] last) throws CryptoException {
        if (length < blockLength() || length % blockLength() != 0) {
            throw new CryptoException(
                    CryptoError.BAD_PARAMETER, length + " bytes are not one block of " + blockLength() + " or more");
        }
        try {
            if (!chainReady) {
                chain.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(zeroVector));
            }
            // Only the end of a whole message leaves the cipher where it began.
            chainReady = false;
            int done = 0;
            while (length - done > CHUNK_LENGTH) {
                chain.update(blocks, done, CHUNK_LENGTH, chained, 0);
                done += CHUNK_LENGTH;
            }
            final int produced = chain.doFinal(blocks, done, length - done, chained, 0);
            System.arraycopy(chained, produced - blockLength(), last, 0, blockLength());
            chainReady = true;
        } catch (final GeneralSecurityException | ProviderException e) {
            throw new CryptoException(CryptoError.DEVICE_FAILED, algorithm + ": " + e.getMessage());
        }
    }

    /** An initial vector of zeros; not to be changed. */
    byte[] zeroVector() {
        return zeroVector;
    }

    private byte[] run(final Cipher cipher, final int mode, final byte[] vector, final byte[] blocks)
            throws CryptoException {
        if (blocks.length % blockLength() != 0) {
            throw new CryptoException(
                    CryptoError.BAD_PARAMETER, blocks.length + " bytes are not a multiple of " + blockLength());
        }
        try {
            if (vector == null) {
                cipher.init(mode, key);
            } else {
                cipher.init(mode, key, new IvParameterSpec(vector));
            }
            return cipher.doFinal(blocks);
        } catch (final GeneralSecurityException | ProviderException e) {
            throw new CryptoException(CryptoError.DEVICE_FAILED, algorithm + ": " + e.getMessage());
        }
    }
}

package io.turnout.security;

import java.security.Provider;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Block ciphers that keys are made for. */
public enum CipherAlgorithm {
    /** DES with one, two or three keys (8, 16, 24 bytes), ANSI X9.52. */
    TDES("DESede", 8) {
        @Override
        boolean allows(final int keyLength) {
            return keyLength == SINGLE || keyLength == DOUBLE || keyLength == TRIPLE;
        }

        @Override
        byte[] expand(final byte[] key) {
            final byte[] expanded = new byte[TRIPLE];
            for (int i = 0; i < TRIPLE; i++) {
                expanded[i] = key[i % key.length];
            }
            return expanded;
        }
    },
    /** AES with 16, 24 or 32 bytes, FIPS 197. */
    AES("AES", 16) {
        @Override
        boolean allows(final int keyLength) {
            return keyLength == DOUBLE || keyLength == TRIPLE || keyLength == QUADRUPLE;
        }
    },
    /** SM4 with 16 bytes, GB/T 32907. The JDK lacks it. */
    SM4("SM4", 16) {
        @Override
        boolean allows(final int keyLength) {
            return keyLength == DOUBLE;
        }

        @Override
        Provider provider() {
            return BouncyCastle.PROVIDER;
        }
    };

    private static final int SINGLE = 8;
    private static final int DOUBLE = 16;
    private static final int TRIPLE = 24;
    private static final int QUADRUPLE = 32;

    private final String jceName;
    private final int blockLength;

    CipherAlgorithm(final String jceName, final int blockLength) {
        this.jceName = jceName;
        this.blockLength = blockLength;
    }

    /** Bytes of one block. */
    public int blockLength() {
        return blockLength;
    }

    /** The cipher's name in the Java Cryptography Architecture. */
    public String jceName() {
        return jceName;
    }

    /**
     * A cipher that holds the key in memory.
     *
     * @param key copied; the caller wipes its own
     */
    public KeyedCipher withKey(final byte[] key) throws CryptoException {
        return new KeyedCipher(this, key.length, keySpec(key), provider());
    }

    /**
     * The key as Java knows it; a DES key of one or two parts comes out as three.
     *
     * @param key copied
     */
    public SecretKeySpec keySpec(final byte[] key) throws CryptoException {
        checkKeyLength(key.length);
        final byte[] expanded = expand(key);
        final SecretKeySpec spec = new SecretKeySpec(expanded, jceName);
        Arrays.fill(expanded, (byte) 0);
        return spec;
    }

    /** Refuses a length this cipher does not know. */
    public void checkKeyLength(final int keyLength) throws CryptoException {
        if (!allows(keyLength)) {
            throw new CryptoException(CryptoError.BAD_KEY_LENGTH, this + " has no key of " + keyLength + " bytes");
        }
    }

    abstract boolean allows(int keyLength);

    byte[] expand(final byte[] key) {
        return key.clone();
    }

    /** Where the cipher comes from; null means the JDK's own choice. */
    Provider provider() {
        return null;
    }

    /** Created when first asked for: most installations need no SM4, and the provider takes a while to start. */
    private static final class BouncyCastle {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }
}

package io.turnout.security;

import java.util.Arrays;

/**
 * A key that protects other keys. Inside a token it can only encrypt, which is enough to derive from it; versions A and
 * C of key blocks need its bytes as well.
 */
public final class ProtectionKey {
    private final KeyedCipher cipher;
    private final byte[] bytes;

    private ProtectionKey(final KeyedCipher cipher, final byte[] bytes) {
        this.cipher = cipher;
        this.bytes = bytes;
    }

    /** A key in memory; copied. */
    public static ProtectionKey inMemory(final CipherAlgorithm algorithm, final byte[] key) throws CryptoException {
        return new ProtectionKey(algorithm.withKey(key), key.clone());
    }

    /** A key that never leaves its token. */
    public static ProtectionKey inToken(final KeyedCipher cipher) {
        return new ProtectionKey(cipher, null);
    }

    /** The key at work. */
    public KeyedCipher cipher() {
        return cipher;
    }

    /** The key with each byte XORed with a constant. */
    byte[] variant(final int constant) throws CryptoException {
        if (bytes == null) {
            throw new CryptoException(CryptoError.UNSUPPORTED, "a key in a token has no variants; use version B or D");
        }
        final byte[] mask = new byte[bytes.length];
        Arrays.fill(mask, (byte) constant);
        return Bytes.xor(bytes, mask);
    }

    /** Forgets the key's bytes, where there are any. */
    public void wipe() {
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}

package io.turnout.security;

import java.util.Arrays;

/** Check values: what may be shown of a key. */
public final class KeyCheckValue {
    /** Bytes of the customary check value of a DES key. */
    public static final int TDES_LENGTH = 3;
    /** Bytes of the check value of an AES key in ANSI X9.143. */
    public static final int AES_LENGTH = 5;

    private KeyCheckValue() {}

    /** The customary value for the key's cipher: {@link #zeros} for DES and SM4, {@link #cmac} for AES. */
    public static byte[] of(final KeyedCipher key) throws CryptoException {
        return key.algorithm() == CipherAlgorithm.AES ? cmac(key, AES_LENGTH) : zeros(key, TDES_LENGTH);
    }

    /** The left bytes of an encrypted block of zeros. */
    public static byte[] zeros(final KeyedCipher key, final int length) throws CryptoException {
        return left(key.encrypt(new byte[key.blockLength()]), length);
    }

    /** The left bytes of the CMAC over a block of zeros, ANSI X9.24-1:2017 annex A. */
    public static byte[] cmac(final KeyedCipher key, final int length) throws CryptoException {
        return left(CipherMac.cmac(key, new byte[key.blockLength()]), length);
    }

    private static byte[] left(final byte[] value, final int length) throws CryptoException {
        if (length < 1 || length > value.length) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a check value of " + length + " bytes");
        }
        return Arrays.copyOf(value, length);
    }
}

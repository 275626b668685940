package io.turnout.security;

/** Kinds of keys that AES DUKPT derives, ANSI X9.24-3:2017 clause 6.3.3 table 3. */
public enum AesDukptKeyType {
    /** DES with two keys. */
    TDES_2(0, 16, 16),
    /** DES with three keys. */
    TDES_3(1, 24, 16),
    /** AES-128. */
    AES_128(2, 16, 16),
    /** AES-192. */
    AES_192(3, 24, 24),
    /** AES-256. */
    AES_256(4, 32, 32),
    /** HMAC with 128 bits. */
    HMAC_128(5, 16, 16),
    /** HMAC with 192 bits. */
    HMAC_192(5, 24, 24),
    /** HMAC with 256 bits. */
    HMAC_256(5, 32, 32);

    private final int code;
    private final int keyLength;
    private final int neededAesLength;

    AesDukptKeyType(final int code, final int keyLength, final int neededAesLength) {
        this.code = code;
        this.keyLength = keyLength;
        this.neededAesLength = neededAesLength;
    }

    /** The number the standard gives its algorithm. */
    int code() {
        return code;
    }

    /** Bytes of a key. */
    public int keyLength() {
        return keyLength;
    }

    /** Bytes of the shortest AES key that is as strong. */
    int neededAesLength() {
        return neededAesLength;
    }

    /** The AES type with keys of this length. */
    static AesDukptKeyType aes(final int keyLength) throws CryptoException {
        CipherAlgorithm.AES.checkKeyLength(keyLength);
        return switch (keyLength) {
            case 16 -> AES_128;
            case 24 -> AES_192;
            default -> AES_256;
        };
    }
}

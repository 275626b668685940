package io.turnout.security;

/** What a key derived by AES DUKPT is for, ANSI X9.24-3:2017 clause 6.3.2 table 2. */
public enum AesDukptUsage {
    /** Wraps other keys. */
    KEY_ENCRYPTION(0x0002),
    /** Encrypts PINs. */
    PIN(0x1000),
    /** Makes MACs. */
    MAC_GENERATION(0x2000),
    /** Verifies MACs. */
    MAC_VERIFICATION(0x2001),
    /** Makes and verifies MACs. */
    MAC_BOTH_WAYS(0x2002),
    /** Encrypts data. */
    DATA_ENCRYPTION(0x3000),
    /** Decrypts data. */
    DATA_DECRYPTION(0x3001),
    /** Encrypts and decrypts data. */
    DATA_BOTH_WAYS(0x3002),
    /** Derives further keys. */
    KEY_DERIVATION(0x8000),
    /** Is a device's initial key. */
    INITIAL_KEY_DERIVATION(0x8001);

    private final int code;

    AesDukptUsage(final int code) {
        this.code = code;
    }

    /** The number the standard gives it. */
    public int code() {
        return code;
    }

    /** The usage with a number. */
    public static AesDukptUsage of(final int code) throws CryptoException {
        for (final AesDukptUsage usage : values()) {
            if (usage.code == code) {
                return usage;
            }
        }
        throw new CryptoException(CryptoError.BAD_PARAMETER, "no key usage " + Integer.toHexString(code));
    }
}

package io.turnout.security;

/** How a key block is protected, ANSI X9.143:2021 (TR-31) and ISO 20038:2017. The names are the first characters. */
public enum KeyBlockVersion {
    /** DES; keys of the block are variants of the protection key, MAC of 4 bytes over the encrypted key. Deprecated. */
    A(CipherAlgorithm.TDES, 4, true),
    /** DES; keys of the block are derived, MAC of 8 bytes over the clear key. */
    B(CipherAlgorithm.TDES, 8, false),
    /** As A; only the character differs. */
    C(CipherAlgorithm.TDES, 4, true),
    /** AES with chaining; keys of the block are derived, MAC of 16 bytes over the clear key. */
    D(CipherAlgorithm.AES, 16, false),
    /** AES in counter mode, ISO 20038; otherwise as D. */
    E(CipherAlgorithm.AES, 16, false);

    private final CipherAlgorithm cipher;
    private final int macLength;
    private final boolean usesVariants;

    KeyBlockVersion(final CipherAlgorithm cipher, final int macLength, final boolean usesVariants) {
        this.cipher = cipher;
        this.macLength = macLength;
        this.usesVariants = usesVariants;
    }

    /** The cipher of the protection key. */
    public CipherAlgorithm cipher() {
        return cipher;
    }

    /** Bytes of the authentication code. */
    int macLength() {
        return macLength;
    }

    /** Whether the block's keys are variants, which need the protection key itself, and not derived. */
    boolean usesVariants() {
        return usesVariants;
    }

    static KeyBlockVersion of(final char character) throws CryptoException {
        for (final KeyBlockVersion version : values()) {
            if (version.name().charAt(0) == character) {
                return version;
            }
        }
        throw new CryptoException(CryptoError.BAD_KEY_BLOCK, "versions of key blocks are A to E");
    }
}

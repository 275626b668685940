package io.turnout.security;

/** Why a cryptographic operation was refused. No name and no message ever carries a key or a PIN. */
public enum CryptoError {
    /** Text that should be hexadecimal is not. */
    NOT_HEXADECIMAL,
    /** A parameter is missing, has the wrong length or is out of range. */
    BAD_PARAMETER,
    /** A key has a length its algorithm does not know. */
    BAD_KEY_LENGTH,
    /** A DES key has bytes of even parity. */
    BAD_PARITY,
    /** A key's check value is not the one announced. */
    CHECK_VALUE_MISMATCH,
    /** A card number is not 1 to 19 digits. */
    BAD_PAN,
    /** A PIN is not 4 to 12 digits. */
    BAD_PIN,
    /** A PIN block is not what its format demands; says nothing of the content. */
    BAD_PIN_BLOCK,
    /** ISO 9564-1 forbids translation between these two formats. */
    TRANSLATION_FORBIDDEN,
    /** A DUKPT counter is zero, has too many bits set, or went backwards. */
    BAD_COUNTER,
    /** A derived key would be stronger than the key it derives from. */
    KEY_TOO_STRONG,
    /** A key block breaks the syntax of its version. */
    BAD_KEY_BLOCK,
    /** A key block's authentication code is wrong: another protection key, or changed. */
    KEY_BLOCK_NOT_AUTHENTIC,
    /** A key is not meant for this use. */
    WRONG_KEY_USAGE,
    /** The key was in use before: somebody repeats an old change of keys. */
    KEY_REUSED,
    /** No key with this name, or none active yet. */
    UNKNOWN_KEY,
    /** The number of keys is at its limit. */
    TOO_MANY_KEYS,
    /** The device holding the key cannot do this. */
    UNSUPPORTED,
    /** The device holding the key failed. */
    DEVICE_FAILED
}

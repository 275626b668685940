package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;

/**
 * A key encrypted under a master key with nothing around it, as in DE48 or DE96 of a key change.
 *
 * @param algorithm cipher of the key inside
 * @param mode how it was encrypted
 * @param parity what to do about the parity of a DES key
 * @param cryptogram hexadecimal
 * @param checkValue announced with it, hexadecimal, 3 bytes or more
 */
public record KeyCryptogram(CipherAlgorithm algorithm, Mode mode, Parity parity, String cryptogram, String checkValue) {

    /** How a key was encrypted. */
    public enum Mode {
        /** Each block by itself. */
        ECB,
        /** Chained, with an initial vector of zeros. */
        CBC
    }

    /** What to do about the parity of a DES key. */
    public enum Parity {
        /** Set it; DES does not use these bits. */
        ADJUST,
        /** Refuse a key that lacks it. */
        REQUIRE
    }
}

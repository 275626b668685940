package io.turnout.gateway.security;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.module.KeyCryptogram;

/**
 * How a peer writes a new key into a message.
 *
 * @param form what stands in the field
 * @param field data element with the key: 48, 96 or another. A binary one holds nothing but the cryptogram, and its
 *     check value stands in DE48
 * @param prefix characters before the key, or before the check value in DE48 of a binary field
 * @param algorithm cipher of a key that comes as a cryptogram
 * @param mode how a cryptogram was made
 * @param parity what to do about the parity of a DES key in a cryptogram
 * @param checkValueDigits hexadecimal digits of the check value of a cryptogram, 6 to 32
 */
public record KeyMessageFormat(
        Form form,
        int field,
        String prefix,
        CipherAlgorithm algorithm,
        KeyCryptogram.Mode mode,
        KeyCryptogram.Parity parity,
        int checkValueDigits) {

    private static final int FEWEST_DIGITS = 6;
    private static final int MOST_DIGITS = 32;

    /** What stands in the field. */
    public enum Form {
        /** A key block of ANSI X9.143 (TR-31); what follows it, if anything, is its check value. */
        KEY_BLOCK,
        /** The key under the master key in hexadecimal, then its check value. */
        CRYPTOGRAM
    }

    /** Checks the check value. */
    public KeyMessageFormat {
        if (checkValueDigits < FEWEST_DIGITS || checkValueDigits > MOST_DIGITS || checkValueDigits % 2 != 0) {
            throw new IllegalArgumentException("checkValueDigits=" + checkValueDigits);
        }
    }
}

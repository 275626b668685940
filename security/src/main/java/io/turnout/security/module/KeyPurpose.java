package io.turnout.security.module;

import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyBlockHeader;

/** What a zone key is for. A key block says so itself, ANSI X9.143:2021 tables 2 and 4. */
public enum KeyPurpose {
    /** PIN encryption: usage P0. */
    PIN("P0", "BEDN"),
    /** MACs over messages: usages M0 to M8. */
    MAC("M0 M1 M2 M3 M4 M5 M6 M7 M8", "CGVN"),
    /** Encryption of data: usage D0. */
    DATA("D0", "BEDN"),
    /** Derivation of the keys of DUKPT: a base derivation key, usage B0. */
    DERIVATION("B0", "XN");

    private final String usages;
    private final String modes;

    KeyPurpose(final String usages, final String modes) {
        this.usages = usages;
        this.modes = modes;
    }

    /** Refuses a key that its block meant for something else. */
    void require(final KeyBlockHeader header) throws CryptoException {
        if (!usages.contains(header.usage()) || modes.indexOf(header.mode()) < 0) {
            throw new CryptoException(
                    CryptoError.WRONG_KEY_USAGE,
                    "a key of usage " + header.usage() + " and mode " + header.mode() + " is not for " + this);
        }
    }
}

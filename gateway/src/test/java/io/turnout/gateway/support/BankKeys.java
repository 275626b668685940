package io.turnout.gateway.support;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.SecurityModule;
import io.turnout.security.module.SoftwareSecurityModule;
import java.util.HexFormat;

/** Keys that a bank and the switch share: a master key, and DES keys that travel under it. */
public final class BankKeys {
    public static final String MASTER = "zmk";
    public static final String MAC = "bank.mac";
    public static final String KEY_1 = "E0F4543F3E2A2C5FFC7E5E5A222E3E4D";
    public static final String KEY_2 = "41414141414141414242424242424242";
    public static final String KEY_3 = "2C7F151628AED3A7ABF7158908CE4F3D";

    private static final byte[] MASTER_KEY = HexFormat.of().parseHex("DD7515F2BFC17F85CE48F3CA25CB21F6");

    private BankKeys() {}

    /** A module with the master key and nothing else. */
    public static SecurityModule module() {
        try {
            return SoftwareSecurityModule.start(
                    new SoftwareSecurityModule.MasterKeys().add(MASTER, CipherAlgorithm.TDES, MASTER_KEY),
                    8,
                    SoftwareSecurityModule.Environment.DEVELOPMENT);
        } catch (final CryptoException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts a key in force. */
    public static SecurityModule with(
            final SecurityModule module, final String name, final KeyPurpose purpose, final String key) {
        try {
            module.importCryptogram(
                    MASTER,
                    name,
                    purpose,
                    new KeyCryptogram(
                            CipherAlgorithm.TDES,
                            KeyCryptogram.Mode.ECB,
                            KeyCryptogram.Parity.ADJUST,
                            cryptogram(key),
                            checkValue(key)));
            module.activate(name, 0, 0);
            return module;
        } catch (final CryptoException e) {
            throw new AssertionError(e);
        }
    }

    /** A DES key under the master key, in hexadecimal. */
    public static String cryptogram(final String key) {
        try {
            return Hex.encode(CipherAlgorithm.TDES.withKey(MASTER_KEY).encrypt(bytes(key)));
        } catch (final CryptoException e) {
            throw new AssertionError(e);
        }
    }

    /** The check value of a DES key, six hexadecimal digits. */
    public static String checkValue(final String key) {
        try {
            return Hex.encode(KeyCheckValue.of(CipherAlgorithm.TDES.withKey(bytes(key))));
        } catch (final CryptoException e) {
            throw new AssertionError(e);
        }
    }

    public static byte[] bytes(final String hex) {
        return HexFormat.of().parseHex(hex);
    }
}

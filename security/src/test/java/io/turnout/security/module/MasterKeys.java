package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import java.util.HexFormat;
import java.util.Map;

/** The master keys that every implementation under test has. */
enum MasterKeys {
    TDES("zmk-tdes", CipherAlgorithm.TDES, "DD7515F2BFC17F85CE48F3CA25CB21F6"),
    AES("zmk-aes", CipherAlgorithm.AES, "88E1AB2A2E3DD38C1FA039A536500CC8A87AB9D62DC92C01058FA79F44657DE6");

    final String label;
    final CipherAlgorithm algorithm;
    private final String hex;

    MasterKeys(final String label, final CipherAlgorithm algorithm, final String hex) {
        this.label = label;
        this.algorithm = algorithm;
        this.hex = hex;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    static Map<String, Pkcs11SecurityModule.MasterKey> inToken() {
        return Map.of(
                TDES.label,
                new Pkcs11SecurityModule.MasterKey(TDES.algorithm, TDES.bytes().length),
                AES.label,
                new Pkcs11SecurityModule.MasterKey(AES.algorithm, AES.bytes().length));
    }
}

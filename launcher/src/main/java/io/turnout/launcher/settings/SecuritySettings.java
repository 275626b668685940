package io.turnout.launcher.settings;

import io.turnout.gateway.security.PeerSecuritySettings;
import io.turnout.gateway.security.PinSource;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.module.KeyPurpose;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keys shared with issuers and acquirers.
 *
 * @param module where they are kept; null = there are none
 * @param masterKeys that other keys come under
 * @param keys to start with
 * @param issuers what is shared with each, by id
 * @param acquirers how PIN blocks of each come in, by id
 * @param acquirerMacs how messages of acquirers that speak ISO 8583 are authenticated, by id
 */
public record SecuritySettings(
        Module module,
        List<MasterKey> masterKeys,
        List<ZoneKey> keys,
        Map<Integer, PeerSecuritySettings> issuers,
        Map<Integer, PinSource> acquirers,
        Map<Integer, PeerSecuritySettings> acquirerMacs) {

    /** Takes copies of the collections. */
    public SecuritySettings {
        masterKeys = List.copyOf(masterKeys);
        keys = List.copyOf(keys);
        issuers = Map.copyOf(issuers);
        acquirers = Map.copyOf(acquirers);
        acquirerMacs = Map.copyOf(acquirerMacs);
    }

    /** Whether another file says the same, secrets included. */
    public boolean isSameAs(final SecuritySettings other) {
        return String.valueOf(module).equals(String.valueOf(other.module))
                && masterKeys.toString().equals(other.masterKeys.toString())
                && keys.toString().equals(other.keys.toString())
                && issuers.equals(other.issuers)
                && acquirers.equals(other.acquirers)
                && secrets().equals(other.secrets());
    }

    /** Texts show no secrets, so they are compared by themselves. */
    private List<ByteBuffer> secrets() {
        return Stream.concat(
                        masterKeys.stream().map(MasterKey::clear), keys.stream().map(ZoneKey::clear))
                .filter(Objects::nonNull)
                .map(secret -> ByteBuffer.wrap(secret.bytes()))
                .toList();
    }

    /** Where keys are kept. */
    public enum Kind {
        /** In the memory of this process. */
        SOFTWARE,
        /** In a PKCS#11 token. */
        PKCS11
    }

    /**
     * Where keys are kept.
     *
     * @param kind of module
     * @param allowSoftwareInProduction whether keys in memory will do for real payments
     * @param library of a token; null for software
     * @param slot of a token: its place in the library's list, from 0
     * @param pin of the token's user; null for software
     */
    public record Module(Kind kind, boolean allowSoftwareInProduction, Path library, int slot, Secret pin) {}

    /**
     * A key that other keys come under. Of {@code clear} and {@code keyBlock} one is there for software, none for a
     * token, where the name is the key's label.
     *
     * @param name of the key
     * @param cipher of the key
     * @param lengthBytes of the key, in a token
     * @param clear the key in hexadecimal
     * @param keyBlock the key in a block of ANSI X9.143
     * @param under name of the master key that protects the block; listed before
     */
    public record MasterKey(
            String name, CipherAlgorithm cipher, int lengthBytes, Secret clear, String keyBlock, String under) {}

    /**
     * A key to start with. Of {@code clear} and {@code keyBlock} one is there.
     *
     * @param name of the key
     * @param purpose of the key
     * @param cipher of a key in clear
     * @param clear the key in hexadecimal, for development
     * @param keyBlock the key in a block of ANSI X9.143
     * @param masterKey that protects the block
     * @param checkValue to compare with, in hexadecimal; empty = not compared
     */
    public record ZoneKey(
            String name,
            KeyPurpose purpose,
            CipherAlgorithm cipher,
            Secret clear,
            String keyBlock,
            String masterKey,
            String checkValue) {}
}

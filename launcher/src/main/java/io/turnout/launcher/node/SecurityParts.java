package io.turnout.launcher.node;

import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.security.GatewaySecurity;
import io.turnout.gateway.security.KeyChangeRecord;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.settings.Environment;
import io.turnout.launcher.settings.Secret;
import io.turnout.launcher.settings.SecuritySettings;
import io.turnout.launcher.settings.SwitchSettings;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyBlockHeader;
import io.turnout.security.KeyBlocks;
import io.turnout.security.ProtectionKey;
import io.turnout.security.module.KeyDescription;
import io.turnout.security.module.KeyGeneration;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.Pkcs11SecurityModule;
import io.turnout.security.module.SecurityModule;
import io.turnout.security.module.SoftwareSecurityModule;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The security module with the keys of the configuration file, and what a gateway does with them. Closed when the
 * gateway has stopped.
 */
public final class SecurityParts implements AutoCloseable {
    /** Keys that partners send beside those of the file. */
    private static final int EXCHANGED_KEYS = 2048;
    /** Protects keys in clear on their way into the module, so that there is one way in. */
    private static final String WRAPPING_KEY = "keys in clear";

    private static final int WRAPPING_KEY_LENGTH = 32;

    private final SecuritySettings settings;
    private final SecurityModule module;
    private GatewaySecurity gateway;
    private final byte[] wrappingKey = new byte[WRAPPING_KEY_LENGTH];

    private SecurityParts(final SwitchSettings all) throws CryptoException {
        settings = all.security();
        module = settings.module() == null ? null : start(all.environment());
    }

    /**
     * Starts the module and puts the keys into it.
     *
     * @throws CommandFailure when a key is not what the file says, or the token refuses
     */
    public static SecurityParts start(final SwitchSettings settings) {
        SecurityParts parts = null;
        try {
            parts = new SecurityParts(settings);
            parts.importKeys();
            return parts;
        } catch (final CryptoException e) {
            if (parts != null) {
                parts.close();
            }
            throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, "security: " + e.error() + ": " + e.getMessage());
        }
    }

    /** What a gateway does with the keys. */
    GatewaySecurity gateway(final GatewayCounters counters) {
        gateway = new GatewaySecurity(
                module, settings.issuers(), settings.acquirers(), settings.acquirerMacs(), counters);
        return gateway;
    }

    /** The last changes of keys since the gateway was made, oldest first. */
    List<KeyChangeRecord> changes() {
        return gateway == null ? List.of() : gateway.changes().recent();
    }

    /** What may be known of the keys that were put in, master keys first. */
    public List<KeyDescription> describe() {
        final List<KeyDescription> descriptions = new ArrayList<>();
        try {
            for (final SecuritySettings.MasterKey key : settings.masterKeys()) {
                descriptions.add(module.masterKey(key.name()));
            }
        } catch (final CryptoException e) {
            throw new CommandFailure(ExitCode.FAILED, "security: " + e.error() + ": " + e.getMessage());
        }
        for (final SecuritySettings.ZoneKey key : settings.keys()) {
            descriptions.add(module.describe(key.name(), KeyGeneration.CURRENT));
        }
        return descriptions;
    }

    @Override
    public void close() {
        if (module != null) {
            module.close();
        }
        Arrays.fill(wrappingKey, (byte) 0);
    }

    private SecurityModule start(final Environment environment) throws CryptoException {
        final int capacity = settings.keys().size() + EXCHANGED_KEYS;
        return settings.module().kind() == SecuritySettings.Kind.PKCS11
                ? startToken(capacity)
                : startSoftware(environment, capacity);
    }

    private SecurityModule startToken(final int capacity) throws CryptoException {
        final Map<String, Pkcs11SecurityModule.MasterKey> labels = new HashMap<>();
        for (final SecuritySettings.MasterKey key : settings.masterKeys()) {
            labels.put(key.name(), new Pkcs11SecurityModule.MasterKey(key.cipher(), key.lengthBytes()));
        }
        final SecuritySettings.Module token = settings.module();
        final byte[] pin = token.pin().bytes();
        final char[] characters = new String(pin, StandardCharsets.UTF_8).toCharArray();
        try {
            return Pkcs11SecurityModule.start(
                    new Pkcs11SecurityModule.Token(token.library(), token.slot()), characters, labels, capacity);
        } finally {
            Arrays.fill(pin, (byte) 0);
            Arrays.fill(characters, '0');
        }
    }

    private SecurityModule startSoftware(final Environment environment, final int capacity) throws CryptoException {
        final SoftwareSecurityModule.MasterKeys masters = new SoftwareSecurityModule.MasterKeys();
        for (final SecuritySettings.MasterKey key : settings.masterKeys()) {
            if (key.clear() == null) {
                masters.addKeyBlock(key.name(), key.under(), key.keyBlock());
            } else {
                final byte[] bytes = bytes(key.name(), key.clear());
                masters.add(key.name(), key.cipher(), bytes);
                Arrays.fill(bytes, (byte) 0);
            }
        }
        new SecureRandom().nextBytes(wrappingKey);
        masters.add(WRAPPING_KEY, CipherAlgorithm.AES, wrappingKey);
        final SoftwareSecurityModule.Environment where =
                switch (environment) {
                    case DEVELOPMENT -> SoftwareSecurityModule.Environment.DEVELOPMENT;
                    case PRODUCTION ->
                        settings.module().allowSoftwareInProduction()
                                ? SoftwareSecurityModule.Environment.PRODUCTION_BUT_ALLOWED
                                : SoftwareSecurityModule.Environment.PRODUCTION;
                };
        return SoftwareSecurityModule.start(masters, capacity, where);
    }

    private void importKeys() throws CryptoException {
        for (final SecuritySettings.ZoneKey key : settings.keys()) {
            final boolean isClear = key.clear() != null;
            module.importKeyBlock(
                    isClear ? WRAPPING_KEY : key.masterKey(),
                    key.name(),
                    key.purpose(),
                    isClear ? wrapped(key) : key.keyBlock(),
                    key.checkValue());
            module.activate(key.name(), 0, 0);
        }
    }

    private String wrapped(final SecuritySettings.ZoneKey key) throws CryptoException {
        final byte[] bytes = bytes(key.name(), key.clear());
        try {
            final char algorithm = key.cipher() == CipherAlgorithm.AES ? 'A' : 'T';
            return KeyBlocks.wrap(
                    ProtectionKey.inMemory(CipherAlgorithm.AES, wrappingKey),
                    KeyBlockHeader.parse("D0000" + usage(key.purpose()) + algorithm + "N00N0000"),
                    bytes,
                    new SecureRandom());
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static String usage(final KeyPurpose purpose) {
        return switch (purpose) {
            case PIN -> "P0";
            case MAC -> "M3";
            case DATA -> "D0";
            case DERIVATION -> "B0";
        };
    }

    private static byte[] bytes(final String name, final Secret secret) {
        final byte[] text = secret.bytes();
        try {
            return HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII));
        } catch (final IllegalArgumentException e) {
            // The message of the cause quotes the key.
            throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, "security: key " + name + " is not hexadecimal");
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }
}

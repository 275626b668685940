package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import io.turnout.launcher.settings.SecuritySettings.Kind;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.module.KeyPurpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what the configuration file says about where keys are and which there are. */
final class SecurityReader {
    private static final int LONGEST_NAME = 64;
    private static final int LARGEST_SLOT = 1023;
    private static final int SHORTEST_PIN = 4;
    private static final int SHORTEST_KEY = 8;
    private static final int LONGEST_KEY = 32;

    private final Environment environment;
    private final Layout layout;
    private final Map<String, SecuritySettings.MasterKey> masterKeys = new HashMap<>();
    private final Map<String, SecuritySettings.ZoneKey> keys = new HashMap<>();

    private SecurityReader(final Environment environment, final Layout layout) {
        this.environment = environment;
        this.layout = layout;
    }

    /** Reads {@code security}, and {@code security} of each issuer and acquirer. */
    static SecuritySettings read(final YamlSection root, final Environment environment, final Layout layout) {
        final SecurityReader reader = new SecurityReader(environment, layout);
        final boolean isThere = root.has("security");
        final YamlSection section = root.section("security");
        final SecuritySettings.Module module = isThere ? reader.module(section) : null;
        final List<SecuritySettings.MasterKey> masters = reader.masterKeys(section, module);
        final List<SecuritySettings.ZoneKey> zoneKeys = reader.keys(section, module);
        final PeerSecurityReader peers =
                new PeerSecurityReader(isThere, reader.masterKeys.keySet(), Map.copyOf(reader.keys));
        return new SecuritySettings(
                module,
                masters,
                zoneKeys,
                peers.issuers(root.sections("issuers")),
                peers.acquirers(root),
                peers.acquirerMacs(root));
    }

    private SecuritySettings.Module module(final YamlSection section) {
        final Kind kind = section.enumeration("module", Kind.class, Kind.SOFTWARE);
        final boolean allowed = section.flag("allowSoftwareInProduction", false);
        if (kind == Kind.SOFTWARE) {
            if (environment == Environment.PRODUCTION && !allowed) {
                section.problem(
                        "module",
                        "keys in memory are refused in production"
                                + " (expected pkcs11, or allowSoftwareInProduction: true)");
            }
            return new SecuritySettings.Module(kind, allowed, null, 0, null);
        }
        if (layout == Layout.FUSED) {
            section.problem(
                    "module",
                    "a token may block, and with layout fused the pipeline would wait for it (expected layout split)");
        }
        return new SecuritySettings.Module(
                kind,
                allowed,
                Path.of(section.string("library")),
                section.integer("slot", 0, LARGEST_SLOT, 0),
                Secret.read(section, "pin", environment, SHORTEST_PIN));
    }

    private List<SecuritySettings.MasterKey> masterKeys(
            final YamlSection section, final SecuritySettings.Module module) {
        final List<SecuritySettings.MasterKey> masters = new ArrayList<>();
        for (final YamlSection item : section.sections("masterKeys")) {
            final SecuritySettings.MasterKey master =
                    module != null && module.kind() == Kind.PKCS11 ? tokenKey(item) : softwareKey(item);
            if (masterKeys.put(master.name(), master) != null) {
                item.problem("name", "'" + master.name() + "' stands there twice");
            }
            masters.add(master);
        }
        return masters;
    }

    private SecuritySettings.MasterKey tokenKey(final YamlSection item) {
        for (final String key : List.of("clear", "keyBlock", "under")) {
            if (item.has(key)) {
                item.problem(key, "a token has its master keys already (expected the key's label as name)");
            }
        }
        return new SecuritySettings.MasterKey(
                name(item),
                item.enumeration("cipher", CipherAlgorithm.class, CipherAlgorithm.TDES),
                item.integer("length", SHORTEST_KEY, LONGEST_KEY, 16),
                null,
                "",
                "");
    }

    private SecuritySettings.MasterKey softwareKey(final YamlSection item) {
        final String name = name(item);
        final CipherAlgorithm cipher = item.enumeration("cipher", CipherAlgorithm.class, CipherAlgorithm.TDES);
        if (item.has("keyBlock") == item.has("clear")) {
            item.problem("name", "needs either keyBlock and under, or clear");
        }
        if (!item.has("keyBlock")) {
            return new SecuritySettings.MasterKey(name, cipher, 0, clear(item), "", "");
        }
        final String under = item.string("under");
        if (!masterKeys.containsKey(under)) {
            item.problem("under", "'" + under + "' is not among the master keys before");
        }
        return new SecuritySettings.MasterKey(name, cipher, 0, null, item.string("keyBlock"), under);
    }

    private List<SecuritySettings.ZoneKey> keys(final YamlSection section, final SecuritySettings.Module module) {
        final List<SecuritySettings.ZoneKey> zoneKeys = new ArrayList<>();
        for (final YamlSection item : section.sections("keys")) {
            final SecuritySettings.ZoneKey key = key(item, module);
            if (keys.put(key.name(), key) != null) {
                item.problem("name", "'" + key.name() + "' stands there twice");
            }
            zoneKeys.add(key);
        }
        return zoneKeys;
    }

    private SecuritySettings.ZoneKey key(final YamlSection item, final SecuritySettings.Module module) {
        final String name = name(item);
        final KeyPurpose purpose = item.enumeration("purpose", KeyPurpose.class);
        final CipherAlgorithm cipher = item.enumeration("cipher", CipherAlgorithm.class, CipherAlgorithm.TDES);
        final String checkValue = item.string("checkValue", "");
        if (item.has("keyBlock") == item.has("clear")) {
            item.problem("name", "needs either keyBlock and masterKey, or clear");
        }
        if (item.has("keyBlock")) {
            final String masterKey = item.string("masterKey");
            if (!masterKeys.containsKey(masterKey)) {
                item.problem("masterKey", "'" + masterKey + "' is not among the master keys");
            }
            return new SecuritySettings.ZoneKey(
                    name, purpose, cipher, null, item.string("keyBlock"), masterKey, checkValue);
        }
        if (cipher == CipherAlgorithm.SM4) {
            item.problem("cipher", "keys of SM4 are not used by links yet (expected tdes or aes)");
        }
        if (environment == Environment.PRODUCTION || (module != null && module.kind() == Kind.PKCS11)) {
            item.problem("clear", "a key in clear is refused in production and with a token (expected keyBlock)");
        }
        return new SecuritySettings.ZoneKey(name, purpose, cipher, clear(item), "", "", checkValue);
    }

    private Secret clear(final YamlSection item) {
        return item.has("clear") ? Secret.read(item, "clear", environment) : null;
    }

    private static String name(final YamlSection item) {
        final String name = item.string("name");
        if (name.length() > LONGEST_NAME) {
            item.problem("name", "has " + name.length() + " characters (expected at most " + LONGEST_NAME + ")");
        }
        return name;
    }
}

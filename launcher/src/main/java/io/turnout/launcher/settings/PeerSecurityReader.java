package io.turnout.launcher.settings;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.configuration.ConfigurationException;
import io.turnout.configuration.YamlSection;
import io.turnout.gateway.security.KeyExchangeSettings;
import io.turnout.gateway.security.KeyMessageFormat;
import io.turnout.gateway.security.MacPolicy;
import io.turnout.gateway.security.PeerSecurity;
import io.turnout.gateway.security.PeerSecuritySettings;
import io.turnout.gateway.security.PinSource;
import io.turnout.security.AesDukptKeyType;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.Padding;
import io.turnout.security.PinBlockFormat;
import io.turnout.security.link.LinkKeySettings;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.DukptZone;
import io.turnout.security.module.KeyCryptogram;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import io.turnout.security.module.PinZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which keys issuers and acquirers share with the switch, and what for: their section {@code security}. */
final class PeerSecurityReader {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final int LAST_FIELD = 128;
    private static final int LARGEST_CODE = 999;
    private static final int MAXIMUM_ID = 999;

    private final boolean hasModule;
    private final Set<String> masterKeys;
    private final Map<String, SecuritySettings.ZoneKey> keys;

    PeerSecurityReader(
            final boolean hasModule, final Set<String> masterKeys, final Map<String, SecuritySettings.ZoneKey> keys) {
        this.hasModule = hasModule;
        this.masterKeys = masterKeys;
        this.keys = keys;
    }

    /** The customary schemes by the names they have in the file. */
    enum Scheme {
        /** ANSI X9.19. */
        X9_19,
        /** ANSI X9.9 and its kin: CBC with zeros as padding, 8 bytes. */
        CBC,
        /** AES-CMAC, 8 bytes. */
        CMAC,
        /** CBC, 4 bytes, which make 8 characters. */
        UNIONPAY_ONLINE,
        /** The code of UnionPay's terminals, 8 characters. */
        UNIONPAY_TERMINAL;

        private MacScheme scheme() {
            return switch (this) {
                case X9_19 -> MacScheme.X9_19;
                case CBC -> new MacScheme(MacScheme.Algorithm.CBC, Padding.METHOD_1, 8);
                case CMAC -> MacScheme.AES_CMAC;
                case UNIONPAY_ONLINE -> MacScheme.UNIONPAY_ONLINE;
                case UNIONPAY_TERMINAL -> MacScheme.UNIONPAY_TERMINAL;
            };
        }
    }

    Map<Integer, PeerSecuritySettings> issuers(final List<YamlSection> sections) {
        final Map<Integer, PeerSecuritySettings> issuers = new HashMap<>();
        for (final YamlSection issuer : sections) {
            if (isWanted(issuer)) {
                final PeerSecuritySettings settings = issuer(issuer.section("security"));
                checkDialect(issuer, settings);
                issuers.put(issuer.integer("id", 1, MAXIMUM_ID), settings);
            }
        }
        return issuers;
    }

    Map<Integer, PinSource> acquirers(final YamlSection root) {
        final Map<Integer, PinSource> acquirers = new HashMap<>();
        for (final YamlSection acquirer : root.sections("acquirers")) {
            if (isWanted(acquirer) && acquirer.section("security").has("pin")) {
                acquirers.put(
                        acquirer.integer("id", 1, MAXIMUM_ID),
                        pinSource(acquirer.section("security").section("pin")));
            }
        }
        return acquirers;
    }

    /** MACs of the acquirers that speak ISO 8583. Their keys stay what the file says. */
    Map<Integer, PeerSecuritySettings> acquirerMacs(final YamlSection root) {
        final Map<Integer, PeerSecuritySettings> macs = new HashMap<>();
        for (final YamlSection acquirer : root.sections("acquirers")) {
            if (hasModule
                    && acquirer.has("security")
                    && acquirer.section("security").has("mac")) {
                final YamlSection section = acquirer.section("security");
                final PeerSecuritySettings settings = new PeerSecuritySettings(
                        mac(section.section("mac"), null), linkKey(section, "mac", KeyPurpose.MAC), null, null, null);
                if (acquirer.has("iso8583")) {
                    checkDialect(acquirer.section("iso8583"), settings);
                } else {
                    section.problem("mac", "the acquirer does not speak ISO 8583 (expected iso8583 as well)");
                }
                macs.put(acquirer.integer("id", 1, MAXIMUM_ID), settings);
            }
        }
        return macs;
    }

    private boolean isWanted(final YamlSection peer) {
        final boolean isWanted = peer.has("security");
        if (isWanted && !hasModule) {
            peer.problem("security", "there is no place for its keys (expected a section security in the file)");
        }
        return isWanted;
    }

    private PeerSecuritySettings issuer(final YamlSection section) {
        final KeyExchangeSettings exchange =
                section.has("keyExchange") ? exchange(section.section("keyExchange")) : null;
        final PeerSecuritySettings.Macs mac = section.has("mac") ? mac(section.section("mac"), exchange) : null;
        final PeerSecuritySettings.Pins pins = section.has("pin") ? pins(section.section("pin")) : null;
        return new PeerSecuritySettings(
                mac,
                mac == null ? null : linkKey(section, "mac", KeyPurpose.MAC),
                pins == null ? null : linkKey(section, "pin", KeyPurpose.PIN),
                pins,
                exchange);
    }

    private PeerSecuritySettings.Macs mac(final YamlSection section, final KeyExchangeSettings exchange) {
        final Scheme scheme = section.enumeration("scheme", Scheme.class);
        final MacForm usual = scheme == Scheme.UNIONPAY_ONLINE ? MacForm.HEXADECIMAL : MacForm.BYTES;
        return new PeerSecuritySettings.Macs(
                scheme.scheme(),
                section.enumeration("form", MacForm.class, usual),
                new MacPolicy(
                        section.flag("incoming", true),
                        section.flag("outgoing", true),
                        section.flag("networkManagement", true),
                        fields(section),
                        exchange == null ? Set.of() : Set.copyOf(codes(exchange))));
    }

    private static List<Integer> codes(final KeyExchangeSettings exchange) {
        return exchange.changeCode() == exchange.requestCode()
                ? List.of(exchange.changeCode())
                : List.of(exchange.changeCode(), exchange.requestCode());
    }

    private static List<Integer> fields(final YamlSection section) {
        final List<Integer> fields = new ArrayList<>();
        for (final String text : section.strings("fields")) {
            if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) > LAST_FIELD) {
                section.problem("fields", "'" + text + "' is no data element (expected 0 for the MTI, or 2 to 128)");
            } else {
                fields.add(Integer.parseInt(text));
            }
        }
        return fields;
    }

    private PeerSecuritySettings.Pins pins(final YamlSection section) {
        final PinZone zone = new PinZone(section.string("key"), format(section));
        final String control = section.string("control", "");
        if (!control.matches("([0-9]{16})?")) {
            section.problem("control", "'" + control + "' is no DE53 (expected 16 digits)");
            return new PeerSecuritySettings.Pins(zone, "");
        }
        return new PeerSecuritySettings.Pins(zone, control);
    }

    /** A key that both sides change by messages needs none to start with; any other must be in the file. */
    private LinkKeySettings linkKey(final YamlSection issuer, final String use, final KeyPurpose purpose) {
        final YamlSection section = issuer.section(use);
        final YamlSection exchange = issuer.section("keyExchange");
        final String name = section.string("key");
        final boolean isExchanged = section.flag("exchanged", false);
        if (isExchanged && !issuer.has("keyExchange")) {
            section.problem("exchanged", "needs a section keyExchange beside " + use);
        }
        if (!isExchanged || keys.containsKey(name)) {
            requireKey(section, "key", name, purpose);
        }
        return new LinkKeySettings(
                isExchanged ? exchange.string("masterKey") : "",
                name,
                purpose,
                exchange.durationNs("delay", 0, HOUR, 10 * SECOND),
                exchange.durationNs("grace", 0, HOUR, 60 * SECOND),
                exchange.integer("failureLimit", 1, LARGEST_CODE, 5),
                isExchanged ? exchange.durationNs("requestInterval", SECOND / 10, HOUR, 30 * SECOND) : 0);
    }

    private KeyExchangeSettings exchange(final YamlSection section) {
        final String masterKey = section.string("masterKey");
        if (!masterKeys.contains(masterKey)) {
            section.problem("masterKey", "'" + masterKey + "' is not among the master keys");
        }
        final int requestType = section.integer("requestType", 800, 820, 800);
        if (requestType != 800 && requestType != 820) {
            section.problem("requestType", requestType + " is no network management (expected 800 or 820)");
        }
        final int digits = section.integer("checkValueDigits", 6, 32, 6);
        if (digits % 2 != 0) {
            section.problem("checkValueDigits", digits + " is odd (expected two digits for each byte)");
        }
        return new KeyExchangeSettings(
                new KeyMessageFormat(
                        section.enumeration("form", KeyMessageFormat.Form.class, KeyMessageFormat.Form.CRYPTOGRAM),
                        section.integer("field", 2, LAST_FIELD, 48),
                        section.string("prefix", ""),
                        section.enumeration("cipher", CipherAlgorithm.class, CipherAlgorithm.TDES),
                        section.enumeration("mode", KeyCryptogram.Mode.class, KeyCryptogram.Mode.ECB),
                        section.enumeration("parity", KeyCryptogram.Parity.class, KeyCryptogram.Parity.ADJUST),
                        digits / 2 * 2),
                section.integer("change", 1, LARGEST_CODE, 161),
                section.integer("request", 1, LARGEST_CODE, 162),
                requestType == 820 ? 820 : 800,
                section.durationNs("timeout", SECOND, HOUR, 60 * SECOND));
    }

    private PinSource pinSource(final YamlSection section) {
        final String name = section.string("key");
        if (!section.has("dukpt")) {
            requireKey(section, "key", name, KeyPurpose.PIN);
            return new PinSource(new PinZone(name, format(section)), null);
        }
        requireKey(section, "key", name, KeyPurpose.DERIVATION);
        final CipherAlgorithm cipher = section.enumeration("dukpt", CipherAlgorithm.class);
        final PinBlockFormat format = format(section);
        final AesDukptKeyType type = cipher == CipherAlgorithm.AES
                ? section.enumeration("pinKey", AesDukptKeyType.class, AesDukptKeyType.AES_128)
                : null;
        try {
            return new PinSource(null, new DukptZone(name, cipher, type, format));
        } catch (final IllegalArgumentException e) {
            section.problem("dukpt", "does not go with the format (" + e.getMessage() + ")");
            return new PinSource(new PinZone(name, format), null);
        }
    }

    private static PinBlockFormat format(final YamlSection section) {
        return section.enumeration("format", PinBlockFormat.class, PinBlockFormat.FORMAT_0);
    }

    private void requireKey(
            final YamlSection section, final String where, final String name, final KeyPurpose purpose) {
        final SecuritySettings.ZoneKey key = keys.get(name);
        if (key == null) {
            section.problem(where, "'" + name + "' is not among the keys");
        } else if (key.purpose() != purpose) {
            section.problem(where, "'" + name + "' is a key for " + key.purpose() + " (expected " + purpose + ")");
        }
    }

    private static void checkDialect(final YamlSection issuer, final PeerSecuritySettings settings) {
        try {
            final Dialect dialect = Dialects.of(issuer.string("dialect"));
            PeerSecurity.check(dialect, settings);
        } catch (final ConfigurationException e) {
            return; // The reader of issuers says what is wrong with the dialect itself.
        } catch (final IllegalArgumentException e) {
            issuer.problem("security", "does not go with the dialect: " + e.getMessage());
        }
    }
}

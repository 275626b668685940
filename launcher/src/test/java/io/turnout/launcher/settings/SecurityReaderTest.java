package io.turnout.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.ConfigurationException;
import io.turnout.gateway.security.PeerSecuritySettings;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.node.SecurityParts;
import io.turnout.security.link.MacForm;
import io.turnout.security.module.KeyDescription;
import io.turnout.security.module.KeyPurpose;
import io.turnout.security.module.MacScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the configuration file says of keys, and what is refused. */
final class SecurityReaderTest {
    private static final String KEY = "E0F4543F3E2A2C5FFC7E5E5A222E3E4D";
    private static final String WHOLE = """
            environment: development
            dataDirectory: data
            layout: split
            currencies: [CNY]
            security:
              masterKeys: [{name: zmk, clear: 'plain:DD7515F2BFC17F85CE48F3CA25CB21F6'}]
              keys:
                - {name: bank.mac, purpose: mac, clear: 'plain:E0F4543F3E2A2C5FFC7E5E5A222E3E4D'}
                - {name: bank.pin, purpose: pin, clear: 'plain:41414141414141414242424242424242'}
                - {name: base, purpose: derivation, clear: 'plain:0123456789ABCDEFFEDCBA9876543210'}
            acquirers:
              - id: 1
                institutionId: 10000001
                credential: 'plain:sixteen characters'
                limitsMinor: {CNY: 100}
                security: {pin: {key: base, dukpt: tdes}}
            issuers:
              - id: 1
                dialect: iso87-ascii
                links: [{id: 1, port: 9001}]
                bins: ['400000-499999']
                security:
                  mac: {scheme: x9-19, key: bank.mac, exchanged: true}
                  pin: {key: bank.pin, control: '2600000000000000'}
                  keyExchange: {masterKey: zmk, grace: 30s}
            """;

    @Test
    void shouldReadKeysAndWhatTheyAreFor() {
        final SecuritySettings security =
                SwitchSettingsReader.read("whole.yaml", WHOLE).security();

        final PeerSecuritySettings bank = security.issuers().get(1);
        assertEquals(MacScheme.X9_19, bank.mac().scheme());
        assertEquals(MacForm.BYTES, bank.mac().form());
        assertTrue(bank.mac().policy().incoming());
        assertEquals("2600000000000000", bank.pins().control());
        assertEquals(30_000_000_000L, bank.macKey().graceNs());
        assertEquals(161, bank.exchange().changeCode());
        assertEquals("base", security.acquirers().get(1).devices().keyName());
        assertEquals(KeyPurpose.MAC, security.keys().get(0).purpose());
        assertFalse(security.toString().contains(KEY), "a key is never printed");
    }

    @Test
    void shouldShowCheckValuesOfAllKeys() {
        try (SecurityParts parts = SecurityParts.start(SwitchSettingsReader.read("whole.yaml", WHOLE))) {
            final List<String> names =
                    parts.describe().stream().map(KeyDescription::name).toList();
            assertEquals(List.of("zmk", "bank.mac", "bank.pin", "base"), names);
            assertEquals("08D7B4", parts.describe().get(3).checkValue());
        }
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheOneInTheLetter() {
        final String wrong = WHOLE.replace("4E4D'}", "4E4D', checkValue: '000000'}")
                .replace("222E3E4D'}", "222E3E4D', checkValue: '000000'}");

        final CommandFailure failure = assertThrows(
                CommandFailure.class, () -> SecurityParts.start(SwitchSettingsReader.read("whole.yaml", wrong)));
        assertTrue(failure.getMessage().contains("CHECK_VALUE_MISMATCH"), failure.getMessage());
        assertFalse(failure.getMessage().contains(KEY), "a key is never printed");
    }

    @Test
    void shouldNeedNoKeysAtAll() {
        final String without = WHOLE.replaceAll("(?s)security:\\n  masterKeys.*?acquirers:", "acquirers:")
                .replaceAll("    security: \\{pin.*\\n", "")
                .replaceAll("(?s)    security:\\n      mac.*", "");

        final SwitchSettings settings = SwitchSettingsReader.read("without.yaml", without);
        assertEquals(null, settings.security().module());
        SecurityParts.start(settings).close();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "layout: split | layout: fused | ok",
                "'security:\n  masterKeys' | 'security:\n  module: pkcs11\n"
                        + "  library: /lib.so\n  pin: plain:1234\n  masterKeys'"
                        + " | a token has its master keys already",
                "environment: development | environment: production | keys in memory are refused in production",
                "masterKey: zmk | masterKey: none | 'none' is not among the master keys",
                "'keyExchange: {masterKey: zmk, grace: 30s}' | '' | needs a section keyExchange",
                "key: bank.pin | key: other | 'other' is not among the keys",
                "key: bank.pin | key: bank.mac | is a key for MAC (expected PIN)",
                "key: base | key: bank.pin | is a key for PIN (expected DERIVATION)",
                "scheme: x9-19 | scheme: unionpay-online | DE128 of dialect iso87-ascii holds bytes",
                "control: '2600000000000000' | control: '26' | is no DE53",
                "purpose: mac | purpose: mac, keyBlock: B0 | needs either keyBlock and masterKey, or clear",
                "dialect: iso87-ascii | dialect: unionpay-pos | ok",
            })
    void shouldSayWhatIsWrong(final String before, final String after, final String problem) {
        final String text = WHOLE.replace(before.replace("\\n", "\n"), after.replace("\\n", "\n"));
        assertFalse(text.equals(WHOLE), "the row changes something");
        if (problem.equals("ok")) {
            SwitchSettingsReader.read("whole.yaml", text);
            return;
        }
        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("whole.yaml", text));
        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    @Test
    void shouldRefuseATokenOnThePipelinesThread() {
        final String text = WHOLE.replace("layout: split", "layout: fused")
                .replace(
                        "security:\n  masterKeys",
                        "security:\n  module: pkcs11\n  library: /l.so\n  pin: plain:1234\n  masterKeys");

        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("whole.yaml", text));
        assertTrue(exception.getMessage().contains("expected layout split"), exception.getMessage());
    }
}

package io.turnout.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.configuration.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused about TLS before anything starts, with its place in the file. */
final class TlsReaderTest {
    private static final String WHOLE = """
            environment: development
            dataDirectory: data
            vault: {keyFile: /etc/turnout/vault.key}
            acquirerEdge: {host: 127.0.0.1}
            currencies: [CNY]
            acquirers:
              - {id: 1, institutionId: 1, credential: 'file:pom.xml', limitsMinor: {CNY: 100}}
            issuers:
              - id: 1
                dialect: iso87-ascii
                links: [{id: 1, host: 127.0.0.1, port: 9001}]
                bins: ['400000-499999']
            """;
    private static final String PRODUCTION = WHOLE.replace("environment: development", "environment: production");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {host: 127.0.0.1} | {host: 0.0.0.0} | 4:15 | plain text at 0.0.0.0 is refused in production
            port: 9001 | port: 9001}, {id: 2, host: 192.0.2.1, port: 1 | 9:5 | plain text at 192.0.2.1 is refused
            {host: 127.0.0.1} | {host: 0.0.0.0, allowPlainText: true} | 4:47 | without a reason
            """)
    void shouldRefusePlainTextInProduction(
            final String part, final String instead, final String place, final String message) {
        assertProblem(PRODUCTION.replace(part, instead), place, message);
    }

    @Test
    void shouldAllowPlainTextWithAReasonAndInDevelopment() {
        final String reason = "{host: 0.0.0.0, allowPlainText: true, plainTextReason: 'the tunnel of acquirer 1'}";
        final ConfigurationException other = assertThrows(
                ConfigurationException.class,
                () -> SwitchSettingsReader.read("x", PRODUCTION.replace("{host: 127.0.0.1}", reason)));
        assertTrue(!other.getMessage().contains("plain text"), other.getMessage());
        assertDoesNotThrow(() -> SwitchSettingsReader.read("x", development("{host: 0.0.0.0}", "")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {tls: {certificate: n.pem, key: 'file:n.key', trust: [n.pem]}} | | certificate: missing (expected names
            {tls: {certificate: n.pem, key: 'file:n.key', trust: [n.pem]}} | ['CN=a'] | n.pem: cannot be read
            {tls: {certificate: n.pem, key: 'n.key', trust: [n.pem]}} | ['CN=a'] | not a reference to a key
            {tls: {certificate: n.pem, key: 'file:n.key'}} | ['CN=a'] | no authority
            {tls: {certificate: n.pem, key: 'file:n.key', trust: [n.pem]}} | ['a.b.c'] | 'a.b.c' is no name
            {tls: {certificate: n.pem, key: 'file:n.key', trust: [n.pem]}} | [] | no name
            {tls: {certificate: n.pem, keys: 'file:n.key'}} | ['CN=a'] | unknown key 'acquirerEdge.tls.keys'
            {host: 127.0.0.1} | ['CN=a'] | nobody asks for it
            """)
    void shouldRefuse(final String edge, final String names, final String message) {
        assertProblem(development(edge, names == null ? "" : "certificate: {names: " + names + "}, "), "", message);
    }

    private static String development(final String edge, final String certificate) {
        return WHOLE.replace("{host: 127.0.0.1}", edge)
                .replace("file:pom.xml", "plain:sixteen characters")
                .replace("limitsMinor", certificate + "limitsMinor");
    }

    private static void assertProblem(final String text, final String place, final String message) {
        final ConfigurationException thrown =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("switch.yaml", text));
        final String line = place.isEmpty() ? "switch.yaml:" : "switch.yaml:" + place + ":";
        assertTrue(
                thrown.getMessage().lines().anyMatch(each -> each.contains(line) && each.contains(message)),
                thrown.getMessage());
    }
}

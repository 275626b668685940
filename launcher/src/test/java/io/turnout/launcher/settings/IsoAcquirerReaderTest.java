package io.turnout.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.configuration.ConfigurationException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an acquirer of ISO 8583 stands in the configuration file. */
@Timeout(30)
final class IsoAcquirerReaderTest {

    private static final String ACQUIRER = """
            environment: development
            dataDirectory: data
            currencies: [CNY]
            acquirers:
              - id: 1
                institutionId: 10000001
                limitsMinor: {CNY: 100}
                iso8583: {%s}
            issuers:
              - id: 1
                dialect: iso87-ascii
                links: [{id: 1, port: 9001}]
                bins: ['400000-499999']
            """;

    @Test
    void shouldReadAnEdgeWithDefaultsAndWithoutACredential() {
        final AcquirerSettings acquirer = read("listen: '192.0.2.1:7003', dialect: iso87-bcd");

        assertFalse(acquirer.credential().isPresent());
        assertEquals(
                new IsoAcquirerSettings(
                        "192.0.2.1",
                        7003,
                        "iso87-bcd",
                        Framing.BIN2_EXCLUSIVE,
                        List.of(),
                        true,
                        16,
                        512,
                        TimeUnit.SECONDS.toNanos(60)),
                acquirer.iso8583().orElseThrow());
    }

    @Test
    void shouldReadAnEdgeWithEverything() {
        final AcquirerSettings acquirer = read("listen: '[::1]:7003', dialect: iso87-ascii, framing: ascii4-exclusive,"
                + " peers: [192.0.2.7, '2001:db8::/32'], signOnRequired: false, maximumSessions: 4,"
                + " maximumInFlight: 100, echoInterval: 5m");

        assertEquals(
                new IsoAcquirerSettings(
                        "[::1]",
                        7003,
                        "iso87-ascii",
                        Framing.ASCII4_EXCLUSIVE,
                        List.of("192.0.2.7", "2001:db8::/32"),
                        false,
                        4,
                        100,
                        TimeUnit.MINUTES.toNanos(5)),
                acquirer.iso8583().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen: 7003, dialect: iso87-ascii | is no address (expected host:port",
                "listen: '127.0.0.1:70003', dialect: iso87-ascii | is no address",
                "listen: '127.0.0.1:7003', dialect: iso87 | 'iso87' is neither a dialect",
                "listen: '127.0.0.1:7003', dialect: iso87-ascii, peers: [bank.example] | 'bank.example' is no address",
                "listen: '127.0.0.1:7003', dialect: iso87-ascii, maximumSessions: 1024 | could be open at once",
                "listen: '127.0.0.1:7003', dialect: iso87-ascii, singOnRequired: true | did you mean 'signOnRequired'?",
            })
    void shouldNameAProblem(final String edge, final String problem) {
        final ConfigurationException exception = assertThrows(ConfigurationException.class, () -> read(edge));

        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    private static AcquirerSettings read(final String edge) {
        return SwitchSettingsReader.read("switch.yaml", ACQUIRER.formatted(edge))
                .acquirers()
                .get(0);
    }
}

package io.turnout.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.TransactionType;
import io.turnout.configuration.ConfigurationException;
import io.turnout.core.pipeline.Durability;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SwitchSettingsReaderTest {
    private static final String WHOLE = """
            environment: development
            dataDirectory: data
            currencies: [CNY]
            acquirers:
              - {id: 1, institutionId: 10000001, credential: 'plain:sixteen characters', limitsMinor: {CNY: 100}}
            issuers:
              - id: 1
                dialect: iso87-ascii
                links: [{id: 1, port: 9001}]
                bins: ['400000-499999']
            """;

    @Test
    void shouldReadASmallConfigurationWithDefaults() {
        final SwitchSettings settings = SwitchSettingsReader.read("whole.yaml", WHOLE);

        assertEquals(Durability.SYNC, settings.durability());
        assertEquals(Layout.FUSED, settings.layout());
        assertEquals(
                new BinRange(40_000_000, 49_999_999),
                settings.issuers().get(0).bins().get(0));
        assertEquals(
                Map.of(Currency.all().get("CNY"), 100L),
                settings.acquirers().get(0).limitsMinor());
        assertEquals(
                Set.of(TransactionType.PURCHASE), settings.acquirers().get(0).transactions());
        assertEquals(Set.of(TransactionType.PURCHASE), settings.issuers().get(0).transactions());
        assertEquals(100, settings.acquirers().get(0).statusInquiriesPerSecond());
        assertEquals(
                new IssuerSettings.PreAuthorisation(TimeUnit.DAYS.toNanos(7), 100),
                settings.issuers().get(0).preAuthorisation());
    }

    @Test
    void shouldReadWhatAcquirersAndIssuersTake() {
        final String text = WHOLE.replace(
                        "institutionId: 10000001",
                        "institutionId: 1, transactions: [refund], statusInquiriesPerSecond: 0")
                .replace(
                        "dialect: iso87-ascii",
                        "dialect: iso87-ascii\n    transactions: [pre-authorisation, completion]"
                                + "\n    preAuthorisationValidity: 48h\n    overCapturePercent: 115");

        final SwitchSettings settings = SwitchSettingsReader.read("whole.yaml", text);

        final AcquirerSettings acquirer = settings.acquirers().get(0);
        assertEquals(Set.of(TransactionType.REFUND), acquirer.transactions());
        assertEquals(0, acquirer.statusInquiriesPerSecond());
        final IssuerSettings issuer = settings.issuers().get(0);
        assertEquals(Set.of(TransactionType.PRE_AUTHORISATION, TransactionType.COMPLETION), issuer.transactions());
        assertEquals(new IssuerSettings.PreAuthorisation(TimeUnit.DAYS.toNanos(2), 115), issuer.preAuthorisation());
    }

    @Test
    void shouldReadHowLinksAreUsed() {
        final RoutingSettings usual =
                SwitchSettingsReader.read("whole.yaml", WHOLE).issuers().get(0).routing();
        assertEquals(
                new RoutingSettings(RoutingSettings.Preference.LEAST_COST, false, RoutingSettings.Breaker.NONE), usual);
        final String text = WHOLE.replace(
                "dialect: iso87-ascii",
                "dialect: iso87-ascii\n    linkPreference: fewest-outstanding\n    answersOnSiblings: true"
                        + "\n    breaker: {failurePercent: 40, outcomes: 50, pause: 5s, probes: 7}");

        final RoutingSettings routing =
                SwitchSettingsReader.read("whole.yaml", text).issuers().get(0).routing();

        assertEquals(
                new RoutingSettings(
                        RoutingSettings.Preference.FEWEST_OUTSTANDING,
                        true,
                        new RoutingSettings.Breaker(0, 40, 50, TimeUnit.SECONDS.toNanos(5), 7)),
                routing);
    }

    @Test
    void shouldRefuseABreakerThatNothingOpens() {
        final String text = WHOLE.replace("dialect: iso87-ascii", "dialect: iso87-ascii\n    breaker: {pause: 5s}");

        final ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("whole.yaml", text));

        assertTrue(refused.getMessage().contains("unknowns"), refused.getMessage());
        assertTrue(refused.getMessage().contains("nothing opens it"), refused.getMessage());
    }

    @Test
    void shouldKeepSecretsOutOfText() {
        final SwitchSettings settings = SwitchSettingsReader.read("whole.yaml", WHOLE);

        assertFalse(settings.toString().contains("sixteen"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "environment: development | environment: production | vault.keyFile: the development key",
                "environment: development | environment: production | a secret in the file",
                "currencies: [CNY] | currencies: [CNX] | 'CNX' is no currency in force",
                "dialect: iso87-ascii | dialect: iso87-asci | 'iso87-asci' is neither a dialect",
                "dialect: iso87-ascii | dialect: nowhere.yaml | nowhere.yaml",
                "bins: ['400000-499999'] | bins: ['499999-400000'] | is no card range",
                "bins: ['400000-499999'] | bins: ['4', '41'] | '41' overlaps another card range",
                "limitsMinor: {CNY: 100} | limitsMinor: {USD: 100} | is not among the currencies of the switch",
                "plain:sixteen characters | plain:too short | the secret has 9 bytes",
                "plain:sixteen characters | env:TURNOUT_TEST_NOT_SET | TURNOUT_TEST_NOT_SET is not set",
                "institutionId: 10000001 | institutionId: 1, transactions: [sale] | 'sale' is no transaction",
                "institutionId: 10000001 | institutionId: 1, transactions: [void, void] | 'void' stands there twice",
                "dataDirectory: data | dataDirectroy: data | did you mean 'dataDirectory'?",
                "dataDirectory: data | {dataDirectory: data | not YAML",
            })
    void shouldNameAProblem(final String wanted, final String written, final String problem) {
        final String text = WHOLE.replace(wanted, written);

        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("wrong.yaml", text));

        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adminEdge: {host: 192.0.2.1} | is no loopback address",
                "changeControl: {mode: dual} | needs an operator who may propose",
                "changeControl: {mode: twofold} | changeControl.mode",
                "operators: [{id: 1, credential: 'plain:sixteen characters'}] | no right",
                "operators: [{id: 1, credential: 'plain:sixteen characters', rights: [all]}] | 'all' is no right",
            })
    void shouldNameAProblemWithOperators(final String added, final String problem) {
        final ConfigurationException exception = assertThrows(
                ConfigurationException.class, () -> SwitchSettingsReader.read("wrong.yaml", WHOLE + added + "\n"));

        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    @Test
    void shouldRefuseARateThatTheCapacityCannotHoldForTheHorizon() {
        final String text =
                WHOLE + "engine: {payments: 100000, horizon: 10m, maximumClockSkew: 0s, expectedRate: 1000}\n";

        final ConfigurationException exception =
                assertThrows(ConfigurationException.class, () -> SwitchSettingsReader.read("wrong.yaml", text));

        assertTrue(exception.getMessage().contains("100000 payments do not last"), exception.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{originals: 10, originalsRetention: 1h, expectedRate: 1} | 10 originals do not last",
                "{originals: 10} | expected both or neither",
                "{originalsRetention: 1h} | expected both or neither"
            })
    void shouldRefuseOriginalsThatDoNotLast(final String engine, final String problem) {
        final ConfigurationException exception = assertThrows(
                ConfigurationException.class,
                () -> SwitchSettingsReader.read("wrong.yaml", WHOLE + "engine: " + engine + "\n"));

        assertTrue(exception.getMessage().contains(problem), exception.getMessage());
    }

    @Test
    void shouldReadHowLongOriginalsAreKept() {
        final SwitchSettings settings = SwitchSettingsReader.read(
                "right.yaml", WHOLE + "engine: {originals: 4000, originalsRetention: 1h, expectedRate: 1}\n");

        assertEquals(4_000, settings.engine().originals());
        assertEquals(3_600_000_000_000L, settings.engine().originalsRetentionNs());
    }

    @ParameterizedTest
    @CsvSource({
        "62, 62000000, 62999999",
        "400000-499999, 40000000, 49999999",
        "41111111, 41111111, 41111111",
    })
    void shouldReadCardRanges(final String text, final int low, final int high) {
        assertEquals(Optional.of(new BinRange(low, high)), BinRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"''", "4x", "123456789", "40-500", "50-40", "-40", "40-"})
    void shouldRefuseOtherCardRanges(final String text) {
        assertEquals(Optional.empty(), BinRange.parse(text));
    }
}

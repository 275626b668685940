package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.BreakerRuleEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The problems of ledgers, breakers, rates and originals; and that there is a test for every problem there is. */
final class ConfigurationProblemTest {
    private static final long SECOND_NS = TestConfiguration.SECOND_NS;
    private static final long DAY_NS = 86_400 * SECOND_NS;
    private static final int EURO = TestConfiguration.EURO;

    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void shouldRefuseAConfigurationWithAProblem(
            final ConfigurationProblem problem, final TestConfiguration configuration) {
        scenario.when().configuration(configuration);

        scenario.then()
                .events("ConfigurationRefused")
                .event("ConfigurationRefused")
                .with("problem", problem.code());
        assertEquals(1, scenario.engine().configurationHash());
    }

    static Stream<Arguments> problems() {
        return Stream.of(ledger(), fees(), issuers(), breakers(), links(), begin())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> ledger() {
        return Stream.of(
                row(ConfigurationProblem.INVALID_LEDGER, standard().ledger(0, 1, 1)),
                row(ConfigurationProblem.INVALID_LEDGER, standard().ledger(1, 0, 1)),
                row(ConfigurationProblem.INVALID_LEDGER, standard().ledger(1, 1, 0)),
                row(ConfigurationProblem.INVALID_LEDGER, standard().ledger(1, 1, 1, 71)),
                row(
                        ConfigurationProblem.INVALID_LEDGER,
                        standard().ledger(1, 1, 1).ledger(1, 1, 1)),
                row(ConfigurationProblem.INVALID_PARTICIPANT, kept().participant(0, EURO, 1)),
                row(ConfigurationProblem.INVALID_PARTICIPANT, kept().participant(65_536, EURO, 1)),
                row(ConfigurationProblem.INVALID_PARTICIPANT, kept().participant(1, EURO, -1)),
                row(ConfigurationProblem.INVALID_PARTICIPANT, kept().participant(1, EURO, Long.MAX_VALUE)),
                row(
                        ConfigurationProblem.DUPLICATE_PARTICIPANT,
                        kept().participant(1, EURO, 1).participant(1, EURO, 1)),
                row(ConfigurationProblem.LEDGER_IN_UNKNOWN_CURRENCY, kept().participant(1, 840, 1)),
                row(
                        ConfigurationProblem.LEDGER_IN_UNKNOWN_CURRENCY,
                        kept().fee(TestConfiguration.ACQUIRER, 840, 1, 1, 1)),
                row(ConfigurationProblem.UNKNOWN_PARTICIPANT, kept().acquirer(3, c -> c.participantId(1))),
                row(
                        ConfigurationProblem.UNKNOWN_PARTICIPANT,
                        kept().issuer(3, c -> c.participantId(1)).link(31, 3, 1, 1)),
                row(ConfigurationProblem.NO_LEDGER, standard().participant(1, EURO, 1)),
                row(ConfigurationProblem.NO_LEDGER, standard().fee(TestConfiguration.ACQUIRER, EURO, 1, 1, 1)),
                row(ConfigurationProblem.NO_LEDGER, standard().issuer(3, c -> c.onUs(BooleanType.TRUE))));
    }

    private static Stream<Arguments> fees() {
        final long tooMuch = 1_000_000_000_000L;
        return Stream.of(
                row(ConfigurationProblem.INVALID_FEE, kept().fee(0, EURO, 1, 1, 1)),
                row(ConfigurationProblem.INVALID_FEE, kept().fee(1, EURO, -1, 1, 1)),
                row(ConfigurationProblem.INVALID_FEE, kept().fee(1, EURO, tooMuch, 1, 1)),
                row(ConfigurationProblem.INVALID_FEE, kept().fee(1, EURO, 1, 10_001, 1)),
                row(ConfigurationProblem.INVALID_FEE, kept().fee(1, EURO, 1, 1, -1)),
                row(ConfigurationProblem.INVALID_FEE, kept().fee(1, EURO, 1, 1, tooMuch)),
                row(
                        ConfigurationProblem.DUPLICATE_FEE,
                        kept().fee(1, EURO, 1, 1, 1).fee(1, EURO, 2, 2, 2)),
                row(ConfigurationProblem.FEE_OF_UNKNOWN_ACQUIRER, kept().fee(9, EURO, 1, 1, 1)));
    }

    private static Stream<Arguments> issuers() {
        return Stream.of(
                issuer(
                        ConfigurationProblem.INVALID_ISSUER,
                        c -> raw(c, DefineIssuerEncoder.linkPreferenceEncodingOffset())),
                issuer(
                        ConfigurationProblem.INVALID_ISSUER,
                        c -> raw(c, DefineIssuerEncoder.answersOnSiblingsEncodingOffset())),
                issuer(
                        ConfigurationProblem.INVALID_ISSUER,
                        c -> raw(c, DefineIssuerEncoder.exactExpiryEncodingOffset())));
    }

    private static Stream<Arguments> breakers() {
        return Stream.of(
                breaker(rule -> rule.pauseNs(0)),
                breaker(rule -> rule.pauseNs(DAY_NS + 1)),
                breaker(rule -> rule.probes(0)),
                breaker(rule -> rule.failurePercent((short) 101)),
                breaker(rule -> rule.outcomes((short) 0)),
                breaker(rule -> rule.outcomes((short) 65)),
                breaker(rule -> rule.failurePercent((short) 0)),
                breaker(rule -> rule.unknowns(0)
                        .failurePercent((short) 0)
                        .outcomes((short) 0)
                        .probes(0)),
                breaker(rule -> rule.unknowns(0)
                        .failurePercent((short) 0)
                        .outcomes((short) 0)
                        .pauseNs(0)));
    }

    private static Stream<Arguments> links() {
        return Stream.of(row(ConfigurationProblem.INVALID_LINK, standard().link(31, 1, 1, 1, 1_000_001)));
    }

    private static Stream<Arguments> begin() {
        return Stream.of(
                row(ConfigurationProblem.INVALID_ORIGINALS, standard().begin(c -> c.originalsRetentionNs(-1))),
                row(ConfigurationProblem.INVALID_ORIGINALS, standard().begin(c -> c.originalsRetentionNs(
                                400 * DAY_NS + 1)
                        .maximumOriginals(1))),
                row(ConfigurationProblem.INVALID_ORIGINALS, standard().begin(c -> c.originalsRetentionNs(1)
                        .maximumOriginals(0))),
                row(ConfigurationProblem.INVALID_ORIGINALS, standard().begin(c -> c.originalsRetentionNs(1)
                        .maximumOriginals(100_000_001))),
                row(
                        ConfigurationProblem.DUPLICATE_OPERATOR,
                        standard().operator(TestConfiguration.MAKER, true, false)));
    }

    @Test
    void shouldTakeTheLargestAndSmallestOfEverything() {
        scenario.when()
                .configuration(TestConfiguration.standard(2, issuer -> issuer.breaker()
                                .pauseNs(DAY_NS)
                                .unknowns(65_535)
                                .probes(65_535)
                                .failurePercent((short) 100)
                                .outcomes((short) 64))
                        .link(31, 1, 1, 1, 1_000_000)
                        .ledger(1, 1, 1, 70));

        scenario.then().events("ConfigurationActivated");
    }

    /** Those that no configuration as such can have are provoked by commands in another order. */
    @Test
    void shouldBeProvokedEachByARow() {
        final Set<ConfigurationProblem> missing = EnumSet.allOf(ConfigurationProblem.class);
        Stream.of(problems(), ConfigurationFlowTest.problems(), AmendmentTest.problems())
                .flatMap(rows -> rows)
                .forEach(row -> missing.remove((ConfigurationProblem) row.get()[0]));
        missing.remove(ConfigurationProblem.NONE);

        missing.remove(problemOf(TestConfiguration.standard(2).activation()));
        TestConfiguration.standard(2).definitions().forEach(scenario::apply);
        missing.remove(problemOf(TestConfiguration.standard(3).activation()));

        // AmendmentTest.shouldNotPutInForceWhatChangedSinceItWasProposed provokes it with operations.
        assertEquals(Set.of(ConfigurationProblem.STAGED_CHANGED), missing);
    }

    private ConfigurationProblem problemOf(final DirectBuffer command) {
        return ConfigurationProblem.of((int) scenario.ask(command).number("problem"));
    }

    /** A code that no enumeration has. */
    private static void raw(final DefineIssuerEncoder issuer, final int field) {
        issuer.buffer().putByte(issuer.offset() + field, (byte) 2);
    }

    private static TestConfiguration standard() {
        return TestConfiguration.standard(2);
    }

    private static TestConfiguration kept() {
        return standard().ledger(1, 1, 1);
    }

    private static Arguments breaker(final Consumer<BreakerRuleEncoder> change) {
        return issuer(ConfigurationProblem.INVALID_BREAKER, issuer -> {
            final BreakerRuleEncoder rule = issuer.breaker();
            rule.pauseNs(SECOND_NS).unknowns(3).probes(1).failurePercent((short) 50);
            rule.outcomes((short) 10);
            change.accept(rule);
        });
    }

    private static Arguments issuer(final ConfigurationProblem problem, final Consumer<DefineIssuerEncoder> change) {
        return row(problem, standard().issuer(3, change).link(31, 3, 1, 1));
    }

    private static Arguments row(final ConfigurationProblem problem, final TestConfiguration configuration) {
        return Arguments.of(problem, configuration);
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.BeginConfigurationEncoder;
import io.turnout.codecs.sbe.engine.DefineAcquirerEncoder;
import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations come whole or not at all, and payments in flight survive the change. */
final class ConfigurationFlowTest {
    private static final long SECOND_NS = TestConfiguration.SECOND_NS;
    private static final long HOUR_NS = 3_600 * SECOND_NS;
    private static final long DAY_NS = 24 * HOUR_NS;

    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldPutAWholeConfigurationInForce() {
        scenario.when().configuration(TestConfiguration.standard(77));

        scenario.then()
                .events("ConfigurationActivated")
                .event("ConfigurationActivated")
                .with("configurationHash", 77);
        assertEquals(77, scenario.engine().configurationHash());
    }

    @Test
    void shouldNotUseAConfigurationBeforeItsActivation() {
        final TestConfiguration other =
                TestConfiguration.standard(2).currency(840, 2).limit(TestConfiguration.ACQUIRER, 840, 5_000_00);

        scenario.when().commands(other.definitions());
        scenario.then().nothing();
        scenario.when().payment("A", request -> request.currency(840));
        scenario.then().event("PaymentAnswered").with("reason", "UNKNOWN_CURRENCY");
        scenario.when().command(other.activation());
        scenario.when().payment("B", request -> request.currency(840));

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldForgetWhatTheNewConfigurationLeavesOut() {
        scenario.given()
                .configuration(new TestConfiguration(2)
                        .currency(TestConfiguration.YEN, 0)
                        .acquirer(TestConfiguration.ACQUIRER)
                        .limit(TestConfiguration.ACQUIRER, TestConfiguration.YEN, 500)
                        .issuer(TestConfiguration.ISSUER)
                        .link(TestConfiguration.LINK, TestConfiguration.ISSUER, 1, 1)
                        .bins(41_000_000, 41_999_999, TestConfiguration.ISSUER));

        scenario.when().payment("A");
        scenario.then().event("PaymentAnswered").with("reason", "UNKNOWN_CURRENCY");
        scenario.when().payment("B", request -> request.acquirerId(2));
        scenario.then().event("RequestRefused").with("reason", "NOT_LOGGED_ON");
        scenario.when().payment("C", request -> request.currency(TestConfiguration.YEN)
                .currencyExponent((short) 0)
                .amountMinor(500));
        scenario.then().event("PaymentAnswered").with("reason", "NO_ROUTE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void shouldRefuseAConfigurationWithAProblem(
            final ConfigurationProblem problem, final TestConfiguration configuration) {
        scenario.when().configuration(configuration);

        scenario.then()
                .events("ConfigurationRefused")
                .event("ConfigurationRefused")
                .with("configurationHash", 2)
                .with("problem", problem.code());
        assertEquals(1, scenario.engine().configurationHash());
        scenario.when().payment("A");
        scenario.then().events("PaymentRouted");
        scenario.when().configuration(TestConfiguration.standard(3));
        scenario.then().events("ConfigurationActivated");
    }

    static Stream<Arguments> problems() {
        final List<Arguments> rows = new ArrayList<>();
        beginnings(rows);
        acquirers(rows);
        issuers(rows);
        linksAndRanges(rows);
        return rows.stream();
    }

    private static void beginnings(final List<Arguments> rows) {
        begin(rows, ConfigurationProblem.INVALID_HORIZON, c -> c.horizonNs(SECOND_NS - 1));
        begin(rows, ConfigurationProblem.INVALID_HORIZON, c -> c.horizonNs(31 * DAY_NS + 1));
        begin(rows, ConfigurationProblem.INVALID_CLOCK_SKEW, c -> c.maximumClockSkewNs(-1));
        begin(rows, ConfigurationProblem.INVALID_CLOCK_SKEW, c -> c.maximumClockSkewNs(HOUR_NS + 1));
        begin(rows, ConfigurationProblem.INVALID_MAXIMUM_PAYMENTS, c -> c.maximumPayments(0));
        begin(rows, ConfigurationProblem.INVALID_MAXIMUM_PAYMENTS, c -> c.maximumPayments(100_000_001));
        begin(rows, ConfigurationProblem.HORIZON_TOO_SHORT, c -> c.horizonNs(119 * SECOND_NS));
        row(rows, ConfigurationProblem.INVALID_CURRENCY, standard().currency(0, 2));
        row(rows, ConfigurationProblem.INVALID_CURRENCY, standard().currency(1000, 2));
        row(rows, ConfigurationProblem.INVALID_CURRENCY, standard().currency(840, 5));
        row(rows, ConfigurationProblem.DUPLICATE_CURRENCY, standard().currency(TestConfiguration.EURO, 2));
        row(rows, ConfigurationProblem.NO_CURRENCY, new TestConfiguration(2));
    }

    private static void acquirers(final List<Arguments> rows) {
        acquirer(rows, ConfigurationProblem.INVALID_ACQUIRER, c -> c.acquirerId(0));
        acquirer(rows, ConfigurationProblem.INVALID_ACQUIRER, c -> c.institutionId(0));
        acquirer(rows, ConfigurationProblem.INVALID_ACQUIRER, c -> c.institutionId(100_000_000_000L));
        acquirer(rows, ConfigurationProblem.INVALID_ACQUIRER, c -> c.answerTimeoutNs(999_999));
        acquirer(rows, ConfigurationProblem.INVALID_ACQUIRER, c -> c.answerTimeoutNs(HOUR_NS + 1));
        acquirer(rows, ConfigurationProblem.DUPLICATE_ACQUIRER, c -> c.acquirerId(1));
        acquirer(rows, ConfigurationProblem.HORIZON_TOO_SHORT, c -> c.answerTimeoutNs(901 * SECOND_NS));
        row(rows, ConfigurationProblem.NO_ACQUIRER, new TestConfiguration(2).currency(978, 2));
        row(rows, ConfigurationProblem.INVALID_AMOUNT_LIMIT, standard().limit(2, 978, 0));
        row(rows, ConfigurationProblem.INVALID_AMOUNT_LIMIT, standard().limit(2, 978, 1_000_000_000_000L));
        row(rows, ConfigurationProblem.INVALID_AMOUNT_LIMIT, standard().limit(0, 978, 1));
        row(rows, ConfigurationProblem.DUPLICATE_AMOUNT_LIMIT, standard().limit(1, 978, 5));
        row(rows, ConfigurationProblem.LIMIT_OF_UNKNOWN_ACQUIRER, standard().limit(3, 978, 5));
        row(rows, ConfigurationProblem.LIMIT_IN_UNKNOWN_CURRENCY, standard().limit(2, 840, 5));
    }

    private static void issuers(final List<Arguments> rows) {
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.issuerId(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.responseTimeoutNs(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.responseTimeoutNs(HOUR_NS + 1));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalTimeoutNs(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalBackoffNs(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalBackoffMaximumNs(SECOND_NS));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.lateAnswerWindowNs(-1));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalMaximumAttempts(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalMaximumAttempts(1_000_001));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.reversalWindow(0));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.preAuthorisationValidityNs(-1));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.overCapturePercent(99));
        issuer(rows, ConfigurationProblem.INVALID_ISSUER, c -> c.transactionTypes(1L << 30));
        issuer(rows, ConfigurationProblem.DUPLICATE_ISSUER, c -> c.issuerId(1));
        issuer(rows, ConfigurationProblem.ISSUER_WITHOUT_LINK, c -> c.issuerId(3));
        row(
                rows,
                ConfigurationProblem.HORIZON_TOO_SHORT,
                standard()
                        .issuer(3, c -> c.lateAnswerWindowNs(TestConfiguration.HORIZON_NS + 1))
                        .link(31, 3, 1, 1));
        row(
                rows,
                ConfigurationProblem.NO_ISSUER,
                new TestConfiguration(2).currency(978, 2).acquirer(1));
    }

    private static void linksAndRanges(final List<Arguments> rows) {
        row(rows, ConfigurationProblem.INVALID_LINK, standard().link(0, 1, 1, 1));
        row(rows, ConfigurationProblem.INVALID_LINK, standard().link(31, 1, 1, 0));
        row(rows, ConfigurationProblem.DUPLICATE_LINK, standard().link(TestConfiguration.LINK, 2, 1, 1));
        row(rows, ConfigurationProblem.LINK_OF_UNKNOWN_ISSUER, standard().link(31, 3, 1, 1));
        row(rows, ConfigurationProblem.LINK_OF_UNKNOWN_ISSUER, standard().link(31, 0, 1, 1));
        row(rows, ConfigurationProblem.INVALID_BIN_RANGE, standard().bins(60_000_001, 60_000_000, 1));
        row(rows, ConfigurationProblem.INVALID_BIN_RANGE, standard().bins(99_999_999, 100_000_000, 1));
        row(rows, ConfigurationProblem.INVALID_BIN_RANGE, standard().bins(3_000_000_000L, 4_000_000_000L, 1));
        row(rows, ConfigurationProblem.OVERLAPPING_BIN_RANGES, standard().bins(49_999_999, 50_000_000, 1));
        row(rows, ConfigurationProblem.OVERLAPPING_BIN_RANGES, standard().bins(42_000_000, 42_000_000, 1));
        row(rows, ConfigurationProblem.BIN_RANGE_OF_UNKNOWN_ISSUER, standard().bins(60_000_000, 60_000_001, 3));
        row(
                rows,
                ConfigurationProblem.NO_BIN_RANGE,
                new TestConfiguration(2).currency(978, 2).acquirer(1).issuer(1).link(11, 1, 1, 1));
    }

    @Test
    void shouldNameTheFirstOfSeveralProblems() {
        scenario.when().configuration(standard().currency(840, 9).bins(2, 1, 9).link(0, 0, 0, 0));

        scenario.then().event("ConfigurationRefused").with("problem", ConfigurationProblem.INVALID_CURRENCY.code());
    }

    @Test
    void shouldRefuseAnActivationWithoutABeginning() {
        scenario.when().command(TestConfiguration.standard(5).activation());

        scenario.then()
                .event("ConfigurationRefused")
                .with("configurationHash", 5)
                .with("problem", ConfigurationProblem.NOT_BEGUN.code());
    }

    @Test
    void shouldRefuseAnActivationOfAnotherConfiguration() {
        scenario.given()
                .that(when -> when.commands(TestConfiguration.standard(5).definitions()));

        scenario.when().command(TestConfiguration.standard(6).activation());

        scenario.then()
                .event("ConfigurationRefused")
                .with("configurationHash", 6)
                .with("problem", ConfigurationProblem.OTHER_HASH.code());
        scenario.when().command(TestConfiguration.standard(5).activation());
        scenario.then().event("ConfigurationRefused").with("problem", ConfigurationProblem.NOT_BEGUN.code());
    }

    @Test
    void shouldIgnoreDefinitionsWithoutABeginning() {
        final List<DirectBuffer> definitions = TestConfiguration.standard(5).definitions();

        scenario.when().commands(definitions.subList(1, definitions.size()));

        assertEquals(definitions.size() - 1, scenario.then().count("CommandIgnored"));
        scenario.then().event("CommandIgnored", 0).with("refTemplateId", 31).with("problem", "NO_CONFIGURATION_BEGUN");
    }

    @Test
    void shouldBeginAnewWhenAConfigurationIsBegunTwice() {
        scenario.given().that(when -> when.commands(standard().currency(840, 9).definitions()));

        scenario.when().configuration(TestConfiguration.standard(3));

        scenario.then().event("ConfigurationActivated").with("configurationHash", 3);
    }

    @Test
    void shouldTakeRangesInAnyOrder() {
        scenario.given()
                .configuration(
                        TestConfiguration.standard(2).bins(10_000_000, 19_999_999, TestConfiguration.OTHER_ISSUER));

        scenario.when().payment("A", request -> request.bin(12_345_678));

        scenario.then().event("PaymentRouted").with("issuerId", TestConfiguration.OTHER_ISSUER);
    }

    @Test
    void shouldLetPaymentsInFlightGoOnOverAChange() {
        scenario.given().pending("A").timedOut("B").configuration(TestConfiguration.standard(2));

        scenario.when().issuerAnswersReversal("B", 0);
        scenario.then().event("ReversalAcknowledged");
        scenario.given().pending("C");
        scenario.given().configuration(TestConfiguration.standard(3));
        scenario.when().issuerAnswers("C", 0);

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @Test
    void shouldKeepLinksSignedOnThatStayAsTheyAre() {
        scenario.given().configuration(TestConfiguration.standard(2));

        scenario.when().payment("A");

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldTreatALinkThatVanishedAsLost() {
        scenario.given().pending("A").pending("B");

        scenario.when().configuration(withoutLink(2));

        scenario.then().event("PaymentAnswered").with("paymentId", 1).with("reason", "LINK_LOST");
        scenario.then().event("ReversalRequested").with("paymentId", 1).with("linkId", TestConfiguration.SECOND_LINK);
        scenario.then().state("B", PaymentState.PENDING);
        scenario.when().link(TestConfiguration.LINK, LinkState.SIGNED_ON);
        scenario.then().event("CommandIgnored").with("problem", "UNKNOWN_LINK");
    }

    @Test
    void shouldTreatALinkThatLeadsElsewhereAsLostAndDown() {
        scenario.given().pending("A");

        scenario.when()
                .configuration(withoutLink(2).link(TestConfiguration.LINK, TestConfiguration.OTHER_ISSUER, 1, 3));

        scenario.then().event("PaymentAnswered").with("reason", "LINK_LOST");
        scenario.given().down(TestConfiguration.OTHER_LINK);
        scenario.when().payment("B", request -> request.bin(51_000_000));
        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
    }

    @Test
    void shouldKeepReversalsOfAnIssuerThatVanishedUntilItComesBack() {
        scenario.given().that(when -> when.payment("A", request -> request.bin(51_000_000)));
        scenario.given()
                .configuration(new TestConfiguration(2)
                        .currency(TestConfiguration.EURO, 2)
                        .acquirer(1)
                        .limit(1, TestConfiguration.EURO, 100_00)
                        .issuer(1)
                        .link(TestConfiguration.LINK, 1, 1, 3)
                        .bins(40_000_000, 49_999_999, 1));
        scenario.then().state("A", PaymentState.REVERSING);
        scenario.when().secondsPass(5_000);
        scenario.then().nothing();

        scenario.given().configuration(TestConfiguration.standard(3));
        scenario.when().link(TestConfiguration.OTHER_LINK, LinkState.SIGNED_ON);

        scenario.then()
                .event("ReversalRequested")
                .with("paymentId", 1)
                .with("originalStan", 1)
                .with("stan", 2);
    }

    @Test
    void shouldStopWhenAConfigurationDoesNotFit() {
        final List<Consumer<TestConfiguration>> tooMany = List.of(
                c -> addMany(9, i -> c.acquirer(100 + i)),
                c -> addMany(17, i -> c.limit(100 + i, 978, 5)),
                c -> addMany(5, i -> c.issuer(100 + i)),
                c -> addMany(9, i -> c.link(100 + i, 1, 1, 1)),
                c -> addMany(17, i -> c.bins(70_000_000 + i, 70_000_000 + i, 1)));
        final Set<String> named = new HashSet<>();
        for (final Consumer<TestConfiguration> one : tooMany) {
            final Scenario small = Scenario.standard();
            final TestConfiguration configuration = TestConfiguration.standard(2);
            one.accept(configuration);
            final EngineCapacityException stop = assertThrows(
                    EngineCapacityException.class, () -> small.given().configuration(configuration));
            named.add(stop.getMessage().replaceAll(".* (\\w+)=\\d+", "$1"));
        }
        assertEquals(Set.of("acquirers", "amountLimits", "issuers", "links", "binRanges"), named);
    }

    @Test
    void shouldStopWhenAllConfigurationsTogetherHaveTooManyLinks() {
        for (int i = 0; i < 5; i++) {
            scenario.given().configuration(TestConfiguration.standard(2).link(100 + i, 1, 1, 1));
        }

        final EngineCapacityException stop = assertThrows(EngineCapacityException.class, () -> scenario.given()
                .configuration(TestConfiguration.standard(3).link(200, 1, 1, 1)));

        assertTrue(stop.getMessage().contains("links=8"), stop.getMessage());
        assertEquals(2, scenario.engine().configurationHash());
    }

    @Test
    void shouldHaveADifferentCodeForEveryProblem() {
        final Set<Integer> codes = new HashSet<>();
        for (final ConfigurationProblem problem : ConfigurationProblem.values()) {
            assertTrue(codes.add(problem.code()), problem.name());
            assertEquals(problem, ConfigurationProblem.of(problem.code()));
        }
        assertThrows(IllegalArgumentException.class, () -> ConfigurationProblem.of(999));
    }

    private static TestConfiguration standard() {
        return TestConfiguration.standard(2);
    }

    private static TestConfiguration withoutLink(final long hash) {
        return new TestConfiguration(hash)
                .currency(TestConfiguration.EURO, 2)
                .acquirer(1)
                .limit(1, TestConfiguration.EURO, 1_000_00)
                .issuer(TestConfiguration.ISSUER)
                .issuer(TestConfiguration.OTHER_ISSUER)
                .link(TestConfiguration.SECOND_LINK, TestConfiguration.ISSUER, 1, 3)
                .link(TestConfiguration.OTHER_LINK, TestConfiguration.OTHER_ISSUER, 1, 3)
                .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER)
                .bins(51_000_000, 55_999_999, TestConfiguration.OTHER_ISSUER);
    }

    private static void addMany(final int count, final IntConsumer one) {
        for (int i = 0; i < count; i++) {
            one.accept(i);
        }
    }

    private static void begin(
            final List<Arguments> rows,
            final ConfigurationProblem problem,
            final Consumer<BeginConfigurationEncoder> changes) {
        row(rows, problem, standard().begin(changes));
    }

    private static void acquirer(
            final List<Arguments> rows,
            final ConfigurationProblem problem,
            final Consumer<DefineAcquirerEncoder> changes) {
        row(rows, problem, standard().acquirer(3, changes));
    }

    private static void issuer(
            final List<Arguments> rows,
            final ConfigurationProblem problem,
            final Consumer<DefineIssuerEncoder> changes) {
        row(rows, problem, standard().issuer(3, changes));
    }

    private static void row(
            final List<Arguments> rows, final ConfigurationProblem problem, final TestConfiguration configuration) {
        rows.add(Arguments.of(problem, configuration));
    }
}

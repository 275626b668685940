package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.DefineIssuerEncoder;
import io.turnout.codecs.sbe.engine.IssuerAdviceResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.IssuerReversalResponseEncoder;
import io.turnout.codecs.sbe.engine.MatchKey;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReversalPhase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer's answers are matched by, and what else in them must agree. */
final class MatchKeyTest {
    private static final int OTHER_TIME = 101_000_000;
    private static final TestCommands COMMANDS = new TestCommands();

    @ParameterizedTest(name = "checks {0}, {1} differs: believed {2}")
    @CsvSource({
        "'', reference, false",
        "'', amount, false",
        "'', terminal, true",
        "'', institution, true",
        "RA, terminal, true",
        "R, amount, true",
        "R, reference, false",
        "A, reference, true",
        "A, amount, false",
        "T, terminal, false",
        "T, reference, true",
        "I, institution, false",
        "I, terminal, true",
        "RATI, reference, false",
        "RATI, amount, false",
        "RATI, terminal, false",
        "RATI, institution, false"
    })
    void shouldBelieveAnAnswerThatAgreesInWhatIsChecked(
            final String checks, final String different, final boolean believed) {
        final Scenario scenario = with(MatchKey.STAN_AND_TIME, checks);
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0, change(different));

        scenario.then().events(believed ? "PaymentAnswered" : "IssuerResponseMismatched");
        scenario.when().issuerAnswers("A", 0);
        scenario.then().events(believed ? "IssuerResponseUnmatched" : "PaymentAnswered");
    }

    @Test
    void shouldBelieveAnAnswerThatRepeatsEverything() {
        final Scenario scenario = with(MatchKey.STAN_AND_TIME, "RATI");
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0, response -> response.terminalId("TERM0001")
                .acquiringInstitution(10_000_001));

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "RT"})
    void shouldNeverApproveAPartOfAnAmountThatItDoesNotKnow(final String checks) {
        final Scenario scenario = with(MatchKey.STAN_AND_TIME, checks);
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", ResultCodes.PARTIAL_APPROVAL, response -> response.amountMinor(5));

        scenario.then().events("IssuerResponseMismatched");
    }

    @ParameterizedTest
    @CsvSource({"R, reference", "T, terminal", "I, institution"})
    void shouldNotBelieveTheAnswerToAReversalOrAnAdviceThatDisagrees(final String checks, final String different) {
        final Scenario scenario = with(MatchKey.STAN_AND_TIME, checks);
        scenario.given().timedOut("A").advised("B");
        scenario.when()
                .command(COMMANDS.issuerReversalResponse(
                        scenario.payment("A").reversal(), 0, changeReversal(different)));
        scenario.then()
                .events("IssuerResponseMismatched")
                .event("IssuerResponseMismatched")
                .with("amountMinor", -1)
                .with("linkId", TestConfiguration.LINK);
        scenario.when()
                .command(COMMANDS.issuerAdviceResponse(scenario.payment("B").advice(), 0, changeAdvice(different)));
        scenario.then().events("IssuerResponseMismatched");

        scenario.when().issuerAnswersReversal("A", 0);
        scenario.when().issuerAnswersAdvice("B", 0);

        scenario.then().state("A", PaymentState.REVERSED).state("B", PaymentState.APPROVED);
    }

    @Test
    void shouldMatchByTheStanAlone() {
        final Scenario scenario = with(MatchKey.STAN, "");
        scenario.given().pending("A").timedOut("B").advised("C");
        scenario.when().issuerAnswers("A", 0, response -> response.transmissionDateTime(OTHER_TIME));
        scenario.then().events("LateResponseRecorded");
        scenario.then().event("LateResponseRecorded").with("linkId", TestConfiguration.LINK);

        scenario.when()
                .command(COMMANDS.issuerReversalResponse(
                        scenario.payment("B").reversal(), 0, response -> response.transmissionDateTime(0)));
        scenario.then().event("ReversalAcknowledged");
        scenario.when()
                .command(COMMANDS.issuerAdviceResponse(
                        scenario.payment("C").advice(), 0, response -> response.transmissionDateTime(0)));
        scenario.then().event("AdviceAcknowledged");
    }

    @Test
    void shouldNotMatchAnotherStanOrIssuer() {
        final Scenario scenario = with(MatchKey.STAN, "");
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0, response -> response.stan(9));
        scenario.then().events("IssuerResponseUnmatched");
        scenario.when().issuerAnswers("A", 0, response -> response.issuerId(2));
        scenario.then().events("IssuerResponseUnmatched");
    }

    @Test
    void shouldFindWhatIsInFlightAfterTheKeyWasChanged() {
        final Scenario scenario = with(MatchKey.STAN_AND_TIME, "");
        scenario.given().timedOut("A").pending("B");

        scenario.given().configuration(configuration(2, MatchKey.STAN, ""));
        scenario.when().issuerAnswers("B", 0, response -> response.transmissionDateTime(OTHER_TIME));
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
        scenario.given().configuration(configuration(3, MatchKey.STAN_AND_TIME, ""));
        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then().event("ReversalAcknowledged");
    }

    @Test
    void shouldKeepItsKeyInASnapshot() {
        final Scenario scenario = with(MatchKey.STAN, "RT");
        scenario.given().pending("A").timedOut("B");

        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(Scenario.CAPACITY, sink, scenario.engine()::writeSnapshot);

        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        final var answer = COMMANDS.issuerResponse(
                scenario.payment("B").routed(), 0, response -> response.transmissionDateTime(OTHER_TIME));
        restored.onCommand(restored.commandSequence() + 1, scenario.nowNs(), answer, 0, answer.capacity());
        assertEquals("LateResponseRecorded", sink.events().get(0).name());
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 16", "0, 255"})
    void shouldRefuseAKeyOrACheckThatThereIsNot(final int key, final int checks) {
        final Scenario scenario = new Scenario();
        final TestConfiguration wrong = TestConfiguration.standard(1).issuer(3, issuer -> {
            issuer.buffer().putByte(issuer.offset() + DefineIssuerEncoder.matchKeyEncodingOffset(), (byte) key);
            issuer.buffer().putByte(issuer.offset() + DefineIssuerEncoder.matchChecksEncodingOffset(), (byte) checks);
        });

        scenario.given().configuration(wrong);

        assertEquals(
                ConfigurationProblem.INVALID_ISSUER.code(),
                scenario.allEvents().get(0).number("problem"));
    }

    /** Random lives of payments with few STANs, beside a list of what may still be answered. */
    @Test
    void shouldNeverHaveTwoOpenMessagesWithOneStan() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final EngineState state = new EngineState(Scenario.CAPACITY, new RecordingSink());
        state.time().advance(Scenario.START_NS);
        final PaymentTable table = state.payments();
        table.matchByStan(7, true);
        final Map<Integer, List<Open>> open = new HashMap<>();
        final List<Open> all = new ArrayList<>();
        final PaymentRecord payment = new PaymentRecord(state.slab());
        for (int i = 0; i < 20_000; i++) {
            final int stan = 1 + random.nextInt(12);
            final boolean isTaken = table.isStanTaken(7, stan, Long.MAX_VALUE);
            assertEquals(!open.getOrDefault(stan, List.of()).isEmpty(), isTaken, "seed=" + seed + " step=" + i);
            if (!isTaken && all.size() < 60) {
                table.add(payment, 1, i, 0, 0);
                payment.issuerId(7);
                payment.requestedAtNs(Scenario.START_NS + i);
                payment.state(PaymentState.PENDING);
                table.requestTrace(payment, random.nextInt(4), stan);
                all.add(new Open(payment.slot(), stan));
                open.computeIfAbsent(stan, s -> new ArrayList<>()).add(all.get(all.size() - 1));
            }
            if (!open.getOrDefault(stan, List.of()).isEmpty()) {
                assertEquals(open.get(stan).get(0).slot(), table.findByRequest(7, random.nextInt(4), stan));
            }
            final int other = 1 + random.nextInt(12);
            if (random.nextBoolean() && !open.getOrDefault(other, List.of()).isEmpty()) {
                payment.wrap(open.get(other).remove(0).slot()).issuerAnswered(true);
            }
            if (all.size() == 60 || (random.nextInt(8) == 0 && !all.isEmpty())) {
                final Open forgotten = all.remove(random.nextInt(all.size()));
                table.remove(payment.wrap(forgotten.slot()));
                open.getOrDefault(forgotten.stan(), new ArrayList<>()).remove(forgotten);
            }
        }
    }

    @Test
    void shouldLetAStanOfAReversalGoWhenItIsOver() {
        final EngineState state = new EngineState(Scenario.CAPACITY, new RecordingSink());
        final PaymentTable table = state.payments();
        table.matchByStan(7, true);
        final PaymentRecord payment = new PaymentRecord(state.slab());
        table.add(payment, 1, 1, 0, 0);
        payment.issuerId(7);
        payment.state(PaymentState.REVERSING);
        payment.reversalPhase(ReversalPhase.PAUSED);
        table.reversalTrace(payment, 5, 3);
        assertTrue(table.isStanTaken(7, 3, 0));
        assertEquals(payment.slot(), table.findByReversal(7, 6, 3));

        payment.state(PaymentState.REVERSED);

        assertFalse(table.isStanTaken(7, 3, 0));
        assertEquals(payment.slot(), table.findByReversal(7, 6, 3), "a duplicate is known as one");
    }

    private record Open(int slot, int stan) {}

    private static Scenario with(final MatchKey key, final String checks) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(configuration(1, key, checks))
                .signedOn(TestConfiguration.LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }

    private static TestConfiguration configuration(final long hash, final MatchKey key, final String checks) {
        return new TestConfiguration(hash)
                .currency(TestConfiguration.EURO, 2)
                .acquirer(TestConfiguration.ACQUIRER)
                .limit(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 1_000_00)
                .issuer(TestConfiguration.ISSUER, issuer -> issuer.matchKey(key)
                        .matchChecks()
                        .retrievalReference(checks.contains("R"))
                        .amount(checks.contains("A"))
                        .terminal(checks.contains("T"))
                        .acquiringInstitution(checks.contains("I")))
                .issuer(TestConfiguration.OTHER_ISSUER)
                .link(TestConfiguration.LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, 3)
                .link(TestConfiguration.OTHER_LINK, TestConfiguration.OTHER_ISSUER, TestConfiguration.GATEWAY, 3)
                .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER);
    }

    private static Consumer<IssuerResponseEncoder> change(final String what) {
        return switch (what) {
            case "reference" -> response -> response.retrievalReference("000000000099");
            case "amount" -> response -> response.amountMinor(1);
            case "terminal" -> response -> response.terminalId("TERM9999");
            default -> response -> response.acquiringInstitution(99);
        };
    }

    private static Consumer<IssuerReversalResponseEncoder> changeReversal(final String what) {
        return switch (what) {
            case "reference" -> response -> response.retrievalReference("000000000099");
            case "terminal" -> response -> response.terminalId("TERM9999");
            default -> response -> response.acquiringInstitution(99);
        };
    }

    private static Consumer<IssuerAdviceResponseEncoder> changeAdvice(final String what) {
        return switch (what) {
            case "reference" -> response -> response.retrievalReference("000000000099");
            case "terminal" -> response -> response.terminalId("TERM9999");
            default -> response -> response.acquiringInstitution(99);
        };
    }
}

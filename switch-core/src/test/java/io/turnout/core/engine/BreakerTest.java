package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BreakerRuleEncoder;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A breaker holds payments back from an issuer that fails, and lets a few through to see whether it is back. */
final class BreakerTest {
    private static final int PAUSE_SECONDS = 30;
    private static final int PROBES = 2;

    private Scenario scenario = scenario(rule -> {});

    /** Three unknown outcomes in a row, or half of the last six. */
    private static TestConfiguration configuration(final long hash, final Consumer<BreakerRuleEncoder> changes) {
        return TestConfiguration.standard(hash, issuer -> {
            final BreakerRuleEncoder rule = issuer.breaker();
            rule.pauseNs(PAUSE_SECONDS * TestConfiguration.SECOND_NS)
                    .unknowns(3)
                    .probes(PROBES)
                    .failurePercent((short) 50)
                    .outcomes((short) 6);
            changes.accept(rule);
        });
    }

    private static Scenario scenario(final Consumer<BreakerRuleEncoder> changes) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(configuration(1, changes))
                .signedOn(TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }

    private void givenItIsOpen() {
        for (int i = 0; i < 3; i++) {
            scenario.given().pending("lost" + i);
        }
        scenario.when().secondsPass(10);
        scenario.then().event("BreakerChanged").with("state", "OPEN");
    }

    private void givenItIsHalfOpen() {
        givenItIsOpen();
        scenario.when().secondsPass(PAUSE_SECONDS);
        scenario.when().payment("probe");
        scenario.then().events("BreakerChanged", "PaymentRouted");
    }

    private void expectRefused(final String name) {
        scenario.when().payment(name);
        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", "BREAKER_OPEN")
                .with("resultCode", 9112);
    }

    private void expectRouted(final String name) {
        scenario.when().payment(name);
        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldOpenAfterUnknownOutcomesInARow() {
        scenario.given().pending("A").pending("B").pending("C");

        scenario.when().secondsPass(10);

        scenario.then()
                .event("BreakerChanged")
                .with("issuerId", TestConfiguration.ISSUER)
                .with("state", "OPEN")
                .with("cause", "UNKNOWN_OUTCOMES")
                .with("unknowns", 3)
                .with("failures", 3)
                .with("outcomes", 3)
                .with("sinceNs", scenario.nowNs());
        expectRefused("D");
    }

    @Test
    void shouldNotOpenWhenAnAnswerInTimeComesBetween() {
        scenario.given().timedOut("A").timedOut("B").declined("C").timedOut("D").timedOut("E");

        expectRouted("F");
    }

    @Test
    void shouldOpenWhenTheShareOfFailuresIsReached() {
        for (int i = 0; i < 3; i++) {
            scenario.given().approved("good" + i);
            scenario.when().payment("bad" + i);
            scenario.when().issuerAnswers("bad" + i, 9109);
        }

        scenario.then()
                .event("BreakerChanged")
                .with("state", "OPEN")
                .with("cause", "FAILURE_SHARE")
                .with("unknowns", 0)
                .with("failures", 3)
                .with("outcomes", 6);
        expectRefused("D");
    }

    @Test
    void shouldNotOpenForAShareOfFewerOutcomesThanTheRuleLooksAt() {
        for (int i = 0; i < 5; i++) {
            scenario.when().payment("bad" + i);
            scenario.when().issuerAnswers("bad" + i, 9112);
            scenario.then().events("PaymentAnswered");
        }
        scenario.given().approved("good");
        scenario.when().payment("bad");

        scenario.when().issuerAnswers("bad", 9112);

        scenario.then().event("BreakerChanged").with("failures", 5).with("outcomes", 6);
    }

    @Test
    void shouldCountDeclinesAsSuccesses() {
        for (int i = 0; i < 20; i++) {
            scenario.given().declined("D" + i);
        }

        expectRouted("A");
    }

    @Test
    void shouldOpenForOneIssuerOnly() {
        givenItIsOpen();

        scenario.when().payment("A", request -> request.bin(51_000_000));

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldStillSendReversalsAndAdvices() {
        scenario.given().approved("before");
        givenItIsOpen();
        scenario.given()
                .that(when -> when.issuerAnswersReversal("lost0", 0))
                .that(when -> when.issuerAnswersReversal("lost1", 0));

        scenario.when().acquirerReverses("before");
        scenario.then().event("ReversalRequested", 0);
        scenario.when().advice(TransactionType.PURCHASE, "advice");

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
        scenario.then().state("advice", PaymentState.ADVISING);
        scenario.when().issuerAnswersReversal("before", 0);
        scenario.then().events("ReversalAcknowledged", "AdviceRequested");
    }

    @Test
    void shouldHoldFollowUpsBackToo() {
        scenario.given().approved("before");
        givenItIsOpen();

        scenario.when().refund("R", "before", 100);

        scenario.then().event("PaymentAnswered").with("reason", "BREAKER_OPEN");
    }

    @Test
    void shouldStayOpenUntilThePauseIsOver() {
        givenItIsOpen();
        scenario.when().nanosPass(PAUSE_SECONDS * TestConfiguration.SECOND_NS - 1);
        expectRefused("A");

        scenario.when().nanosPass(1);
        scenario.when().payment("B");

        scenario.then().events("BreakerChanged", "PaymentRouted");
        scenario.then().event("BreakerChanged").with("state", "HALF_OPEN").with("cause", "PAUSE_OVER");
    }

    @Test
    void shouldLetOnlyProbesThrough() {
        givenItIsHalfOpen();
        expectRouted("second probe");

        expectRefused("third");
    }

    @Test
    void shouldCloseWhenAllProbesWereAnsweredWell() {
        givenItIsHalfOpen();
        scenario.when().issuerAnswers("probe", 1016);
        scenario.then().events("PaymentAnswered");
        expectRouted("second probe");
        expectRefused("third");

        scenario.when().issuerAnswers("second probe", 0);

        scenario.then().event("BreakerChanged").with("state", "CLOSED").with("cause", "PROBES_SUCCEEDED");
        expectRouted("A");
        expectRouted("B");
        expectRouted("C");
    }

    @Test
    void shouldOpenAgainWhenAProbeFails() {
        givenItIsHalfOpen();
        expectRouted("second probe");

        scenario.when().issuerAnswers("probe", 9107);

        scenario.then().event("BreakerChanged").with("state", "OPEN").with("cause", "PROBE_FAILED");
        scenario.when().issuerAnswers("second probe", 0);
        scenario.then().events("PaymentAnswered");
        expectRefused("A");
        scenario.when().secondsPass(PAUSE_SECONDS);
        scenario.when().payment("B");
        scenario.then().events("BreakerChanged", "PaymentRouted");
    }

    @Test
    void shouldOpenAgainWhenAProbeIsNotAnswered() {
        givenItIsHalfOpen();

        scenario.when().secondsPass(10);

        scenario.then().event("BreakerChanged").with("state", "OPEN").with("cause", "PROBE_FAILED");
    }

    @Test
    void shouldNotLetOutcomesOfEarlierRequestsDecideAboutProbes() {
        scenario = scenario(rule -> rule.pauseNs(2 * TestConfiguration.SECOND_NS));
        scenario.given().pending("lost0").pending("lost1").pending("lost2");
        scenario.when().secondsPass(9);
        scenario.given().pending("early");
        scenario.when().secondsPass(1);
        scenario.then().event("BreakerChanged").with("state", "OPEN");
        scenario.when().secondsPass(2);
        scenario.when().payment("probe");

        scenario.when().issuerAnswers("early", 9112);

        scenario.then().events("PaymentAnswered");
        expectRouted("second probe");
    }

    @Test
    void shouldGiveThePlaceOfAProbeBackThatWasNotSent() {
        givenItIsHalfOpen();
        expectRouted("second probe");

        scenario.when().requestNotSent("probe", NotSentReason.CHANNEL_FULL);

        expectRouted("third probe");
        expectRefused("fourth");
    }

    @Test
    void shouldGiveThePlacesOfProbesBackThatARestartLeftWithoutOutcome() {
        givenItIsHalfOpen();
        expectRouted("second probe");

        scenario.when().hostStarts();
        scenario.given().signedOn(TestConfiguration.LINK);

        expectRouted("A");
        expectRouted("B");
        expectRefused("C");
    }

    @Test
    void shouldCountALostLinkOnceHoweverManyRequestsWereOnIt() {
        scenario = scenario(rule -> rule.unknowns(2));
        scenario.given().pending("A").pending("B").pending("C").pending("D");

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);
        scenario.when().secondsPass(1);
        expectRouted("E");

        scenario.when().link(TestConfiguration.SECOND_LINK, LinkState.DOWN);
        scenario.then()
                .event("BreakerChanged")
                .with("cause", "UNKNOWN_OUTCOMES")
                .with("unknowns", 2);
    }

    @Test
    void shouldNotCountALinkThatIsLostWithNothingInFlight() {
        scenario = scenario(rule -> rule.unknowns(1));

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);

        scenario.then().events("LinkStateRecorded");
        expectRouted("A");
    }

    @Test
    void shouldNotCountALinkTwiceThatIsReportedLostTwice() {
        scenario = scenario(rule -> rule.unknowns(2));
        scenario.given().pending("A");

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);
        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);

        scenario.then().events("LinkStateRecorded");
        expectRouted("B");
    }

    @Test
    void shouldNotCountRestartsAndLinksTakenOut() {
        scenario = scenario(rule -> rule.unknowns(1));
        scenario.given().pending("A");
        scenario.when().hostStarts();
        scenario.given().signedOn(TestConfiguration.LINK);

        expectRouted("B");
    }

    @Test
    void shouldNotCountLateAnswers() {
        scenario = scenario(rule -> rule.unknowns(0).failurePercent((short) 100).outcomes((short) 2));
        scenario.given().timedOut("A");

        scenario.when().issuerAnswers("A", 9109);

        scenario.then().events("LateResponseRecorded");
        expectRouted("B");
    }

    @Test
    void shouldCloseWhenTheConfigurationHasNoRuleAnyMore() {
        givenItIsOpen();
        scenario.given().configuration(TestConfiguration.standard(2));

        scenario.when().payment("A");

        scenario.then().events("BreakerChanged", "PaymentRouted");
        scenario.then().event("BreakerChanged").with("state", "CLOSED").with("cause", "NO_RULE");
    }

    @Test
    void shouldStayAsItIsWhenTheRuleChanges() {
        givenItIsOpen();

        scenario.given().configuration(configuration(2, rule -> rule.unknowns(100)));

        expectRefused("A");
    }

    @Test
    void shouldCloseWhenALaterRuleAsksForFewerProbesThanWereAnsweredWell() {
        scenario = scenario(rule -> rule.probes(3));
        givenItIsHalfOpen();
        scenario.when().issuerAnswers("probe", 0);

        scenario.given().configuration(configuration(2, rule -> rule.probes(1)));
        scenario.when().payment("A");

        scenario.then().events("BreakerChanged", "PaymentRouted");
        scenario.then().event("BreakerChanged").with("state", "CLOSED");
    }

    @Test
    void shouldDeclineForAnIssuerThatCannotBeReachedFirstAndForAFullWindowLast() {
        givenItIsOpen();
        scenario.given().down(TestConfiguration.LINK, TestConfiguration.SECOND_LINK);

        scenario.when().payment("A");

        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
    }

    @Test
    void shouldSurviveASnapshotInEveryState() {
        assertSameAfterSnapshot();
        scenario.given().timedOut("A").declined("B").timedOut("C");
        assertSameAfterSnapshot();
        givenItIsHalfOpen();
        assertSameAfterSnapshot();
    }

    private void assertSameAfterSnapshot() {
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
    }
}

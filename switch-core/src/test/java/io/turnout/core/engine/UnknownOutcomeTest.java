package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No answer in time, a lost link, a restart: the outcome is unknown, the acquirer is told, and the issuer undoes it.
 */
final class UnknownOutcomeTest {
    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldTellTheAcquirerAndReverseWhenTheIssuerDoesNotAnswer() {
        scenario.given().pending("A");

        scenario.when().secondsPass(9);
        scenario.then().nothing();
        scenario.when().secondsPass(1);

        scenario.then().events("PaymentAnswered", "ReversalQueued", "ReversalRequested");
        scenario.then()
                .event("PaymentAnswered")
                .with("outcome", "UNKNOWN")
                .with("reason", "ISSUER_TIMEOUT")
                .with("resultCode", 9111)
                .with("amountMinor", 0)
                .with("issuerId", 1)
                .with("repeated", "FALSE");
        scenario.then()
                .event("ReversalQueued")
                .with("paymentId", 1)
                .with("amountMinor", TestCommands.AMOUNT_MINOR)
                .with("issuerId", 1)
                .with("currency", TestConfiguration.EURO)
                .with("reason", "ISSUER_TIMEOUT");
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldCallAnAnswerLateFromTheDeadlineOnHoweverFarTheEngineGot() {
        for (int i = 0; i < 6; i++) {
            scenario.given().pending("P" + i);
        }
        scenario.when().secondsPassInSilence(10);

        scenario.when().issuerAnswers("P5", 0);

        scenario.then().event("PaymentAnswered", 0).with("paymentId", 6).with("outcome", "UNKNOWN");
        scenario.then()
                .event("LateResponseRecorded")
                .with("paymentId", 6)
                .with("issuerId", 1)
                .with("resultCode", 0)
                .with("state", "REVERSING");
        scenario.then().state("P5", PaymentState.REVERSING);
    }

    @Test
    void shouldTakeAnAnswerOneNanosecondBeforeTheDeadline() {
        scenario.given().pending("A");
        scenario.nowNs(scenario.nowNs() + 10 * TestConfiguration.SECOND_NS - 1);

        scenario.when().issuerAnswers("A", 0);

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @Test
    void shouldWorkOffMassExpiryAFewPaymentsPerCommandInTheOrderOfDeadlines() {
        for (int i = 0; i < 6; i++) {
            scenario.given().pending("P" + i);
            scenario.when().nanosPass(1_000);
        }
        scenario.given().that(when -> when.payment("other", request -> request.bin(51_000_000)));
        scenario.when().secondsPassInSilence(11);

        scenario.when().tick();
        assertEquals(DueWork.MAXIMUM_DEADLINES, scenario.then().count("PaymentAnswered"));
        for (int i = 0; i < DueWork.MAXIMUM_DEADLINES; i++) {
            scenario.then().event("PaymentAnswered", i).with("paymentId", i + 1);
        }
        assertTrue(scenario.engine().nextDeadlineNs() <= scenario.nowNs());

        scenario.when().status("P0");

        assertEquals(3, scenario.then().count("PaymentAnswered"));
        assertEquals(0, scenario.engine().pendingCount());
    }

    @Test
    void shouldMakeEverythingInFlightOnALostLinkUnknownAtOnce() {
        scenario.given().pending("A").pending("B").pending("C");

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);

        scenario.then()
                .events(
                        "LinkStateRecorded",
                        "PaymentAnswered",
                        "ReversalQueued",
                        "PaymentAnswered",
                        "ReversalQueued",
                        "ReversalRequested",
                        "ReversalRequested");
        scenario.then()
                .event("PaymentAnswered", 0)
                .with("paymentId", 1)
                .with("outcome", "UNKNOWN")
                .with("reason", "LINK_LOST")
                .with("resultCode", 9112);
        scenario.then().event("PaymentAnswered", 1).with("paymentId", 3);
        scenario.then().event("ReversalQueued", 0).with("reason", "LINK_LOST");
        scenario.then().event("ReversalRequested", 0).with("linkId", TestConfiguration.SECOND_LINK);
        scenario.then().state("B", PaymentState.PENDING);
    }

    @Test
    void shouldNotRevivePaymentsWhoseLinkComesBack() {
        scenario.given().pending("A").down(TestConfiguration.LINK);
        scenario.given().signedOn(TestConfiguration.LINK);

        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("LateResponseRecorded");
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldMakeEverythingInFlightUnknownWhenTheHostStarts() {
        scenario.given().pending("A").pending("B").timedOut("C");
        scenario.given().pending("D");

        scenario.when().hostStarts();

        scenario.then().event("HostRecovered").with("pendingPayments", 1).with("openReversals", 3);
        scenario.then()
                .event("PaymentAnswered")
                .with("paymentId", 4)
                .with("outcome", "UNKNOWN")
                .with("reason", "SWITCH_RESTARTED")
                .with("resultCode", 9109);
        scenario.then().event("ReversalQueued").with("reason", "SWITCH_RESTARTED");
        assertEquals(0, scenario.then().count("ReversalRequested"));
        scenario.when().payment("E");
        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
    }

    @Test
    void shouldKeepTheFirstReasonWhenALinkIsReportedDownAfterTheRestart() {
        for (int i = 0; i < 6; i++) {
            scenario.given().pending("P" + i);
        }
        scenario.when().hostStarts();
        assertEquals(2, scenario.engine().pendingCount());

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);

        scenario.then().event("PaymentAnswered", 0).with("reason", "SWITCH_RESTARTED");
    }

    @Test
    void shouldUseNoSequenceOrPaymentIdAgainAfterALossOfCommands() {
        scenario.given().approved("A");
        final long lastEvent = scenario.engine().eventSequence();

        scenario.when().hostStartsAfterLossUntilEvent(lastEvent + 5);

        scenario.then()
                .events("GapDetected", "HostRecovered")
                .event("GapDetected")
                .with("firstMissing", lastEvent + 1)
                .with("lastMissing", lastEvent + 5);
        assertEquals(
                List.of(lastEvent + 6, lastEvent + 7),
                scenario.events().stream().map(RecordedEvent::sequence).toList());
        scenario.given().signedOn(TestConfiguration.LINK);
        scenario.when().payment("B");
        final long paymentId = scenario.then().event("PaymentRouted").event().number("paymentId");
        assertTrue(paymentId > 1 + 5, () -> "paymentId=" + paymentId);
    }

    @Test
    void shouldSayWhenItIsNotKnownHowManyEventsWereLost() {
        final long lastEvent = scenario.engine().eventSequence();

        scenario.when().hostStartsAfterLossUntilEvent(lastEvent);

        scenario.then().event("GapDetected").with("firstMissing", lastEvent + 1).with("lastMissing", -1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "99, 1, 1", "11, 2, 1", "11, 1, 2"})
    void shouldIgnoreALinkThatTheConfigurationDoesNotHave(final int linkId, final int issuerId, final int gatewayId) {
        scenario.when().link(linkId, issuerId, gatewayId, LinkState.SIGNED_ON);

        scenario.then().events("CommandIgnored").event("CommandIgnored").with("problem", "UNKNOWN_LINK");
    }

    @Test
    void shouldRecordTheStateOfALink() {
        scenario.when().link(TestConfiguration.OTHER_LINK, LinkState.DOWN);

        scenario.then()
                .events("LinkStateRecorded")
                .event("LinkStateRecorded")
                .with("gatewayId", 1)
                .with("issuerId", 2)
                .with("linkId", TestConfiguration.OTHER_LINK)
                .with("state", "DOWN");
    }

    @Test
    void shouldNeverReviveAPaymentWhoseApprovalComesLate() {
        scenario.given().timedOut("A");

        scenario.when().issuerAnswers("A", 0);

        scenario.then()
                .events("LateResponseRecorded")
                .event("LateResponseRecorded")
                .with("state", "REVERSING");
        scenario.when().payment("A");
        scenario.then().event("PaymentAnswered").with("outcome", "UNKNOWN").with("repeated", "TRUE");
    }

    @Test
    void shouldRecordALateDeclineAndGoOnReversing() {
        scenario.given().timedOut("A");

        scenario.when().issuerAnswers("A", 1016);

        scenario.then().events("LateResponseRecorded");
        scenario.then().state("A", PaymentState.REVERSING);
        scenario.when().issuerAnswers("A", 0);
        scenario.then().event("IssuerResponseUnmatched").with("duplicate", "TRUE");
    }

    @Test
    void shouldNotBelieveALateAnswerThatContradictsTheRequest() {
        scenario.given().reversed("A");

        scenario.when().issuerAnswers("A", 0, response -> response.amountMinor(1));

        scenario.then().events("IssuerResponseMismatched");
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldReopenTheReversalWithTheSameKeyDataWhenAnApprovalComesAfterIt() {
        scenario.given().reversed("A");
        final RecordedEvent first = scenario.payment("A").reversal();

        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("ReversalQueued", "LateResponseRecorded", "ReversalRequested");
        scenario.then().event("ReversalQueued").with("reason", "LATE_RESPONSE");
        scenario.then().event("LateResponseRecorded").with("state", "REVERSING");
        scenario.then()
                .event("ReversalRequested")
                .with("stan", first.field("stan"))
                .with("transmissionDateTime", first.field("transmissionDateTime"))
                .with("attempt", 2);
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.then().events("ReversalAcknowledged").state("A", PaymentState.REVERSED);
        scenario.when().issuerAnswers("A", 0);
        scenario.then().event("IssuerResponseUnmatched").with("duplicate", "TRUE");
    }

    @Test
    void shouldLeaveAReversedPaymentAloneWhenADeclineComesAfterIt() {
        scenario.given().reversed("A");

        scenario.when().issuerAnswers("A", 1016);

        scenario.then().events("LateResponseRecorded");
        scenario.then().state("A", PaymentState.REVERSED);
    }
}

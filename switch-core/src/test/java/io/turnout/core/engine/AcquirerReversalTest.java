package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestReversalEncoder;
import io.turnout.codecs.sbe.engine.ReversalReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An acquirer undoes payments: finished ones, ones in flight, and ones that have not come. */
final class AcquirerReversalTest {
    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest
    @EnumSource(
            value = ReversalReason.class,
            names = {"CUSTOMER_CANCELLATION", "RESPONSE_TIMEOUT", "UNABLE_TO_DELIVER", "SUSPECTED_MALFUNCTION"})
    void shouldUndoAnApprovedPayment(final ReversalReason reason) {
        scenario.given().approved("A");

        scenario.when().acquirerReverses("A", request -> request.reason(reason));

        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
        scenario.then().event("ReversalQueued").with("reason", reason);
        scenario.then()
                .event("ReversalAnswered")
                .with("paymentId", 1)
                .with("sessionId", TestCommands.SESSION)
                .with("clientReference", "(high=-1|low=0)")
                .with("createdAtNs", scenario.nowNs())
                .with("acquirerId", 1)
                .with("gatewayId", 1)
                .with("resultCode", 0)
                .with("state", "REVERSING");
        scenario.then().event("ReversalRequested").with("reason", reason);
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldAnswerASecondReversalWithoutASecondEffect() {
        scenario.given().approved("A").that(when -> when.acquirerReverses("A"));

        scenario.when().acquirerReverses("A");
        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("resultCode", 0)
                .with("state", "REVERSING");
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.when().acquirerReverses("A");

        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("resultCode", 0)
                .with("state", "REVERSED");
    }

    @Test
    void shouldAnswerTheReversalOfADeclinedPaymentWithoutEffect() {
        scenario.given().declined("A");

        scenario.when().acquirerReverses("A");

        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("paymentId", 1)
                .with("resultCode", 0)
                .with("state", "DECLINED");
    }

    @Test
    void shouldAnswerTheReversalOfAnUnknownOutcomeWithoutASecondEffect() {
        scenario.given().timedOut("A");

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("state", "REVERSING");
    }

    @Test
    void shouldDeclineAPaymentReversedInFlightAndTellBothSessions() {
        scenario.given().pending("A");

        scenario.when().acquirerReverses("A", request -> request.sessionId(600));

        scenario.then().events("PaymentAnswered", "ReversalAnswered");
        scenario.then()
                .event("PaymentAnswered")
                .with("sessionId", TestCommands.SESSION)
                .with("outcome", "DECLINED")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("resultCode", 9102);
        scenario.then()
                .event("ReversalAnswered")
                .with("sessionId", 600)
                .with("paymentId", 1)
                .with("resultCode", 0)
                .with("state", "REVERSING");
        scenario.when().payment("A");
        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("repeated", "TRUE");
    }

    @Test
    void shouldReverseWhenTheIssuerThenApproves() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("ReversalQueued", "LateResponseRecorded", "ReversalRequested");
        scenario.then().event("ReversalQueued").with("reason", "CUSTOMER_CANCELLATION");
        scenario.then()
                .event("ReversalRequested")
                .with("approvalCode", "A00042")
                .with("attempt", 1);
    }

    @Test
    void shouldDoNothingMoreWhenTheIssuerThenDeclines() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.when().issuerAnswers("A", 1016);

        scenario.then().events("ReversalDropped", "LateResponseRecorded");
        scenario.then().event("LateResponseRecorded").with("state", "DECLINED");
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
        scenario.when().payment("A");
        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("resultCode", 9102);
    }

    @Test
    void shouldReverseWhenTheIssuerThenStaysSilent() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.when().secondsPass(10);

        scenario.then().events("ReversalQueued", "ReversalRequested");
        scenario.then().event("ReversalQueued").with("reason", "CUSTOMER_CANCELLATION");
        scenario.when().issuerAnswers("A", 0);
        scenario.then().events("LateResponseRecorded").state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldDoNothingMoreWhenTheRequestThenTurnsOutNotToBeSent() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.when().requestNotSent("A", NotSentReason.LINK_NOT_SIGNED_ON);

        scenario.then().events("ReversalDropped").event("ReversalDropped").with("paymentId", 1);
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
    }

    @Test
    void shouldReverseWhenTheLinkIsThenLost() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.given().down(TestConfiguration.LINK);

        scenario.then().events("LinkStateRecorded", "ReversalQueued", "ReversalRequested");
    }

    @Test
    void shouldAcceptTheReversalOfAnUnknownOriginalAndDeclineTheOriginalShouldItCome() {
        scenario.when().acquirerReverses("A");
        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("paymentId", 0)
                .with("resultCode", 0)
                .with("state", "DECLINED");
        scenario.when().acquirerReverses("A");
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("paymentId", 0);
        assertEquals(1, scenario.engine().paymentCount());

        scenario.when().payment("A");

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("resultCode", 9102)
                .with("amountMinor", 0)
                .with("currency", TestConfiguration.EURO)
                .with("retrievalReference", "000000000001")
                .with("repeated", "FALSE");
    }

    @Test
    void shouldRememberTheContentOfAnOriginalThatCameAfterItsReversal() {
        scenario.when().acquirerReverses("A");
        scenario.when().payment("A");

        scenario.when().payment("A");
        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("repeated", "TRUE");
        scenario.when().payment("A", request -> request.amountMinor(1));
        scenario.then().event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.when().acquirerReverses("A");
        scenario.then().event("ReversalAnswered").with("paymentId", 1).with("state", "DECLINED");
    }

    @Test
    void shouldReportThatAnOriginalNotYetSeenWillBeDeclined() {
        scenario.when().acquirerReverses("A");

        scenario.when().status("A");

        scenario.then()
                .event("PaymentStatusReported")
                .with("paymentId", 0)
                .with("state", "DECLINED")
                .with("resultCode", 9102);
    }

    @Test
    void shouldRefuseTheReversalOfAnAcquirerItDoesNotKnow() {
        scenario.given().approved("A");

        scenario.when().acquirerReverses("A", request -> request.acquirerId(9));

        scenario.then()
                .events("RequestRefused")
                .event("RequestRefused")
                .with("reason", "NOT_LOGGED_ON")
                .with("refTemplateId", RequestReversalEncoder.TEMPLATE_ID)
                .with("clientReference", "(high=-1|low=0)")
                .with("createdAtNs", scenario.nowNs())
                .with("slot", "(incarnation=0|index=-1|generation=0)");
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldRefuseToPromiseTheReversalOfAnOriginalItMayHaveForgotten() {
        scenario.when()
                .acquirerReverses(
                        "A",
                        request -> request.originalCreatedAtNs(Scenario.START_NS - TestConfiguration.HORIZON_NS - 1));

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "STALE_REQUEST");
    }

    @Test
    void shouldRefuseTheReversalOfAnOriginalFromTheFuture() {
        scenario.when()
                .acquirerReverses(
                        "A", request -> request.originalCreatedAtNs(Scenario.START_NS + TestConfiguration.SKEW_NS + 1));

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "CREATED_IN_FUTURE");
    }

    @Test
    void shouldUndoAKnownPaymentHoweverOldItIs() {
        scenario.given().approved("A");
        scenario.when().secondsPass(960);

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalAnswered").with("state", "REVERSING");
    }
}

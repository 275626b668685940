package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;

/** An acquirer takes back a part of a payment: what is left stands. */
final class PartialReversalTest {
    private static final long AMOUNT = TestCommands.AMOUNT_MINOR;

    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldLetTheWholeStandUntilTheIssuerHasAcknowledged() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));

        scenario.then().state("A", PaymentState.REVERSING).settled("A", AMOUNT, 0);
    }

    @Test
    void shouldTakeTheSamePartialReversalOnceOnly() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));

        scenario.when().acquirerReversesTo("A", 400);
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.when().acquirerReversesTo("A", 400);

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
        scenario.then().settled("A", 400, 0);
    }

    @Test
    void shouldAskAnotherReversalToWaitForTheFirst() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));

        scenario.when().acquirerReversesTo("A", 300);
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9123);
        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9123);
    }

    @Test
    void shouldGiveALaterReversalTraceNumbersOfItsOwn() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));
        final long stan = scenario.payment("A").reversal().number("stan");
        scenario.given().that(when -> when.issuerAnswersReversal("A", 0));

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
        scenario.then().event("ReversalRequested").with("attempt", 1).with("replacementAmountMinor", 0);
        assertNotEquals(stan, scenario.payment("A").reversal().number("stan"));
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.then().state("A", PaymentState.REVERSED).settled("A", 0, 0);
    }

    @Test
    void shouldLeaveLessToRefund() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));
        scenario.given().that(when -> when.issuerAnswersReversal("A", 0));

        scenario.when().refund("R", "A", 401);
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_AMOUNT");
        scenario.when().refund("S", "A", 400);

        scenario.then().events("PaymentRouted", "PaymentAdjusted");
    }

    @Test
    void shouldLeaveLessToComplete() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.given().that(when -> when.acquirerReversesTo("A", 100));
        scenario.given().that(when -> when.issuerAnswersReversal("A", 0));

        scenario.when().complete("C", "A", 116);
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_AMOUNT");
        scenario.when().complete("D", "A", 115);

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldNotDeclineAnOriginalThatHasNotComeYet() {
        scenario.when().acquirerReversesTo("A", 100);
        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("resultCode", 9114)
                .with("state", "NOT_FOUND");

        scenario.when().payment("A");
        scenario.then().events("PaymentRouted");
        scenario.when().acquirerReversesTo("A", 100);
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9123);
    }

    @Test
    void shouldHaveNoMeaningForWhatHasNoParts() {
        scenario.given().approved("A").that(when -> when.cancel("V", "A"));
        scenario.given().that(when -> when.issuerAnswers("V", 0)).declined("D");

        for (final String name : new String[] {"A", "V", "D"}) {
            scenario.when().acquirerReversesTo(name, 100);
            scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9102);
        }
    }

    @Test
    void shouldLeaveTheWholeStandingWhenTheOperatorFindsSo() {
        scenario.given().approved("A").that(when -> when.acquirerReversesTo("A", 400));
        scenario.when().secondsPass(1_000);
        scenario.then().state("A", PaymentState.MANUAL_REVIEW);

        scenario.when().operatorResolves("A", ReviewResolution.STANDS);

        scenario.then().events("ManualReviewResolved", "PaymentAdjusted").settled("A", AMOUNT, 0);
        scenario.when().acquirerReversesTo("A", 400);
        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
    }

    @Test
    void shouldLetAnUnknownOutcomeStandWhenTheOperatorFindsSo() {
        scenario.given().timedOut("A").that(when -> when.secondsPass(1_000));

        scenario.when().operatorResolves("A", ReviewResolution.STANDS);

        scenario.then().event("ManualReviewResolved").with("resolution", "STANDS").with("state", "APPROVED");
        scenario.then().settled("A", AMOUNT, 0);
        scenario.when().issuerAnswers("A", 0);
        scenario.then().events("LateResponseRecorded").state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldEndTheReviewOfAPaymentThatIsUndone() {
        scenario.given().timedOut("A").that(when -> when.secondsPass(1_000));

        scenario.when().operatorResolves("A", ReviewResolution.REVERSED);
        scenario.then().events("ManualReviewResolved").state("A", PaymentState.REVERSED);
        scenario.when().operatorResolves("A", ReviewResolution.REVERSED);
        scenario.then().event("CommandIgnored").with("problem", "NOT_IN_MANUAL_REVIEW").with("refTemplateId", 23);
        scenario.when().command(new TestCommands().resolveManualReview(999, ReviewResolution.STANDS));
        scenario.then().event("CommandIgnored").with("problem", "UNKNOWN_PAYMENT");
        scenario.when().command(new TestCommands().resolveManualReview(1, ReviewResolution.NULL_VAL));

        scenario.then().event("CommandIgnored").with("problem", "MALFORMED");
    }
}

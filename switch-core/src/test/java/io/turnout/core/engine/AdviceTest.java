package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accomplished facts: answered at once, and forwarded until the issuer has taken them. */
final class AdviceTest {
    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest
    @EnumSource(
            value = TransactionType.class,
            names = {"PURCHASE", "PRE_AUTHORISATION", "REFUND", "CASH_WITHDRAWAL"})
    void shouldAnswerAtOnceAndForward(final TransactionType type) {
        scenario.when().advice(type, "A");

        scenario.then().events("AdviceQueued", "PaymentAnswered", "AdviceRequested");
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED").with("approvalCode", "OFF123");
        scenario.then()
                .event("AdviceRequested")
                .with("attempt", 1)
                .with("approvalCode", "OFF123")
                .with("transactionType", type)
                .with("merchantName", "Corner shop              ")
                .with("originalStan", 0);
        scenario.then().state("A", PaymentState.ADVISING).settled("A", TestCommands.AMOUNT_MINOR, 0);
        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then().events("AdviceAcknowledged").state("A", PaymentState.APPROVED).noDeadline();
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionType.class,
            names = {"BALANCE_INQUIRY", "TRANSFER", "TOP_UP", "WITHDRAWAL"})
    void shouldDeclineAsAnAdviceWhatMustBeAsked(final TransactionType type) {
        scenario.when().advice(type, "A");

        scenario.then().event("PaymentAnswered").with("reason", "UNSUPPORTED_TRANSACTION");
    }

    @Test
    void shouldTakeWhatHasHappenedThoughItWouldNotHaveBeenAllowed() {
        scenario.when()
                .payment("A", request -> request.advice(BooleanType.TRUE)
                        .amountMinor(5_000_00)
                        .expiry(2001));

        scenario.then().events("AdviceQueued", "PaymentAnswered", "AdviceRequested");
    }

    @Test
    void shouldWaitForALinkAndThenSend() {
        scenario.given().down(TestConfiguration.LINK, TestConfiguration.SECOND_LINK);

        scenario.when().advice(TransactionType.PURCHASE, "A");
        scenario.then().events("AdviceQueued", "PaymentAnswered").state("A", PaymentState.ADVISING);
        scenario.when().link(TestConfiguration.LINK, LinkState.SIGNED_ON);

        scenario.then().events("LinkStateRecorded", "AdviceRequested");
    }

    @Test
    void shouldRepeatWithTheSameTraceNumbersUntilTaken() {
        scenario.given().advised("A");
        final long stan = scenario.payment("A").advice().number("stan");

        scenario.when().secondsPass(20);
        scenario.then().events("AdvicePostponed").event("AdvicePostponed").with("resultCode", 9111);
        scenario.when().secondsPass(5);

        scenario.then()
                .events("AdviceRequested")
                .event("AdviceRequested")
                .with("attempt", 2)
                .with("stan", stan);
    }

    @ParameterizedTest
    @ValueSource(ints = {9107, 9108, 9109, 9111, 9112, 9123})
    void shouldTryAgainWhenTheIssuerCannotTakeItNow(final int resultCode) {
        scenario.given().advised("A");

        scenario.when().issuerAnswersAdvice("A", resultCode);

        scenario.then().events("AdvicePostponed").state("A", PaymentState.ADVISING);
    }

    @Test
    void shouldBeTakenWhenTheIssuerHasItAlready() {
        scenario.given().advised("A");

        scenario.when().issuerAnswersAdvice("A", 9113);

        scenario.then().events("AdviceAcknowledged").state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldLeaveARefusalToAnOperator() {
        scenario.given().advised("A");

        scenario.when().issuerAnswersAdvice("A", 1016);
        scenario.then().events("AdviceDeadLettered").event("AdviceDeadLettered").with("resultCode", 1016);
        scenario.then().state("A", PaymentState.MANUAL_REVIEW).noDeadline();
        scenario.when().operatorPutsBack("A");
        scenario.then().events("AdviceQueued", "AdviceRequested").event("AdviceRequested").with("attempt", 2);
        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldLeaveWhatIsNeverTakenToAnOperator() {
        scenario.given().advised("A");

        scenario.when().secondsPass(600);

        scenario.then().state("A", PaymentState.MANUAL_REVIEW);
        scenario.when().operatorResolves("A", ReviewResolution.STANDS);
        scenario.then().events("ManualReviewResolved", "PaymentAdjusted").state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldTakeTheIssuersLateWordOnWhatAnOperatorShouldDecide() {
        scenario.given().advised("A").that(when -> when.secondsPass(600));

        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then().events("AdviceAcknowledged").state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldReverseWhatTheIssuerTakesAfterAnOperatorHasGivenItUp() {
        scenario.given().advised("A").that(when -> when.issuerAnswersAdvice("A", 1016));
        scenario.given().that(when -> when.operatorResolves("A", ReviewResolution.REVERSED));

        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then().events("AdviceAcknowledged", "ReversalQueued", "ReversalRequested");
        scenario.then().event("ReversalRequested").with("reason", "LATE_RESPONSE").with("attempt", 1);
    }

    @Test
    void shouldNotLetAReversalOvertakeItsAdvice() {
        scenario.given().advised("A");

        scenario.when().acquirerReverses("A");
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
        scenario.when().acquirerReverses("A");
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then().events("AdviceAcknowledged", "ReversalQueued", "ReversalRequested");
        scenario.then()
                .event("ReversalRequested")
                .with("originalAdvice", "TRUE")
                .with("attempt", 1)
                .with("originalStan", scenario.payment("A").advice().number("stan"));
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldReverseARefusedAdviceThatTheAcquirerHasReversed() {
        scenario.given().advised("A").that(when -> when.acquirerReverses("A"));

        scenario.when().issuerAnswersAdvice("A", 1016);

        scenario.then().events("ReversalQueued", "ReversalRequested").state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldReverseAnAdviceInReviewWhenItsAcquirerSaysSo() {
        scenario.given().advised("A").that(when -> when.issuerAnswersAdvice("A", 1016));

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
    }

    @Test
    void shouldNotReverseAPartOfWhatTheIssuerHasNotTakenYet() {
        scenario.given().advised("A");

        scenario.when().acquirerReversesTo("A", 100);

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9123);
    }

    @Test
    void shouldSendAgainWhatWasInFlightOnALostLink() {
        scenario.given().advised("A");

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);
        scenario.then().events("LinkStateRecorded", "AdvicePostponed");
        scenario.when().secondsPass(5);

        scenario.then()
                .events("AdviceRequested")
                .event("AdviceRequested")
                .with("linkId", TestConfiguration.SECOND_LINK)
                .with("attempt", 2);
    }

    @Test
    void shouldSendAgainWhatWasInFlightWhenTheHostStopped() {
        scenario.given().advised("A");

        scenario.when().hostStarts();

        scenario.then().events("HostRecovered", "AdvicePostponed").state("A", PaymentState.ADVISING);
    }

    @Test
    void shouldNotCountAnAttemptThatWasNotSent() {
        scenario.given().advised("A");

        scenario.when().adviceNotSent("A", NotSentReason.CHANNEL_FULL);
        scenario.then().events("AdvicePostponed").event("AdvicePostponed").with("attempt", 0);
        scenario.when().secondsPass(5);

        scenario.then().event("AdviceRequested").with("attempt", 1);
    }

    @Test
    void shouldNotTakeTheAnswerToARequestForOneToAnAdvice() {
        scenario.given().advised("A").pending("B");

        scenario.when()
                .command(new TestCommands()
                        .issuerResponse(scenario.payment("A").advice(), 0, answer -> {}));
        scenario.then().events("IssuerResponseUnmatched").state("A", PaymentState.ADVISING);
        scenario.when()
                .command(new TestCommands()
                        .issuerAdviceResponse(scenario.payment("B").routed(), 0));

        scenario.then().events("IssuerResponseUnmatched").state("B", PaymentState.PENDING);
    }

    @Test
    void shouldShowASecondAnswerAsADuplicate() {
        scenario.given().advised("A").that(when -> when.issuerAnswersAdvice("A", 0));

        scenario.when().issuerAnswersAdvice("A", 0);

        scenario.then()
                .events("IssuerResponseUnmatched")
                .event("IssuerResponseUnmatched")
                .with("duplicate", "TRUE");
    }

    @Test
    void shouldShareTheIssuersWindowWithReversals() {
        scenario.given().timedOut("R").advised("A");

        scenario.when().advice(TransactionType.PURCHASE, "B");
        scenario.then().events("AdviceQueued", "PaymentAnswered");
        scenario.when().issuerAnswersReversal("R", 0);

        scenario.then().events("ReversalAcknowledged", "AdviceRequested");
    }
}

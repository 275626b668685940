package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;

/** Messages that come twice, too late, too early or in another order: one test a row of the table of such cases. */
final class DuplicateAndOrderTest {
    private final Scenario scenario = Scenario.standard();

    @Test
    void sameKeyInFlightShouldWaitForTheFirstAnswer() {
        scenario.given().pending("A");

        scenario.when().payment("A", request -> request.sessionId(7));
        scenario.then().events("RepeatAwaited");
        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("sessionId", 7);
    }

    @Test
    void sameKeyFinishedShouldGetTheStoredAnswerAndNotBeRoutedAgain() {
        scenario.given().approved("A");

        scenario.when().payment("A");

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("repeated", "TRUE")
                .with("approvalCode", "A00042");
    }

    @Test
    void sameKeyWithOtherContentShouldBeRefused() {
        scenario.given().approved("A");

        scenario.when().payment("A", request -> request.amountMinor(1));

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
    }

    @Test
    void sameKeyAsAdviceShouldBeOtherContent() {
        scenario.given().approved("A");

        scenario.when().advice(TransactionType.PURCHASE, "A");

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
    }

    @Test
    void repeatWhoseOriginalIsUnknownShouldBeTreatedAsNew() {
        // An acquirer's repeat is its request again: whether the first one was lost cannot be seen in it.
        scenario.when().payment("A");

        scenario.then().events("PaymentRouted");
    }

    @Test
    void reversalOfAnUnknownOriginalShouldBeAcceptedAndLeaveATombstone() {
        scenario.when().acquirerReverses("A");

        scenario.then()
                .events("ReversalAnswered")
                .event("ReversalAnswered")
                .with("resultCode", 0)
                .with("paymentId", 0);
        assertEquals(1, scenario.engine().paymentCount());
    }

    @Test
    void originalAfterItsReversalShouldBeDeclinedAndNeverRouted() {
        scenario.given().that(when -> when.acquirerReverses("A"));

        scenario.when().payment("A");

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("resultCode", 9102);
    }

    @Test
    void adviceAfterItsReversalShouldBeDeclinedAndNeverForwarded() {
        scenario.given().that(when -> when.acquirerReverses("A"));

        scenario.when().advice(TransactionType.PURCHASE, "A");

        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("reason", "REVERSED_BY_ACQUIRER");
    }

    @Test
    void followUpAfterItsReversalShouldBeDeclinedAndTakeNothingFromItsOriginal() {
        scenario.given().approved("A").that(when -> when.acquirerReverses("R"));

        scenario.when().refund("R", "A", 100);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("reason", "REVERSED_BY_ACQUIRER")
                .with("originalPaymentId", 1)
                .with("currency", TestConfiguration.EURO);
        scenario.then().settled("A", TestCommands.AMOUNT_MINOR, 0);
        scenario.when().refund("R", "A", 100);
        scenario.then().event("PaymentAnswered").with("repeated", "TRUE");
        scenario.when().refund("R", "A", 101);
        scenario.then().event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
    }

    @Test
    void secondReversalShouldBeAcceptedWithoutASecondEffect() {
        scenario.given().approved("A").that(when -> when.acquirerReverses("A"));

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
    }

    @Test
    void reversalWhileInFlightShouldBeAcceptedAndFollowTheApproval() {
        scenario.given().pending("A");

        scenario.when().acquirerReverses("A");
        scenario.then().events("PaymentAnswered", "ReversalAnswered");
        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("ReversalQueued", "LateResponseRecorded", "ReversalRequested");
    }

    @Test
    void reversalWhileInFlightShouldComeToNothingWhenTheIssuerDeclines() {
        scenario.given().pending("A").that(when -> when.acquirerReverses("A"));

        scenario.when().issuerAnswers("A", 1016);

        scenario.then().events("ReversalDropped", "LateResponseRecorded").state("A", PaymentState.DECLINED);
    }

    @Test
    void partialReversalShouldLeaveTheReplacementAmountStanding() {
        scenario.given().approved("A");

        scenario.when().acquirerReversesTo("A", 300);
        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
        scenario.then()
                .event("ReversalRequested")
                .with("amountMinor", TestCommands.AMOUNT_MINOR)
                .with("replacementAmountMinor", 300);
        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then().events("ReversalAcknowledged", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("settledMinor", 300).with("state", "APPROVED");
        scenario.then().settled("A", 300, 0).noDeadline();
    }

    @Test
    void partialReversalOfMoreThanStandsShouldBeAnsweredAsAWrongAmount() {
        scenario.given().approved("A");

        for (final long replacement : new long[] {TestCommands.AMOUNT_MINOR, TestCommands.AMOUNT_MINOR + 1, -1}) {
            scenario.when().acquirerReversesTo("A", replacement);

            scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 4005);
        }
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void completionAboveTheFactorShouldBeDeclined() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        final long most = TestCommands.AMOUNT_MINOR * 115 / 100;

        scenario.when().complete("C", "A", most + 1);
        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("reason", "ORIGINAL_AMOUNT")
                .with("resultCode", 4005);
        scenario.when().complete("D", "A", most);

        scenario.then().events("PaymentRouted");
    }

    @Test
    void duplicateAdviceShouldGetTheStoredAnswerAndNotBeForwardedAgain() {
        scenario.given().advised("A");

        scenario.when().advice(TransactionType.PURCHASE, "A");
        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("repeated", "TRUE");
        scenario.when().issuerAnswersAdvice("A", 0);
        scenario.when().advice(TransactionType.PURCHASE, "A");

        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("repeated", "TRUE");
    }

    @Test
    void followUpInFlightOrFinishedShouldBeRepeatedLikeAnyPayment() {
        scenario.given().approved("A");
        scenario.when().refund("R", "A", 100);

        scenario.when().refund("R", "A", 100);
        scenario.then().events("RepeatAwaited");
        scenario.when().issuerAnswers("R", 0);
        scenario.when().refund("R", "A", 100);
        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("repeated", "TRUE");

        scenario.when().refund("R", "A", 101);
        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.when().refund("R", "B", 100);
        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.when().payment("R");
        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.then().settled("A", TestCommands.AMOUNT_MINOR, 100);
    }
}

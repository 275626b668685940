package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The flows of payments between acquirer, switch and issuer, each from its request to its end. */
final class PaymentFlowsTest {
    private static final long AMOUNT = TestCommands.AMOUNT_MINOR;

    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest
    @EnumSource(
            value = TransactionType.class,
            names = {"PURCHASE", "PRE_AUTHORISATION", "REFUND", "CASH_WITHDRAWAL"})
    void singleMessageShouldBeRoutedAndAnswered(final TransactionType type) {
        scenario.when().payment(type, "A");
        scenario.then()
                .events("PaymentRouted")
                .event("PaymentRouted")
                .with("transactionType", type)
                .with("originalTransactionType", 0)
                .with("originalStan", 0)
                .with("originalApprovalCode", "      ");
        scenario.when().issuerAnswers("A", 0);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "APPROVED")
                .with("amountMinor", AMOUNT)
                .with("transactionType", type.value());
        scenario.then().settled("A", AMOUNT, 0).noDeadline();
    }

    @Test
    void preAuthorisationShouldBeCompletedByAMessageThatNamesIt() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");

        scenario.when().complete("C", "A", 1_000);
        scenario.then()
                .events("PaymentRouted")
                .event("PaymentRouted")
                .with("transactionType", "COMPLETION")
                .with("amountMinor", 1_000)
                .with("originalTransactionType", TransactionType.PRE_AUTHORISATION.value())
                .with("originalStan", scenario.payment("A").routed().number("stan"))
                .with(
                        "originalTransmissionDateTime",
                        scenario.payment("A").routed().number("transmissionDateTime"))
                .with("originalAdvice", "FALSE")
                .with("originalApprovalCode", "A00042")
                .with("merchantName", "Corner shop              ")
                .with("terminalId", "TERM0001")
                .with("lastFour", 1117);
        scenario.when().issuerAnswers("C", 0);

        scenario.then().events("PaymentAnswered", "PaymentAdjusted");
        scenario.then().event("PaymentAnswered").with("originalPaymentId", 1).with("amountMinor", 1_000);
        scenario.then()
                .event("PaymentAdjusted")
                .with("paymentId", 1)
                .with("followUpPaymentId", 2)
                .with("settledMinor", 0)
                .with("state", "COMPLETED");
        scenario.then().settled("C", 1_000, 0).state("A", PaymentState.COMPLETED);
    }

    @Test
    void completionAdviceShouldBeAnsweredAtOnceAndThenForwarded() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");

        scenario.when().followUp(TransactionType.COMPLETION, "C", "A", request -> request.advice(BooleanType.TRUE));

        scenario.then().events("AdviceQueued", "PaymentAnswered", "PaymentAdjusted", "AdviceRequested");
        scenario.then()
                .event("AdviceRequested")
                .with("transactionType", "COMPLETION")
                .with("originalStan", scenario.payment("A").routed().number("stan"))
                .with("originalApprovalCode", "A00042")
                .with("attempt", 1);
        scenario.then().state("A", PaymentState.COMPLETED).state("C", PaymentState.ADVISING);
        scenario.when().issuerAnswersAdvice("C", 0);
        scenario.then().events("AdviceAcknowledged").state("C", PaymentState.APPROVED);
    }

    @Test
    void preAuthorisationShouldBeCancelledByAVoid() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");

        scenario.when().cancel("V", "A");
        scenario.then().events("PaymentRouted").event("PaymentRouted").with("amountMinor", AMOUNT);
        scenario.when().issuerAnswers("V", 0);

        scenario.then().events("PaymentAnswered", "PaymentAdjusted").state("A", PaymentState.VOIDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionType.class,
            names = {"PURCHASE", "CASH_WITHDRAWAL"})
    void voidShouldTakeBackAWholePayment(final TransactionType type) {
        scenario.given().approved(type, "A");

        scenario.when().followUp(TransactionType.VOID, "V", "A", request -> request.amountMinor(AMOUNT));
        scenario.when().issuerAnswers("V", 0);

        scenario.then()
                .event("PaymentAdjusted")
                .with("paymentId", 1)
                .with("settledMinor", 0)
                .with("state", "VOIDED");
        scenario.then().settled("A", 0, 0);
    }

    @Test
    void refundsShouldCreditUpToWhatStands() {
        scenario.given().approved("A");

        scenario.when().refund("R", "A", 1_000);
        scenario.then().events("PaymentRouted", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("settledMinor", AMOUNT).with("refundedMinor", 1_000);
        scenario.when().refund("S", "A", AMOUNT - 1_000);
        scenario.then().events("PaymentRouted", "PaymentAdjusted");
        scenario.when().refund("T", "A", 1);

        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_AMOUNT");
        scenario.when().issuerAnswers("R", 0);
        scenario.then().events("PaymentAnswered");
        scenario.when().issuerAnswers("S", 0);
        scenario.then().settled("A", AMOUNT, AMOUNT);
    }

    @Test
    void refundOfACompletionShouldNameTheCompletion() {
        scenario.given().completed("C", "A");

        scenario.when().refund("R", "A", 100);
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_STATE");
        scenario.when().refund("S", "C", 100);

        scenario.then()
                .event("PaymentRouted")
                .with("originalTransactionType", TransactionType.COMPLETION.value())
                .with("originalStan", scenario.payment("C").routed().number("stan"));
    }

    @Test
    void balanceInquiryShouldCarryTheBalanceAndNothingElse() {
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));
        scenario.then().events("PaymentRouted").event("PaymentRouted").with("amountMinor", 0);
        scenario.when().issuerAnswers("A", 0, response -> response.balanceMinor(55_00));

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "APPROVED")
                .with("amountMinor", 0)
                .with("balanceMinor", 55_00);
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));
        scenario.then().event("PaymentAnswered").with("balanceMinor", 55_00).with("repeated", "TRUE");
    }

    @Test
    void balanceOfADeclinedInquiryShouldNotBeTold() {
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));
        scenario.when().issuerAnswers("A", 1016, response -> response.balanceMinor(55_00));

        scenario.then().event("PaymentAnswered").with("balanceMinor", Long.MIN_VALUE);
    }

    @Test
    void partialApprovalOfABalanceInquiryShouldNotBeBelieved() {
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));

        scenario.when().issuerAnswers("A", ResultCodes.PARTIAL_APPROVAL);
        scenario.then().events("IssuerResponseMismatched");
        scenario.when().issuerAnswers("A", 0, response -> response.amountMinor(55_00));

        scenario.then().events("IssuerResponseMismatched");
    }

    @Test
    void unknownBalanceInquiryShouldNeedNoReversal() {
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));

        scenario.when().secondsPass(10);
        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("outcome", "UNKNOWN");
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("LateResponseRecorded").state("A", PaymentState.DECLINED);
    }

    @Test
    void reversalOfABalanceInquiryShouldHaveNothingToUndo() {
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "A", request -> request.amountMinor(0));
        scenario.when().acquirerReverses("A");
        scenario.then().events("PaymentAnswered", "ReversalAnswered");
        scenario.when().issuerAnswers("A", 0);
        scenario.then().events("ReversalDropped", "LateResponseRecorded").state("A", PaymentState.DECLINED);

        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "B", request -> request.amountMinor(0));
        scenario.when().issuerAnswers("B", 0);
        scenario.when().acquirerReverses("B");

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransactionType.class,
            names = {"PRE_AUTHORISATION", "REFUND", "CASH_WITHDRAWAL"})
    void unknownOutcomeOfAnyOtherTypeShouldBeReversed(final TransactionType type) {
        scenario.given().that(when -> when.payment(type, "A"));

        scenario.when().secondsPass(10);

        scenario.then().events("PaymentAnswered", "ReversalQueued", "ReversalRequested");
        scenario.then().event("ReversalRequested").with("transactionType", type);
    }
}

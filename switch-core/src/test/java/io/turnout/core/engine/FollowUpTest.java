package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestFollowUpEncoder;
import io.turnout.codecs.sbe.engine.ReviewResolution;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** When payments can be completed, voided and refunded, why not, and what failure gives back. */
final class FollowUpTest {
    private static final long AMOUNT = TestCommands.AMOUNT_MINOR;

    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @MethodSource("declined")
    void shouldDecline(
            final DeclineReason reason,
            final TransactionType type,
            final String original,
            final int resultCode,
            final Consumer<RequestFollowUpEncoder> changes) {
        everyOriginal();

        scenario.when().followUp(type, "F", original, changes);

        scenario.then()
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", reason)
                .with("resultCode", resultCode);
        assertEquals(0, scenario.then().count("PaymentRouted"));
    }

    static Stream<Arguments> declined() {
        return Stream.of(
                declined(DeclineReason.UNSUPPORTED_TRANSACTION, TransactionType.PURCHASE, "approved", 9102),
                declined(DeclineReason.ORIGINAL_NOT_FOUND, TransactionType.REFUND, "unknown", 9114),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.COMPLETION, "approved", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.REFUND, "held", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.REFUND, "declined", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.REFUND, "reversing", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.VOID, "reversed", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.VOID, "voided", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.VOID, "refunded", 9102),
                declined(DeclineReason.ORIGINAL_STATE, TransactionType.VOID, "refund", 9102),
                declined(DeclineReason.ORIGINAL_BUSY, TransactionType.REFUND, "pending", 9123),
                declined(DeclineReason.ORIGINAL_BUSY, TransactionType.REFUND, "advised", 9123),
                declined(DeclineReason.ORIGINAL_BUSY, TransactionType.REFUND, "busy", 9123),
                declined(DeclineReason.ORIGINAL_BUSY, TransactionType.VOID, "busy", 9123),
                declined(DeclineReason.ORIGINAL_BUSY, TransactionType.VOID, "partly", 9123),
                declined(DeclineReason.ORIGINAL_AMOUNT, TransactionType.REFUND, "approved", 4005, AMOUNT + 1),
                declined(DeclineReason.ORIGINAL_AMOUNT, TransactionType.REFUND, "refunded", 4005, AMOUNT - 99),
                declined(DeclineReason.ORIGINAL_AMOUNT, TransactionType.VOID, "approved", 4005, AMOUNT - 1),
                declined(DeclineReason.ORIGINAL_AMOUNT, TransactionType.COMPLETION, "held", 4005, AMOUNT * 2),
                declined(DeclineReason.INVALID_AMOUNT, TransactionType.REFUND, "approved", 1010, 0),
                declined(DeclineReason.INVALID_AMOUNT, TransactionType.COMPLETION, "held", 1010, -1),
                declined(DeclineReason.AMOUNT_LIMIT_EXCEEDED, TransactionType.COMPLETION, "held", 1021, 1_000_01));
    }

    private static Arguments declined(
            final DeclineReason reason, final TransactionType type, final String original, final int resultCode) {
        return Arguments.of(reason, type, original, resultCode, (Consumer<RequestFollowUpEncoder>) request -> {});
    }

    private static Arguments declined(
            final DeclineReason reason,
            final TransactionType type,
            final String original,
            final int resultCode,
            final long amountMinor) {
        return Arguments.of(reason, type, original, resultCode, (Consumer<RequestFollowUpEncoder>)
                request -> request.amountMinor(amountMinor));
    }

    private void everyOriginal() {
        scenario.given()
                .approved("approved")
                .approved(TransactionType.PRE_AUTHORISATION, "held")
                .declined("declined")
                .approved("reversing")
                .that(when -> when.acquirerReverses("reversing"))
                .approved("reversed")
                .that(when -> when.acquirerReverses("reversed"))
                .that(when -> when.issuerAnswersReversal("reversed", 0))
                .approved("voided")
                .that(when -> when.cancel("void", "voided"))
                .that(when -> when.issuerAnswers("void", 0))
                .approved("refunded")
                .that(when -> when.refund("refund", "refunded", 100))
                .that(when -> when.issuerAnswers("refund", 0))
                .advised("advised")
                .approved("busy")
                .that(when -> when.cancel("void in flight", "busy"))
                .approved("partly")
                .that(when -> when.acquirerReversesTo("partly", 500))
                .pending("pending");
    }

    @Test
    void shouldDeclineWhatTheAcquirerMayNotDo() {
        scenario.given()
                .configuration(TestConfiguration.standard(2)
                        .acquirer(3, acquirer -> acquirer.transactionTypes(1 << TransactionType.REFUND.value())));

        scenario.when().followUp(TransactionType.VOID, "V", "A", request -> request.acquirerId(3));
        scenario.then().event("PaymentAnswered").with("reason", "TRANSACTION_NOT_PERMITTED").with("resultCode", 1015);
        scenario.when().followUp(TransactionType.REFUND, "R", "A", request -> request.acquirerId(3));
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_NOT_FOUND");
        scenario.when().payment("P", request -> request.acquirerId(3));

        scenario.then().event("PaymentAnswered").with("reason", "TRANSACTION_NOT_PERMITTED");
    }

    @Test
    void shouldExpireAPreAuthorisationThatIsCompletedTooLate() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().secondsPass(600);

        scenario.when().complete("C", "A");
        scenario.then().events("PaymentAdjusted", "PaymentAnswered");
        scenario.then().event("PaymentAdjusted").with("state", "EXPIRED").with("settledMinor", 0);
        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "AUTHORISATION_EXPIRED")
                .with("resultCode", 9102);
        scenario.when().cancel("V", "A");
        scenario.then().event("PaymentAnswered").with("reason", "AUTHORISATION_EXPIRED");
        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
    }

    @Test
    void shouldCompleteAPreAuthorisationInItsLastMoment() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().nanosPass(TestConfiguration.VALIDITY_NS - 1);

        scenario.when().complete("C", "A");

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldGiveBackWhatADeclinedFollowUpTook() {
        scenario.given().approved("A").approved(TransactionType.PRE_AUTHORISATION, "B");
        scenario.given().that(when -> when.refund("R", "A", 100)).that(when -> when.complete("C", "B"));

        scenario.when().issuerAnswers("R", 1016);
        scenario.then().events("PaymentAnswered", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("refundedMinor", 0).with("followUpPaymentId", 3);
        scenario.when().issuerAnswers("C", 1016);
        scenario.then().events("PaymentAnswered");
        scenario.when().complete("D", "B");

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldGiveBackWhatAFollowUpThatWasNotSentTook() {
        scenario.given().approved("A").that(when -> when.refund("R", "A", 100));

        scenario.when().requestNotSent("R", NotSentReason.CHANNEL_FULL);

        scenario.then().events("PaymentAnswered", "PaymentAdjusted").settled("A", AMOUNT, 0);
    }

    @Test
    void shouldTakeNothingWhenTheIssuerCannotBeAsked() {
        scenario.given().approved("A").down(TestConfiguration.LINK, TestConfiguration.SECOND_LINK);

        scenario.when().refund("R", "A", 100);

        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
        scenario.then().settled("A", AMOUNT, 0);
    }

    @Test
    void shouldKeepWhatAnUnknownFollowUpTookUntilItsReversalIsAcknowledged() {
        scenario.given().completed("C", "A").that(when -> when.cancel("V", "C"));
        scenario.when().secondsPass(10);
        scenario.then().event("PaymentAnswered").with("outcome", "UNKNOWN");

        scenario.when().refund("R", "C", 100);
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_BUSY");
        scenario.when().issuerAnswersReversal("V", 0);
        scenario.when().refund("S", "C", 100);

        scenario.then().events("PaymentRouted", "PaymentAdjusted");
    }

    @Test
    void shouldLetAnAuthorisationStandAgainWhenItsCompletionIsReversed() {
        scenario.given().completed("C", "A");

        scenario.when().acquirerReverses("A");
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9102);
        scenario.when().acquirerReverses("C");
        scenario.when().issuerAnswersReversal("C", 0);
        scenario.then().events("ReversalAcknowledged", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("paymentId", 1).with("state", "APPROVED");
        scenario.when().complete("D", "A");

        scenario.then().events("PaymentRouted").settled("A", AMOUNT, 0);
    }

    @Test
    void shouldGiveARefundBackOnlyOnceHoweverOftenItIsUndone() {
        scenario.given().approved("A").that(when -> when.refund("R", "A", 100));
        scenario.when().secondsPass(10);
        scenario.given().that(when -> when.issuerAnswersReversal("R", 0));
        scenario.then().settled("A", AMOUNT, 0);

        scenario.when().issuerAnswers("R", 0);
        scenario.then().events("ReversalQueued", "LateResponseRecorded", "ReversalRequested");
        scenario.when().issuerAnswersReversal("R", 0);

        scenario.then().events("ReversalAcknowledged").settled("A", AMOUNT, 0);
    }

    @Test
    void shouldReturnPartOfARefundThatIsPartlyReversed() {
        scenario.given().approved("A").that(when -> when.refund("R", "A", 100));
        scenario.given().that(when -> when.issuerAnswers("R", 0));

        scenario.when().acquirerReversesTo("R", 40);
        scenario.when().issuerAnswersReversal("R", 0);

        scenario.then().settled("R", 40, 0).settled("A", AMOUNT, 40);
    }

    @Test
    void shouldUndoARefundedPaymentOnlyDownToWhatIsRefunded() {
        scenario.given().approved("A").that(when -> when.refund("R", "A", 100));

        scenario.when().acquirerReverses("A");
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 4005);
        scenario.when().acquirerReversesTo("A", 99);
        scenario.then().event("ReversalAnswered").with("resultCode", 4005);
        scenario.when().acquirerReversesTo("A", 100);

        scenario.then().event("ReversalAnswered").with("resultCode", 0);
    }

    @Test
    void shouldNotReverseWhatIsBeingVoided() {
        scenario.given().approved("A").that(when -> when.cancel("V", "A"));

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 9123);
    }

    @Test
    void shouldUndoWhatARefusedAdviceTookOnceTheOperatorSaysSo() {
        scenario.given().approved("A");
        scenario.when().followUp(TransactionType.REFUND, "R", "A", r -> r.amountMinor(100).advice(BooleanType.TRUE));
        scenario.given().that(when -> when.issuerAnswersAdvice("R", 1016));
        scenario.then().settled("A", AMOUNT, 100).state("R", PaymentState.MANUAL_REVIEW);

        scenario.when().operatorResolves("R", ReviewResolution.REVERSED);

        scenario.then().events("ManualReviewResolved", "PaymentAdjusted").settled("A", AMOUNT, 0);
    }
}

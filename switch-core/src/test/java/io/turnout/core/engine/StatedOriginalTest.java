package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reversal or a follow-up that says something else of its original than the original itself changes nothing. */
@Timeout(60)
final class StatedOriginalTest {
    private static final long AMOUNT = TestCommands.AMOUNT_MINOR;
    private static final int OTHER_CURRENCY = 840;

    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldUndoThePaymentThatIsDescribedRightly() {
        scenario.given().approved("A");
        scenario.when().acquirerReverses("A", request -> request.bin(bin())
                .lastFour(lastFour())
                .currency(TestConfiguration.EURO)
                .amountMinor(AMOUNT));

        scenario.then().event("ReversalAnswered").with("resultCode", 0);
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldNotUndoAPaymentOfAnotherCard() {
        scenario.given().approved("A");
        scenario.when().acquirerReverses("A", request -> request.bin(bin()).lastFour((lastFour() + 1) % 10_000));
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 1011);
        scenario.when().acquirerReverses("A", request -> request.bin(bin() + 1).lastFour(lastFour()));

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 1011);
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldNotUndoAPaymentOfAnotherCurrencyOrAmount() {
        scenario.given().approved("A");
        scenario.when().acquirerReverses("A", request -> request.currency(OTHER_CURRENCY)
                .amountMinor(AMOUNT));
        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 4005);
        scenario.when().acquirerReverses("A", request -> request.currency(TestConfiguration.EURO)
                .amountMinor(AMOUNT - 1));

        scenario.then().events("ReversalAnswered").event("ReversalAnswered").with("resultCode", 4005);
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldNotLetAFollowUpOfAnotherCardOrCurrencyTouchItsOriginal() {
        scenario.given().approved("A");
        scenario.when().followUp(TransactionType.REFUND, "R", "A", request -> request.bin(bin() + 1)
                .lastFour(lastFour()));
        scenario.then().event("PaymentAnswered").with("reason", "INVALID_CARD_NUMBER");
        scenario.when().followUp(TransactionType.REFUND, "S", "A", request -> request.currency(OTHER_CURRENCY));
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_AMOUNT");

        scenario.then().settled("A", AMOUNT, 0);
    }

    @Test
    void shouldTellRepeatsApartByWhatTheySay() {
        scenario.given().approved("A");
        scenario.when().followUp(TransactionType.REFUND, "R", "A", request -> request.currency(OTHER_CURRENCY));
        scenario.when().followUp(TransactionType.REFUND, "R", "A", request -> request.currency(OTHER_CURRENCY));
        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "ORIGINAL_AMOUNT")
                .with("repeated", "TRUE");
        scenario.when().followUp(TransactionType.REFUND, "R", "A", request -> request.currency(TestConfiguration.EURO));

        scenario.then().event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
    }

    /** The card of every payment of the scenarios. */
    private static long bin() {
        return 40_000_012;
    }

    private static int lastFour() {
        return 1117;
    }
}

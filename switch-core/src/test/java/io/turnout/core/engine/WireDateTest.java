package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerSetting.DATE;
import static io.turnout.core.engine.LedgerSetting.bank;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DefineLedgerDecoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;

/** Messages to issuers carry the business date on which their payment was accepted (DE15). */
final class WireDateTest {
    private static final int NEXT_DATE = DATE + 1;

    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();

    private void cutOver() {
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1)).event("BusinessDateOpened");
    }

    @Test
    void shouldBeOnRequests() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0))
                .event("PaymentRouted")
                .with("businessDate", DATE);
        cutOver();

        setting.pay("B", bank(TransactionType.PURCHASE, 20_00, 0))
                .event("PaymentRouted")
                .with("businessDate", NEXT_DATE);
    }

    @Test
    void shouldBeThatOfTheOriginalOnReversalsAndTheirRepeats() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        cutOver();

        scenario.when().secondsPass(10);
        scenario.then().event("ReversalRequested").with("businessDate", DATE).with("attempt", 1);
        scenario.when().secondsPass(25);
        scenario.then().event("ReversalRequested").with("businessDate", DATE).with("attempt", 2);
    }

    @Test
    void shouldBeThatOfTheFirstAttemptOnRepeatedAdvices() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0).andThen(r -> r.advice(BooleanType.TRUE)))
                .event("AdviceRequested")
                .with("businessDate", DATE);
        cutOver();

        scenario.when().secondsPass(25);

        scenario.then().event("AdviceRequested").with("businessDate", DATE).with("attempt", 2);
    }

    @Test
    void shouldBeTheDayOfTheFollowUpOnFollowUps() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        cutOver();

        scenario.when().refund("R", "A", 5_00);

        scenario.then().event("PaymentRouted").with("businessDate", NEXT_DATE);
    }

    @Test
    void shouldBeThereThoughThePaymentMovesNoPosition() {
        setting.pay("A", bank(TransactionType.PRE_AUTHORISATION, 20_00, 0))
                .event("PaymentRouted")
                .with("businessDate", DATE);
        cutOver();
        setting.answer("A", 0).event("PaymentAnswered").with("businessDate", 0);

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalRequested").with("businessDate", DATE);
    }

    @Test
    void shouldBeThatOfTheOriginalWhenThatComesBackFromBeyondTheHorizon() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        cutOver();
        scenario.when().secondsPassInSilence(961);
        setting.pay("B", bank(TransactionType.PURCHASE, 1_00, 0));

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalRequested").with("businessDate", DATE);
    }

    /** So that a journal of version 1 gives the same state as a snapshot of version 1, which tells no more. */
    @Test
    void shouldBeThatOfThePositionsAloneWhileTheLedgerIsOfVersion1() {
        scenario.given()
                .configuration(
                        LedgerSetting.configuration(2, LedgerSetting.CAP).ofVersion1(DefineLedgerDecoder.TEMPLATE_ID));

        setting.pay("A", bank(TransactionType.PRE_AUTHORISATION, 20_00, 0))
                .event("PaymentRouted")
                .with("businessDate", 0);
        setting.pay("B", bank(TransactionType.PURCHASE, 20_00, 0))
                .event("PaymentRouted")
                .with("businessDate", DATE);
    }

    @Test
    void shouldBeZeroWhenThereIsNone() {
        final Scenario without = Scenario.standard();

        without.when().payment("A");
        without.then().event("PaymentRouted").with("businessDate", 0);
        without.when().secondsPass(10);

        without.then().event("ReversalRequested").with("businessDate", 0);
    }
}

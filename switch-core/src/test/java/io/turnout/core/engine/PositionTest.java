package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerSetting.ACQUIRER_PARTICIPANT;
import static io.turnout.core.engine.LedgerSetting.BANK_PARTICIPANT;
import static io.turnout.core.engine.LedgerSetting.CAP;
import static io.turnout.core.engine.LedgerSetting.FEES;
import static io.turnout.core.engine.LedgerSetting.PREFUND;
import static io.turnout.core.engine.LedgerSetting.WORLD;
import static io.turnout.core.engine.LedgerSetting.bank;
import static io.turnout.core.engine.LedgerSetting.position;
import static io.turnout.core.engine.LedgerSetting.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.junit.jupiter.api.Test;

/** What payments with bank cards do to the positions of acquirer and bank, over business dates. */
final class PositionTest {
    private static final int NEXT_DATE = LedgerSetting.DATE + 1;

    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();

    @Test
    void shouldHoldWhatIsAskedAndPostWhatIsApproved() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0)).events("PaymentRouted");
        assertEquals(20_00, setting.view().held(position(BANK_PARTICIPANT)));
        assertEquals(20_00, setting.view().held(total(BANK_PARTICIPANT)));

        setting.answer("A", 0).event("PaymentAnswered").with("feeMinor", 23).with("businessDate", LedgerSetting.DATE);

        assertEquals(0, setting.view().held(position(BANK_PARTICIPANT)));
        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(20_00 - 23, setting.view().balance(position(ACQUIRER_PARTICIPANT)));
        assertEquals(23, setting.view().balance(FEES));
    }

    @Test
    void shouldReleaseWhatIsDeclined() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));

        setting.answer("A", 1016).event("PaymentAnswered").with("feeMinor", 0);

        assertEquals(0, setting.view().held(position(BANK_PARTICIPANT)));
        assertEquals(0, setting.view().balance(position(BANK_PARTICIPANT)));
    }

    @Test
    void shouldKeepAnUnknownOutcomeHeldUntilItsReversalIsAcknowledged() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        scenario.when().secondsPass(10);
        assertEquals(20_00, setting.view().held(position(BANK_PARTICIPANT)));

        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then().state("A", PaymentState.REVERSED);
        assertEquals(0, setting.view().held(position(BANK_PARTICIPANT)));
        assertEquals(0, setting.view().balance(position(BANK_PARTICIPANT)));
    }

    @Test
    void shouldPostTheOppositeWhenTheReversalOfAnApprovedPaymentIsAcknowledged() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        scenario.when().acquirerReverses("A");
        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));

        scenario.when().issuerAnswersReversal("A", 0);

        assertEquals(0, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(0, setting.view().balance(position(ACQUIRER_PARTICIPANT)));
        assertEquals(0, setting.view().balance(FEES));
    }

    @Test
    void shouldMoveARefundTheOtherWayWithoutAFee() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);

        scenario.when().refund("R", "A", 5_00);
        setting.answer("R", 0);

        assertEquals(-15_00, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(15_00 - 23, setting.view().balance(position(ACQUIRER_PARTICIPANT)));
    }

    @Test
    void shouldCountWhatIsHeldAgainstTheCap() {
        setting.pay("A", bank(TransactionType.PURCHASE, CAP - 1_00, 0)).events("PaymentRouted", "CapUsageChanged");

        setting.pay("B", bank(TransactionType.PURCHASE, 1_01, 0))
                .event("PaymentAnswered")
                .with("reason", "POSITION_LIMIT_EXCEEDED")
                .with("resultCode", 9107);
        setting.pay("C", bank(TransactionType.PURCHASE, 1_00, 0)).events("PaymentRouted");
    }

    @Test
    void shouldAddThePrefundToTheCap() {
        setting.apply(setting.commands().prefund(PREFUND, BANK_PARTICIPANT)).events("AccountOpened");
        setting.submit(2, LedgerCommands.post(WORLD, PREFUND, 50_00)).events("TransferRecorded", "TransfersAnswered");

        setting.pay("A", bank(TransactionType.PURCHASE, CAP + 50_00, 0)).events("PaymentRouted", "CapUsageChanged");
        setting.pay("B", bank(TransactionType.PURCHASE, 1, 0))
                .event("PaymentAnswered")
                .with("reason", "POSITION_LIMIT_EXCEEDED");
    }

    @Test
    void shouldSetTheCapAnewWithAConfiguration() {
        scenario.given().configuration(LedgerSetting.configuration(2, 10_00));

        setting.pay("A", bank(TransactionType.PURCHASE, 10_01, 0))
                .event("PaymentAnswered")
                .with("reason", "POSITION_LIMIT_EXCEEDED");
    }

    @Test
    void shouldPostAnAdviceAtOnceThoughTheCapIsUsedUp() {
        setting.pay("A", bank(TransactionType.PURCHASE, CAP + 1, 0).andThen(r -> r.advice(BooleanType.TRUE)))
                .event("LedgerLimitExceeded")
                .with("problem", "POSITION_LIMIT_EXCEEDED");

        assertEquals(-CAP - 1, setting.view().balance(position(BANK_PARTICIPANT)));
    }

    @Test
    void shouldMoveTheOutsideWorldForAnAcquirerThatIsNoParticipant() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0).andThen(r -> r.acquirerId(2)));
        setting.answer("A", 0);

        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(-500_00 + 20_00, setting.view().balance(WORLD));
    }

    @Test
    void shouldDeclineWhileThereIsNoBusinessDate() {
        final Scenario dateless =
                new Scenario(Scenario.CAPACITY.with(LedgerSetting.LEDGER).withOriginals(16));
        dateless.given().configuration(LedgerSetting.configuration(1, CAP)).signedOn(TestConfiguration.LINK);

        dateless.when().payment("A", bank(TransactionType.PURCHASE, 1, 0));

        dateless.then().event("PaymentAnswered").with("reason", "ACCOUNT_NOT_FOUND");
    }

    @Test
    void shouldPostOnTheDateOfTheRequestWhileItIsOpen() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.apply(setting.commands().cutOver(NEXT_DATE, 2))
                .events("BusinessDateOpened")
                .event("BusinessDateOpened")
                .with("businessDate", NEXT_DATE)
                .with("oldestOpenDate", LedgerSetting.DATE);

        setting.answer("A", 0).event("PaymentAnswered").with("businessDate", LedgerSetting.DATE);
        setting.pay("B", bank(TransactionType.PURCHASE, 3_00, 0));
        setting.answer("B", 0).event("PaymentAnswered").with("businessDate", NEXT_DATE);

        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(-3_00, setting.view().balance(position(BANK_PARTICIPANT, NEXT_DATE)));
        assertEquals(-23_00, setting.view().balance(total(BANK_PARTICIPANT)));
    }

    @Test
    void shouldCloseAPositionOnceNothingIsPendingOnIt() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1)).events("BusinessDateOpened");

        setting.answer("A", 0).events("PaymentAnswered", "PositionClosed", "PositionClosed");

        scenario.then()
                .event("PositionClosed", 0)
                .with("participantId", BANK_PARTICIPANT)
                .with("businessDate", LedgerSetting.DATE)
                .with("debitsMinor", 20_00)
                .with("creditsMinor", 0)
                .with("accountId", position(BANK_PARTICIPANT));
        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));
    }

    @Test
    void shouldUndoAPaymentOfAClosedDateOnTheDateInForce() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1));
        scenario.when().acquirerReverses("A");

        scenario.when().issuerAnswersReversal("A", 0);

        assertEquals(-20_00, setting.view().balance(position(BANK_PARTICIPANT)));
        assertEquals(20_00, setting.view().balance(position(BANK_PARTICIPANT, NEXT_DATE)));
        assertEquals(0, setting.view().balance(total(BANK_PARTICIPANT)));
    }

    @Test
    void shouldForgetAPositionThatIsSettled() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1));
        final int number = setting.view().account(position(BANK_PARTICIPANT)).number();

        setting.submit(2, LedgerCommands.post(WORLD, position(BANK_PARTICIPANT), 20_00));

        assertFalse(setting.view().accounts().containsKey(position(BANK_PARTICIPANT)));
        setting.apply(setting.commands().wallet(150, 9, c -> {}))
                .event("AccountOpened")
                .with("accountNumber", number);
        assertEquals(0, setting.view().balance(total(BANK_PARTICIPANT)));
    }

    @Test
    void shouldStillUndoAPaymentWhosePositionIsForgotten() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1));
        setting.submit(2, LedgerCommands.post(WORLD, position(BANK_PARTICIPANT), 20_00));
        setting.apply(setting.commands().wallet(150, 9, c -> {}));
        scenario.when().acquirerReverses("A");

        scenario.when().issuerAnswersReversal("A", 0);

        assertEquals(20_00, setting.view().balance(position(BANK_PARTICIPANT, NEXT_DATE)));
        assertEquals(0, setting.view().balance(150));
    }

    @Test
    void shouldKeepCountingClosedDatesAgainstTheCapUntilTheyAreSettled() {
        setting.pay("A", bank(TransactionType.PURCHASE, CAP, 0));
        setting.answer("A", 0);
        setting.apply(setting.commands().cutOver(NEXT_DATE, 1));
        setting.pay("B", bank(TransactionType.PURCHASE, 1, 0))
                .event("PaymentAnswered")
                .with("reason", "POSITION_LIMIT_EXCEEDED");

        setting.submit(2, LedgerCommands.post(WORLD, position(BANK_PARTICIPANT), CAP));

        setting.pay("C", bank(TransactionType.PURCHASE, CAP, 0)).events("PaymentRouted", "CapUsageChanged");
    }

    @Test
    void shouldWakeUntilAllPositionsOfAClosedDateAreClosed() {
        setting.pay("A", bank(TransactionType.PURCHASE, 20_00, 0));
        setting.answer("A", 0);
        setting.pay("B", LedgerSetting.alice(TransactionType.WITHDRAWAL, 1_00));

        setting.apply(setting.commands().cutOver(NEXT_DATE, 1));

        assertTrue(scenario.engine().nextDeadlineNs() <= scenario.nowNs());
        scenario.when().tick();
        scenario.then().events("PositionClosed");
        assertTrue(scenario.engine().nextDeadlineNs() > scenario.nowNs());
    }
}

package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerSetting.ALICE;
import static io.turnout.core.engine.LedgerSetting.BOB;
import static io.turnout.core.engine.LedgerSetting.BOB_TOKEN;
import static io.turnout.core.engine.LedgerSetting.FEES;
import static io.turnout.core.engine.LedgerSetting.SHOP;
import static io.turnout.core.engine.LedgerSetting.WORLD;
import static io.turnout.core.engine.LedgerSetting.alice;
import static io.turnout.core.engine.LedgerSetting.bank;
import static io.turnout.core.engine.LedgerSetting.card;
import static io.turnout.core.engine.LedgerSetting.position;
import static io.turnout.core.engine.LedgerSetting.withdrawal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cards of an issuer on us are wallets: the ledger is their bank, and each payment is settled in its own command. */
final class OnUsPaymentTest {
    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();

    @Test
    void shouldMoveAPurchaseFromTheWalletToTheMerchantAndTheFeeFromTheAcquirer() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00))
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "APPROVED")
                .with("amountMinor", 12_00)
                .with("approvalCode", "000001")
                .with("feeMinor", 15)
                .with("businessDate", LedgerSetting.DATE)
                .with("issuerId", LedgerSetting.WALLETS);

        assertBalances(488_00, 0, 12_00);
        assertEquals(15, setting.view().balance(FEES));
        assertEquals(-15, setting.view().balance(position(LedgerSetting.ACQUIRER_PARTICIPANT)));
    }

    @Test
    void shouldCreditTheAcquirersPositionWhenTheMerchantHasNoAccount() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00).andThen(r -> r.merchantId("ANOTHER SHOP   ")));

        assertBalances(488_00, 0, 0);
        assertEquals(12_00 - 15, setting.view().balance(position(LedgerSetting.ACQUIRER_PARTICIPANT)));
    }

    @Test
    void shouldPayCashOutAtTheAcquirersCost() {
        setting.pay("A", alice(TransactionType.CASH_WITHDRAWAL, 100_00));

        assertBalances(400_00, 0, 0);
        assertEquals(100_00 - 50, setting.view().balance(position(LedgerSetting.ACQUIRER_PARTICIPANT)));
    }

    @Test
    void shouldTransferFromWalletToWallet() {
        setting.pay("A", alice(TransactionType.TRANSFER, 60_00, BOB)).events("PaymentAnswered");

        assertBalances(440_00, 60_00, 0);
    }

    @Test
    void shouldWithdrawFromTheWalletToThePositionOfItsIssuer() {
        setting.pay("A", alice(TransactionType.WITHDRAWAL, 60_00)).events("PaymentAnswered");

        assertBalances(440_00, 0, 0);
        assertEquals(60_00, setting.view().balance(position(LedgerSetting.WALLETS_PARTICIPANT)));
    }

    @Test
    void shouldTopAWalletUpOnceTheBankOfTheCardApproves() {
        setting.pay("A", bank(TransactionType.TOP_UP, 70_00, BOB)).events("PaymentRouted");
        assertBalances(500_00, 0, 0);

        setting.answer("A", 0).events("PaymentAnswered");

        assertBalances(500_00, 70_00, 0);
        assertEquals(-70_00, setting.view().balance(position(LedgerSetting.BANK_PARTICIPANT)));
    }

    @Test
    void shouldLeaveTheWalletAloneWhenTheBankDeclinesTheTopUp() {
        setting.pay("A", bank(TransactionType.TOP_UP, 70_00, BOB));

        setting.answer("A", 1016);

        assertBalances(500_00, 0, 0);
        assertEquals(0, setting.view().openPaymentsMinor());
    }

    @Test
    void shouldTellTheAvailableBalanceWithHoldsCounted() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 80_00));

        setting.pay("A", alice(TransactionType.BALANCE_INQUIRY, 0))
                .event("PaymentAnswered")
                .with("outcome", "APPROVED")
                .with("balanceMinor", 420_00)
                .with("feeMinor", 0);
    }

    @Test
    void shouldHoldAPreAuthorisationUntilItsExactExpiry() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 450_00)).events("PaymentAnswered");
        assertEquals(450_00, setting.view().held(ALICE));
        setting.pay("A", alice(TransactionType.PURCHASE, 50_01))
                .event("PaymentAnswered")
                .with("reason", "INSUFFICIENT_FUNDS");

        scenario.nowNs(Scenario.START_NS + LedgerSetting.VALIDITY_NS - 1);
        scenario.when().tick();
        assertEquals(450_00, setting.view().held(ALICE));
        scenario.nowNs(Scenario.START_NS + LedgerSetting.VALIDITY_NS);

        setting.pay("B", alice(TransactionType.PURCHASE, 450_01))
                .events("TransferExpired", "PaymentAnswered")
                .event("TransferExpired")
                .with("paymentId", 1)
                .with("transferId", 0)
                .with("amountMinor", 450_00);
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
        assertEquals(0, setting.view().held(ALICE));
    }

    @Test
    void shouldWakeForTheExpiryOfAHold() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 450_00));

        assertEquals(
                scenario.nowNs() + LedgerSetting.VALIDITY_NS, scenario.engine().nextDeadlineNs());
    }

    @Test
    void shouldTakeTheCompletedPartOfAHoldAndGiveTheRestBack() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 100_00));

        scenario.when().complete("C", "H", 70_00);

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED").with("amountMinor", 70_00);
        scenario.then().state("H", PaymentState.COMPLETED);
        assertBalances(430_00, 0, 70_00);
        assertEquals(0, setting.view().reservedMinor());
    }

    @Test
    void shouldCompleteAboveTheHoldOnlyWhatTheWalletHas() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 450_00));

        scenario.when().complete("C", "H", 500_01);
        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "INSUFFICIENT_FUNDS")
                .with("resultCode", 1016);
        assertEquals(450_00, setting.view().held(ALICE));

        scenario.when().complete("D", "H", 500_00);
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
        assertBalances(0, 0, 500_00);
    }

    @Test
    void shouldVoidAPreAuthorisation() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 100_00));

        scenario.when().cancel("V", "H");

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
        scenario.then().state("H", PaymentState.VOIDED);
        assertEquals(0, setting.view().held(ALICE));
    }

    @Test
    void shouldVoidAPurchaseWithItsFee() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00));

        scenario.when().cancel("V", "A");

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED").with("feeMinor", -15);
        assertBalances(500_00, 0, 0);
        assertEquals(0, setting.view().balance(FEES));
    }

    @Test
    void shouldRefundFromTheMerchantWhatItHasReceived() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00));

        scenario.when().refund("R", "A", 5_00);

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED").with("feeMinor", 0);
        assertBalances(493_00, 0, 7_00);
        assertEquals(15, setting.view().balance(FEES));
    }

    @Test
    void shouldUndoAPurchaseAtOnceWhenItsAcquirerReversesIt() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00));

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalQueued", "ReversalAcknowledged", "ReversalAnswered");
        scenario.then().state("A", PaymentState.REVERSED);
        assertBalances(500_00, 0, 0);
        assertEquals(0, setting.view().balance(FEES));
        assertEquals(0, scenario.engine().reversingCount());
    }

    @Test
    void shouldUndoAPurchaseInPart() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00));

        scenario.when().acquirerReversesTo("A", 5_00);

        scenario.then().state("A", PaymentState.APPROVED);
        assertBalances(495_00, 0, 5_00);
        scenario.when().acquirerReverses("A");
        assertBalances(500_00, 0, 0);
    }

    @Test
    void shouldReleaseTheHoldWhenAPreAuthorisationIsReversed() {
        setting.pay("H", alice(TransactionType.PRE_AUTHORISATION, 100_00));

        scenario.when().acquirerReverses("H");

        scenario.then().state("H", PaymentState.REVERSED);
        assertEquals(0, setting.view().held(ALICE));
    }

    @Test
    void shouldTakeBackWhatAReversedVoidGaveBack() {
        setting.pay("A", alice(TransactionType.PURCHASE, 12_00));
        scenario.when().cancel("V", "A");

        scenario.when().acquirerReverses("V");

        scenario.then().state("A", PaymentState.APPROVED);
        assertBalances(488_00, 0, 12_00);
        assertEquals(15, setting.view().balance(FEES));
    }

    @Test
    void shouldPostAnAccomplishedFactThoughTheWalletIsShortAndSaySo() {
        setting.pay("A", alice(TransactionType.PURCHASE, 600_00).andThen(r -> r.advice(BooleanType.TRUE)))
                .events("LedgerLimitExceeded", "PaymentAnswered")
                .event("LedgerLimitExceeded")
                .with("problem", "INSUFFICIENT_FUNDS")
                .with("debitAccountId", ALICE)
                .with("amountMinor", 600_00);

        assertBalances(-100_00, 0, 600_00);
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldGiveARepeatTheSameAnswerAndMoveNothingAgain() {
        final Consumer<RequestPaymentEncoder> purchase = alice(TransactionType.PURCHASE, 12_00);
        setting.pay("A", purchase);

        setting.pay("A", purchase)
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("repeated", "TRUE")
                .with("feeMinor", 15);

        assertBalances(488_00, 0, 12_00);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("declined")
    void shouldDecline(
            final DeclineReason reason, final int resultCode, final Consumer<RequestPaymentEncoder> request) {
        setting.apply(setting.commands().wallet(103, 60_003, c -> {}));
        setting.apply(setting.commands().change(103, 0, 1_000_00, AccountStatus.FROZEN));
        final long before = setting.view().balance(ALICE);

        setting.pay("A", request)
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", reason)
                .with("resultCode", resultCode)
                .with("feeMinor", 0)
                .with("amountMinor", 0);

        assertEquals(before, setting.view().balance(ALICE));
        assertEquals(0, setting.view().openPaymentsMinor());
    }

    static Stream<Arguments> declined() {
        return Stream.of(
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, card(77, TransactionType.PURCHASE, 1, 0)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, card(77, TransactionType.BALANCE_INQUIRY, 0, 0)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, alice(TransactionType.TRANSFER, 1, 999)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, alice(TransactionType.TRANSFER, 1, WORLD)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, alice(TransactionType.TRANSFER, 1, ALICE)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, bank(TransactionType.TOP_UP, 1, 999)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, bank(TransactionType.WITHDRAWAL, 1, 0)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, withdrawal(1, 999)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, withdrawal(1, SHOP)),
                row(DeclineReason.ACCOUNT_NOT_FOUND, 1014, withdrawal(1, WORLD)),
                row(
                        DeclineReason.ACCOUNT_NOT_FOUND,
                        1014,
                        alice(TransactionType.WITHDRAWAL, 1).andThen(r -> r.sourceAccountId(BOB))),
                row(
                        DeclineReason.UNSUPPORTED_TRANSACTION,
                        9102,
                        alice(TransactionType.PURCHASE, 1).andThen(r -> r.sourceAccountId(BOB))),
                row(
                        DeclineReason.UNSUPPORTED_TRANSACTION,
                        9102,
                        bank(TransactionType.TOP_UP, 1, ALICE).andThen(r -> r.sourceAccountId(BOB))),
                row(
                        DeclineReason.UNSUPPORTED_TRANSACTION,
                        9102,
                        bank(TransactionType.WITHDRAWAL, 1, ALICE).andThen(r -> r.sourceAccountId(BOB))),
                row(DeclineReason.ACCOUNT_NOT_USABLE, 1004, withdrawal(1, 103)),
                row(DeclineReason.INSUFFICIENT_FUNDS, 1016, withdrawal(500_01, ALICE)),
                row(DeclineReason.ACCOUNT_NOT_USABLE, 1004, card(60_003, TransactionType.PURCHASE, 1, 0)),
                row(DeclineReason.ACCOUNT_NOT_USABLE, 1004, card(60_003, TransactionType.BALANCE_INQUIRY, 0, 0)),
                row(DeclineReason.ACCOUNT_NOT_USABLE, 1004, alice(TransactionType.TRANSFER, 1, 103)),
                row(DeclineReason.INSUFFICIENT_FUNDS, 1016, alice(TransactionType.PURCHASE, 500_01)),
                row(DeclineReason.INSUFFICIENT_FUNDS, 1016, card(BOB_TOKEN, TransactionType.PRE_AUTHORISATION, 1, 0)),
                row(DeclineReason.BALANCE_LIMIT_EXCEEDED, 1021, bank(TransactionType.TOP_UP, 600_01, BOB)),
                row(DeclineReason.POSITION_LIMIT_EXCEEDED, 9107, bank(TransactionType.TOP_UP, 1_000_01, ALICE)));
    }

    private static Arguments row(
            final DeclineReason reason, final int resultCode, final Consumer<RequestPaymentEncoder> request) {
        return Arguments.of(reason, resultCode, request);
    }

    private void assertBalances(final long alice, final long bob, final long shop) {
        final LedgerView view = setting.view();
        assertEquals(alice, view.balance(ALICE), "Alice");
        assertEquals(bob, view.balance(BOB), "Bob");
        assertEquals(shop, view.balance(SHOP), "shop");
    }
}

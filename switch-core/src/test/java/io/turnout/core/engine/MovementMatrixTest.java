package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerSetting.ALICE;
import static io.turnout.core.engine.LedgerSetting.BOB;
import static io.turnout.core.engine.LedgerSetting.SHOP;
import static io.turnout.core.engine.LedgerSetting.alice;
import static io.turnout.core.engine.LedgerSetting.bank;
import static io.turnout.core.engine.LedgerSetting.position;
import static io.turnout.core.engine.LedgerSetting.withdrawal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way money moves to or from a wallet, and every end it can take: between two accounts of the ledger at once,
 * with a bank in between once that has said yes. Alice has 500.00, and no test is done before all is added up.
 */
final class MovementMatrixTest {
    private static final long AMOUNT = 60_00;
    private static final long PART = 25_00;
    private static final long FUNDS = 500_00;
    private static final long UNNAMED = 512;

    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();

    /** Who pays whom. */
    private enum Movement {
        WALLET_TO_WALLET(ALICE, BOB),
        WALLET_TO_MERCHANT(ALICE, SHOP),
        WALLET_TO_ITS_ISSUER(ALICE, position(LedgerSetting.WALLETS_PARTICIPANT)),
        BANK_CARD_TO_WALLET(position(LedgerSetting.BANK_PARTICIPANT), BOB),
        TRANSFER_FROM_BANK_CARD_TO_WALLET(position(LedgerSetting.BANK_PARTICIPANT), BOB),
        WALLET_TO_BANK_CARD(ALICE, position(LedgerSetting.BANK_PARTICIPANT));

        private final long from;
        private final long to;

        Movement(final long from, final long to) {
            this.from = from;
            this.to = to;
        }

        Consumer<RequestPaymentEncoder> request() {
            return switch (this) {
                case WALLET_TO_WALLET -> alice(TransactionType.TRANSFER, AMOUNT, BOB);
                case WALLET_TO_MERCHANT -> alice(TransactionType.PURCHASE, AMOUNT);
                case WALLET_TO_ITS_ISSUER -> alice(TransactionType.WITHDRAWAL, AMOUNT);
                case BANK_CARD_TO_WALLET -> bank(TransactionType.TOP_UP, AMOUNT, BOB);
                case TRANSFER_FROM_BANK_CARD_TO_WALLET -> bank(TransactionType.TRANSFER, AMOUNT, BOB);
                case WALLET_TO_BANK_CARD -> withdrawal(AMOUNT, ALICE);
            };
        }

        boolean concernsABank() {
            return from == position(LedgerSetting.BANK_PARTICIPANT) || to == position(LedgerSetting.BANK_PARTICIPANT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveTheAmountWhenApproved(final Movement movement) {
        approve(movement);

        assertMoved(movement, AMOUNT);
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveTheAmountOnceHoweverOftenItIsAskedFor(final Movement movement) {
        approve(movement);

        setting.pay("A", movement.request())
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("repeated", "TRUE");

        assertMoved(movement, AMOUNT);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameAConflictWhenARepeatNamesAnotherAccount(final Movement movement) {
        approve(movement);

        setting.pay("A", movement.request().andThen(MovementMatrixTest::nameAnotherAccount))
                .events("RequestRefused")
                .event("RequestRefused")
                .with("reason", "DUPLICATE_CONFLICT");

        assertMoved(movement, AMOUNT);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveNothingWhenThePayerHasTooLittle(final Movement movement) {
        final Consumer<RequestPaymentEncoder> tooMuch = movement.request().andThen(r -> r.amountMinor(1_000_01));

        setting.pay("A", tooMuch)
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED");

        assertMoved(movement, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"BANK_CARD_TO_WALLET", "TRANSFER_FROM_BANK_CARD_TO_WALLET", "WALLET_TO_BANK_CARD"})
    void shouldHoldTheAmountUntilTheBankHasAnswered(final Movement movement) {
        setting.pay("A", movement.request()).events("PaymentRouted");

        assertHeld(movement);
        assertEquals(0, balance(movement.to));
    }

    @ParameterizedTest
    @EnumSource(names = {"BANK_CARD_TO_WALLET", "TRANSFER_FROM_BANK_CARD_TO_WALLET", "WALLET_TO_BANK_CARD"})
    void shouldGiveTheAmountUpWhenTheBankDeclines(final Movement movement) {
        setting.pay("A", movement.request());

        setting.answer("A", 1016).event("PaymentAnswered").with("outcome", "DECLINED");

        assertMoved(movement, 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"BANK_CARD_TO_WALLET", "TRANSFER_FROM_BANK_CARD_TO_WALLET", "WALLET_TO_BANK_CARD"})
    void shouldHoldTheAmountWhileTheOutcomeIsUnknownAndGiveItUpOnceReversed(final Movement movement) {
        setting.pay("A", movement.request());

        scenario.when().secondsPass(10);
        scenario.then().event("PaymentAnswered").with("outcome", "UNKNOWN");
        assertHeld(movement);
        scenario.when().issuerAnswersReversal("A", 0);

        assertMoved(movement, 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BANK_CARD_TO_WALLET", "TRANSFER_FROM_BANK_CARD_TO_WALLET", "WALLET_TO_BANK_CARD"})
    void shouldUndoAnApprovalThatComesTooLate(final Movement movement) {
        setting.pay("A", movement.request());
        scenario.when().secondsPass(10);

        setting.answer("A", 0).events("LateResponseRecorded");
        assertHeld(movement);
        scenario.when().issuerAnswersReversal("A", 0);

        assertMoved(movement, 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @ParameterizedTest
    @EnumSource(names = {"BANK_CARD_TO_WALLET", "TRANSFER_FROM_BANK_CARD_TO_WALLET", "WALLET_TO_BANK_CARD"})
    void shouldGiveTheAmountUpWhenTheBankCannotBeAsked(final Movement movement) {
        setting.linkDown();

        setting.pay("A", movement.request())
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("reason", "ISSUER_UNAVAILABLE");

        assertMoved(movement, 0);
    }

    @ParameterizedTest
    @EnumSource
    void shouldMoveTheAmountBackWhenTheAcquirerReversesIt(final Movement movement) {
        approve(movement);

        scenario.when().acquirerReverses("A");
        acknowledgeReversal(movement);

        assertMoved(movement, 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetAPartStand(final Movement movement) {
        approve(movement);

        scenario.when().acquirerReversesTo("A", PART);
        acknowledgeReversal(movement);

        assertMoved(movement, PART);
        scenario.then().state("A", PaymentState.APPROVED).settled("A", PART, 0);
    }

    private void approve(final Movement movement) {
        setting.pay("A", movement.request());
        if (movement.concernsABank()) {
            setting.answer("A", 0);
        }
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED").with("amountMinor", AMOUNT);
    }

    private void acknowledgeReversal(final Movement movement) {
        if (movement.concernsABank()) {
            scenario.when().issuerAnswersReversal("A", 0);
        }
    }

    private static void nameAnotherAccount(final RequestPaymentEncoder request) {
        request.sourceAccountId(UNNAMED);
    }

    /** Nothing is held any more, and what one side has lost the other has won. */
    private void assertMoved(final Movement movement, final long amountMinor) {
        assertEquals(funds(movement.from) - amountMinor, balance(movement.from), "from");
        assertEquals(funds(movement.to) + amountMinor, balance(movement.to), "to");
        assertEquals(0, setting.view().openPaymentsMinor(), "held by payments");
        final Map<Long, LedgerView.Account> accounts = setting.view().accounts();
        accounts.values().forEach(account -> assertEquals(0, account.debitsPending(), account::toString));
    }

    private void assertHeld(final Movement movement) {
        final LedgerView view = setting.view();
        assertEquals(funds(movement.from), view.balance(movement.from));
        assertEquals(AMOUNT, view.held(movement.from));
        assertTrue(view.openPaymentsMinor() >= AMOUNT, "held by payments");
    }

    private long balance(final long account) {
        return setting.view().accounts().containsKey(account) ? setting.view().balance(account) : 0;
    }

    private static long funds(final long account) {
        return account == ALICE ? FUNDS : 0;
    }
}

package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerCommands.post;
import static io.turnout.core.engine.LedgerCommands.postPending;
import static io.turnout.core.engine.LedgerCommands.reserve;
import static io.turnout.core.engine.LedgerCommands.voidPending;
import static io.turnout.core.engine.LedgerSetting.ALICE;
import static io.turnout.core.engine.LedgerSetting.BOB;
import static io.turnout.core.engine.LedgerSetting.SHOP;
import static io.turnout.core.engine.LedgerSetting.WORLD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.AccountStatus;
import io.turnout.codecs.sbe.engine.LedgerProblem;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.TransferAction;
import io.turnout.core.engine.LedgerCommands.Leg;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Accounts opened and changed, chains of transfers, and business dates, by command. */
final class TransferFlowTest {
    private static final long SECOND_NS = TestConfiguration.SECOND_NS;

    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();
    private final LedgerCommands commands = setting.commands();

    @Test
    void shouldApplyAllLegsOfAChainInOrder() {
        setting.submit(2, post(ALICE, BOB, 30_00), post(BOB, SHOP, 10_00))
                .events("TransferRecorded", "TransferRecorded", "TransfersAnswered")
                .event("TransfersAnswered")
                .with("legs", 2)
                .with("problem", "NONE")
                .with("repeated", "FALSE");

        assertBalances(470_00, 20_00, 10_00);
    }

    @Test
    void shouldApplyNoLegWhenOneIsRefused() {
        setting.submit(2, reserve(5, ALICE, SHOP, 40_00, 0));

        setting.submit(
                        3,
                        post(ALICE, BOB, 30_00),
                        reserve(6, ALICE, BOB, 1_00, 0),
                        postPending(5, 15_00),
                        voidPending(6),
                        post(BOB, SHOP, 30_01))
                .events("TransfersAnswered")
                .event("TransfersAnswered")
                .with("legs", 0)
                .with("problem", "INSUFFICIENT_FUNDS")
                .with("leg", 5);

        assertBalances(500_00, 0, 0);
        assertEquals(40_00, setting.view().held(ALICE));
        setting.submit(4, voidPending(5)).event("TransfersAnswered").with("problem", "NONE");
    }

    @Test
    void shouldPostAReservationInPartAndGiveTheRestUp() {
        setting.submit(2, reserve(5, ALICE, BOB, 40_00, 0));
        assertEquals(40_00, setting.view().held(ALICE));

        setting.submit(3, postPending(5, 15_00))
                .event("TransferRecorded")
                .with("action", "POST_PENDING")
                .with("amountMinor", 15_00);

        assertBalances(485_00, 15_00, 0);
        assertEquals(0, setting.view().held(ALICE));
        setting.submit(4, postPending(5, 0)).event("TransfersAnswered").with("problem", "TRANSFER_NOT_FOUND");
    }

    @Test
    void shouldGiveAReservationUpAtItsExactExpiry() {
        final long expiresAtNs = scenario.nowNs() + 10 * SECOND_NS;
        setting.submit(2, reserve(5, ALICE, BOB, 40_00, expiresAtNs));
        assertEquals(expiresAtNs, scenario.engine().nextDeadlineNs());

        scenario.nowNs(expiresAtNs - 1);
        scenario.when().tick();
        scenario.then().nothing();
        scenario.nowNs(expiresAtNs);
        setting.submit(3, postPending(5, 0)).events("TransferExpired", "TransfersAnswered");

        scenario.then().event("TransfersAnswered").with("problem", "TRANSFER_NOT_FOUND");
        assertBalances(500_00, 0, 0);
        assertEquals(0, setting.view().held(ALICE));
    }

    @Test
    void shouldAnswerASubmissionAgainWithoutApplyingItAgain() {
        final DirectBuffer submission = commands.submit(2, scenario.nowNs(), List.of(post(ALICE, BOB, 30_00)));
        setting.apply(submission);

        setting.apply(submission)
                .events("TransfersAnswered")
                .event("TransfersAnswered")
                .with("legs", 1)
                .with("repeated", "TRUE");

        assertBalances(470_00, 30_00, 0);
    }

    @Test
    void shouldRememberARefusalAsWell() {
        final DirectBuffer submission = commands.submit(2, scenario.nowNs(), List.of(post(BOB, ALICE, 1)));
        setting.apply(submission).event("TransfersAnswered").with("problem", "INSUFFICIENT_FUNDS");
        setting.submit(3, post(ALICE, BOB, 5));

        setting.apply(submission)
                .event("TransfersAnswered")
                .with("problem", "INSUFFICIENT_FUNDS")
                .with("repeated", "TRUE");
    }

    @Test
    void shouldTakeAChainThatLeavesItsCreationToTheEngineHoweverLongItHasWaited() {
        scenario.when().secondsPass(2 * TestConfiguration.HORIZON_NS / SECOND_NS);

        final DirectBuffer submission = commands.submit(2, 0, List.of(post(ALICE, BOB, 30_00)));
        setting.apply(submission).event("TransfersAnswered").with("problem", "NONE");

        assertBalances(470_00, 30_00, 0);
        setting.apply(submission).event("TransfersAnswered").with("repeated", "TRUE");
        assertBalances(470_00, 30_00, 0);
    }

    @Test
    void shouldRefuseAChainOfVersion1ThatDoesNotSayWhenItWasMade() {
        final UnsafeBuffer submission = new UnsafeBuffer(new byte[1024]);
        final DirectBuffer ofVersion2 = commands.submit(2, 0, List.of(post(ALICE, BOB, 30_00)));
        submission.putBytes(0, ofVersion2, 0, ofVersion2.capacity());
        new MessageHeaderEncoder().wrap(submission, 0).version(1);

        setting.apply(new UnsafeBuffer(submission, 0, ofVersion2.capacity()))
                .event("TransfersAnswered")
                .with("problem", "STALE_SUBMISSION");
    }

    @Test
    void shouldRefuseTheSameSubmissionWithOtherLegs() {
        setting.submit(2, post(ALICE, BOB, 30_00));

        setting.submit(2, post(ALICE, BOB, 30_01)).event("TransfersAnswered").with("problem", "SUBMISSION_CONFLICT");

        assertBalances(470_00, 30_00, 0);
    }

    @Test
    void shouldRefuseSubmissionsBeforeTheHorizonOrFromTheFuture() {
        setting.apply(commands.submit(
                        2, scenario.nowNs() - TestConfiguration.HORIZON_NS - 1, List.of(post(ALICE, BOB, 1))))
                .event("TransfersAnswered")
                .with("problem", "STALE_SUBMISSION");
        setting.apply(commands.submit(
                        2, scenario.nowNs() + TestConfiguration.SKEW_NS + 1, List.of(post(ALICE, BOB, 1))))
                .event("TransfersAnswered")
                .with("problem", "CREATED_IN_FUTURE");

        assertBalances(500_00, 0, 0);
    }

    @Test
    void shouldRefuseMoreSubmissionsThanMayBeRememberedUntilOneIsStale() {
        for (int id = 2; id <= 4; id++) {
            setting.submit(id, post(ALICE, BOB, 1));
        }
        setting.submit(5, post(ALICE, BOB, 1)).event("TransfersAnswered").with("problem", "SUBMISSIONS_FULL");

        scenario.nowNs(scenario.nowNs() + TestConfiguration.HORIZON_NS + 1);

        setting.submit(5, post(ALICE, BOB, 1)).event("TransfersAnswered").with("problem", "NONE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void shouldRefuse(final LedgerProblem problem, final List<Leg> legs) {
        setting.apply(commands.wallet(103, 60_003, c -> {}));
        setting.apply(commands.change(103, 0, 1_000_00, AccountStatus.FROZEN));
        setting.submit(2, reserve(5, ALICE, SHOP, 40_00, 0));

        setting.apply(commands.submit(3, scenario.nowNs(), legs))
                .events("TransfersAnswered")
                .event("TransfersAnswered")
                .with("problem", problem)
                .with("legs", 0);

        assertBalances(500_00, 0, 0);
    }

    static Stream<Arguments> refused() {
        final int euro = TestConfiguration.EURO;
        return Stream.of(
                row(LedgerProblem.INVALID_CHAIN),
                Arguments.of(LedgerProblem.INVALID_CHAIN, Collections.nCopies(9, post(ALICE, BOB, 1))),
                row(LedgerProblem.INVALID_CHAIN, new Leg(TransferAction.NULL_VAL, 1, ALICE, BOB, 1, 0, euro)),
                row(LedgerProblem.INVALID_AMOUNT, post(ALICE, BOB, 0)),
                row(LedgerProblem.INVALID_AMOUNT, post(ALICE, BOB, 1_000_000_000_000L)),
                row(LedgerProblem.INVALID_AMOUNT, postPending(5, 40_01)),
                row(LedgerProblem.INVALID_AMOUNT, postPending(5, -1)),
                row(LedgerProblem.INVALID_TRANSFER, reserve(0, ALICE, BOB, 1, 0)),
                row(LedgerProblem.INVALID_TRANSFER, reserve(-1, ALICE, BOB, 1, 0)),
                row(LedgerProblem.INVALID_TRANSFER, reserve(6, ALICE, BOB, 1, Scenario.START_NS)),
                row(LedgerProblem.DUPLICATE_TRANSFER, reserve(5, ALICE, BOB, 1, 0)),
                row(LedgerProblem.TRANSFER_NOT_FOUND, voidPending(6)),
                row(LedgerProblem.ACCOUNT_NOT_FOUND, post(ALICE, 999, 1)),
                row(LedgerProblem.ACCOUNT_NOT_FOUND, post(0, ALICE, 1)),
                row(LedgerProblem.SAME_ACCOUNT, post(ALICE, ALICE, 1)),
                row(LedgerProblem.ACCOUNT_NOT_USABLE, post(ALICE, 103, 1)),
                row(LedgerProblem.ACCOUNT_NOT_USABLE, post(LedgerSetting.total(7), ALICE, 1)),
                row(LedgerProblem.OTHER_CURRENCY, new Leg(TransferAction.POST, 1, ALICE, BOB, 1, 0, 392)),
                row(LedgerProblem.INSUFFICIENT_FUNDS, post(ALICE, BOB, 460_01)),
                row(LedgerProblem.BALANCE_LIMIT_EXCEEDED, post(WORLD, BOB, 600_01)));
    }

    private static Arguments row(final LedgerProblem problem, final Leg... legs) {
        return Arguments.of(problem, List.of(legs));
    }

    @Test
    void shouldRefuseMoreReservationsThanMayBeOpen() {
        for (int id = 1; id <= 8; id++) {
            setting.apply(commands.submit(2, scenario.nowNs(), List.of()));
        }
        setting.submit(
                        3,
                        Stream.iterate(1, id -> id + 1)
                                .limit(8)
                                .map(id -> reserve(id, ALICE, BOB, 1, 0))
                                .toArray(Leg[]::new))
                .event("TransfersAnswered")
                .with("legs", 8);

        setting.submit(4, reserve(9, ALICE, BOB, 1, 0))
                .event("TransfersAnswered")
                .with("problem", "TRANSFERS_FULL");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, DUPLICATE_ALIAS_OR_INVALID",
        "288230376151711744, 5, INVALID_ACCOUNT",
        "101, 5, DUPLICATE_ACCOUNT",
        "110, 60001, DUPLICATE_ALIAS"
    })
    void shouldRefuseToOpenAWallet(final long accountId, final long token, final String problem) {
        final String expected = accountId == 0 ? "INVALID_ACCOUNT" : problem;

        setting.apply(commands.wallet(accountId, token, c -> {}))
                .events("AccountRefused")
                .event("AccountRefused")
                .with("problem", expected);
    }

    @Test
    void shouldRefuseAccountsOfOtherKindsAndCurrenciesAndParticipants() {
        setting.apply(commands.open(110, AccountKind.POSITION, c -> {}))
                .event("AccountRefused")
                .with("problem", "INVALID_ACCOUNT");
        setting.apply(commands.wallet(110, 5, c -> c.currency(840)))
                .event("AccountRefused")
                .with("problem", "OTHER_CURRENCY");
        setting.apply(commands.wallet(110, 5, c -> c.debitLimitMinor(-1)))
                .event("AccountRefused")
                .with("problem", "INVALID_ACCOUNT");
        setting.apply(commands.prefund(110, 99)).event("AccountRefused").with("problem", "UNKNOWN_PARTICIPANT");
        setting.apply(commands.merchant(110, 1, "               "))
                .event("AccountRefused")
                .with("problem", "INVALID_ACCOUNT");
    }

    @Test
    void shouldRefuseMoreAccountsThanConfigured() {
        for (int i = 0; i < 7; i++) {
            setting.apply(commands.wallet(110 + i, 70_000 + i, c -> {})).events("AccountOpened");
        }

        setting.apply(commands.wallet(120, 80_000, c -> {}))
                .event("AccountRefused")
                .with("problem", "ACCOUNTS_FULL");
    }

    @Test
    void shouldCloseOnlyAnEmptyAccountAndForEver() {
        setting.apply(commands.change(ALICE, 0, 0, AccountStatus.CLOSED))
                .event("AccountRefused")
                .with("problem", "ACCOUNT_NOT_EMPTY");
        setting.apply(commands.change(BOB, 0, 0, AccountStatus.CLOSED))
                .event("AccountChanged")
                .with("status", "CLOSED");
        setting.apply(commands.change(BOB, 0, 0, AccountStatus.OPEN))
                .event("AccountRefused")
                .with("problem", "ACCOUNT_NOT_USABLE");
        setting.apply(commands.change(999, 0, 0, AccountStatus.OPEN))
                .event("AccountRefused")
                .with("problem", "ACCOUNT_NOT_FOUND");
        setting.apply(commands.wallet(130, LedgerSetting.BOB_TOKEN, c -> {})).events("AccountOpened");
    }

    @Test
    void shouldLendAWalletItsDebitLimit() {
        setting.apply(commands.change(BOB, 20_00, 1_000_00, AccountStatus.OPEN)).events("AccountChanged");

        setting.submit(2, post(BOB, ALICE, 20_00)).event("TransfersAnswered").with("problem", "NONE");
        setting.submit(3, post(BOB, ALICE, 1)).event("TransfersAnswered").with("problem", "INSUFFICIENT_FUNDS");
    }

    @ParameterizedTest
    @CsvSource({
        "20260921, 1, DATE_NOT_LATER",
        "20260920, 1, DATE_NOT_LATER",
        "20260931, 1, INVALID_DATE",
        "20260922, 0, INVALID_DATE",
        "20260922, 9, INVALID_DATE"
    })
    void shouldRefuseToCutOver(final int date, final int openDates, final String problem) {
        setting.apply(commands.cutOver(date, openDates))
                .events("CutOverRefused")
                .event("CutOverRefused")
                .with("businessDate", date)
                .with("problem", problem);
    }

    @Test
    void shouldHaveNoLedgerUnlessConfigured() {
        final Scenario plain = Scenario.standard();

        plain.when().command(commands.cutOver(LedgerSetting.DATE, 1));
        plain.then().event("CutOverRefused").with("problem", "NO_LEDGER");
        plain.when().command(commands.wallet(1, 1, c -> {}));
        plain.then().event("AccountRefused").with("problem", "NO_LEDGER");
        plain.when().command(commands.submit(1, plain.nowNs(), List.of(post(1, 2, 3))));
        plain.then().event("TransfersAnswered").with("problem", "NO_LEDGER");
    }

    private void assertBalances(final long alice, final long bob, final long shop) {
        final LedgerView view = setting.view();
        assertEquals(alice, view.balance(ALICE), "Alice");
        assertEquals(bob, view.balance(BOB), "Bob");
        assertEquals(shop, view.balance(SHOP), "shop");
    }
}

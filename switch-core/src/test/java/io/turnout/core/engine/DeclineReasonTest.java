package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.DeclineReason;
import io.turnout.codecs.sbe.engine.Outcome;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reason the switch itself declines for, with its result code and its place in the order. */
final class DeclineReasonTest {
    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("requests")
    void shouldDecline(
            final DeclineReason reason, final int resultCode, final Consumer<RequestPaymentEncoder> request) {
        scenario.when().payment("A", request);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", reason)
                .with("resultCode", resultCode)
                .with("amountMinor", 0)
                .with("approvalCode", "      ")
                .with("repeated", "FALSE");
        scenario.then().noDeadline();
        assertEquals(1, scenario.engine().paymentCount());
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                request(DeclineReason.UNSUPPORTED_TRANSACTION, 9102, r -> r.transactionType((short) 0)),
                request(DeclineReason.UNSUPPORTED_TRANSACTION, 9102, r -> r.transactionType((short) 20)),
                request(DeclineReason.UNSUPPORTED_TRANSACTION, 9102, r -> r.transactionType((short) 10)),
                request(DeclineReason.UNSUPPORTED_TRANSACTION, 9102, r -> r.destinationAccountId(5)),
                request(DeclineReason.UNSUPPORTED_TRANSACTION, 9102, r -> r.transactionType((short) 6)),
                request(
                        DeclineReason.TRANSACTION_NOT_PERMITTED,
                        1015,
                        r -> r.acquirerId(2).transactionType((short) 2)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.transactionType((short) 5)),
                request(
                        DeclineReason.ACCOUNT_NOT_FOUND,
                        1014,
                        r -> r.transactionType((short) 6).destinationAccountId(5)),
                request(
                        DeclineReason.ACCOUNT_NOT_FOUND,
                        1014,
                        r -> r.transactionType((short) 7).destinationAccountId(5)),
                request(DeclineReason.ACCOUNT_NOT_FOUND, 1014, r -> r.transactionType((short) 8)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.amountMinor(0)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.amountMinor(-1)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.amountMinor(Long.MIN_VALUE)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.amountMinor(1_000_000_000_000L)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.currencyExponent((short) 0)),
                request(DeclineReason.INVALID_AMOUNT, 1010, r -> r.currencyExponent((short) 255)),
                request(DeclineReason.UNKNOWN_CURRENCY, 9102, r -> r.currency(840)),
                request(DeclineReason.UNKNOWN_CURRENCY, 9102, r -> r.currency(0)),
                request(DeclineReason.UNKNOWN_CURRENCY, 9102, r -> r.currency(65_535)),
                request(DeclineReason.CURRENCY_NOT_PERMITTED, 1020, r -> r.acquirerId(2)),
                request(DeclineReason.INVALID_CARD_NUMBER, 1011, r -> r.panValid(BooleanType.FALSE)),
                request(DeclineReason.INVALID_CARD_NUMBER, 1011, r -> r.panLength((short) 7)),
                request(DeclineReason.INVALID_CARD_NUMBER, 1011, r -> r.panLength((short) 20)),
                request(DeclineReason.EXPIRED_CARD, 1001, r -> r.expiry(2608)),
                request(DeclineReason.EXPIRED_CARD, 1001, r -> r.expiry(2613)),
                request(DeclineReason.AMOUNT_LIMIT_EXCEEDED, 1021, r -> r.amountMinor(1_000_01)),
                request(DeclineReason.NO_ROUTE, 9108, r -> r.bin(39_999_999)),
                request(DeclineReason.NO_ROUTE, 9108, r -> r.bin(50_000_000)),
                request(DeclineReason.NO_ROUTE, 9108, r -> r.bin(0xFFFF_FFFEL)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongs")
    void shouldNameTheFirstReasonInTheOrderOfPrecedence(
            final DeclineReason reason, final List<Consumer<RequestPaymentEncoder>> thisAndAllLaterWrongs) {
        scenario.when().payment("A", request -> thisAndAllLaterWrongs.forEach(wrong -> wrong.accept(request)));

        scenario.then().event("PaymentAnswered").with("reason", reason);
    }

    static Stream<Arguments> wrongs() {
        final List<DeclineReason> reasons = List.of(
                DeclineReason.UNSUPPORTED_TRANSACTION,
                DeclineReason.INVALID_AMOUNT,
                DeclineReason.UNKNOWN_CURRENCY,
                DeclineReason.CURRENCY_NOT_PERMITTED,
                DeclineReason.INVALID_CARD_NUMBER,
                DeclineReason.EXPIRED_CARD,
                DeclineReason.AMOUNT_LIMIT_EXCEEDED,
                DeclineReason.NO_ROUTE);
        final List<Consumer<RequestPaymentEncoder>> wrongs = List.of(
                r -> r.transactionType((short) 9),
                r -> r.amountMinor(0),
                r -> r.currency(999),
                r -> r.acquirerId(2),
                r -> r.panValid(BooleanType.FALSE),
                r -> r.expiry(2001),
                r -> r.amountMinor(5_000_00),
                r -> r.bin(1));
        final List<Arguments> rows = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            final List<Consumer<RequestPaymentEncoder>> later = new ArrayList<>();
            for (int j = wrongs.size() - 1; j >= i; j--) {
                later.add(wrongs.get(j));
            }
            rows.add(Arguments.of(reasons.get(i), later));
        }
        return rows.stream();
    }

    @Test
    void shouldTakeTheLargestAmountTheLimitPermits() {
        scenario.when().payment("A", request -> request.amountMinor(1_000_00));

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldDeclineWhenNoLinkOfTheIssuerIsSignedOn() {
        scenario.given().down(TestConfiguration.LINK, TestConfiguration.SECOND_LINK);

        scenario.when().payment("A");

        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "ISSUER_UNAVAILABLE")
                .with("resultCode", 9112)
                .with("issuerId", TestConfiguration.ISSUER);
    }

    @Test
    void shouldDeclineWhenEveryLinkHasItsWindowFull() {
        for (int i = 0; i < 6; i++) {
            scenario.given().pending("P" + i);
        }

        scenario.when().payment("A");

        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY").with("resultCode", 9107);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeclineReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "ISSUER_DECLINED", "NULL_VAL"})
    void shouldHaveAResultCodeThatNeverApproves(final DeclineReason reason) {
        assertEquals(false, ResultCodes.isApproval(ResultCodes.of(reason)));
    }

    @ParameterizedTest
    @CsvSource({"NONE", "ISSUER_DECLINED", "NULL_VAL"})
    void shouldHaveNoResultCodeForDecisionsOfOthers(final DeclineReason reason) {
        assertThrows(IllegalArgumentException.class, () -> ResultCodes.of(reason));
    }

    @Test
    void shouldCallExactlyTheReasonsUnknownThatLeaveTheIssuersDecisionOpen() {
        final List<DeclineReason> unknown = Stream.of(DeclineReason.values())
                .filter(reason -> ResultCodes.outcomeOf(reason) == Outcome.UNKNOWN)
                .toList();

        assertEquals(
                List.of(DeclineReason.ISSUER_TIMEOUT, DeclineReason.LINK_LOST, DeclineReason.SWITCH_RESTARTED),
                unknown);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20260921101500, false",
        "2609, 20260930235959, false",
        "2608, 20260901000000, true",
        "2512, 20260101000000, true",
        "2601, 20260131000000, false",
        "0012, 20991231000000, false",
        "9912, 21000101000000, true",
        "9912, 20010101000000, true",
        "7609, 20260921000000, false",
        "7709, 20260921000000, true",
        "3000, 20260921000000, true",
        "3013, 20260921000000, true"
    })
    void shouldTellWhetherACardIsExpired(final int expiry, final long localDateTime, final boolean expired) {
        assertEquals(expired, PaymentRules.isExpired(expiry, localDateTime));
    }

    private static Arguments request(
            final DeclineReason reason, final int resultCode, final Consumer<RequestPaymentEncoder> request) {
        return Arguments.of(reason, resultCode, request);
    }
}

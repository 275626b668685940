package io.turnout.core.engine;

import io.turnout.codecs.sbe.engine.IssuerResponseEncoder;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer's answer, or the report that it was never asked, does to a payment. */
final class IssuerResponseTest {
    private final Scenario scenario = Scenario.standard();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 999})
    void shouldApproveOnCodesBelow1000(final int resultCode) {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", resultCode);

        scenario.then()
                .event("PaymentAnswered")
                .with("outcome", "APPROVED")
                .with("resultCode", resultCode)
                .with("reason", "NONE")
                .with("approvalCode", "A00042");
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1016, 2000, 9111, 65_535})
    void shouldDeclineOnAllOtherCodes(final int resultCode) {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", resultCode, response -> response.approvalCode("A00042"));

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("resultCode", resultCode)
                .with("reason", "ISSUER_DECLINED")
                .with("amountMinor", 0)
                .with("approvalCode", "      ");
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
    }

    @Test
    void shouldBelieveAnAnswerThatLeavesAmountAndReferenceOut() {
        scenario.given().pending("A");

        scenario.when()
                .issuerAnswers("A", 0, response -> response.amountMinor(-1).retrievalReference("            "));

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void shouldNotBelieveAnAnswerThatContradictsTheRequest(
            final String what, final int resultCode, final Consumer<IssuerResponseEncoder> change) {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", resultCode, change);

        scenario.then()
                .events("IssuerResponseMismatched")
                .event("IssuerResponseMismatched")
                .with("paymentId", 1)
                .with("issuerId", 1)
                .with("linkId", TestConfiguration.LINK)
                .with("resultCode", resultCode);
        scenario.then().state("A", PaymentState.PENDING).nextDeadlineInSeconds(10);

        scenario.when().issuerAnswers("A", 0);
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction("another amount", 0, response -> response.amountMinor(12_33)),
                contradiction("no amount at all", 0, response -> response.amountMinor(0)),
                contradiction("another amount in a decline", 1016, response -> response.amountMinor(1)),
                contradiction("another reference", 0, response -> response.retrievalReference("000000000002")),
                contradiction("a partial approval of an unknown amount", 2, response -> response.amountMinor(-1)));
    }

    @Test
    void shouldMakeThePaymentUnknownWhenOnlyContradictionsCame() {
        scenario.given().pending("A");
        scenario.when().issuerAnswers("A", 0, response -> response.amountMinor(1));

        scenario.when().secondsPass(10);

        scenario.then().events("PaymentAnswered", "ReversalQueued", "ReversalRequested");
        scenario.then().event("PaymentAnswered").with("outcome", "UNKNOWN");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherKeys")
    void shouldRecordAnAnswerThatBelongsToNoRequest(final String what, final Consumer<IssuerResponseEncoder> change) {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0, change);

        scenario.then()
                .events("IssuerResponseUnmatched")
                .event("IssuerResponseUnmatched")
                .with("duplicate", "FALSE");
        scenario.then().state("A", PaymentState.PENDING);
    }

    static Stream<Arguments> otherKeys() {
        return Stream.of(
                Arguments.of("STAN", (Consumer<IssuerResponseEncoder>) response -> response.stan(2)),
                Arguments.of("DE7", (Consumer<IssuerResponseEncoder>)
                        response -> response.transmissionDateTime(921_141_321)),
                Arguments.of("issuer", (Consumer<IssuerResponseEncoder>) response -> response.issuerId(2)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1016", "1016, 0", "1016, 1016"})
    void shouldRecordASecondAnswerAsADuplicateAndChangeNothing(final int first, final int second) {
        scenario.given().pending("A");
        scenario.when().issuerAnswers("A", first);

        scenario.when().issuerAnswers("A", second);

        scenario.then()
                .events("IssuerResponseUnmatched")
                .event("IssuerResponseUnmatched")
                .with("duplicate", "TRUE")
                .with("stan", 1)
                .with("transmissionDateTime", 921_141_320)
                .with("issuerId", 1)
                .with("linkId", TestConfiguration.LINK)
                .with("resultCode", second);
        scenario.then().state("A", first == 0 ? PaymentState.APPROVED : PaymentState.DECLINED);
    }

    @Test
    void shouldTakeAnAnswerOnAnotherLinkOfTheIssuer() {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0, response -> response.linkId(TestConfiguration.SECOND_LINK));

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @ParameterizedTest
    @EnumSource(
            value = NotSentReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NULL_VAL", "CARD_DATA_UNAVAILABLE", "MAC_UNAVAILABLE", "PIN_NOT_TRANSLATED"})
    void shouldDeclineAndReverseNothingWhenTheRequestWasNotSent(final NotSentReason reason) {
        scenario.given().pending("A");

        scenario.when().requestNotSent("A", reason);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", "REQUEST_NOT_SENT")
                .with("resultCode", 9107);
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
    }

    @ParameterizedTest
    @EnumSource(
            value = NotSentReason.class,
            names = {"MAC_UNAVAILABLE", "PIN_NOT_TRANSLATED"})
    void shouldDeclineForSecurityWhenNoMacOrPinBlockCouldBeMade(final NotSentReason reason) {
        scenario.given().pending("A");

        scenario.when().requestNotSent("A", reason);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("outcome", "DECLINED")
                .with("reason", "SECURITY_FAILURE")
                .with("resultCode", 9121);
        scenario.then().state("A", PaymentState.DECLINED).noDeadline();
    }

    @Test
    void shouldSayThatTheCardDataWasGone() {
        scenario.given().pending("A");

        scenario.when().requestNotSent("A", NotSentReason.CARD_DATA_UNAVAILABLE);

        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "CARD_DATA_UNAVAILABLE")
                .with("resultCode", 9109);
    }

    @Test
    void shouldIgnoreAReportThatComesAfterTheAnswer() {
        scenario.given().approved("A");

        scenario.when().requestNotSent("A", NotSentReason.CHANNEL_FULL);

        scenario.then()
                .events("CommandIgnored")
                .event("CommandIgnored")
                .with("paymentId", 1)
                .with("refTemplateId", 12)
                .with("problem", "NOT_AWAITED");
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldIgnoreAReportThatComesAfterTheDeadline() {
        scenario.given().timedOut("A");

        scenario.when().requestNotSent("A", NotSentReason.PAST_SEND_BEFORE);

        scenario.then().event("CommandIgnored").with("problem", "NOT_AWAITED");
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldIgnoreAReportAboutAnotherRequestOfThePayment() {
        scenario.given().pending("A");

        scenario.when().requestNotSent("A", NotSentReason.CHANNEL_FULL, report -> report.stan(77));

        scenario.then().event("CommandIgnored").with("problem", "NOT_AWAITED");
        scenario.then().state("A", PaymentState.PENDING);
    }

    @Test
    void shouldIgnoreAReportAboutAPaymentItDoesNotKnow() {
        scenario.given().pending("A");

        scenario.when().requestNotSent("A", NotSentReason.CHANNEL_FULL, report -> report.paymentId(9));

        scenario.then()
                .event("CommandIgnored")
                .with("problem", "UNKNOWN_PAYMENT")
                .with("paymentId", 9);
    }

    @Test
    void shouldReverseWhenTheIssuerApprovesWhatTheGatewaySaysItDidNotSend() {
        scenario.given().pending("A");
        scenario.when().requestNotSent("A", NotSentReason.CHANNEL_FULL);

        scenario.when().issuerAnswers("A", 0);

        scenario.then().events("ReversalQueued", "LateResponseRecorded", "ReversalRequested");
        scenario.then().event("ReversalQueued").with("reason", "LATE_RESPONSE");
        scenario.then().state("A", PaymentState.REVERSING);
    }

    @Test
    void shouldRecordTheDeclineOfWhatTheGatewaySaysItDidNotSend() {
        scenario.given().pending("A");
        scenario.when().requestNotSent("A", NotSentReason.CHANNEL_FULL);

        scenario.when().issuerAnswers("A", 1016);

        scenario.then().events("LateResponseRecorded");
        scenario.then().state("A", PaymentState.DECLINED);
    }

    private static Arguments contradiction(
            final String what, final int resultCode, final Consumer<IssuerResponseEncoder> change) {
        return Arguments.of(what, resultCode, change);
    }
}

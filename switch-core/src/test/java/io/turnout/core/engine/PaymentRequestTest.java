package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentAnsweredEncoder;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.RequestPaymentEncoder;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests are taken, and what a repeat gets. */
final class PaymentRequestTest {
    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldRouteAPaymentWithAllItsGatewayNeeds() {
        scenario.when().payment("A");

        scenario.then()
                .events("PaymentRouted")
                .event("PaymentRouted")
                .with("paymentId", 1)
                .with("amountMinor", TestCommands.AMOUNT_MINOR)
                .with("localDateTime", TestCommands.LOCAL_DATE_TIME)
                .with("institutionId", 10_000_001)
                .with("panToken", "(high=7001|low=8000)")
                .with("slot", "(incarnation=99|index=-1|generation=0)")
                .with("acquirerId", 1)
                .with("stan", 1)
                .with("transmissionDateTime", 921_141320)
                .with("bin", 40_000_012)
                .with("issuerId", TestConfiguration.ISSUER)
                .with("linkId", TestConfiguration.LINK)
                .with("currency", TestConfiguration.EURO)
                .with("expiry", 3012)
                .with("lastFour", 1117)
                .with("merchantCategory", 5411)
                .with("transactionType", "PURCHASE")
                .with("cardSequence", 255)
                .with("panEntryMode", 5)
                .with("pinEntryCapability", 1)
                .with("posCondition", 0)
                .with("terminalId", "TERM0001")
                .with("merchantId", "MERCHANT0000001")
                .with("merchantName", "Corner shop              ")
                .with("merchantCity", "Lisbon       ")
                .with("merchantCountry", "PT")
                .with("retrievalReference", "000000000001");
        scenario.then().state("A", PaymentState.PENDING);
    }

    @Test
    void shouldApproveWhenTheIssuerApproves() {
        scenario.given().pending("A");

        scenario.when().issuerAnswers("A", 0);

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("paymentId", 1)
                .with("sessionId", TestCommands.SESSION)
                .with("clientReference", "(high=1|low=-2)")
                .with("createdAtNs", Scenario.START_NS)
                .with("amountMinor", TestCommands.AMOUNT_MINOR)
                .with("issuerId", TestConfiguration.ISSUER)
                .with("currency", TestConfiguration.EURO)
                .with("resultCode", 0)
                .with("outcome", "APPROVED")
                .with("reason", "NONE")
                .with("repeated", "FALSE")
                .with("approvalCode", "A00042")
                .with("retrievalReference", "000000000001");
        scenario.then().state("A", PaymentState.APPROVED).noDeadline();
    }

    @Test
    void shouldPassTheSealedCardNumberOnUnchanged() {
        scenario.when().payment("A");

        final String sealed = scenario.then().event("PaymentRouted").event().field("sealedPan");
        assertEquals("[1,2,3,4", sealed.substring(0, 8), sealed);
    }

    @Test
    void shouldKeepTheRetrievalReferenceOfTheAcquirer() {
        scenario.when().payment("A", request -> request.retrievalReference("627014002211"));

        scenario.then().event("PaymentRouted").with("retrievalReference", "627014002211");
    }

    @Test
    void shouldAssignRetrievalReferencesInBase36() {
        for (int i = 1; i <= 36; i++) {
            scenario.given().approved("P" + i);
        }

        scenario.then().event("PaymentAnswered").with("retrievalReference", "000000000010");
    }

    @Test
    void shouldRefuseAnAcquirerItDoesNotKnow() {
        scenario.when().payment("A", request -> {
            request.acquirerId(9);
            request.slot().index(4).generation(2);
        });

        scenario.then()
                .events("RequestRefused")
                .event("RequestRefused")
                .with("reason", "NOT_LOGGED_ON")
                .with("acquirerId", 9)
                .with("refTemplateId", RequestPaymentEncoder.TEMPLATE_ID)
                .with("clientReference", "(high=1|low=-2)")
                .with("createdAtNs", Scenario.START_NS)
                .with("sessionId", TestCommands.SESSION)
                .with("slot", "(incarnation=99|index=4|generation=2)");
        assertEquals(0, scenario.engine().paymentCount());
    }

    @Test
    void shouldRefuseEveryoneBeforeAConfigurationIsInForce() {
        final Scenario empty = new Scenario();

        empty.when().payment("A");

        empty.then().event("RequestRefused").with("reason", "NOT_LOGGED_ON");
    }

    @Test
    void shouldTakeARequestThatIsExactlyAsOldAsTheHorizon() {
        scenario.when().payment("A", request -> request.createdAtNs(Scenario.START_NS - TestConfiguration.HORIZON_NS));

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldRefuseARequestOlderThanTheHorizon() {
        scenario.when()
                .payment("A", request -> request.createdAtNs(Scenario.START_NS - TestConfiguration.HORIZON_NS - 1));

        scenario.then().event("RequestRefused").with("reason", "STALE_REQUEST");
    }

    @Test
    void shouldRefuseARequestFurtherAheadThanTheClockSkew() {
        scenario.when().payment("A", request -> request.createdAtNs(Scenario.START_NS + TestConfiguration.SKEW_NS));
        scenario.then().events("PaymentRouted");

        scenario.when().payment("A", request -> request.createdAtNs(Scenario.START_NS + TestConfiguration.SKEW_NS + 1));

        scenario.then().event("RequestRefused").with("reason", "CREATED_IN_FUTURE");
    }

    @Test
    void shouldLetARepeatInFlightWaitForTheSameAnswerOnTheNewestSession() {
        scenario.given().pending("A");

        scenario.when().payment("A", request -> {
            request.sessionId(502).gatewayId(2);
            request.slot().incarnation(5).index(6).generation(7);
        });

        scenario.then()
                .events("RepeatAwaited")
                .event("RepeatAwaited")
                .with("paymentId", 1)
                .with("sessionId", 502)
                .with("gatewayId", 2)
                .with("slot", "(incarnation=5|index=6|generation=7)");

        scenario.when().issuerAnswers("A", 0);

        scenario.then()
                .event("PaymentAnswered")
                .with("sessionId", 502)
                .with("gatewayId", 2)
                .with("slot", "(incarnation=99|index=-1|generation=0)")
                .with("repeated", "FALSE");
    }

    @Test
    void shouldGiveARepeatTheRecordedAnswer() {
        scenario.given().approved("A");
        final byte[] first =
                scenario.then().event("PaymentAnswered").event().bytes().clone();

        scenario.when().payment("A", request -> {
            request.sessionId(777).gatewayId(3);
            request.slot().incarnation(5).index(6).generation(7);
        });

        scenario.then()
                .events("PaymentAnswered")
                .event("PaymentAnswered")
                .with("repeated", "TRUE")
                .with("sessionId", 777)
                .with("gatewayId", 3)
                .with("slot", "(incarnation=5|index=6|generation=7)");
        assertArrayEquals(
                withoutRoute(first),
                withoutRoute(scenario.then().event("PaymentAnswered").event().bytes()));
    }

    @Test
    void shouldGiveADeclinedRepeatTheRecordedAnswer() {
        scenario.when().payment("A", request -> request.amountMinor(0));
        scenario.then().event("PaymentAnswered").with("reason", "INVALID_AMOUNT");

        scenario.when().payment("A", request -> request.amountMinor(0));

        scenario.then()
                .event("PaymentAnswered")
                .with("reason", "INVALID_AMOUNT")
                .with("outcome", "DECLINED")
                .with("resultCode", 1010)
                .with("repeated", "TRUE");
    }

    @Test
    void shouldGiveAnUnknownOutcomeAgainEvenAfterItWasReversed() {
        scenario.given().reversed("A");

        scenario.when().payment("A");

        scenario.then()
                .event("PaymentAnswered")
                .with("outcome", "UNKNOWN")
                .with("resultCode", 9111)
                .with("repeated", "TRUE");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherContents")
    void shouldRefuseTheSameKeyWithOtherContent(final String what, final Consumer<RequestPaymentEncoder> change) {
        scenario.given().approved("A");

        scenario.when().payment("A", change);

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.then().state("A", PaymentState.APPROVED);
    }

    static Stream<Arguments> otherContents() {
        return Stream.of(
                content("amount", request -> request.amountMinor(12_35)),
                content("currency", request -> request.currency(TestConfiguration.YEN)),
                content("currency exponent", request -> request.currencyExponent((short) 0)),
                content("type", request -> request.transactionType((short) 2)),
                content("upper half of the token", request -> request.panToken().high(1)),
                content("lower half of the token", request -> request.panToken().low(1)),
                content("expiry", request -> request.expiry(3011)),
                content("card sequence", request -> request.cardSequence((short) 1)),
                content("local time", request -> request.localDateTime(TestCommands.LOCAL_DATE_TIME + 1)),
                content("category", request -> request.merchantCategory(5412)),
                content("entry mode", request -> request.panEntryMode((short) 7)),
                content("PIN capability", request -> request.pinEntryCapability((short) 2)),
                content("condition", request -> request.posCondition((short) 8)),
                content("terminal", request -> request.terminalId("TERM0002")),
                content("merchant", request -> request.merchantId("MERCHANT0000002")),
                content("name", request -> request.merchantName("Corner ship              ")),
                content("city", request -> request.merchantCity("Porto        ")),
                content("country", request -> request.merchantCountry("ES")),
                content("retrieval reference", request -> request.retrievalReference("000000000001")));
    }

    @Test
    void shouldRefuseAConflictWhileTheFirstRequestIsInFlight() {
        scenario.given().pending("A");

        scenario.when().payment("A", request -> request.amountMinor(99));

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "DUPLICATE_CONFLICT");
        scenario.then().state("A", PaymentState.PENDING);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherKeys")
    void shouldTakeAnotherKeyAsAnotherPayment(final String what, final Consumer<RequestPaymentEncoder> change) {
        scenario.given().approved("A");

        scenario.when().payment("A", change);

        scenario.then().events("PaymentRouted").event("PaymentRouted").with("paymentId", 2);
    }

    static Stream<Arguments> otherKeys() {
        return Stream.of(
                content("acquirer", request -> request.acquirerId(2)
                        .currency(TestConfiguration.YEN)
                        .currencyExponent((short) 0)),
                content("upper half of the reference", request -> request.clientReference()
                        .high(5)),
                content("lower half of the reference", request -> request.clientReference()
                        .low(5)),
                content("creation instant", request -> request.createdAtNs(Scenario.START_NS + 1)));
    }

    @Test
    void shouldReportWhereAPaymentStands() {
        scenario.when().status("A");
        scenario.then()
                .events("PaymentStatusReported")
                .event("PaymentStatusReported")
                .with("paymentId", 0)
                .with("state", "NOT_FOUND")
                .with("resultCode", 0);

        scenario.given().declined("A");
        scenario.when().status("A");

        scenario.then()
                .event("PaymentStatusReported")
                .with("paymentId", 1)
                .with("sessionId", TestCommands.SESSION)
                .with("clientReference", "(high=1|low=-2)")
                .with("createdAtNs", Scenario.START_NS)
                .with("acquirerId", 1)
                .with("gatewayId", 1)
                .with("state", "DECLINED")
                .with("resultCode", 1016);
    }

    @Test
    void shouldGiveTheAcquirerItsAnswerBeforeItsOwnTimer() {
        final Scenario hasty = new Scenario();
        hasty.given()
                .configuration(new TestConfiguration(1)
                        .currency(TestConfiguration.EURO, 2)
                        .acquirer(1, acquirer -> acquirer.answerTimeoutNs(4 * TestConfiguration.SECOND_NS))
                        .limit(1, TestConfiguration.EURO, 5_000)
                        .issuer(1)
                        .link(TestConfiguration.LINK, 1, 1, 3)
                        .bins(40_000_000, 49_999_999, 1))
                .signedOn(TestConfiguration.LINK);

        hasty.when().payment("A");

        final long waitNs = 4 * TestConfiguration.SECOND_NS - 250_000_000L;
        assertEquals(hasty.nowNs() + waitNs, hasty.engine().nextDeadlineNs());
        hasty.then().event("PaymentRouted").with("sendBeforeNs", hasty.nowNs() + waitNs / 2);
    }

    @Test
    void shouldWaitForTheIssuerAsLongAsTheIssuerMayTake() {
        scenario.when().payment("A");

        scenario.then().nextDeadlineInSeconds(10);
        scenario.then().event("PaymentRouted").with("sendBeforeNs", scenario.nowNs() + 5 * TestConfiguration.SECOND_NS);
    }

    private static Arguments content(final String what, final Consumer<RequestPaymentEncoder> change) {
        return Arguments.of(what, change);
    }

    /** The bytes of an answer without what depends on the way it takes. */
    private static byte[] withoutRoute(final byte[] answer) {
        final UnsafeBuffer buffer = new UnsafeBuffer(answer.clone());
        final PaymentAnsweredEncoder encoder = new PaymentAnsweredEncoder().wrap(buffer, 8);
        encoder.sessionId(0).gatewayId(0).repeated(BooleanType.FALSE);
        encoder.slot().incarnation(0).index(0).generation(0);
        return buffer.byteArray();
    }
}

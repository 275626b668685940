package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.NotSentReason;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Store and forward: attempts, pauses, windows, order, and how a reversal ends. */
final class ReversalQueueTest {
    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldSendAReversalWithAllItsGatewayNeeds() {
        scenario.given().approved("A");

        scenario.when().acquirerReverses("A");

        scenario.then()
                .event("ReversalRequested")
                .with("paymentId", 1)
                .with("sendBeforeNs", scenario.nowNs() + 10 * TestConfiguration.SECOND_NS)
                .with("amountMinor", TestCommands.AMOUNT_MINOR)
                .with("localDateTime", TestCommands.LOCAL_DATE_TIME)
                .with("institutionId", 10_000_001)
                .with("panToken", "(high=7001|low=8000)")
                .with("stan", 2)
                .with("transmissionDateTime", 921_141_320)
                .with("originalStan", 1)
                .with("originalTransmissionDateTime", 921_141_320)
                .with("attempt", 1)
                .with("gatewayId", 1)
                .with("issuerId", 1)
                .with("linkId", TestConfiguration.LINK)
                .with("currency", TestConfiguration.EURO)
                .with("merchantCategory", 5411)
                .with("transactionType", "PURCHASE")
                .with("panEntryMode", 5)
                .with("pinEntryCapability", 1)
                .with("posCondition", 0)
                .with("reason", "CUSTOMER_CANCELLATION")
                .with("terminalId", "TERM0001")
                .with("merchantId", "MERCHANT0000001")
                .with("approvalCode", "A00042")
                .with("retrievalReference", "000000000001");
        assertEquals(
                scenario.payment("A").routed().field("sealedPan"),
                scenario.then().event("ReversalRequested").event().field("sealedPan"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 400, 9113, 4001})
    void shouldCloseOnAnswersThatAcceptOrHaveNothingToDo(final int resultCode) {
        scenario.given().timedOut("A");

        scenario.when().issuerAnswersReversal("A", resultCode);

        scenario.then()
                .events("ReversalAcknowledged")
                .event("ReversalAcknowledged")
                .with("paymentId", 1)
                .with("issuerId", 1)
                .with("resultCode", resultCode)
                .with("attempt", 1);
        scenario.then().state("A", PaymentState.REVERSED).noDeadline();
    }

    @ParameterizedTest
    @ValueSource(ints = {9107, 9109, 9111, 9112, 1000, 9100, 65_535})
    void shouldTryAgainAfterAPauseOnEveryOtherAnswer(final int resultCode) {
        scenario.given().timedOut("A");
        final RecordedEvent first = scenario.payment("A").reversal();

        scenario.when().issuerAnswersReversal("A", resultCode);
        scenario.then()
                .events("ReversalPostponed")
                .event("ReversalPostponed")
                .with("retryAtNs", scenario.nowNs() + 5 * TestConfiguration.SECOND_NS)
                .with("attempt", 1)
                .with("resultCode", resultCode);
        scenario.when().secondsPass(5);

        scenario.then()
                .events("ReversalRequested")
                .event("ReversalRequested")
                .with("attempt", 2)
                .with("stan", first.field("stan"))
                .with("transmissionDateTime", first.field("transmissionDateTime"));
    }

    @Test
    void shouldDoubleThePauseFromTryToTryUpToItsMaximumAndThenLeaveItToAnOperator() {
        final Scenario patient = new Scenario();
        patient.given()
                .configuration(new TestConfiguration(1)
                        .currency(TestConfiguration.EURO, 2)
                        .acquirer(1)
                        .limit(1, TestConfiguration.EURO, 5_000)
                        .issuer(1, issuer -> issuer.reversalBackoffMaximumNs(15 * TestConfiguration.SECOND_NS)
                                .reversalMaximumAttempts(5))
                        .link(TestConfiguration.LINK, 1, 1, 3)
                        .bins(40_000_000, 49_999_999, 1))
                .signedOn(TestConfiguration.LINK)
                .timedOut("A");

        for (final int pause : new int[] {5, 10, 15, 15}) {
            patient.when().secondsPass(20);
            patient.then().event("ReversalPostponed").with("resultCode", 9111);
            patient.when().secondsPass(pause - 1);
            patient.then().nothing();
            patient.when().secondsPass(1);
            patient.then().events("ReversalRequested");
        }
        patient.when().secondsPass(20);

        patient.then()
                .events("ReversalDeadLettered")
                .event("ReversalDeadLettered")
                .with("paymentId", 1)
                .with("issuerId", 1)
                .with("attempt", 5);
        patient.then().state("A", PaymentState.MANUAL_REVIEW).noDeadline();
        assertEquals(1, patient.engine().manualReviewCount());
    }

    @Test
    void shouldLetOriginalNotFoundCloseOnlyAfterTheLateAnswerWindow() {
        scenario.given().timedOut("A");

        scenario.when().issuerAnswersReversal("A", 9114);
        scenario.then()
                .events("ReversalPostponed")
                .event("ReversalPostponed")
                .with("retryAtNs", Scenario.START_NS + 120 * TestConfiguration.SECOND_NS);
        scenario.when().secondsPass(110);
        scenario.then().events("ReversalRequested");
        scenario.when().issuerAnswersReversal("A", 9114);

        scenario.then().event("ReversalAcknowledged").with("resultCode", 9114).with("attempt", 2);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldHaveOnlySoManyReversalsInFlightAndTheOthersInOrder() {
        for (int i = 0; i < 5; i++) {
            scenario.given().approved("P" + i);
        }
        for (final int i : new int[] {3, 1, 4, 0, 2}) {
            scenario.when().acquirerReverses("P" + i);
        }
        assertEquals(List.of(4L, 2L), requestedPayments());

        scenario.when().issuerAnswersReversal("P1", 0);
        scenario.then().event("ReversalRequested").with("paymentId", 5);
        scenario.when().issuerAnswersReversal("P3", 0);
        scenario.then().event("ReversalRequested").with("paymentId", 1);
        scenario.when().issuerAnswersReversal("P4", 0);
        scenario.then().event("ReversalRequested").with("paymentId", 3);
    }

    @Test
    void shouldWaitForALinkAndThenSendInOrder() {
        scenario.given().pending("A").pending("B").pending("C").that(When::hostStarts);
        scenario.when().secondsPass(100);
        scenario.then().nothing().noDeadline();

        scenario.when().link(TestConfiguration.SECOND_LINK, LinkState.SIGNED_ON);

        scenario.then().events("LinkStateRecorded", "ReversalRequested", "ReversalRequested");
        scenario.then().event("ReversalRequested", 0).with("paymentId", 1);
        scenario.then().event("ReversalRequested", 1).with("paymentId", 2);
        scenario.then().event("ReversalRequested", 0).with("linkId", TestConfiguration.SECOND_LINK);
    }

    @Test
    void shouldPreferTheLinkOfTheOriginal() {
        scenario.given().pending("X").approved("A");
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalRequested").with("linkId", TestConfiguration.SECOND_LINK);
    }

    @Test
    void shouldSendTheReversalAgainOverAnotherLinkWhenItsLinkIsLost() {
        scenario.given().approved("A").that(when -> when.acquirerReverses("A"));

        scenario.when().link(TestConfiguration.LINK, LinkState.DOWN);
        scenario.then().events("LinkStateRecorded", "ReversalPostponed");
        scenario.when().secondsPass(5);

        scenario.then().event("ReversalRequested").with("attempt", 2).with("linkId", TestConfiguration.SECOND_LINK);
    }

    @Test
    void shouldNotCountAnAttemptThatWasNotSent() {
        scenario.given().timedOut("A");

        scenario.when().reversalNotSent("A", NotSentReason.CHANNEL_FULL);
        scenario.then().events("ReversalPostponed").event("ReversalPostponed").with("attempt", 0);
        scenario.when().secondsPass(5);

        scenario.then().event("ReversalRequested").with("attempt", 1);
    }

    @Test
    void shouldLeaveAReversalThatCanNeverBeSentToAnOperator() {
        scenario.given().timedOut("A");
        for (final int pause : new int[] {5, 10, 20}) {
            scenario.when().reversalNotSent("A", NotSentReason.NOT_ENCODABLE);
            scenario.when().secondsPass(pause);
        }

        scenario.when().reversalNotSent("A", NotSentReason.NOT_ENCODABLE);

        scenario.then().event("ReversalDeadLettered").with("attempt", 0);
    }

    @Test
    void shouldPutADeadLetterBackWithTheSameKeyData() {
        final RecordedEvent first = deadLetter();

        scenario.when().operatorPutsBack("A");

        scenario.then().events("ReversalRequeued", "ReversalRequested");
        scenario.then().event("ReversalRequeued").with("paymentId", 1).with("issuerId", 1);
        scenario.then()
                .event("ReversalRequested")
                .with("stan", first.field("stan"))
                .with("transmissionDateTime", first.field("transmissionDateTime"))
                .with("attempt", 5);
        scenario.when().secondsPass(20);
        scenario.then()
                .event("ReversalPostponed")
                .with("retryAtNs", scenario.nowNs() + 5 * TestConfiguration.SECOND_NS);
    }

    @Test
    void shouldCloseADeadLetterWhenTheIssuerAcceptsAfterAll() {
        deadLetter();

        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then().events("ReversalAcknowledged");
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldKeepADeadLetterWhenTheIssuerSaysNothingFinal() {
        deadLetter();

        scenario.when().issuerAnswersReversal("A", 9112);

        scenario.then().events("IssuerResponseUnmatched");
        scenario.then().state("A", PaymentState.MANUAL_REVIEW);
    }

    @Test
    void shouldRecordALateApprovalOfADeadLetter() {
        deadLetter();

        scenario.when().issuerAnswers("A", 0);

        scenario.then()
                .events("LateResponseRecorded")
                .event("LateResponseRecorded")
                .with("state", "MANUAL_REVIEW");
    }

    @Test
    void shouldIgnoreToPutBackWhatIsNotADeadLetter() {
        scenario.given().approved("A");

        scenario.when().operatorPutsBack("A");
        scenario.then()
                .event("CommandIgnored")
                .with("problem", "NOT_IN_MANUAL_REVIEW")
                .with("paymentId", 1);

        scenario.when().operatorPutsBack(99);
        scenario.then()
                .event("CommandIgnored")
                .with("problem", "UNKNOWN_PAYMENT")
                .with("paymentId", 99);
    }

    @Test
    void shouldCloseOnALateAnswerToAnEarlierAttempt() {
        scenario.given().timedOut("A");
        scenario.when().secondsPass(20);
        scenario.then().events("ReversalPostponed");

        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then()
                .events("ReversalAcknowledged")
                .state("A", PaymentState.REVERSED)
                .noDeadline();
    }

    @Test
    void shouldNotHurryOnAUselessAnswerToAnEarlierAttempt() {
        scenario.given().timedOut("A");
        scenario.when().secondsPass(20);

        scenario.when().issuerAnswersReversal("A", 9112);

        scenario.then().events("IssuerResponseUnmatched").nextDeadlineInSeconds(5);
    }

    @Test
    void shouldRecordAnAnswerToAClosedReversalAsADuplicate() {
        scenario.given().reversed("A");

        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then()
                .events("IssuerResponseUnmatched")
                .event("IssuerResponseUnmatched")
                .with("duplicate", "TRUE");
    }

    @Test
    void shouldNotTakeTheTraceNumberOfARequestForThatOfAReversal() {
        scenario.given().approved("A");

        scenario.when()
                .command(new TestCommands()
                        .issuerReversalResponse(scenario.payment("A").routed(), 0));

        scenario.then()
                .events("IssuerResponseUnmatched")
                .event("IssuerResponseUnmatched")
                .with("duplicate", "FALSE");
        scenario.then().state("A", PaymentState.APPROVED);
    }

    @Test
    void shouldKnowTheApprovalCodeOfALateApprovalOnlyInAReversalNotYetSent() {
        scenario.given().pending("A").that(When::hostStarts);
        scenario.when().issuerAnswers("A", 0);

        scenario.when().link(TestConfiguration.LINK, LinkState.SIGNED_ON);

        scenario.then().event("ReversalRequested").with("approvalCode", "A00042");
        scenario.given().timedOut("B").that(when -> when.issuerAnswers("B", 0));
        scenario.when().secondsPass(25);
        final RecordedEvent second = scenario.payment("B").reversal();
        assertEquals("2", second.field("attempt"));
        assertEquals("      ", second.field("approvalCode"));
    }

    private RecordedEvent deadLetter() {
        scenario.given().timedOut("A");
        final RecordedEvent first = scenario.payment("A").reversal();
        scenario.when().secondsPass(20 + 5 + 20 + 10 + 20 + 20 + 20);
        scenario.then().state("A", PaymentState.MANUAL_REVIEW);
        return first;
    }

    private List<Long> requestedPayments() {
        return scenario.allEvents().stream()
                .filter(event -> event.name().equals("ReversalRequested"))
                .map(event -> event.number("paymentId"))
                .toList();
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Approved payments past the horizon: still there for follow-ups, reversals and questions. */
final class OriginalsTest {
    private static final long RETENTION_SECONDS = 3_600;
    private static final int MAXIMUM_ORIGINALS = 3;
    private static final long PAST_HORIZON_SECONDS = 961;
    private static final long AMOUNT = TestCommands.AMOUNT_MINOR;

    private final Scenario scenario = scenario(MAXIMUM_ORIGINALS, 20);

    private static Scenario scenario(final int originals, final int payments) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(TestConfiguration.standard(1).begin(begin -> begin.maximumPayments(payments)
                        .originalsRetentionNs(RETENTION_SECONDS * TestConfiguration.SECOND_NS)
                        .maximumOriginals(originals)))
                .signedOn(TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }

    /** Lets the horizon pass and something happen, so that what is past it leaves the payment table. */
    private void passHorizon(final String next) {
        scenario.when().secondsPassInSilence(PAST_HORIZON_SECONDS);
        scenario.given().declined(next);
    }

    @Test
    void shouldStillTellWhereAPaymentStands() {
        scenario.given().approved("A");
        passHorizon("next");
        assertEquals(1, scenario.engine().originalCount());
        assertEquals(1, scenario.engine().paymentCount());

        scenario.then().state("A", PaymentState.APPROVED).settled("A", AMOUNT, 0);
        assertEquals(1, scenario.engine().originalCount());
    }

    @Test
    void shouldBeRefundedWithAllTheIssuerNeedsToKnow() {
        scenario.given().approved("A");
        passHorizon("next");

        scenario.when().refund("R", "A", 100);

        scenario.then().events("PaymentRouted", "PaymentAdjusted");
        scenario.then()
                .event("PaymentRouted")
                .with("originalStan", scenario.payment("A").routed().number("stan"))
                .with("originalApprovalCode", "A00042")
                .with("panToken", "(high=7001|low=8000)")
                .with("terminalId", "TERM0001")
                .with("merchantId", "MERCHANT0000001")
                .with("merchantName", " ".repeat(25))
                .with("lastFour", 1117)
                .with("expiry", 3012)
                .with("merchantCategory", 5411)
                .with("sealedPan", scenario.payment("A").routed().field("sealedPan"));
        assertEquals(0, scenario.engine().originalCount());
        scenario.then().settled("A", AMOUNT, 100);
    }

    @Test
    void shouldBeReversed() {
        scenario.given().approved("A");
        passHorizon("next");

        scenario.when().acquirerReverses("A");

        scenario.then().events("ReversalQueued", "ReversalAnswered", "ReversalRequested");
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldGetBackWhatAFollowUpTookWhereItIsKept() {
        scenario.given().completed("C", "A");
        passHorizon("next");
        assertEquals(2, scenario.engine().originalCount());

        scenario.when().acquirerReverses("C");
        assertEquals(1, scenario.engine().originalCount());
        scenario.when().issuerAnswersReversal("C", 0);

        scenario.then().events("ReversalAcknowledged", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("paymentId", 1).with("state", "APPROVED");
        scenario.then().state("A", PaymentState.APPROVED);
        assertEquals(1, scenario.engine().originalCount());
    }

    @Test
    void shouldNotBeKeptWhenThereIsNothingToFollowUp() {
        scenario.given().declined("A").reversed("B");
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "I", request -> request.amountMinor(0));
        scenario.given().that(when -> when.issuerAnswers("I", 0));
        passHorizon("next");
        scenario.given().declined("more");

        assertEquals(0, scenario.engine().originalCount());
        scenario.then().state("A", PaymentState.NOT_FOUND);
    }

    @Test
    void shouldStayInThePaymentTableWhileThereIsNoRoom() {
        for (int i = 0; i < 5; i++) {
            scenario.given().approved("P" + i);
        }
        passHorizon("next");

        assertEquals(MAXIMUM_ORIGINALS, scenario.engine().originalCount());
        assertEquals(3, scenario.engine().paymentCount());
        scenario.then().state("P4", PaymentState.APPROVED).state("P0", PaymentState.APPROVED);
    }

    @Test
    void shouldBeForgottenWhenTheirTimeIsOver() {
        scenario.given().approved("A");
        passHorizon("next");
        scenario.given().approved("B");
        scenario.when().secondsPassInSilence(RETENTION_SECONDS + 1);
        scenario.given().declined("later");

        scenario.then().state("A", PaymentState.NOT_FOUND).state("B", PaymentState.APPROVED);
        scenario.when().refund("R", "A", 100);
        scenario.then().event("PaymentAnswered").with("reason", "ORIGINAL_NOT_FOUND");
        scenario.when().acquirerReverses("A");
        scenario.then().event("RequestRefused").with("reason", "STALE_REQUEST");
    }

    @Test
    void shouldRefuseAFollowUpWhenItsOriginalWouldNotFitBesideIt() {
        final Scenario small = scenario(MAXIMUM_ORIGINALS, 2);
        small.given().pending("A");

        small.when().refund("R", "A", 100);

        small.then().events("RequestRefused").event("RequestRefused").with("reason", "TABLE_FULL");
    }

    @Test
    void shouldStopTheNodeRatherThanForgetWhatItIsToldToKeep() {
        final Scenario larger = scenario(31, 60);
        for (int i = 0; i < 31; i++) {
            larger.given().approved("P" + i);
        }
        larger.when().secondsPassInSilence(PAST_HORIZON_SECONDS);

        assertThrows(EngineCapacityException.class, () -> {
            for (int i = 0; i < 10; i++) {
                larger.given().declined("D" + i);
            }
        });
    }

    @Test
    void shouldBePartOfTheSnapshot() {
        for (int i = 0; i < 3; i++) {
            scenario.given().approved("P" + i);
        }
        passHorizon("next");
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());

        final SwitchEngine restored =
                SwitchEngine.restore(Scenario.CAPACITY, new RecordingSink(), SnapshotRecords.source(records));

        assertEquals(3, restored.originalCount());
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        final List<byte[]> again = SnapshotRecords.of(restored);
        for (int i = 0; i < records.size(); i++) {
            assertArrayEquals(records.get(i), again.get(i));
        }
        assertThrows(
                EngineCapacityException.class,
                () -> SwitchEngine.restore(
                        Scenario.CAPACITY.withOriginals(2), new RecordingSink(), SnapshotRecords.source(records)));
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.PaymentState;
import org.junit.jupiter.api.Test;

/** What is remembered for how long, and what happens when there is no more room. */
final class RetentionTest {
    private static final long RETENTION_SECONDS =
            (TestConfiguration.HORIZON_NS + TestConfiguration.SKEW_NS) / TestConfiguration.SECOND_NS;
    private static final int MAXIMUM_PAYMENTS = 5;

    private final Scenario scenario = withRoomFor(MAXIMUM_PAYMENTS);

    @Test
    void shouldRefuseOnePaymentMoreThanItMayRemember() {
        fill();

        scenario.when().payment("A", request -> request.slot().index(3));

        scenario.then()
                .events("RequestRefused")
                .event("RequestRefused")
                .with("reason", "TABLE_FULL")
                .with("slot", "(incarnation=99|index=3|generation=0)");
        assertEquals(MAXIMUM_PAYMENTS, scenario.engine().paymentCount());
    }

    @Test
    void shouldStillAnswerRepeatsAndReversalsOfKnownPaymentsWhenFull() {
        fill();

        scenario.when().payment("P0");
        scenario.then().event("PaymentAnswered").with("repeated", "TRUE");
        scenario.when().acquirerReverses("P0");
        scenario.then().event("ReversalAnswered").with("resultCode", 0);
    }

    @Test
    void shouldRefuseTheReversalOfAnUnknownOriginalWhenFull() {
        fill();

        scenario.when().acquirerReverses("unseen");

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "TABLE_FULL");
    }

    @Test
    void shouldForgetFinalPaymentsOnceHorizonAndSkewHavePassed() {
        fill();
        scenario.when().secondsPassInSilence(RETENTION_SECONDS);

        scenario.when().payment("exactly");
        scenario.then().event("RequestRefused").with("reason", "TABLE_FULL");
        scenario.nowNs(scenario.nowNs() + 1);
        scenario.when().payment("after");

        scenario.then().events("PaymentRouted");
        assertEquals(2, scenario.engine().paymentCount());
        scenario.then().state("P0", PaymentState.NOT_FOUND).state("P3", PaymentState.NOT_FOUND);
        scenario.then().state("P4", PaymentState.APPROVED);
    }

    @Test
    void shouldForgetTheOldestFirst() {
        for (int i = 0; i < MAXIMUM_PAYMENTS; i++) {
            scenario.given().pending("P" + i);
        }
        for (final int i : new int[] {3, 0, 4, 1, 2}) {
            scenario.when().issuerAnswers("P" + i, 0);
            scenario.when().nanosPass(1_000_000);
        }
        scenario.when().secondsPassInSilence(RETENTION_SECONDS);
        scenario.nowNs(scenario.nowNs() - 3_500_000);

        scenario.when().payment("A");

        scenario.then().state("P3", PaymentState.NOT_FOUND).state("P0", PaymentState.NOT_FOUND);
        scenario.then().state("P4", PaymentState.APPROVED).state("P1", PaymentState.APPROVED);
    }

    @Test
    void shouldCountTheAgeOfAReversedPaymentFromItsReversal() {
        scenario.given().approved("P0");
        scenario.when().secondsPass(500);
        scenario.when().acquirerReverses("P0");
        scenario.when().issuerAnswersReversal("P0", 0);
        scenario.when().secondsPassInSilence(RETENTION_SECONDS - 1);

        scenario.when().payment("A");

        scenario.then().state("P0", PaymentState.REVERSED);
    }

    @Test
    void shouldNeverForgetWhatIsNotFinal() {
        scenario.given().timedOut("P0");
        scenario.when().secondsPass(200);
        scenario.then().state("P0", PaymentState.MANUAL_REVIEW);
        scenario.given().timedOut("P1");
        scenario.when().hostStarts();
        scenario.given().signedOn(TestConfiguration.OTHER_LINK);
        scenario.when().secondsPassInSilence(3 * RETENTION_SECONDS);

        for (int i = 2; i < MAXIMUM_PAYMENTS; i++) {
            scenario.when().payment("P" + i, request -> request.bin(51_000_000));
            scenario.then().event("PaymentRouted");
        }
        scenario.when().payment("A");

        scenario.then().event("RequestRefused").with("reason", "TABLE_FULL");
        scenario.then().state("P0", PaymentState.MANUAL_REVIEW).state("P1", PaymentState.REVERSING);
    }

    @Test
    void shouldCallARepeatOfAForgottenPaymentStale() {
        fill();
        scenario.when().secondsPassInSilence(RETENTION_SECONDS + 1);
        scenario.when().payment("A");
        scenario.then().state("P0", PaymentState.NOT_FOUND);

        scenario.when().payment("P0");

        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "STALE_REQUEST");
    }

    @Test
    void shouldNotRouteAForgottenPaymentAgainWhenTheHorizonGrows() {
        fill();
        scenario.when().secondsPassInSilence(RETENTION_SECONDS + 1);
        scenario.when().payment("A");
        scenario.then().state("P0", PaymentState.NOT_FOUND);

        scenario.given()
                .configuration(TestConfiguration.standard(2)
                        .begin(begin -> begin.horizonNs(10 * TestConfiguration.HORIZON_NS)));
        scenario.when().payment("P0");
        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "STALE_REQUEST");
        scenario.when().acquirerReverses("P0");
        scenario.then().events("RequestRefused").event("RequestRefused").with("reason", "STALE_REQUEST");
        scenario.when().payment("B", request -> request.createdAtNs(Scenario.START_NS + 1));

        scenario.then().events("PaymentRouted");
    }

    @Test
    void shouldRecordAnAnswerToAForgottenPaymentAsUnmatched() {
        fill();
        scenario.when().secondsPassInSilence(RETENTION_SECONDS + 1);
        scenario.when().payment("A");

        scenario.when().issuerAnswers("P0", 0);

        scenario.then().event("IssuerResponseUnmatched").with("duplicate", "FALSE");
    }

    @Test
    void shouldStopWhenItMayRememberMoreThanItCan() {
        final Scenario small = new Scenario(new EngineCapacity(3, 8, 16, 4, 8, 16));
        small.given().configuration(TestConfiguration.standard(1)).signedOn(TestConfiguration.LINK);
        small.given().approved("A").approved("B").approved("C");

        final EngineCapacityException stop =
                assertThrows(EngineCapacityException.class, () -> small.when().payment("D"));

        assertTrue(stop.getMessage().contains("payments=3"), stop.getMessage());
    }

    @Test
    void shouldUseEveryRecordAgainAndAgain() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < MAXIMUM_PAYMENTS; i++) {
                final String name = "R" + round + "." + i;
                scenario.given().approved(name);
                scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
            }
            scenario.when().secondsPassInSilence(RETENTION_SECONDS + 1);
        }
        assertEquals(0, scenario.engine().pendingCount());
    }

    private void fill() {
        for (int i = 0; i < MAXIMUM_PAYMENTS; i++) {
            scenario.given().approved("P" + i);
        }
    }

    private static Scenario withRoomFor(final int payments) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(TestConfiguration.standard(1).begin(begin -> begin.maximumPayments(payments)))
                .signedOn(TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.PaymentState;
import io.turnout.codecs.sbe.engine.TransactionType;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/**
 * Pre-authorisations expire when their validity ends: in the payment table by themselves, past the horizon when named.
 */
final class ExactExpiryTest {
    private static final long VALIDITY_SECONDS = TestConfiguration.VALIDITY_NS / TestConfiguration.SECOND_NS;
    private static final long LONG_VALIDITY_SECONDS = 2_000;
    private static final long PAST_HORIZON_SECONDS = 961;

    private Scenario scenario = scenario(VALIDITY_SECONDS);

    private static Scenario scenario(final long validitySeconds) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(TestConfiguration.standard(1, issuer -> issuer.exactExpiry(BooleanType.TRUE)
                                .preAuthorisationValidityNs(validitySeconds * TestConfiguration.SECOND_NS))
                        .begin(begin -> begin.originalsRetentionNs(10_000 * TestConfiguration.SECOND_NS)
                                .maximumOriginals(10)))
                .signedOn(TestConfiguration.LINK, TestConfiguration.SECOND_LINK, TestConfiguration.OTHER_LINK);
        return scenario;
    }

    private void givenItIsAnOriginal() {
        scenario = scenario(LONG_VALIDITY_SECONDS);
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().secondsPassInSilence(PAST_HORIZON_SECONDS);
        scenario.given().declined("next");
        assertEquals(1, scenario.engine().originalCount());
    }

    @Test
    void shouldExpireAtTheVeryInstant() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.then().nextDeadlineInSeconds(VALIDITY_SECONDS);
        scenario.when().nanosPass(TestConfiguration.VALIDITY_NS - 1);
        scenario.then().nothing().state("A", PaymentState.APPROVED);

        scenario.when().nanosPass(1);

        scenario.then()
                .events("PaymentAdjusted")
                .event("PaymentAdjusted")
                .with("state", "EXPIRED")
                .with("settledMinor", 0)
                .with("followUpPaymentId", 0);
        scenario.then().state("A", PaymentState.EXPIRED).noDeadline();
        scenario.when().complete("C", "A");
        scenario.then().event("PaymentAnswered").with("reason", "AUTHORISATION_EXPIRED");
        scenario.when().cancel("V", "A");
        scenario.then().event("PaymentAnswered").with("reason", "AUTHORISATION_EXPIRED");
    }

    @Test
    void shouldNotExpireWhatIsCompletedVoidedOrReversed() {
        scenario.given().completed("C", "A").approved(TransactionType.PRE_AUTHORISATION, "B");
        scenario.when().cancel("V", "B");
        scenario.when().issuerAnswers("V", 0);
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "D");
        scenario.when().acquirerReverses("D");
        scenario.when().issuerAnswersReversal("D", 0);

        scenario.then().noDeadline();
    }

    @Test
    void shouldExpireNoOtherPayments() {
        scenario.given().approved("A").approved(TransactionType.CASH_WITHDRAWAL, "B");

        scenario.then().noDeadline();
    }

    @Test
    void shouldWaitForACompletionInFlight() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().secondsPass(VALIDITY_SECONDS - 1);
        scenario.when().complete("C", "A");
        scenario.when().secondsPass(2);
        scenario.then().state("A", PaymentState.APPROVED);

        scenario.when().issuerAnswers("C", 0);

        scenario.then().state("A", PaymentState.COMPLETED).noDeadline();
    }

    @Test
    void shouldExpireWhenACompletionInFlightFailsAfterTheEnd() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().secondsPass(VALIDITY_SECONDS - 1);
        scenario.when().complete("C", "A");
        scenario.when().secondsPass(2);

        scenario.when().issuerAnswers("C", 1016);

        scenario.then().events("PaymentAnswered", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted").with("state", "EXPIRED");
    }

    @Test
    void shouldHaveItsEndAgainWhenACompletionFailsBeforeIt() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().complete("C", "A");
        scenario.when().issuerAnswers("C", 1016);

        scenario.then().nextDeadlineInSeconds(VALIDITY_SECONDS);
    }

    @Test
    void shouldExpireWhenItsCompletionIsReversedAfterTheEnd() {
        scenario.given().completed("C", "A");
        scenario.when().secondsPass(VALIDITY_SECONDS);
        scenario.when().acquirerReverses("C");

        scenario.when().issuerAnswersReversal("C", 0);

        scenario.then().events("ReversalAcknowledged", "PaymentAdjusted", "PaymentAdjusted");
        scenario.then().event("PaymentAdjusted", 0).with("state", "APPROVED");
        scenario.then().event("PaymentAdjusted", 1).with("state", "EXPIRED");
    }

    @Test
    void shouldKeepItsEndOverAPartialReversal() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().acquirerReversesTo("A", 5_00);
        scenario.when().issuerAnswersReversal("A", 0);

        scenario.then().nextDeadlineInSeconds(VALIDITY_SECONDS);
    }

    @Test
    void shouldExpireOnlyWithALateCompletionWhereTheIssuerDoesNotSayOtherwise() {
        final Scenario usual = Scenario.standard();
        usual.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        usual.then().noDeadline();
        usual.when().secondsPass(VALIDITY_SECONDS);
        usual.then().state("A", PaymentState.APPROVED);

        usual.when().complete("C", "A");

        usual.then().events("PaymentAdjusted", "PaymentAnswered").state("A", PaymentState.EXPIRED);
    }

    @Test
    void shouldHaveNoDeadlineAmongTheOriginals() {
        givenItIsAnOriginal();
        scenario.then().state("A", PaymentState.APPROVED).noDeadline();

        scenario.when().secondsPass(LONG_VALIDITY_SECONDS - PAST_HORIZON_SECONDS);

        scenario.then().nothing();
    }

    @Test
    void shouldBeFoundExpiredByAStatusInquiryAmongTheOriginals() {
        givenItIsAnOriginal();

        final long left = (LONG_VALIDITY_SECONDS - PAST_HORIZON_SECONDS) * TestConfiguration.SECOND_NS;

        scenario.when().nanosPass(left - 1);
        scenario.then().state("A", PaymentState.APPROVED);
        scenario.when().nanosPass(1);

        scenario.then().state("A", PaymentState.EXPIRED).settled("A", 0, 0);
        assertEquals(1, scenario.engine().originalCount());
    }

    @Test
    void shouldBeFoundExpiredByACompletionAmongTheOriginals() {
        givenItIsAnOriginal();
        scenario.when().secondsPassInSilence(LONG_VALIDITY_SECONDS);

        scenario.when().complete("C", "A");

        scenario.then().events("PaymentAdjusted", "PaymentAnswered");
        scenario.then().event("PaymentAdjusted").with("state", "EXPIRED");
        scenario.then().event("PaymentAnswered").with("reason", "AUTHORISATION_EXPIRED");
        scenario.then().state("A", PaymentState.EXPIRED);
    }

    @Test
    void shouldBeFoundExpiredByAVoidAmongTheOriginals() {
        givenItIsAnOriginal();
        scenario.when().secondsPassInSilence(LONG_VALIDITY_SECONDS);

        scenario.when().cancel("V", "A");

        scenario.then().event("PaymentAnswered").with("reason", "AUTHORISATION_EXPIRED");
        scenario.then().state("A", PaymentState.EXPIRED);
    }

    @Test
    void shouldHaveItsDeadlineAgainWhenItIsRecalledInTime() {
        givenItIsAnOriginal();
        scenario.when().complete("C", "A");
        scenario.when().issuerAnswers("C", 1016);
        assertEquals(0, scenario.engine().originalCount());

        scenario.then().nextDeadlineInSeconds(LONG_VALIDITY_SECONDS - PAST_HORIZON_SECONDS);
    }

    @Test
    void shouldStillBeReversedWhenExpired() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        scenario.when().secondsPass(VALIDITY_SECONDS);

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalRequested");
    }

    @Test
    void shouldHoldNothingInTheLedgerThatWouldHaveToBeGivenBack() {
        final LedgerSetting setting = LedgerSetting.standard();

        setting.pay("A", LedgerSetting.bank(TransactionType.PRE_AUTHORISATION, 20_00, 0));
        setting.answer("A", 0);

        assertEquals(0, setting.view().held(LedgerSetting.total(LedgerSetting.BANK_PARTICIPANT)));
        assertEquals(0, setting.view().balance(LedgerSetting.total(LedgerSetting.BANK_PARTICIPANT)));
    }

    @Test
    void shouldKeepDeadlinesInASnapshot() {
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "A");
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(Scenario.CAPACITY, sink, scenario.engine()::writeSnapshot);
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());
        final DirectBuffer tick = new TestCommands().clockTick();

        restored.onCommand(
                restored.commandSequence() + 1,
                scenario.nowNs() + TestConfiguration.VALIDITY_NS,
                tick,
                0,
                tick.capacity());

        assertEquals("EXPIRED", sink.events().get(0).field("state"));
    }
}

package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.LinkPreference;
import io.turnout.codecs.sbe.engine.LinkState;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Which link takes a request: by requests in flight and latency, by rate, and degraded ones last. */
final class LinkChoiceTest {
    private static final int LINK = TestConfiguration.LINK;
    private static final int SECOND_LINK = TestConfiguration.SECOND_LINK;
    private static final long MILLISECOND_NS = 1_000_000L;

    private final Scenario scenario = scenario(30, 0);

    private static Scenario scenario(final long window, final long maximumRate) {
        final Scenario scenario = new Scenario();
        scenario.given()
                .configuration(new TestConfiguration(1)
                        .currency(TestConfiguration.EURO, 2)
                        .acquirer(TestConfiguration.ACQUIRER)
                        .limit(TestConfiguration.ACQUIRER, TestConfiguration.EURO, 1_000_00)
                        .issuer(TestConfiguration.ISSUER, issuer -> issuer.linkPreference(LinkPreference.LEAST_COST))
                        .link(LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, window, maximumRate)
                        .link(SECOND_LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, window, maximumRate)
                        .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER))
                .signedOn(LINK, SECOND_LINK);
        return scenario;
    }

    /** A payment on each link, answered after so many milliseconds. */
    private void measure(final long ofLink, final long ofSecondLink) {
        pay("first", LINK);
        pay("second", SECOND_LINK);
        final long startNs = scenario.nowNs();
        final boolean firstIsFaster = ofLink < ofSecondLink;
        scenario.nowNs(startNs + Math.min(ofLink, ofSecondLink) * MILLISECOND_NS);
        scenario.when().issuerAnswers(firstIsFaster ? "first" : "second", 0);
        scenario.nowNs(startNs + Math.max(ofLink, ofSecondLink) * MILLISECOND_NS);
        scenario.when().issuerAnswers(firstIsFaster ? "second" : "first", 0);
    }

    private void pay(final String name, final int onLink) {
        scenario.when().payment(name);
        scenario.then().event("PaymentRouted").with("linkId", onLink);
    }

    @Test
    void shouldSpreadRequestsEvenlyWhileNothingIsMeasured() {
        pay("A", LINK);
        pay("B", SECOND_LINK);
        pay("C", LINK);
        pay("D", SECOND_LINK);
    }

    @Test
    void shouldPreferTheFasterLinkUntilItsRequestsOutweighIt() {
        measure(400, 100);

        pay("A", SECOND_LINK);
        pay("B", SECOND_LINK);
        pay("C", SECOND_LINK);
        // Four requests of 100 ms would wait as long as one of 400 ms; the link with fewer in flight takes it.
        pay("D", LINK);
        pay("E", SECOND_LINK);
    }

    @Test
    void shouldChooseTheLowerIdWhenEverythingElseIsEqual() {
        measure(100, 100);

        pay("A", LINK);
        pay("B", SECOND_LINK);
    }

    @Test
    void shouldLetEachAnswerCountAnEighth() {
        measure(100, 800);
        assertEquals(100 * MILLISECOND_NS, latencyNs(LINK));

        pay("A", LINK);
        scenario.nowNs(scenario.nowNs() + 900 * MILLISECOND_NS);
        scenario.when().issuerAnswers("A", 0);

        assertEquals((100 + (900 - 100) / 8) * MILLISECOND_NS, latencyNs(LINK));
    }

    @Test
    void shouldCountARequestThatIsGivenUpWithTheTimeWaited() {
        pay("A", LINK);

        scenario.when().secondsPass(10);

        assertEquals(10_000 * MILLISECOND_NS, latencyNs(LINK));
    }

    @Test
    void shouldTryASlowLinkAgainAfterAWhile() {
        measure(400, 100);
        pay("A", SECOND_LINK);
        scenario.when().secondsPassInSilence(20);

        // Halved twice, the latency of the first link is what the second one's was: no more than the fastest.
        scenario.when().issuerAnswers("A", 0);
        pay("B", LINK);
    }

    @Test
    void shouldForgetTheLatencyOfALinkThatIsSignedOnAnew() {
        measure(400, 100);

        scenario.given().down(LINK).signedOn(LINK);

        pay("A", LINK);
    }

    @Test
    void shouldNotFloodALinkWhoseLatencyIsNotKnown() {
        measure(400, 100);
        scenario.given().down(LINK).signedOn(LINK);

        pay("A", LINK);
        pay("B", SECOND_LINK);
        pay("C", LINK);
    }

    @Test
    void shouldUseADegradedLinkOnlyWhenNoOtherHasRoom() {
        final Scenario narrow = scenario(2, 0);
        narrow.when().link(LINK, LinkState.DEGRADED);
        narrow.then().event("LinkStateRecorded").with("state", "DEGRADED");

        final List<Integer> expected = List.of(SECOND_LINK, SECOND_LINK, LINK, LINK);
        for (int i = 0; i < expected.size(); i++) {
            narrow.when().payment("P" + i);
            narrow.then().event("PaymentRouted").with("linkId", expected.get(i));
        }
        narrow.when().payment("full");
        narrow.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");

        narrow.given().down(SECOND_LINK);
        narrow.when().issuerAnswers("P2", 0);
        narrow.when().payment("more");
        narrow.then().event("PaymentRouted").with("linkId", LINK);
    }

    @Test
    void shouldUseALinkAsBeforeWhenItIsNoLongerDegraded() {
        scenario.when().link(LINK, LinkState.DEGRADED);
        pay("A", SECOND_LINK);

        scenario.when().link(LINK, LinkState.SIGNED_ON);

        pay("B", LINK);
    }

    @Test
    void shouldLoseWhatIsInFlightOnADegradedLinkOnlyWhenItGoesDown() {
        pay("A", LINK);
        scenario.when().link(LINK, LinkState.DEGRADED);
        scenario.then().events("LinkStateRecorded");

        scenario.when().link(LINK, LinkState.DOWN);

        scenario.then().event("PaymentAnswered").with("reason", "LINK_LOST");
    }

    @Test
    void shouldSendAReversalOverAHealthyLinkRatherThanOverADegradedOne() {
        pay("A", LINK);
        scenario.when().issuerAnswers("A", 0);
        scenario.when().link(LINK, LinkState.DEGRADED);

        scenario.when().acquirerReverses("A");

        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK);
        scenario.given().down(SECOND_LINK);
        scenario.when().secondsPass(5);
        scenario.then().event("ReversalRequested").with("linkId", LINK).with("attempt", 2);
    }

    @Test
    void shouldKeepWithinTheRateOfEachLink() {
        final Scenario slow = scenario(30, 2);
        for (final int onLink : List.of(LINK, SECOND_LINK, LINK, SECOND_LINK)) {
            slow.when().payment("P" + slow.allEvents().size());
            slow.then().event("PaymentRouted").with("linkId", onLink);
        }
        slow.when().payment("fifth");
        slow.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY").with("resultCode", 9107);

        slow.nowNs(slow.nowNs() + 499 * MILLISECOND_NS);
        slow.when().payment("too soon");
        slow.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");
        slow.nowNs(slow.nowNs() + MILLISECOND_NS);
        slow.when().payment("in time");
        slow.then().event("PaymentRouted").with("linkId", LINK);
    }

    @Test
    void shouldTakeTheNextLinkWhenTheRateOfOneIsUsedUp() {
        final Scenario slow = scenario(30, 1);
        slow.given().down(SECOND_LINK).pending("A").signedOn(SECOND_LINK);

        slow.when().payment("B");

        slow.then().event("PaymentRouted").with("linkId", SECOND_LINK);
    }

    @Test
    void shouldNotCountAdvicesAndReversalsAgainstTheRate() {
        final Scenario slow = scenario(30, 1);
        slow.given().down(SECOND_LINK).approved("A");
        slow.when().acquirerReverses("A");
        slow.then().event("ReversalRequested").with("linkId", LINK);

        slow.when().payment("B");
        slow.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");
    }

    @Test
    void shouldRememberLatencyRateAndDegradationInASnapshot() {
        final Scenario before = scenario(30, 1);
        before.given().pending("A");
        before.nowNs(before.nowNs() + 300 * MILLISECOND_NS);
        before.when().issuerAnswers("A", 0);
        before.when().link(SECOND_LINK, LinkState.DEGRADED);

        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(before.engine())));

        assertEquals(before.engine().stateHash(), restored.stateHash());
        for (final String name : List.of("B", "C")) {
            final DirectBuffer command = new TestCommands().requestPayment(before.payment(name), c -> {});
            restored.onCommand(restored.commandSequence() + 1, before.nowNs(), command, 0, command.capacity());
        }
        assertEquals(SECOND_LINK, sink.events().get(0).number("linkId"));
        assertEquals("ISSUER_BUSY", sink.events().get(1).field("reason"));
    }

    private long latencyNs(final int linkId) {
        return SnapshotRecords.link(scenario.engine(), linkId).latencyNs();
    }
}

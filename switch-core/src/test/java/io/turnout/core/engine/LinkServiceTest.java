package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators take links out of service and put them back. */
final class LinkServiceTest {
    private static final int LINK = TestConfiguration.LINK;
    private static final int SECOND_LINK = TestConfiguration.SECOND_LINK;
    private static final int OTHER_LINK = TestConfiguration.OTHER_LINK;
    private static final boolean OUT = false;
    private static final boolean BACK = true;

    private final Scenario scenario = Scenario.standard();

    @Test
    void shouldSayAtOnceThatAnIdleLinkIsDrained() {
        scenario.when().link(LINK, OUT);

        scenario.then().events("LinkServiceChanged", "LinkDrained").noDeadline();
        scenario.then()
                .event("LinkServiceChanged")
                .with("gatewayId", TestConfiguration.GATEWAY)
                .with("issuerId", TestConfiguration.ISSUER)
                .with("linkId", LINK)
                .with("service", "DRAINING");
        scenario.then()
                .event("LinkDrained")
                .with("gatewayId", TestConfiguration.GATEWAY)
                .with("issuerId", TestConfiguration.ISSUER)
                .with("linkId", LINK);
    }

    @Test
    void shouldSendNewRequestsRoundADrainingLinkAndTakeTheAnswersOfOldOnes() {
        scenario.given().pending("on the link");
        scenario.when().link(LINK, OUT);
        scenario.then().events("LinkServiceChanged");

        for (final String name : List.of("A", "B", "C")) {
            scenario.when().payment(name);
            scenario.then().event("PaymentRouted").with("linkId", SECOND_LINK);
        }
        scenario.when().payment("one too many");
        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");
        scenario.when().issuerAnswers("on the link", 0);

        scenario.then().events("PaymentAnswered", "LinkDrained");
        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @Test
    void shouldBeUnavailableWhenItsOnlyLinkIsOutOfService() {
        scenario.given().that(when -> when.link(OTHER_LINK, OUT));

        scenario.when().payment("A", request -> request.bin(51_000_000));
        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_UNAVAILABLE");
        scenario.when().link(OTHER_LINK, BACK);
        scenario.then().events("LinkServiceChanged").event("LinkServiceChanged").with("service", "IN_SERVICE");
        scenario.when().payment("B", request -> request.bin(51_000_000));

        scenario.then().event("PaymentRouted").with("linkId", OTHER_LINK);
    }

    @Test
    void shouldWaitForAReversalInFlightAndSendTheNextOneOverAnotherLink() {
        scenario.given().timedOut("A");
        scenario.when().link(LINK, OUT);
        scenario.then().events("LinkServiceChanged");

        scenario.when().issuerAnswersReversal("A", 9112);

        scenario.then().events("ReversalPostponed", "LinkDrained");
        scenario.when().secondsPass(5);
        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK);
        scenario.when().issuerAnswersReversal("A", 0);
        scenario.then().state("A", PaymentState.REVERSED);
    }

    @Test
    void shouldKeepReversalsUntilALinkIsBack() {
        scenario.given().timedOut("A");
        scenario.given().that(when -> when.link(LINK, OUT)).that(when -> when.link(SECOND_LINK, OUT));
        scenario.when().issuerAnswersReversal("A", 9112);
        scenario.when().secondsPass(60);
        scenario.then().nothing();

        scenario.when().link(SECOND_LINK, BACK);

        scenario.then().events("LinkServiceChanged", "ReversalRequested");
        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK);
    }

    @Test
    void shouldBeDrainedWhenWhatIsInFlightIsGivenUp() {
        scenario.given().pending("A");
        scenario.given().that(when -> when.link(LINK, OUT));

        scenario.when().secondsPass(10);

        scenario.then().events("PaymentAnswered", "ReversalQueued", "ReversalRequested", "LinkDrained");
        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK);
    }

    @ParameterizedTest
    @EnumSource(
            value = LinkState.class,
            names = {"SIGNED_ON", "DEGRADED"})
    void shouldTellAGatewayAgainThatSignsADrainedLinkOn(final LinkState state) {
        scenario.given().that(when -> when.link(LINK, OUT)).down(LINK);

        scenario.when().link(LINK, state);

        scenario.then().events("LinkStateRecorded", "LinkDrained");
    }

    @ParameterizedTest
    @CsvSource({"11, false, true", "11, true, false", "11, true, true"})
    void shouldTakeALinkInAndOut(final int linkId, final boolean first, final boolean second) {
        final boolean unchanged = first == second || first == BACK;
        if (first == OUT) {
            scenario.given().that(when -> when.link(linkId, first));
        }
        scenario.when().link(linkId, second);

        if (unchanged && second == BACK) {
            ignored("LINK_SERVICE_UNCHANGED");
        } else {
            scenario.then().event("LinkServiceChanged");
        }
    }

    @Test
    void shouldSayWhatItCannotDo() {
        scenario.when().link(77, OUT);
        ignored("UNKNOWN_LINK");
        scenario.when().link(LINK, BACK);
        ignored("LINK_SERVICE_UNCHANGED");
        scenario.given().that(when -> when.link(LINK, OUT));
        scenario.when().link(LINK, OUT);
        ignored("LINK_SERVICE_UNCHANGED");
        final UnsafeBuffer neither = new UnsafeBuffer(new byte[11]);
        neither.putBytes(0, new TestOperations().setLinkService(LINK, BACK), 0, 11);
        neither.putByte(10, (byte) 2);
        scenario.when().command(neither);
        ignored("MALFORMED");
    }

    @Test
    void shouldStayOutOfServiceOverAConfigurationARestartAndASnapshot() {
        scenario.given().pending("in flight").that(when -> when.link(LINK, OUT));
        scenario.given().that(when -> when.link(OTHER_LINK, OUT));
        final SwitchEngine restored = restored(scenario.engine());
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        assertFalse(restored.isLinkInService(LINK));
        assertTrue(restored.isLinkInService(SECOND_LINK));
        assertTrue(restored.isLinkInService(77));

        scenario.when().hostStarts();
        scenario.then().event("LinkDrained").with("linkId", LINK);
        scenario.given().configuration(TestConfiguration.standard(2)).signedOn(LINK, SECOND_LINK, OTHER_LINK);

        assertFalse(scenario.engine().isLinkInService(LINK));
        scenario.when().payment("A");
        scenario.then().event("PaymentRouted").with("linkId", SECOND_LINK);
    }

    @Test
    void shouldSayOneLinkADrainedCommandAndTheRestWithTheNext() {
        scenario.given()
                .pending("A")
                .pending("B")
                .that(when -> when.link(LINK, OUT))
                .that(when -> when.link(SECOND_LINK, OUT));
        scenario.when().hostStarts();
        final List<String> drained = new ArrayList<>(linksDrained());
        assertEquals(1, drained.size());
        assertEquals(scenario.nowNs(), scenario.engine().nextDeadlineNs());

        scenario.when().secondsPass(0);
        drained.addAll(linksDrained());

        assertEquals(List.of("11", "12"), drained);
    }

    private List<String> linksDrained() {
        return scenario.events().stream()
                .filter(event -> event.name().equals("LinkDrained"))
                .map(event -> event.field("linkId"))
                .toList();
    }

    private void ignored(final String problem) {
        scenario.then()
                .events("CommandIgnored")
                .event("CommandIgnored")
                .with("refTemplateId", 62)
                .with("problem", problem);
    }

    private static SwitchEngine restored(final SwitchEngine engine) {
        return SwitchEngine.restore(Scenario.CAPACITY, new RecordingSink(), engine::writeSnapshot);
    }
}

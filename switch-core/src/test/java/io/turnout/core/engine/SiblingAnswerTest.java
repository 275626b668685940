package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.LinkState;
import io.turnout.codecs.sbe.engine.PaymentState;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Requests of a lost link may still be answered on another link of the issuer, if the issuer does so. */
final class SiblingAnswerTest {
    private static final int LINK = TestConfiguration.LINK;
    private static final int SECOND_LINK = TestConfiguration.SECOND_LINK;

    private final Scenario scenario = new Scenario();

    SiblingAnswerTest() {
        scenario.given()
                .configuration(configuration(1))
                .signedOn(LINK, SECOND_LINK, TestConfiguration.OTHER_LINK)
                .pending("A");
    }

    private static TestConfiguration configuration(final long hash) {
        return TestConfiguration.standard(hash, issuer -> issuer.answersOnSiblings(BooleanType.TRUE));
    }

    @Test
    void shouldWaitForTheAnswerWhileASiblingIsSignedOn() {
        scenario.when().link(LINK, LinkState.DOWN);
        scenario.then().events("LinkStateRecorded").state("A", PaymentState.PENDING);

        scenario.when().issuerAnswers("A", 0, response -> response.linkId(SECOND_LINK));

        scenario.then().events("PaymentAnswered").event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @Test
    void shouldTakeAnAnswerOnASiblingThoughTheLinkOfTheRequestIsThere() {
        scenario.when().issuerAnswers("A", 0, response -> response.linkId(SECOND_LINK));

        scenario.then().event("PaymentAnswered").with("outcome", "APPROVED");
    }

    @Test
    void shouldNotTakeAnAnswerOfAnotherIssuer() {
        scenario.when().issuerAnswers("A", 0, response -> response.issuerId(TestConfiguration.OTHER_ISSUER)
                .linkId(TestConfiguration.OTHER_LINK));

        scenario.then().events("IssuerResponseUnmatched").state("A", PaymentState.PENDING);
    }

    @Test
    void shouldStillTimeOut() {
        scenario.given().down(LINK);

        scenario.when().secondsPass(10);

        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_TIMEOUT");
        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK);
    }

    @Test
    void shouldGiveUpAllRequestsWhenTheLastLinkIsLost() {
        scenario.given().pending("B").down(LINK);

        scenario.when().link(SECOND_LINK, LinkState.DOWN);

        scenario.then().event("PaymentAnswered", 0).with("paymentId", 1).with("reason", "LINK_LOST");
        scenario.then().event("PaymentAnswered", 1).with("paymentId", 2).with("reason", "LINK_LOST");
    }

    @Test
    void shouldNotWaitForALinkOfAnotherIssuer() {
        scenario.given().down(SECOND_LINK);

        scenario.when().link(LINK, LinkState.DOWN);

        scenario.then().event("PaymentAnswered").with("reason", "LINK_LOST");
    }

    @Test
    void shouldCountWhatIsLeftInTheWindowOfTheLinkThatComesBack() {
        scenario.given()
                .down(LINK)
                .signedOn(LINK)
                .down(SECOND_LINK)
                .pending("B")
                .pending("C");

        scenario.when().payment("D");

        scenario.then().event("PaymentAnswered").with("reason", "ISSUER_BUSY");
    }

    @Test
    void shouldGiveUpAllRequestsWhenTheHostStarts() {
        scenario.when().hostStarts();

        scenario.then().event("PaymentAnswered").with("reason", "SWITCH_RESTARTED");
    }

    @Test
    void shouldGiveUpRequestsOfALinkThatIsTakenOutOfTheConfiguration() {
        scenario.given().down(LINK);

        scenario.when()
                .configuration(new TestConfiguration(2)
                        .currency(TestConfiguration.EURO, 2)
                        .acquirer(TestConfiguration.ACQUIRER)
                        .issuer(TestConfiguration.ISSUER, issuer -> issuer.answersOnSiblings(BooleanType.TRUE))
                        .link(SECOND_LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, 3)
                        .bins(40_000_000, 49_999_999, TestConfiguration.ISSUER));

        scenario.then().event("PaymentAnswered").with("reason", "LINK_LOST");
    }

    @Test
    void shouldSendAnAttemptOfAReversalAgainWithoutWaitingForItsAnswer() {
        scenario.when().issuerAnswers("A", 0);
        scenario.when().acquirerReverses("A");
        scenario.then().event("ReversalRequested").with("linkId", LINK);

        scenario.when().link(LINK, LinkState.DOWN);

        scenario.then().events("LinkStateRecorded", "ReversalPostponed");
        scenario.when().secondsPass(5);
        scenario.then().event("ReversalRequested").with("linkId", SECOND_LINK).with("attempt", 2);
    }

    @Test
    void shouldGoOnInTheSameWayAfterASnapshot() {
        scenario.given().down(LINK);
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));
        final DirectBuffer down = new TestCommands()
                .linkStateChanged(SECOND_LINK, TestConfiguration.ISSUER, TestConfiguration.GATEWAY, LinkState.DOWN);

        restored.onCommand(restored.commandSequence() + 1, scenario.nowNs(), down, 0, down.capacity());

        final List<String> reasons = sink.events().stream()
                .filter(event -> event.name().equals("PaymentAnswered"))
                .map(event -> event.field("reason"))
                .toList();
        assertEquals(List.of("LINK_LOST"), reasons);
    }

    @Test
    void shouldGiveUpAtOnceWhereTheIssuerAnswersOnTheLinkOfTheRequestOnly() {
        final Scenario usual = Scenario.standard();
        usual.given().pending("A");

        usual.when().link(LINK, LinkState.DOWN);

        usual.then().event("PaymentAnswered").with("reason", "LINK_LOST");
    }
}

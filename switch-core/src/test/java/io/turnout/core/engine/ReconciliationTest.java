package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.ReconciliationMode;
import io.turnout.codecs.sbe.engine.ReconciliationOutcome;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Totals exchanged with a bank, as ISO 8583 asks for: counts and sums of what both sides know, by date and currency.
 */
final class ReconciliationTest {
    private static final int DATE = 20260921;
    private static final int NEXT_DATE = 20260922;
    private static final long[] TWO_PURCHASES = {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2 * TestCommands.AMOUNT_MINOR, 0};

    private final LedgerCommands ledger = new LedgerCommands();
    private final ReconciliationCommands bank = new ReconciliationCommands();
    private final Scenario scenario = new Scenario();

    @Test
    void shouldAgreeWhenEveryTotalReceivedIsTheSame() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a").approved("b");

        assertEquals("IN_BALANCE", answerTo(DATE, TWO_PURCHASES));
        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 2), "what the bank does not give is not compared");
    }

    @Test
    void shouldDisagreeWhenOneTotalDiffers() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a").approved("b");

        assertEquals("OUT_OF_BALANCE", answerTo(DATE, 0, 0, 3));
        assertEquals("OUT_OF_BALANCE", answerTo(DATE, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2469, 0));
        assertEquals(
                "(credits=0|creditReversals=0|debits=2|debitReversals=0|transfers=0|transferReversals=0|inquiries=0"
                        + "|authorisations=0|creditsMinor=0|creditReversalsMinor=0"
                        + "|debitsMinor=2468|debitReversalsMinor=0)",
                last("ReconciliationReceived")
                        .field("totals")
                        .substring(
                                last("ReconciliationReceived").field("totals").indexOf('(')));
    }

    @Test
    void shouldSayThatThereIsNothingToCompareWith() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a");

        assertEquals("NOTHING_RECEIVED", answerTo(NEXT_DATE, 0, 0, 0));
        assertEquals("NOTHING_RECEIVED", answerTo(0, 0, 0, 0));
    }

    @Test
    void shouldNotSupportWhatIsNotConfigured() {
        begin(ReconciliationMode.NONE);
        scenario.given().approved("a");

        assertEquals("NOT_SUPPORTED", answerTo(DATE, 0, 0, 1));
        assertEquals(List.of(), List.copyOf(TotalsView.of(scenario.engine()).keySet()));
    }

    @Test
    void shouldCountAReversalOnlyWhenItIsAcknowledged() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a");
        scenario.when().acquirerReverses("a");
        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 0));

        scenario.when().issuerAnswersReversal("a", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1234, 1234));
    }

    @Test
    void shouldCountWhatAPartialReversalGivesBack() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a");
        scenario.when().acquirerReversesTo("a", 1000);
        scenario.when().issuerAnswersReversal("a", 0);
        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1234, 234));

        scenario.when().acquirerReverses("a");
        scenario.when().issuerAnswersReversal("a", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 1234, 1234));
    }

    @Test
    void shouldCountAVoidAsTheReversalOfWhatItVoids() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a");
        scenario.when().cancel("v", "a");
        scenario.when().issuerAnswers("v", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1234, 1234));
    }

    @Test
    void shouldCountAuthorisationsAndInquiriesWithoutTheirAmount() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved(TransactionType.PRE_AUTHORISATION, "held");
        scenario.when().payment(TransactionType.BALANCE_INQUIRY, "asked", request -> request.amountMinor(0));
        scenario.when().issuerAnswers("asked", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void shouldCountAnAdviceWhenItIsTaken() {
        begin(ReconciliationMode.ANSWER);
        scenario.when().advice(TransactionType.REFUND, "r");
        assertEquals("NOTHING_RECEIVED", answerTo(DATE, 0));

        scenario.when().issuerAnswersAdvice("r", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 1, 0, 0, 0, 0, 0, 0, 0, 1234, 0, 0, 0));
    }

    @Test
    void shouldCountALateApprovalAndItsReversal() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().pending("a");
        scenario.when().secondsPass(11);
        scenario.when().issuerAnswers("a", 0);
        scenario.when().issuerAnswersReversal("a", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1234, 1234));
    }

    @Test
    void shouldSendTheTotalsOfAClosedDateUntilTheyAreAnswered() {
        begin(ReconciliationMode.SEND);
        scenario.given().approved("a").approved("b");
        scenario.when().command(ledger.cutOver(NEXT_DATE, 1));
        final RecordedEvent first = last("ReconciliationRequested");
        assertEquals(1, first.number("attempt"));
        assertEquals(DATE, first.number("businessDate"));

        scenario.when().secondsPass(40);
        final RecordedEvent second = last("ReconciliationRequested");
        assertEquals(2, second.number("attempt"));
        assertEquals(first.number("stan"), second.number("stan"));
        assertEquals(first.number("transmissionDateTime"), second.number("transmissionDateTime"));
        assertEquals(first.field("totals"), second.field("totals"));

        scenario.when().command(bank.answered(second, 9115, ReconciliationOutcome.OUT_OF_BALANCE, 0, 0, 3));
        final RecordedEvent ended = last("ReconciliationEnded");
        assertEquals("OUT_OF_BALANCE", ended.field("outcome"));
        assertTrue(ended.field("issuerTotals").contains("debits=3"), ended.toString());
        assertTrue(ended.field("totals").contains("debits=2"), ended.toString());

        final long sent = count("ReconciliationRequested");
        scenario.when().secondsPass(3600);
        assertEquals(sent, count("ReconciliationRequested"));
        scenario.when().command(bank.answered(second, 0, ReconciliationOutcome.IN_BALANCE));
        assertEquals(1, count("ReconciliationEnded"));
    }

    @Test
    void shouldAskAgainWhenTheBankCannotAnswerNow() {
        begin(ReconciliationMode.SEND);
        scenario.given().approved("a");
        scenario.when().command(ledger.cutOver(NEXT_DATE, 1));
        scenario.when().command(bank.answered(last("ReconciliationRequested"), 9107, ReconciliationOutcome.NOT_SAID));
        assertEquals(0, count("ReconciliationEnded"));

        scenario.when().secondsPass(10);

        assertEquals(2, last("ReconciliationRequested").number("attempt"));
    }

    @Test
    void shouldTellWhenTheBankNeverAnswers() {
        begin(ReconciliationMode.SEND);
        scenario.given().approved("a");
        scenario.when().command(ledger.cutOver(NEXT_DATE, 1));

        scenario.when().secondsPass(600);

        assertEquals(4, count("ReconciliationRequested"));
        assertEquals("UNANSWERED", last("ReconciliationEnded").field("outcome"));
    }

    @Test
    void shouldWaitForALinkAndGoOnAfterARestart() {
        begin(ReconciliationMode.SEND);
        scenario.given().approved("a");
        scenario.when().command(ledger.cutOver(NEXT_DATE, 1));
        scenario.when().hostStarts();
        scenario.when().secondsPass(40);
        assertEquals(1, count("ReconciliationRequested"), "no link, nothing to send on");

        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(Scenario.CAPACITY, sink, scenario.engine()::writeSnapshot);
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());

        scenario.given().signedOn(TestConfiguration.LINK);
        scenario.when().secondsPass(10);
        assertEquals(2, last("ReconciliationRequested").number("attempt"));
    }

    @Test
    void shouldBookOnTheDateInForceWhatBelongsToAClosedOne() {
        begin(ReconciliationMode.ANSWER);
        scenario.given().approved("a");
        scenario.when().command(ledger.cutOver(NEXT_DATE, 1));
        scenario.when().acquirerReverses("a");
        scenario.when().issuerAnswersReversal("a", 0);

        assertEquals("IN_BALANCE", answerTo(DATE, 0, 0, 1, 0));
        assertEquals("IN_BALANCE", answerTo(NEXT_DATE, 0, 0, 0, 1));
    }

    @Test
    void shouldForgetOldTotals() {
        begin(ReconciliationMode.ANSWER);
        for (int i = 0; i < 6; i++) {
            scenario.given().approved("p" + i);
            scenario.when().command(ledger.cutOver(NEXT_DATE + i, 1));
        }
        scenario.given().approved("last");

        assertEquals("NOTHING_RECEIVED", answerTo(DATE, 0, 0, 1));
        assertEquals("NOTHING_RECEIVED", answerTo(NEXT_DATE + 1, 0, 0, 1));
        assertEquals("IN_BALANCE", answerTo(NEXT_DATE + 2, 0, 0, 1));
    }

    private void begin(final ReconciliationMode mode) {
        scenario.given()
                .configuration(LedgerSetting.configuration(1, 1_000_000_00, mode))
                .signedOn(TestConfiguration.LINK);
        scenario.when().command(ledger.cutOver(DATE, 2));
    }

    private String answerTo(final int date, final long... totals) {
        scenario.when().command(bank.received(date, totals));
        return last("ReconciliationReceived").field("outcome");
    }

    private RecordedEvent last(final String name) {
        final List<RecordedEvent> events = scenario.allEvents();
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).name().equals(name)) {
                return events.get(i);
            }
        }
        throw new AssertionError("no " + name);
    }

    private long count(final String name) {
        return scenario.allEvents().stream()
                .filter(event -> event.name().equals(name))
                .count();
    }
}

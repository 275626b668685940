package io.turnout.core.engine;

import static io.turnout.core.engine.LedgerSetting.BANK_PARTICIPANT;
import static io.turnout.core.engine.LedgerSetting.CAP;
import static io.turnout.core.engine.LedgerSetting.WORLD;
import static io.turnout.core.engine.LedgerSetting.bank;
import static io.turnout.core.engine.LedgerSetting.position;
import static io.turnout.core.engine.LedgerSetting.total;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.AccountKind;
import io.turnout.codecs.sbe.engine.BooleanType;
import io.turnout.codecs.sbe.engine.TransactionType;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far the cap of the bank is used is told at 70, 85 and 95 percent, once each way. */
final class CapWarningTest {
    private static final long PERCENT = CAP / 100;

    private final LedgerSetting setting = LedgerSetting.standard();
    private final Scenario scenario = setting.scenario();

    /** A purchase that is approved and so adds to what the bank owes. */
    private void use(final String name, final long amountMinor) {
        setting.pay(name, bank(TransactionType.PURCHASE, amountMinor, 0));
        scenario.when().issuerAnswers(name, 0);
    }

    /** The bank pays some of what it owes. */
    private void pay(final long submission, final long amountMinor) {
        setting.submit(submission, LedgerCommands.post(WORLD, position(BANK_PARTICIPANT), amountMinor));
    }

    private void expectTold(final int fromPercent, final int toPercent) {
        scenario.then()
                .event("CapUsageChanged")
                .with("participantId", BANK_PARTICIPANT)
                .with("accountId", total(BANK_PARTICIPANT))
                .with("currency", TestConfiguration.EURO)
                .with("fromPercent", fromPercent)
                .with("toPercent", toPercent);
    }

    private void expectNothingTold() {
        assertEquals(0, scenario.then().count("CapUsageChanged"));
    }

    @ParameterizedTest
    @CsvSource({"0, 70", "70, 85", "85, 95"})
    void shouldTellOfEachStepUpwardsAtTheVeryAmountAndOnce(final int from, final int to) {
        use("before", to * PERCENT - 2);

        setting.pay("A", bank(TransactionType.PURCHASE, 1, 0));
        expectNothingTold();
        setting.pay("B", bank(TransactionType.PURCHASE, 1, 0));

        scenario.then().events("PaymentRouted", "CapUsageChanged");
        expectTold(from, to);
        scenario.then().event("CapUsageChanged").with("netDebitCapMinor", CAP).with("usedMinor", to * PERCENT);
        setting.pay("C", bank(TransactionType.PURCHASE, 1, 0));
        expectNothingTold();
    }

    @ParameterizedTest
    @CsvSource({"70, 0", "85, 70", "95, 85"})
    void shouldTellOfEachStepDownwardsOnceTheMarginIsPassed(final int from, final int to) {
        use("before", from * PERCENT);

        pay(2, LedgerSetting.MARGIN_PERCENT * PERCENT);
        expectNothingTold();
        pay(3, 1);

        expectTold(from, to);
        pay(4, 1);
        expectNothingTold();
    }

    @Test
    void shouldTellAgainOnlyAfterTheStepWasLeftByTheMargin() {
        use("before", 70 * PERCENT);
        pay(2, PERCENT);
        setting.pay("A", bank(TransactionType.PURCHASE, PERCENT, 0));
        expectNothingTold();
        setting.answer("A", 0);

        pay(3, 6 * PERCENT);
        expectTold(70, 0);
        setting.pay("B", bank(TransactionType.PURCHASE, 6 * PERCENT, 0));

        expectTold(0, 70);
    }

    @Test
    void shouldTellOfSeveralStepsAtOnce() {
        setting.pay("A", bank(TransactionType.PURCHASE, 96 * PERCENT, 0));
        expectTold(0, 95);

        setting.answer("A", 1016);

        expectTold(95, 0);
    }

    @Test
    void shouldCountWhatIsHeld() {
        setting.pay("A", bank(TransactionType.PURCHASE, 70 * PERCENT, 0));
        expectTold(0, 70);

        setting.answer("A", 0);

        expectNothingTold();
    }

    @Test
    void shouldFallWhenAReversalIsAcknowledged() {
        use("A", 90 * PERCENT);
        scenario.when().acquirerReverses("A");
        expectNothingTold();

        scenario.when().issuerAnswersReversal("A", 0);

        expectTold(85, 0);
    }

    @Test
    void shouldTellOfAccomplishedFactsBeyondTheCap() {
        setting.pay("A", bank(TransactionType.PURCHASE, CAP + 1, 0).andThen(r -> r.advice(BooleanType.TRUE)));

        expectTold(0, 95);
    }

    @Test
    void shouldNotTellOfRequestsThatAreDeclined() {
        use("before", 60 * PERCENT);

        setting.pay("A", bank(TransactionType.PURCHASE, 41 * PERCENT, 0))
                .event("PaymentAnswered")
                .with("reason", "POSITION_LIMIT_EXCEEDED");

        expectNothingTold();
    }

    @Test
    void shouldTellWhenTheCapChanges() {
        use("before", 50 * PERCENT);

        scenario.when().configuration(LedgerSetting.configuration(2, 60 * PERCENT));
        expectTold(0, 70);
        scenario.when().configuration(LedgerSetting.configuration(3, CAP));

        expectTold(70, 0);
    }

    @Test
    void shouldTellOfAnyUseOfACapOfNothing() {
        use("before", 1);

        scenario.when().configuration(LedgerSetting.configuration(2, 0));
        expectTold(0, 95);
        pay(2, 1);

        expectTold(95, 0);
    }

    @Test
    void shouldTellNothingWithoutAMargin() {
        scenario.given().configuration(withMargin(2, 0));

        use("A", 96 * PERCENT);

        assertEquals(
                0,
                scenario.allEvents().stream()
                        .filter(event -> event.name().equals("CapUsageChanged"))
                        .count());
        scenario.when().configuration(withMargin(3, 5));
        expectTold(0, 95);
    }

    private static TestConfiguration withMargin(final long hash, final int marginPercent) {
        final TestConfiguration usual = LedgerSetting.configuration(hash, CAP);
        final TestConfiguration ledger = new TestConfiguration(hash).ledger(10, 8, 4, marginPercent);
        usual.replace(ledger.definitions().get(1));
        return usual;
    }

    @Test
    void shouldTellOfAFewPerCommandAndWakeForTheRest() {
        final int participants = CapWatch.MAXIMUM_TOLD + 2;
        scenario.given().configuration(withParticipants(2, participants, 1_000));
        final LedgerCommands.Leg[] legs = new LedgerCommands.Leg[participants];
        for (int i = 0; i < participants; i++) {
            final int participant = 20 + i;
            setting.apply(setting.commands().open(400 + i, AccountKind.PREFUND, account -> account.owner(participant)
                            .debitLimitMinor(1_000)))
                    .events("AccountOpened");
            legs[i] = LedgerCommands.post(400 + i, WORLD, 500);
        }
        setting.submit(2, legs).event("TransfersAnswered").with("legs", participants);
        final TestConfiguration smaller = withParticipants(3, participants, 500);
        smaller.definitions().forEach(scenario::apply);

        scenario.when().command(smaller.activation());

        assertEquals(CapWatch.MAXIMUM_TOLD, scenario.then().count("CapUsageChanged"));
        assertTrue(scenario.engine().nextDeadlineNs() <= scenario.nowNs());
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY.with(LedgerSetting.LEDGER).withOriginals(16),
                new RecordingSink(),
                scenario.engine()::writeSnapshot);
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());
        scenario.when().tick();
        assertEquals(2, scenario.then().count("CapUsageChanged"));
        assertTrue(scenario.engine().nextDeadlineNs() > scenario.nowNs());
    }

    private static TestConfiguration withParticipants(final long hash, final int participants, final long capMinor) {
        final TestConfiguration configuration = LedgerSetting.configuration(hash, CAP);
        for (int i = 0; i < participants; i++) {
            configuration.participant(20 + i, TestConfiguration.EURO, capMinor);
        }
        return configuration;
    }

    @Test
    void shouldGoOnInTheSameWayAfterARestart() {
        use("before", 86 * PERCENT);
        final RecordingSink sink = new RecordingSink();
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY.with(LedgerSetting.LEDGER).withOriginals(16), sink, SnapshotRecords.source(records));
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());

        for (final long amountMinor : new long[] {PERCENT, 6 * PERCENT, 20 * PERCENT}) {
            final DirectBuffer command = setting.commands()
                    .submit(
                            100 + amountMinor,
                            scenario.nowNs(),
                            List.of(LedgerCommands.post(WORLD, position(BANK_PARTICIPANT), amountMinor)));
            restored.onCommand(restored.commandSequence() + 1, scenario.nowNs(), command, 0, command.capacity());
        }

        final List<String> told = sink.events().stream()
                .filter(event -> event.name().equals("CapUsageChanged"))
                .map(event -> event.field("fromPercent") + " to " + event.field("toPercent"))
                .toList();
        assertEquals(List.of("85 to 70", "70 to 0"), told);
    }
}

package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.ConfigurationRefusedDecoder;
import io.turnout.codecs.sbe.engine.GapDetectedDecoder;
import io.turnout.codecs.sbe.engine.HostRecoveredDecoder;
import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.core.pipeline.CommandLoss.Kind;
import io.turnout.core.pipeline.RecoveryException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host finds after its predecessor died, on journals that lose exactly what the test takes from them. */
final class RecoveryTest {
    private static final ConfigurationCommands CONFIGURATION = Commands.configuration(1, 1_000_00);

    @TempDir
    Path directory;

    private final Node.Clock clock = new Node.Clock();

    @ParameterizedTest
    @EnumSource(Durability.class)
    void shouldFindTheStateAndTheEventsOfTheLastRun(final Durability durability) {
        final Journals live = new Journals();
        final Node node = start(live, durability);
        node.signOn();
        node.pay(20);
        final long stateHash = node.host().stateHash();

        final Journals survivors = live.afterKill();
        final VerificationReport before = survivors.verify();
        final Node recovered = start(survivors, durability);

        assertEquals(stateHash, before.stateHash(), "state of the replay");
        assertEquals(live.events.entries(), survivors.events.entries().subList(0, live.events.count()));
        assertEquals(
                live.commands.lastSequence(), recovered.host().recoveryReport().replayedCommands());
        assertEquals(0, recovered.host().recoveryReport().completedEvents());
        assertEquals(CommandLoss.NONE, recovered.host().recoveryReport().loss());
        survivors.assertClean();
    }

    @Test
    void shouldCompleteAnEventJournalThatIsBehindWhereverItStopped() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(5);

        for (int kept = 0; kept <= live.events.count(); kept++) {
            final Journals survivors = new Journals(live.commands.afterKill(), live.events.keeping(kept));
            final Node recovered = start(survivors, Durability.ASYNC);

            assertEquals(live.events.entries(), survivors.events.entries().subList(0, live.events.count()));
            assertEquals(
                    live.events.count() - kept,
                    recovered.host().recoveryReport().completedEvents(),
                    "kept=" + kept);
            survivors.assertClean();
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void shouldLoseNothingThatWasSeenAtWhateverStepTheProcessDies(final Durability durability) {
        for (int steps = 0; steps < 40; steps++) {
            final Journals live = new Journals();
            final Node node = start(live, durability);
            node.signOn();
            node.request(10_00);
            node.request(Commands.DECLINED_AMOUNT_MINOR);
            node.request(20_00);
            for (int step = 0; step < steps; step++) {
                node.step(step % Node.PARTS);
            }
            final long seen = node.bank().lastEvent();

            // A process that dies keeps what it flushed; a machine that dies under SYNC keeps what it synced.
            final Journals survivors = durability == Durability.SYNC
                    ? new Journals(live.commands.afterPowerLoss(), live.events.afterKill())
                    : live.afterKill();
            final Node recovered = start(survivors, durability);

            assertEquals(Kind.NONE, recovered.host().recoveryReport().loss().kind(), "steps=" + steps);
            assertTrue(survivors.events.lastSequence() >= seen, "steps=" + steps + " seen=" + seen);
            assertEquals(
                    live.events.entries(),
                    survivors.events.entries().subList(0, live.events.count()),
                    "steps=" + steps);
            survivors.assertClean();
        }
    }

    @Test
    void shouldReportEventsWhoseCommandsWereLostAndUseNoSequenceAgain() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(10);
        final int lostCommands = 7;
        final Journals survivors =
                new Journals(live.commands.keeping(live.commands.count() - lostCommands), live.events.afterKill());

        final Node recovered = start(survivors, Durability.ASYNC);
        recovered.signOn();
        recovered.pay(3);

        final CommandLoss loss = recovered.host().recoveryReport().loss();
        assertEquals(Kind.CERTAIN, loss.kind());
        assertEquals(live.events.lastSequence(), loss.lastEvent());
        assertTrue(loss.firstEvent() <= loss.lastEvent());
        final UnsafeBuffer event = survivors.eventRecord(live.events.count());
        final GapDetectedDecoder gap = new GapDetectedDecoder()
                .wrapAndApplyHeader(event, EventRecord.EVENT_OFFSET, new MessageHeaderDecoder());
        assertEquals(loss.firstEvent(), gap.firstMissing());
        assertEquals(loss.lastEvent(), gap.lastMissing());
        assertEquals(live.events.entries(), survivors.events.entries().subList(0, live.events.count()));
        survivors.assertSequencesRise();
        survivors.assertClean();
    }

    @Test
    void shouldRecoverAgainAndAgainAfterALoss() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(6);
        Journals survivors = new Journals(live.commands.keeping(live.commands.count() - 5), live.events.afterKill());
        start(survivors, Durability.ASYNC);

        for (int i = 0; i < 3; i++) {
            survivors = survivors.afterKill();
            final Node recovered = start(survivors, Durability.ASYNC);
            assertEquals(Kind.NONE, recovered.host().recoveryReport().loss().kind());
            survivors.assertClean();
        }
    }

    @Test
    void shouldStartFromWhateverTwoPiecesALossOfPowerLeaves() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(2);

        for (int commands = 0; commands <= live.commands.count(); commands++) {
            for (int events = 0; events <= live.events.count(); events++) {
                final String pieces = "commands=" + commands + " events=" + events;
                final Journals survivors = new Journals(live.commands.keeping(commands), live.events.keeping(events));
                final Node recovered = start(survivors, Durability.ASYNC);
                recovered.signOn();
                recovered.pay(1);

                assertEquals(1, recovered.bank().answeredCount(), pieces);
                assertEquals(
                        live.events.entries().subList(0, events),
                        survivors.events.entries().subList(0, events),
                        pieces);
                survivors.assertSequencesRise();
                survivors.assertClean();
            }
        }
    }

    @Test
    void shouldFinishALossThatTheNextCrashInterrupted() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(6);
        final int kept = live.commands.count() - 5;
        final Journals once = new Journals(live.commands.keeping(kept), live.events.afterKill());
        start(once, Durability.ASYNC);

        // The first recovery died after it had written any number of its own commands, and no event.
        for (int written = kept; written <= once.commands.count(); written++) {
            final Journals survivors = new Journals(once.commands.keeping(written), live.events.afterKill());
            start(survivors, Durability.ASYNC);

            assertEquals(
                    once.events.entries().subList(0, live.events.count()),
                    survivors.events.entries().subList(0, live.events.count()));
            survivors.assertSequencesRise();
            survivors.assertClean();
        }
    }

    @Test
    void shouldNotStartWhenSyncedCommandsAreMissing() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.SYNC);
        node.signOn();
        node.pay(5);
        final Journals survivors =
                new Journals(live.commands.keeping(live.commands.count() - 3), live.events.afterKill());

        final RecoveryException error = assertThrows(RecoveryException.class, () -> start(survivors, Durability.SYNC));

        assertEquals(Problem.COMMANDS_LOST, error.problem());
        assertEquals(live.commands.count() - 3, survivors.commands.count(), "nothing was written");
    }

    @Test
    void shouldNotTakeAnOldBackupForALossOfPower() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(5);
        final int backup = live.commands.count();
        clock.advance(1);
        node.pay(1);
        clock.advance(LossCheck.MAXIMUM_LOSS_NS);
        node.pay(1);

        final Journals survivors = new Journals(live.commands.keeping(backup), live.events.afterKill());
        final RecoveryException error = assertThrows(RecoveryException.class, () -> start(survivors, Durability.ASYNC));

        assertEquals(Problem.COMMANDS_LOST, error.problem());
    }

    @Test
    void shouldReportAPossibleLossAfterAnotherBoot() throws IOException {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(3);
        final Path mark = directory.resolve("running");
        Files.writeString(mark, Files.readString(mark).replaceFirst("boot=.*", "boot=another"));

        final Journals survivors = live.afterKill();
        final Node recovered = start(survivors, Durability.ASYNC);

        assertEquals(Kind.POSSIBLE, recovered.host().recoveryReport().loss().kind());
        final UnsafeBuffer event = survivors.eventRecord(live.events.count());
        final GapDetectedDecoder gap = new GapDetectedDecoder()
                .wrapAndApplyHeader(event, EventRecord.EVENT_OFFSET, new MessageHeaderDecoder());
        assertEquals(live.events.lastSequence() + 1, gap.firstMissing());
        assertEquals(-1, gap.lastMissing());
        survivors.assertClean();
        recovered.close();
        assertFalse(Files.exists(mark));
    }

    @Test
    void shouldNameTheEventThatTheEngineNoLongerDerives() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(3);
        final Journals survivors = live.afterKill();
        survivors.events.corrupt(4, EventRecord.CHAIN_OFFSET);

        final RecoveryException error = assertThrows(RecoveryException.class, () -> start(survivors, Durability.ASYNC));

        assertEquals(Problem.EVENT_MISMATCH, error.problem());
        assertTrue(error.getMessage().contains("eventSequence=5 "), error.getMessage());
    }

    @Test
    void shouldMakePaymentsInFlightUnknown() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.bank().silence();
        node.request(10_00);
        node.request(10_00);
        node.run();

        final Journals survivors = live.afterKill();
        start(survivors, Durability.ASYNC);

        final HostRecoveredDecoder recovered = new HostRecoveredDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        int found = 0;
        for (int i = live.events.count(); i < survivors.events.count(); i++) {
            final UnsafeBuffer event = survivors.eventRecord(i);
            header.wrap(event, EventRecord.EVENT_OFFSET);
            if (header.templateId() == HostRecoveredDecoder.TEMPLATE_ID) {
                recovered.wrapAndApplyHeader(event, EventRecord.EVENT_OFFSET, header);
                assertEquals(2, recovered.pendingPayments());
                found++;
            }
        }
        assertEquals(1, found);
    }

    @Test
    void shouldSendNothingOfAReplayToAGateway() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.bank().silence();
        node.request(10_00);
        node.run();

        final Node recovered = start(live.afterKill(), Durability.ASYNC);
        recovered.bank().doWork();

        assertEquals(0, recovered.bank().eventCount());
    }

    @Test
    void shouldJournalAConfigurationOnlyWhenItIsNotInForce() {
        final Journals live = new Journals();
        assertEquals(
                ConfigurationAtStart.APPLIED,
                start(live, Durability.ASYNC).host().recoveryReport().configurationAtStart());

        final Journals second = live.afterKill();
        assertEquals(
                ConfigurationAtStart.IN_FORCE,
                start(second, Durability.ASYNC).host().recoveryReport().configurationAtStart());

        final Journals third = second.afterKill();
        assertEquals(
                ConfigurationAtStart.APPLIED,
                start(third, Durability.ASYNC, Commands.configuration(2, 5_00))
                        .host()
                        .recoveryReport()
                        .configurationAtStart());
        third.assertClean();
    }

    @Test
    void shouldLeaveTheConfigurationToTheOperatorsUnderDualControl() {
        final Journals live = new Journals();
        start(live, Durability.ASYNC, Commands.dualConfiguration(1));

        final Journals second = live.afterKill();
        final StandaloneHost host =
                start(second, Durability.ASYNC, Commands.configuration(2, 5_00)).host();

        assertEquals(ConfigurationAtStart.NOT_APPLIED, host.recoveryReport().configurationAtStart());
        second.assertClean();
        final Journals third = second.afterKill();
        assertEquals(
                ConfigurationAtStart.IN_FORCE,
                start(third, Durability.ASYNC, Commands.dualConfiguration(1))
                        .host()
                        .recoveryReport()
                        .configurationAtStart());
    }

    @Test
    void shouldNotStartWithAConfigurationThatTheEngineRefuses() {
        final Journals live = new Journals();
        final ConfigurationCommands whole = Commands.configuration(1, 1_000_00);
        final ConfigurationCommands withoutRange = new ConfigurationCommands(
                1,
                List.of(
                        whole.commands().get(0),
                        whole.commands().get(1),
                        whole.commands().get(whole.commands().size() - 1)));

        final RecoveryException error =
                assertThrows(RecoveryException.class, () -> start(live, Durability.ASYNC, withoutRange));

        assertEquals(Problem.CONFIGURATION_REFUSED, error.problem());
        final UnsafeBuffer last = live.eventRecord(live.events.count() - 1);
        assertEquals(ConfigurationRefusedDecoder.TEMPLATE_ID, StoredEvents.templateId(last, EventRecord.EVENT_OFFSET));
    }

    @Test
    void shouldSayHowFarAReplayIs() {
        final Journals live = new Journals();
        final Node node = start(live, Durability.ASYNC);
        node.signOn();
        node.pay(700);
        final List<Long> progress = new ArrayList<>();
        final Node.Clock runningClock = new Node.Clock();

        live.verifier(
                        directory,
                        () -> {
                            runningClock.advance(Commands.SECOND_NS);
                            return runningClock.nowNs();
                        },
                        (command, last, perSecond) -> {
                            assertEquals(live.commands.lastSequence(), last);
                            progress.add(command);
                        })
                .verifyAll();

        assertFalse(progress.isEmpty());
    }

    private Node start(final Journals journals, final Durability durability) {
        return start(journals, durability, CONFIGURATION);
    }

    private Node start(
            final Journals journals, final Durability durability, final ConfigurationCommands configuration) {
        return Node.start(
                directory,
                Fixtures.configuration(durability, false),
                configuration,
                clock,
                journals.commands,
                journals.events);
    }
}

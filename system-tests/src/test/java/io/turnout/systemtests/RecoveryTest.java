package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.launcher.node.Capacities;
import io.turnout.launcher.node.Journals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the switch still knows after it was stopped and started again. */
final class RecoveryTest {

    @TempDir
    private Path data;

    private final List<Payment> payments =
            List.of(new Payment(), new Payment().amountMinor(5100), new Payment().amountMinor(0));

    @Test
    void shouldRepeatRecordedAnswersByteForByteAfterARestart() {
        try (SwitchFixture fixture = new SwitchFixture(data, 4096)) {
            fixture.bank().script(RecoveryTest::declineRoundAmounts);
            final List<byte[]> before = answersOf(fixture.start());
            final int asked = fixture.bank().payments().size();
            fixture.stop();

            final List<byte[]> after = answersOf(fixture.start());

            assertEquals(2, asked, "payments that reached the bank");
            assertSame(before, after);
            assertEquals(asked, fixture.bank().payments().size(), "the bank must not be asked again");
            assertTrue(fixture.node().recoveryReport().replayedCommands() > 0);
        }
    }

    @Test
    void shouldTellWhereAPaymentStandsAfterARestart() {
        try (SwitchFixture fixture = new SwitchFixture(data, 4096)) {
            fixture.bank().script(RecoveryTest::declineRoundAmounts);
            answersOf(fixture.start());
            fixture.stop();
            fixture.start();

            try (AcquirerConnection connection = fixture.logOn()) {
                assertEquals("Status APPROVED", connection.ask(payments.get(0).statusRequest()));
                assertEquals("Status DECLINED", connection.ask(payments.get(1).statusRequest()));
                assertEquals("Status DECLINED", connection.ask(payments.get(2).statusRequest()));
                assertEquals("Status NOT_FOUND", connection.ask(new Payment().statusRequest()));
            }
        }
    }

    @Test
    void shouldBeginWithTheSnapshotAndKnowThePaymentsBeforeAndAfterIt() {
        try (SwitchFixture fixture = new SwitchFixture(data, 4096)) {
            fixture.bank().script(RecoveryTest::declineRoundAmounts);
            final List<byte[]> before = answersOf(fixture.start());
            fixture.stop();
            final boolean isBuilt = Journals.buildSnapshot(
                            fixture.directory(), Capacities.of(fixture.settings()), 2, RecoveryProgress.NONE)
                    .isPresent();
            assertTrue(isBuilt, "there are commands to build a snapshot of");

            final List<byte[]> after = answersOf(fixture.start());

            assertTrue(fixture.node().recoveryReport().snapshotCommandSequence() > 0, "began with the snapshot");
            assertEquals(List.of(), fixture.node().recoveryReport().refusedSnapshots());
            assertSame(before, after);
            fixture.pay();
        }
    }

    private List<byte[]> answersOf(final SwitchFixture fixture) {
        final List<byte[]> answers = new ArrayList<>();
        try (AcquirerConnection connection = fixture.logOn()) {
            for (final Payment payment : payments) {
                connection.send(payment.request());
                answers.add(connection.nextFrame());
            }
            assertEquals("APPROVED 0 amount 1234", connection.describe(answers.get(0)));
            assertEquals("DECLINED 1016 amount 0", connection.describe(answers.get(1)));
            assertEquals("DECLINED 1010 amount 0", connection.describe(answers.get(2)));
        }
        return answers;
    }

    private static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "answer to payment " + i);
        }
    }

    private static void declineRoundAmounts(final FakeBank.Caller caller, final FakeBank.Request request) {
        caller.send(request.answer(request.amountMinor() % 100 == 0 ? "51" : "00"));
    }
}

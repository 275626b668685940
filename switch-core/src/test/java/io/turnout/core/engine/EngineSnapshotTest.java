package io.turnout.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.SnapshotBeginEncoder;
import io.turnout.core.engine.SnapshotException.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot is read back exactly, or refused by name. */
final class EngineSnapshotTest {
    private final Scenario scenario = Scenario.standard();

    @BeforeEach
    void haveAPaymentInEveryStateAndAConfigurationHalfStaged() {
        scenario.given().approved("approved").declined("declined").timedOut("dead letter");
        scenario.when().secondsPass(200);
        scenario.given().reversed("reversed").timedOut("reversing").pending("pending");
        scenario.given().pending("reversed in flight").that(when -> when.acquirerReverses("reversed in flight"));
        scenario.given().that(when -> when.acquirerReverses("unseen"));
        scenario.given()
                .that(when -> when.payment("in the queue", request -> request.bin(51_000_000)))
                .down(TestConfiguration.OTHER_LINK);
        scenario.given().timedOut("in flight").that(when -> when.issuerAnswersReversal("reversing", 9112));
        scenario.then().event("ReversalPostponed");
        scenario.given().pending("last");
        scenario.when().commands(TestConfiguration.standard(9).definitions().subList(0, 5));
    }

    @Test
    void shouldRestoreAnEngineThatWritesTheSameSnapshot() {
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());

        final SwitchEngine restored = restore(Scenario.CAPACITY, records);

        assertSame(records, SnapshotRecords.of(restored));
        assertEquals(scenario.engine().stateHash(), restored.stateHash());
        assertEquals(scenario.engine().commandSequence(), restored.commandSequence());
        assertEquals(scenario.engine().eventSequence(), restored.eventSequence());
        assertEquals(scenario.engine().timeNs(), restored.timeNs());
        assertEquals(scenario.engine().configurationHash(), restored.configurationHash());
        assertEquals(scenario.engine().nextDeadlineNs(), restored.nextDeadlineNs());
        assertEquals(scenario.engine().pendingCount(), restored.pendingCount());
        assertEquals(scenario.engine().reversingCount(), restored.reversingCount());
        assertEquals(scenario.engine().manualReviewCount(), restored.manualReviewCount());
        assertEquals(1, restored.manualReviewCount());
        assertTrue(restored.pendingCount() > 0 && restored.reversingCount() > 3);
    }

    @Test
    void shouldRestoreFromTheEngineItself() {
        final SwitchEngine copy =
                SwitchEngine.restore(Scenario.CAPACITY, new RecordingSink(), scenario.engine()::writeSnapshot);

        assertEquals(scenario.engine().stateHash(), copy.stateHash());
    }

    @Test
    void shouldRestoreAnEngineThatHasSeenNothing() {
        final SwitchEngine empty = new SwitchEngine(Scenario.CAPACITY, new RecordingSink());

        final SwitchEngine restored = restore(Scenario.CAPACITY, SnapshotRecords.of(empty));

        assertEquals(empty.stateHash(), restored.stateHash());
        assertEquals(0, restored.commandSequence());
    }

    @Test
    void shouldPublishNoEventWhileItRestores() {
        final RecordingSink sink = new RecordingSink();

        SwitchEngine.restore(Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));

        assertEquals(List.of(), sink.events());
    }

    @Test
    void shouldGoOnStagingWhereItStopped() {
        final SwitchEngine restored = restore(Scenario.CAPACITY, SnapshotRecords.of(scenario.engine()));
        final List<DirectBuffer> commands = TestConfiguration.standard(9).commands();

        for (final DirectBuffer command : commands.subList(5, commands.size())) {
            restored.onCommand(restored.commandSequence() + 1, 0, command, 0, command.capacity());
        }

        assertEquals(9, restored.configurationHash());
    }

    @Test
    void shouldRememberTheProblemOfAStagedConfiguration() {
        scenario.when().commands(TestConfiguration.standard(3).currency(0, 0).definitions());
        final RecordingSink sink = new RecordingSink();
        final SwitchEngine restored = SwitchEngine.restore(
                Scenario.CAPACITY, sink, SnapshotRecords.source(SnapshotRecords.of(scenario.engine())));
        final DirectBuffer activation = TestConfiguration.standard(3).activation();

        restored.onCommand(restored.commandSequence() + 1, 0, activation, 0, activation.capacity());

        final RecordedEvent refused = sink.events().get(0);
        assertEquals("ConfigurationRefused", refused.name());
        assertEquals(ConfigurationProblem.INVALID_CURRENCY.code(), refused.number("problem"));
    }

    @Test
    void shouldRestoreIntoAnotherLayout() {
        final EngineCapacity larger = new EngineCapacity(1_000, 50, 50, 50, 50, 50);
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());

        final SwitchEngine restored = restore(larger, records);

        assertSame(records, SnapshotRecords.of(restored));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, 16, 4, 8, 16, payments=8",
        "64, 1, 16, 4, 8, 16, acquirers=1",
        "64, 8, 2, 4, 8, 16, amountLimits=2",
        "64, 8, 16, 1, 8, 16, issuers=1",
        "64, 8, 16, 4, 2, 16, links=2",
        "64, 8, 16, 4, 8, 1, binRanges=1"
    })
    void shouldStopWhenTheStateDoesNotFit(
            final int payments,
            final int acquirers,
            final int amountLimits,
            final int issuers,
            final int links,
            final int binRanges,
            final String named) {
        final EngineCapacity small = new EngineCapacity(payments, acquirers, amountLimits, issuers, links, binRanges);
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());

        final EngineCapacityException stop = assertThrows(EngineCapacityException.class, () -> restore(small, records));

        assertTrue(stop.getMessage().endsWith(named), stop.getMessage());
    }

    @Test
    void shouldHaveAnotherHashAfterEveryCommand() {
        long hash = scenario.engine().stateHash();
        for (int i = 0; i < 20; i++) {
            scenario.when().tick();
            final long next = scenario.engine().stateHash();
            assertNotEquals(hash, next);
            hash = next;
        }
    }

    @Test
    void shouldRefuseASnapshotCutAfterAnyRecord() {
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());
        for (int count = 0; count < records.size(); count++) {
            final List<byte[]> cut = records.subList(0, count);
            final SnapshotException refused =
                    assertThrows(SnapshotException.class, () -> restore(Scenario.CAPACITY, cut));
            assertEquals(Problem.INCOMPLETE, refused.problem());
        }
    }

    @Test
    void shouldRefuseASnapshotWithARecordMissingDoubledOrExchanged() {
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());
        for (int i = 0; i < records.size(); i++) {
            final List<byte[]> missing = new ArrayList<>(records);
            missing.remove(i);
            assertThrows(SnapshotException.class, () -> restore(Scenario.CAPACITY, missing));
            final List<byte[]> doubled = new ArrayList<>(records);
            doubled.add(i, records.get(i));
            assertThrows(SnapshotException.class, () -> restore(Scenario.CAPACITY, doubled));
            final List<byte[]> exchanged = new ArrayList<>(records);
            exchanged.set(i, records.get((i + 1) % records.size()));
            exchanged.set((i + 1) % records.size(), records.get(i));
            assertThrows(SnapshotException.class, () -> restore(Scenario.CAPACITY, exchanged));
        }
    }

    @Test
    void shouldRefuseASnapshotWithAnyByteChanged() {
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());
        for (int i = 0; i < records.size(); i++) {
            for (int at = 0; at < records.get(i).length; at++) {
                final List<byte[]> changed = new ArrayList<>(records);
                final byte[] record = records.get(i).clone();
                record[at] ^= (byte) (1 << (at % 8));
                changed.set(i, record);
                final String where = "record " + i + " byte " + at;
                final RuntimeException refused =
                        assertThrows(RuntimeException.class, () -> restore(Scenario.CAPACITY, changed), where);
                assertTrue(
                        refused instanceof SnapshotException || refused instanceof EngineCapacityException,
                        () -> where + ": " + refused);
            }
        }
    }

    @Test
    void shouldNameWhatIsWrong() {
        final List<byte[]> records = SnapshotRecords.of(scenario.engine());
        final byte[] begin = records.get(0);

        expect(Problem.BAD_LENGTH, records, new byte[3]);
        expect(Problem.BAD_LENGTH, records, Arrays.copyOf(begin, begin.length + 1));
        expect(Problem.OUT_OF_ORDER, records, records.get(1));
        final byte[] otherSchema = begin.clone();
        new MessageHeaderEncoder().wrap(new UnsafeBuffer(otherSchema), 0).schemaId(1);
        expect(Problem.UNKNOWN_RECORD, records, otherSchema);
        final byte[] newer = begin.clone();
        new MessageHeaderEncoder().wrap(new UnsafeBuffer(newer), 0).version(MessageHeaderEncoder.SCHEMA_VERSION + 1);
        expect(Problem.UNKNOWN_RECORD, records, newer);
        final byte[] otherTime = begin.clone();
        otherTime[MessageHeaderEncoder.ENCODED_LENGTH + SnapshotBeginEncoder.timeNsEncodingOffset()]++;
        expect(Problem.HASH_MISMATCH, records, otherTime);
    }

    /** Puts another first record in the place of the right one. */
    private static void expect(final Problem problem, final List<byte[]> records, final byte[] replacement) {
        final List<byte[]> changed = new ArrayList<>(records);
        changed.set(0, replacement);
        final SnapshotException refused =
                assertThrows(SnapshotException.class, () -> restore(Scenario.CAPACITY, changed));
        assertEquals(problem, refused.problem(), refused::getMessage);
        assertTrue(refused.getMessage().contains("problem=" + problem), refused.getMessage());
    }

    private static SwitchEngine restore(final EngineCapacity capacity, final List<byte[]> records) {
        return SwitchEngine.restore(capacity, new RecordingSink(), SnapshotRecords.source(records));
    }

    private static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i));
        }
    }
}

package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.ConfigurationActivatedEncoder;
import io.turnout.codecs.sbe.engine.ConfigurationRefusedEncoder;
import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.core.pipeline.RecoveryException.Problem;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class EventRecorderTest {
    private static final int MAXIMUM_EVENT_LENGTH = 512;

    private final PipelineCounters counters = Fixtures.counters();
    private final MemoryJournal journal = new MemoryJournal();

    @Test
    void shouldAppendEachEventWithItsChainValue() {
        record(recorder(journal), 1, 3);

        final EventChain chain = new EventChain();
        for (int i = 1; i <= 3; i++) {
            final UnsafeBuffer event = event(i);
            chain.advance(i, commandOf(i), timestampOf(i), event, 0, event.capacity());
            final MemoryJournal.Entry entry = journal.entries().get(i - 1);
            final EventRecord record = new EventRecord().wrap(new UnsafeBuffer(entry.bytes()), 0, entry.bytes().length);
            final byte[] value = new byte[EventChain.VALUE_LENGTH];
            record.chainValue(value);
            assertEquals(i, entry.sequence());
            assertEquals(timestampOf(i), entry.timestampNs());
            assertEquals(commandOf(i), record.commandSequence());
            assertArrayEquals(chain.value(), value);
            assertEquals(event.capacity(), record.eventLength());
        }
        assertEquals(3, counters.eventsJournaled());
    }

    @Test
    void shouldCompareWhatIsThereAndAppendTheRest() {
        record(recorder(journal), 1, 5);
        journal.flush();
        final MemoryJournal survivor = journal.keeping(3);

        record(recorder(survivor), 1, 5);

        assertEquals(journal.entries(), survivor.entries());
    }

    @Test
    void shouldCompareMoreThanOneWindow() {
        final int count = 10_000;
        record(recorder(journal), 1, count);
        journal.flush();

        record(recorder(journal), 1, count);

        assertEquals(count, journal.count());
        assertEquals(count, counters.eventsJournaled());
    }

    @Test
    void shouldNameTheFirstEventThatDiffers() {
        record(recorder(journal), 1, 5);
        journal.flush();
        final EventRecorder replayed = recorder(journal);
        record(replayed, 1, 2);
        final UnsafeBuffer other = event(99);

        final RecoveryException error = assertThrows(
                RecoveryException.class,
                () -> replayed.onEvent(3, commandOf(3), timestampOf(3), other, 0, other.capacity()));

        assertEquals(Problem.EVENT_MISMATCH, error.problem());
        assertTrue(error.getMessage().contains("eventSequence=3"), error.getMessage());
        assertEquals(5, journal.count());
    }

    @Test
    void shouldNoticeAnEventOfAnotherCommandOrTime() {
        record(recorder(journal), 1, 1);
        journal.flush();
        final UnsafeBuffer event = event(1);

        assertThrows(RecoveryException.class, () -> recorder(journal)
                .onEvent(1, commandOf(2), timestampOf(1), event, 0, event.capacity()));
        assertThrows(RecoveryException.class, () -> recorder(journal)
                .onEvent(1, commandOf(1), timestampOf(2), event, 0, event.capacity()));
    }

    @Test
    void shouldWalkOverEventsOfLostCommands() {
        record(recorder(journal), 1, 5);
        journal.flush();
        final EventRecorder afterLoss = recorder(journal);
        record(afterLoss, 1, 2);

        // Events 3 to 5 have no command any more; the engine goes on after them.
        record(afterLoss, 6, 6);

        final MemoryJournal whole = new MemoryJournal();
        record(recorder(whole), 1, 6);
        assertEquals(whole.entries(), journal.entries(), "the chain goes over the orphaned events");
    }

    @Test
    void shouldNoticeWhenAnOrphanedEventWasChanged() {
        record(recorder(journal), 1, 5);
        journal.flush();
        journal.corrupt(3, EventRecord.EVENT_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH);
        final EventRecorder afterLoss = recorder(journal);
        record(afterLoss, 1, 2);

        final RecoveryException error = assertThrows(RecoveryException.class, () -> record(afterLoss, 6, 6));

        assertEquals(Problem.CHAIN_BROKEN, error.problem());
        assertTrue(error.getMessage().contains("eventSequence=4"), error.getMessage());
    }

    @Test
    void shouldRefuseAHoleInTheEventJournal() {
        final EventRecorder recorder = recorder(journal);
        record(recorder, 1, 2);
        journal.flush();

        final RecoveryException error = assertThrows(RecoveryException.class, () -> record(recorder, 6, 6));

        assertEquals(Problem.EVENTS_MISSING, error.problem());
    }

    @Test
    void shouldRefuseSequencesThatRunBackwards() {
        final EventRecorder recorder = recorder(journal);
        record(recorder, 1, 2);

        assertThrows(IllegalStateException.class, () -> record(recorder, 2, 2));
    }

    @Test
    void shouldTakeAnEventOfAnEarlierVersionForTheSameWhenItBeginsTheDerivedOne() {
        journal(versioned(0, Long.BYTES, 77));
        final UnsafeBuffer derived = versioned(1, ConfigurationRefusedEncoder.BLOCK_LENGTH, 77);

        final EventRecorder afterUpgrade = recorder(journal);
        afterUpgrade.onEvent(1, commandOf(1), timestampOf(1), derived, 0, derived.capacity());
        record(afterUpgrade, 2, 4);
        journal.flush();
        final EventRecorder again = recorder(journal);
        again.onEvent(1, commandOf(1), timestampOf(1), derived, 0, derived.capacity());
        record(again, 2, 4);

        assertEquals(4, journal.count());
        new StoredEvents(journal::replay).walk(1, 4, new EventChain());
    }

    @Test
    void shouldNoticeAnEventOfAnEarlierVersionThatSaysOtherwise() {
        journal(versioned(0, Long.BYTES, 77));
        final UnsafeBuffer derived = versioned(1, ConfigurationRefusedEncoder.BLOCK_LENGTH, 78);

        final RecoveryException error = assertThrows(RecoveryException.class, () -> recorder(journal)
                .onEvent(1, commandOf(1), timestampOf(1), derived, 0, derived.capacity()));

        assertEquals(Problem.EVENT_MISMATCH, error.problem());
    }

    @Test
    void shouldNotTakeALaterVersionOrALongerBlockForTheSame() {
        journal(versioned(2, Long.BYTES, 77));
        final UnsafeBuffer derived = versioned(1, ConfigurationRefusedEncoder.BLOCK_LENGTH, 77);
        assertThrows(RecoveryException.class, () -> recorder(journal)
                .onEvent(1, commandOf(1), timestampOf(1), derived, 0, derived.capacity()));

        final MemoryJournal longer = new MemoryJournal();
        final UnsafeBuffer stored = versioned(0, ConfigurationRefusedEncoder.BLOCK_LENGTH, 77);
        recorder(longer).onEvent(1, commandOf(1), timestampOf(1), stored, 0, stored.capacity());
        longer.flush();
        final UnsafeBuffer shorter = versioned(1, Long.BYTES, 77);
        assertThrows(RecoveryException.class, () -> recorder(longer)
                .onEvent(1, commandOf(1), timestampOf(1), shorter, 0, shorter.capacity()));
    }

    private void journal(final UnsafeBuffer event) {
        recorder(journal).onEvent(1, commandOf(1), timestampOf(1), event, 0, event.capacity());
        journal.flush();
    }

    /** A ConfigurationRefused as a version of the schema with so long a block would have written it. */
    private static UnsafeBuffer versioned(final int version, final int blockLength, final long hash) {
        final UnsafeBuffer buffer = new UnsafeBuffer(
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + ConfigurationRefusedEncoder.BLOCK_LENGTH]);
        new ConfigurationRefusedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .configurationHash(hash)
                .problem(9);
        new MessageHeaderEncoder().wrap(buffer, 0).version(version).blockLength(blockLength);
        return new UnsafeBuffer(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
    }

    private EventRecorder recorder(final MemoryJournal target) {
        return new EventRecorder(
                target, new EventChecker(new StoredEvents(target::replay)), counters, MAXIMUM_EVENT_LENGTH);
    }

    private static void record(final EventRecorder recorder, final int first, final int last) {
        for (int i = first; i <= last; i++) {
            final UnsafeBuffer event = event(i);
            recorder.onEvent(i, commandOf(i), timestampOf(i), event, 0, event.capacity());
        }
    }

    private static long commandOf(final int event) {
        return 10L + event / 2;
    }

    private static long timestampOf(final int event) {
        return 1_000_000_000L + event / 2;
    }

    private static UnsafeBuffer event(final long content) {
        final UnsafeBuffer buffer = new UnsafeBuffer(
                new byte[MessageHeaderEncoder.ENCODED_LENGTH + ConfigurationActivatedEncoder.BLOCK_LENGTH]);
        new ConfigurationActivatedEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .configurationHash(content);
        return buffer;
    }
}

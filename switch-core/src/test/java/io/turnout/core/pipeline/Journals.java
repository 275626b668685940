package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** The two journals of a node, and what they say about each other. */
final class Journals {
    private static final Path NO_SNAPSHOTS = Path.of("no-such-directory");

    final MemoryJournal commands;
    final MemoryJournal events;

    Journals() {
        this(new MemoryJournal(), new MemoryJournal());
    }

    Journals(final MemoryJournal commands, final MemoryJournal events) {
        this.commands = commands;
        this.events = events;
    }

    /** What is found when the process died but the machine did not. */
    Journals afterKill() {
        return new Journals(commands.afterKill(), events.afterKill());
    }

    JournalVerifier verifier(final Path snapshots, final NanoClock clock, final RecoveryProgress progress) {
        return new JournalVerifier(Node.CAPACITY, new SnapshotStore(snapshots), commands, events, clock, progress);
    }

    /** A whole verification without snapshots. */
    VerificationReport verify() {
        return verifier(NO_SNAPSHOTS, () -> 0, RecoveryProgress.NONE).verifyAll();
    }

    void assertClean() {
        final VerificationReport report = verify();
        assertEquals(Optional.empty(), report.firstDifference());
        assertEquals(commands.lastSequence(), report.lastCommand());
        assertEquals(0, report.unwrittenEvents());
    }

    /** No sequence was used twice. */
    void assertSequencesRise() {
        long lastCommand = 0;
        long lastEvent = 0;
        for (int i = 0; i < events.count(); i++) {
            final UnsafeBuffer record = eventRecord(i);
            final long command =
                    new EventRecord().wrap(record, 0, record.capacity()).commandSequence();
            assertTrue(command >= lastCommand, "event " + (lastEvent + 1) + " of " + command + " after " + lastCommand);
            assertEquals(lastEvent + 1, events.entries().get(i).sequence());
            lastCommand = command;
            lastEvent++;
        }
        assertTrue(lastCommand <= commands.lastSequence());
    }

    /** Payload of a record of the event journal, by its place. */
    UnsafeBuffer eventRecord(final int index) {
        return new UnsafeBuffer(events.entries().get(index).bytes());
    }
}

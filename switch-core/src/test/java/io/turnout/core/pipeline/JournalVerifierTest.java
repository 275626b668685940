package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalVerifierTest {
    private static final long SEED = Long.getLong("turnout.seed", 41);

    @TempDir
    Path directory;

    private final Journals journals = new Journals();
    private Node node;

    @BeforeEach
    void setUp() {
        node = Node.start(
                directory,
                Fixtures.configuration(Durability.ASYNC, false),
                Commands.configuration(1, 1_000_00),
                new Node.Clock(),
                journals.commands,
                journals.events);
        node.signOn();
        node.pay(10);
    }

    @Test
    void shouldFindNothingWrongWithTheJournalsOfARunningSwitch() {
        final VerificationReport report = journals.verify();

        assertTrue(report.isClean(), report.toString());
        assertEquals(1, report.firstCommand());
        assertEquals(journals.commands.lastSequence(), report.lastCommand());
        assertEquals(journals.events.count(), report.comparedEvents());
        assertEquals(0, report.unwrittenEvents());
        assertEquals(node.host().stateHash(), report.stateHash());
    }

    @Test
    void shouldLocateAnyChangedByteOfTheEventJournal() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 50; i++) {
            final Journals changed = journals.afterKill();
            final int index = random.nextInt(changed.events.count());
            final int at = random.nextInt(changed.events.entries().get(index).bytes().length);
            changed.events.corrupt(index, at);

            final VerificationReport report = changed.verify();

            final String message = report.firstDifference().orElse("no difference") + " ";
            assertTrue(
                    message.contains("eventSequence=" + (index + 1) + " "),
                    "seed=" + SEED + " event=" + (index + 1) + " byte=" + at + ": " + message);
        }
    }

    @Test
    void shouldNoticeAChangedCommand() {
        // The amount of the first payment request.
        final int index = 10;
        journals.commands.corrupt(index, MessageHeaderEncoder.ENCODED_LENGTH + 32);

        final VerificationReport report = journals.verify();

        assertTrue(report.firstDifference().orElse("").contains("EVENT_MISMATCH"), report.toString());
        assertTrue(report.firstDifference().orElse("").contains("commandSequence=" + (index + 1)), report.toString());
    }

    @Test
    void shouldNoticeEventsWhoseCommandsAreGone() {
        final Journals cut =
                new Journals(journals.commands.keeping(journals.commands.count() - 4), journals.events.afterKill());

        final VerificationReport report = cut.verify();

        assertTrue(report.firstDifference().orElse("").contains("COMMANDS_LOST"), report.toString());
    }

    @Test
    void shouldCountEventsNotYetWritten() {
        final Journals behind =
                new Journals(journals.commands.afterKill(), journals.events.keeping(journals.events.count() - 3));

        final VerificationReport report = behind.verify();

        assertTrue(report.isClean(), report.toString());
        assertEquals(3, report.unwrittenEvents());
    }

    @Test
    void shouldNoticeThatTheFirstCommandsAreGone() {
        final Journals pruned = new Journals(journals.commands.without(2), journals.events.afterKill());

        final VerificationReport report = pruned.verify();

        assertFalse(report.isClean());
        assertTrue(report.firstDifference().orElse("").contains("COMMANDS_MISSING"), report.toString());
    }

    @Test
    void shouldNoticeThatTheFirstEventsAreGone() {
        final Journals pruned = new Journals(journals.commands.afterKill(), journals.events.without(2));

        final VerificationReport report = pruned.verify();

        assertFalse(report.isClean());
    }
}

package io.turnout.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.ChildJvm;
import io.turnout.journal.FreeSpaceGuard;
import io.turnout.journal.JournalFullException;
import io.turnout.journal.Records;
import io.turnout.journal.SmallDisk;
import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalSmallDiskTest {
    @TempDir
    private Path scratch;

    @Test
    void shouldNameAFullDiskAndKeepWhatWasFlushed() throws IOException {
        try (SmallDisk disk = new SmallDisk(scratch.resolve("disk"), 16)) {
            // given
            final Path directory = disk.directory().resolve("journal");

            // when
            final List<String> printed = ChildJvm.run(FileJournalStepsMain.class, "fill", directory);

            // then
            assertEquals("exit 0", printed.get(printed.size() - 1), printed.toString());
            final String last = printed.get(printed.size() - 2);
            assertTrue(last.startsWith("full: no room left: cannot prepare the next segment"), last);
            assertTrue(last.contains("free some space"), last);
            final long flushed = Long.parseLong(printed.get(printed.size() - 3).substring("flushed ".length()));
            try (FileJournalReader reader = new FileJournalReader(directory)) {
                final long end = reader.replay(flushed, new Records());
                assertTrue(end >= flushed, end + " < " + flushed);
            }

            // A start is refused with the same name until there is room, and then goes on.
            final Path hog = disk.directory().resolve("hog");
            fill(hog);
            assertThrows(JournalFullException.class, () -> FileJournal.open(FileJournalConfiguration.of(directory)));
            Files.delete(hog);
            Files.delete(ChainName.list(directory, Segment.SUFFIX).get(0).in(directory));
            final FileJournalConfiguration small =
                    new FileJournalConfiguration(directory, 64 << 10, 64 << 10, 1024, 64 << 10);
            try (FileJournal journal = FileJournal.open(small)) {
                assertTrue(journal.openReport().unclean());
                final long next = journal.lastSequence() + 1;
                assertTrue(next > flushed, next + " <= " + flushed);
                Records.append(journal, next, next + 10);
            }
        }
    }

    private static void fill(final Path hog) {
        assertThrows(IOException.class, () -> Files.write(hog, new byte[32 << 20]));
    }

    @Test
    void shouldTellToStopAdmissionBeforeTheDiskIsFull() throws IOException {
        try (SmallDisk disk = new SmallDisk(scratch.resolve("disk"), 16)) {
            final FreeSpaceGuard guard = new FreeSpaceGuard(disk.directory(), 4 << 20);
            assertFalse(guard.mustStopAdmission());
            assertTrue(guard.check());

            final Path hog = Files.write(disk.directory().resolve("hog"), new byte[13 << 20]);
            assertFalse(guard.mustStopAdmission());
            assertFalse(guard.check());
            assertTrue(guard.mustStopAdmission());
            assertEquals(3 << 20, guard.usableBytes());

            Files.delete(hog);
            assertTrue(guard.check());
            assertFalse(guard.mustStopAdmission());
        }
    }
}

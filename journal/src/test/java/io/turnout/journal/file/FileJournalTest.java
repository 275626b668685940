package io.turnout.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalException;
import io.turnout.journal.JournalFiles;
import io.turnout.journal.Records;
import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileJournalTest {
    @TempDir
    private Path directory;

    private FileJournalConfiguration small() {
        return new FileJournalConfiguration(directory, 8 << 10, 4 << 10, 1024, 4096);
    }

    private Path prepared() {
        return directory.resolve(SegmentPreparer.FILE_NAME);
    }

    @Test
    void shouldAllocateNothingPerAppend() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[300]);
        final FileJournalConfiguration configuration =
                new FileJournalConfiguration(directory, 32 << 20, 64 << 10, 1024, 32 << 20);
        try (FileJournal journal = FileJournal.open(configuration)) {
            long sequence = 0;
            long allocatedBytes = 0;
            // The first rounds warm up: the reading of the counter allocates too, once.
            for (int round = 0; round < 5; round++) {
                final long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 10_000; i++) {
                    sequence++;
                    journal.append(sequence, i, payload, 0, 300);
                    if (i % 4 == 0) {
                        journal.flush();
                    }
                    if (i % 1000 == 0) {
                        journal.sync();
                    }
                }
                allocatedBytes = threads.getThreadAllocatedBytes(thread) - before;
            }
            assertEquals(0, allocatedBytes);
        }
    }

    @Test
    void shouldPrepareTheNextSegmentInBoundedSteps() throws IOException {
        try (FileJournal journal = FileJournal.open(small())) {
            // given: opening has prepared the first segment
            assertEquals(8 << 10, Files.size(prepared()));
            assertEquals(0, journal.prepare());

            // when the first append takes it, then the next one is made slice by slice
            Records.append(journal, 1, 1);
            assertFalse(Files.exists(prepared()));
            assertEquals(4096, journal.prepare());
            assertEquals(4096, Files.size(prepared()));
            assertEquals(4096, journal.prepare());
            assertEquals(0, journal.prepare());
            assertEquals(8 << 10, Files.size(prepared()));
        }
        assertFalse(Files.exists(prepared()));
    }

    @Test
    void shouldFindEverySegmentReadyWhenSomebodyPrepares() {
        try (FileJournal journal = FileJournal.open(small())) {
            for (long sequence = 1; sequence <= 500; sequence++) {
                Records.append(journal, sequence, sequence);
                journal.prepare();
                journal.prepare();
                journal.prepare();
            }
            assertEquals(0, journal.lateSegments());
        }
    }

    @Test
    void shouldCountTheSegmentsNobodyHadPrepared() throws IOException {
        try (FileJournal journal = FileJournal.open(small())) {
            Records.append(journal, 1, 500);
            journal.flush();
            assertEquals(ChainName.list(directory, Segment.SUFFIX).size() - 1, journal.lateSegments());
        }
    }

    @Test
    void shouldForceAFullSegmentInTheBackground() {
        try (FileJournal journal = FileJournal.open(small())) {
            // given: a full segment that nobody has synced
            Records.append(journal, 1, 45);
            journal.flush();

            // when, then: it counts as work; what it makes durable is reported only by sync
            assertEquals(1, journal.prepare());
            assertEquals(4096, journal.prepare());
            assertEquals(0, journal.syncedSequence());
            assertEquals(45, journal.sync());
        }
    }

    @Test
    void shouldCloseCleanlyOnAnInterruptedThread() {
        final FileJournal journal = FileJournal.open(small());
        Records.append(journal, 1, 10);

        Thread.currentThread().interrupt();
        journal.close();

        assertTrue(Thread.interrupted());
        try (FileJournal reopened = FileJournal.open(small())) {
            assertFalse(reopened.openReport().unclean());
            assertEquals(10, reopened.lastSequence());
        }
    }

    @Test
    void shouldBeUnusableAfterAnInterruptedWriteAndLoseNothingFlushed() {
        final FileJournal journal = FileJournal.open(small());
        Records.append(journal, 1, 10);
        journal.flush();
        Records.append(journal, 11, 12);

        Thread.currentThread().interrupt();
        assertThrows(JournalException.class, journal::flush);
        assertTrue(Thread.interrupted());

        assertThrows(JournalException.class, () -> Records.append(journal, 13, 13));
        assertThrows(JournalException.class, journal::sync);
        journal.close();
        try (FileJournal reopened = FileJournal.open(small())) {
            assertTrue(reopened.openReport().unclean());
            assertEquals(10, reopened.lastSequence());
        }
    }

    @Test
    void shouldRefuseWorkAfterClose() {
        final FileJournal journal = FileJournal.open(small());
        journal.close();
        journal.close();

        assertThrows(JournalException.class, () -> Records.append(journal, 1, 1));
        assertThrows(JournalException.class, journal::flush);
        assertThrows(JournalException.class, journal::sync);
        assertThrows(JournalException.class, journal::prepare);
    }

    @Test
    void shouldReleaseTheDirectoryWhenOpeningFails() throws IOException {
        try (FileJournal journal = FileJournal.open(small())) {
            Records.append(journal, 1, 10);
        }
        final Path segment = JournalFiles.find(directory, 1).file();
        JournalFiles.flipBit(segment, 9, 1);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThrows(JournalCorruptException.class, () -> FileJournal.open(small()));
        }
        JournalFiles.flipBit(segment, 9, 1);
        FileJournal.open(small()).close();
        assertFalse(Files.exists(prepared()));
    }

    @Test
    void shouldKeepRecordsOfOlderSizesReadable() {
        // given
        try (FileJournal journal = FileJournal.open(small())) {
            Records.append(journal, 1, 50);
        }

        // when
        final FileJournalConfiguration other = new FileJournalConfiguration(directory, 64 << 10, 2 << 10, 512, 8192);
        try (FileJournal journal = FileJournal.open(other)) {
            Records.append(journal, 51, 100);
            journal.flush();

            // then
            final Records records = new Records();
            assertEquals(100, journal.replay(1, records));
            assertEquals(Records.expected(1, 100), records.list());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4095, 1024, 512, 4096, segmentLengthBytes=4095 is not between",
        "1073741832, 1024, 512, 4096, segmentLengthBytes=1073741832 is not between",
        "8196, 1024, 512, 4096, segmentLengthBytes=8196 is no multiple of 8",
        "8192, 1024, 0, 4096, maximumPayloadLengthBytes=0 is not between 1 and 8064",
        "8192, 8192, 8065, 4096, maximumPayloadLengthBytes=8065 is not between 1 and 8064",
        "8192, 543, 512, 4096, bufferLengthBytes=543 is not between 544 and 8192",
        "8192, 8193, 512, 4096, bufferLengthBytes=8193 is not between 544 and 8192",
        "8192, 1024, 512, 4095, prepareSliceBytes=4095 is not between 4096",
    })
    void shouldRefuseSizesOutOfRange(
            final int segment, final int buffer, final int payload, final int slice, final String message) {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new FileJournalConfiguration(directory, segment, buffer, payload, slice));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }

    @Test
    void shouldFillASegmentToItsLastByte() throws IOException {
        // given: one record and a clean mark fill a segment exactly
        final int payload = 8192 - 64 - 32 - 32;
        final FileJournalConfiguration tight = new FileJournalConfiguration(directory, 8192, 8192, payload, 8192);
        try (FileJournal journal = FileJournal.open(tight)) {
            for (long sequence = 1; sequence <= 3; sequence++) {
                journal.append(sequence, 0, new UnsafeBuffer(new byte[payload]), 0, payload);
            }
        }
        final List<ChainName> segments = ChainName.list(directory, Segment.SUFFIX);
        assertEquals(3, segments.size());
        assertEquals(8192, Files.size(segments.get(2).in(directory)));
        try (FileJournal journal = FileJournal.open(tight)) {
            assertFalse(journal.openReport().unclean());
            assertEquals(3, journal.replay(1, (sequence, timestampNs, buffer, offset, length) -> length == payload));
        }
    }
}

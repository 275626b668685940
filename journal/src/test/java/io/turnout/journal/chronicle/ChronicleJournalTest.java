package io.turnout.journal.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.journal.ChildJvm;
import io.turnout.journal.JournalException;
import io.turnout.journal.JournalTail;
import io.turnout.journal.Records;
import io.turnout.journal.SmallDisk;
import io.turnout.journal.Strace;
import io.turnout.journal.disk.ChainName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChronicleJournalTest {
    private static final long DAY_MS = 24 * 60 * 60 * 1000L;

    @TempDir
    private Path directory;

    private ChronicleJournalConfiguration small() {
        return new ChronicleJournalConfiguration(directory, 1 << 20, 1024, 1 << 20);
    }

    private void requireReadable(final long last) {
        final Records replayed = new Records();
        final Records polled = new Records();
        try (ChronicleReader reader = new ChronicleReader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(last, reader.lastSequence());
            assertEquals(last, reader.replay(1, replayed));
            assertEquals(last, tail.poll(polled, 1_000_000));
        }
        assertEquals(Records.expected(1, last), replayed.list());
        assertEquals(Records.expected(1, last), polled.list());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net.openhft.chronicle.analytics.Analytics",
                "net.openhft.chronicle.analytics.internal.VanillaAnalytics",
                "net.openhft.chronicle.analytics.internal.GoogleAnalytics4",
            })
    void shouldHaveNoClassThatReportsUsage(final String name) {
        assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
    }

    @Test
    void shouldStartNoThreadAndPrintNothing() {
        assertEquals(
                List.of("opened 0", "exit 0"), ChildJvm.run(ChronicleJournalStepsMain.class, "threads", directory));
    }

    @Test
    void shouldAllocateNothingPerAppend() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long thread = Thread.currentThread().getId();
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[300]);
        final ChronicleJournalConfiguration oneBlock =
                new ChronicleJournalConfiguration(directory, 64 << 20, 1024, 1 << 20);
        try (ChronicleJournal journal = ChronicleJournal.open(oneBlock)) {
            long sequence = 0;
            long leastBytes = Long.MAX_VALUE;
            for (int round = 0; round < 20; round++) {
                final long before = threads.getThreadAllocatedBytes(thread);
                for (int i = 0; i < 1_000; i++) {
                    sequence++;
                    journal.append(sequence, i, payload, 0, 300);
                    journal.flush();
                }
                leastBytes = Math.min(leastBytes, threads.getThreadAllocatedBytes(thread) - before);
            }
            // Now and then a look at the free space allocates; most thousands of records do without.
            assertEquals(0, leastBytes);
        }
    }

    @Test
    void shouldRollAtMidnightAndReadOn() throws IOException {
        // given
        final AtomicLong millis = new AtomicLong(20_000 * DAY_MS);
        try (ChronicleJournal journal = ChronicleJournal.open(small(), millis::get)) {
            for (long day = 0; day < 4; day++) {
                Records.append(journal, 1 + day * 50, 50 + day * 50);
                journal.flush();
                if (day != 1) {
                    assertEquals(50 + day * 50, journal.sync());
                }
                // The third file is two days younger than the second: nothing was written in between.
                millis.addAndGet(day == 1 ? 2 * DAY_MS : DAY_MS);
            }
            requireReadable(200);
        }
        final ChainName name = Epoch.list(directory).get(0);
        // One more for the mark of the clean close.
        assertEquals(5, Epoch.read(name.in(directory)).files().size());

        // then
        requireReadable(200);
        requireSkippingWorks(name, 200);
        try (ChronicleJournal journal = ChronicleJournal.open(small(), millis::get)) {
            assertFalse(journal.openReport().unclean());
            assertEquals(200, journal.lastSequence());
        }
    }

    private void requireSkippingWorks(final ChainName name, final long last) throws IOException {
        for (long wanted = 2; wanted <= last + 1; wanted++) {
            try (EpochCursor cursor = new EpochCursor(directory, name)) {
                cursor.skipTo(wanted);
                assertEquals(wanted, cursor.nextSequence());
                assertEquals(wanted <= last, cursor.next());
            }
        }
        try (EpochCursor cursor = new EpochCursor(directory, name)) {
            cursor.skipTo(last + 1_000);
            assertTrue(cursor.nextSequence() <= last + 1);
        }
    }

    @Test
    void shouldNotFollowAClockThatGoesBack() throws IOException {
        final AtomicLong millis = new AtomicLong(20_000 * DAY_MS);
        try (ChronicleJournal journal = ChronicleJournal.open(small(), millis::get)) {
            Records.append(journal, 1, 10);
            millis.addAndGet(DAY_MS);
            Records.append(journal, 11, 20);
            millis.addAndGet(-3 * DAY_MS);
            Records.append(journal, 21, 30);
        }
        requireReadable(30);

        // Not even over a restart: each opening has a queue of its own.
        try (ChronicleJournal journal = ChronicleJournal.open(small(), millis::get)) {
            Records.append(journal, 31, 40);
        }
        requireReadable(40);
    }

    @Test
    void shouldNeedManyBlocks() {
        try (ChronicleJournal journal = ChronicleJournal.open(small())) {
            Records.append(journal, 1, 20_000);
            journal.flush();
            assertEquals(20_000, journal.sync());
            requireReadable(20_000);
        }
        requireReadable(20_000);
        try (ChronicleJournal journal = ChronicleJournal.open(small())) {
            assertEquals(20_000, journal.lastSequence());
            assertEquals(0, journal.openReport().scannedBytes());
        }
    }

    @Test
    void shouldReadOnlyWhatWasNotSyncedAfterAnUncleanStop() {
        final ChronicleJournal journal = ChronicleJournal.open(small());
        Records.append(journal, 1, 10_000);
        journal.flush();
        journal.sync();
        Records.append(journal, 10_001, 10_100);
        journal.abandon();

        try (ChronicleJournal reopened = ChronicleJournal.open(small())) {
            assertTrue(reopened.openReport().unclean());
            assertEquals(10_100, reopened.lastSequence());
            assertTrue(reopened.openReport().scannedBytes() < 101 * 1024);
            assertTrue(reopened.openReport().scannedBytes() > 100 * 16);
        }
    }

    @Test
    void shouldCloseCleanlyOnAnInterruptedThread() {
        final ChronicleJournal journal = ChronicleJournal.open(small());
        Records.append(journal, 1, 10);

        Thread.currentThread().interrupt();
        journal.close();

        assertTrue(Thread.interrupted());
        try (ChronicleJournal reopened = ChronicleJournal.open(small())) {
            assertFalse(reopened.openReport().unclean());
            assertEquals(10, reopened.lastSequence());
        }
    }

    @Test
    void shouldRefuseWorkAfterClose() {
        final ChronicleJournal journal = ChronicleJournal.open(small());
        journal.close();
        journal.close();

        assertThrows(JournalException.class, () -> Records.append(journal, 1, 1));
        assertThrows(JournalException.class, journal::flush);
        assertThrows(JournalException.class, journal::sync);
        assertThrows(JournalException.class, journal::prepare);
    }

    @Test
    void shouldStopBeforeTheDiskIsFullAndKeepWhatWasAppended() throws IOException {
        try (SmallDisk disk = new SmallDisk(directory.resolve("disk"), 24)) {
            // when
            final Path full = disk.directory().resolve("journal");
            final List<String> printed = ChildJvm.run(ChronicleJournalStepsMain.class, "fill", full);

            // then: refused by name, not killed by SIGBUS
            assertEquals("exit 0", printed.get(printed.size() - 1), printed.toString());
            final String last = printed.get(printed.size() - 2);
            assertTrue(last.startsWith("full: no room left: "), last);
            assertTrue(last.contains("free some space"), last);
            final long flushed = Long.parseLong(printed.get(printed.size() - 3).substring("flushed ".length()));
            try (ChronicleReader reader = new ChronicleReader(full)) {
                assertTrue(reader.replay(1, (sequence, timestampNs, buffer, offset, length) -> true) >= flushed);
            }
            assertTrue(Files.getFileStore(full).getUsableSpace() > 2 << 20);
        }
    }

    @Test
    void shouldForceTheFilesOnSyncAndNothingElse() throws IOException, InterruptedException {
        Strace.assumeUsable();

        // when
        final List<String> calls = Strace.run(
                        directory,
                        List.of("-y", "-e", "trace=write,pwrite64,fsync,fdatasync,msync"),
                        ChronicleJournalStepsMain.class,
                        "steps",
                        directory.resolve("journal"))
                .calls();

        // then
        final List<String> first = callsIn(calls, "first append");
        final int ready = first.indexOf(first.stream()
                .filter(call -> call.matches("fsync .*/READY.*"))
                .findFirst()
                .orElseThrow());
        for (final String file : List.of(".*\\.cq4", ".*\\.cq4t", ".*\\.queue")) {
            final List<String> before = first.subList(0, ready);
            assertTrue(before.stream().anyMatch(call -> call.matches("fsync " + file)), file + " " + first);
        }
        assertTrue(first.get(first.size() - 1).matches("fsync .*\\.queue"), first.toString());
        assertEquals(List.of(), callsIn(calls, "append"));
        assertEquals(List.of(), callsIn(calls, "flush"));
        final List<String> sync = callsIn(calls, "sync");
        assertEquals(1, sync.size(), sync.toString());
        assertTrue(sync.get(0).matches("fdatasync .*\\.cq4"), sync.toString());
        assertEquals(List.of(), callsIn(calls, "idle sync"));
    }

    private static List<String> callsIn(final List<String> calls, final String step) {
        final List<String> found = new ArrayList<>();
        boolean isInStep = false;
        for (final String call : calls) {
            if (call.contains("\"step ")) {
                isInStep = call.contains("\"step " + step + "\\n");
            } else if (isInStep && call.matches("\\d+ +\\w+\\(\\d+<.*")) {
                found.add(call.replaceAll("^\\d+ +(\\w+)\\(\\d+<([^>]*)>.*", "$1 $2"));
            }
        }
        return found;
    }

    @Test
    void shouldNeverRepeatAFailedSync() throws IOException, InterruptedException {
        Strace.assumeUsable();

        // when
        final List<String> printed = Strace.run(
                        directory,
                        List.of("-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=3"),
                        ChronicleJournalStepsMain.class,
                        "fail",
                        directory.resolve("journal"))
                .printed();

        // then
        assertTrue(printed.get(1).startsWith("failed: cannot force to the device"), printed.toString());
        assertTrue(printed.get(2).startsWith("sync refused: the journal cannot be used any more"), printed.toString());
        assertTrue(printed.get(3).startsWith("append refused"), printed.toString());
        assertEquals("close done", printed.get(4));
        assertEquals("synced 2", printed.get(5));
    }

    @ParameterizedTest
    @CsvSource({
        "524288, 1024, 1048576, blockSizeBytes=524288 is not between",
        "1048577, 1024, 1048576, blockSizeBytes=1048577 is no power of two",
        "1048576, 0, 1048576, maximumPayloadLengthBytes=0 is not between 1 and 131072",
        "1048576, 131073, 1048576, maximumPayloadLengthBytes=131073 is not between 1 and 131072",
        "1048576, 1024, 1048575, reservedBytes=1048575 is not between",
    })
    void shouldRefuseSizesOutOfRange(final int block, final int payload, final long reserved, final String message) {
        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new ChronicleJournalConfiguration(directory, block, payload, reserved));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }
}

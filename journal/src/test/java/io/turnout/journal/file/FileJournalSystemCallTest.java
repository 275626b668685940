package io.turnout.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.JournalFiles;
import io.turnout.journal.JournalFiles.Place;
import io.turnout.journal.OpenReport;
import io.turnout.journal.Records;
import io.turnout.journal.Strace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the journal asks of the operating system, and what becomes of it when that is its last word. */
final class FileJournalSystemCallTest {
    /** Calls that change files. A JVM hardly makes them on its own. */
    private static final String CHANGES =
            "?pwrite64,?fsync,?fdatasync,?rename,?renameat,?unlink,?unlinkat,?mkdir,?mkdirat,?ftruncate,?sendfile";

    @TempDir
    private Path scratch;

    private Path directory;

    @BeforeEach
    void setUp() {
        Strace.assumeUsable();
        directory = scratch.resolve("journal");
    }

    private Strace.Run run(final List<String> options, final String mode) throws IOException, InterruptedException {
        return Strace.run(scratch, options, FileJournalStepsMain.class, mode, directory);
    }

    private FileJournal open() {
        return FileJournal.open(new FileJournalConfiguration(directory, 8 << 10, 4 << 10, 1024, 4096));
    }

    /** The names of the calls made in a step, in order. */
    private static List<String> callsIn(final List<String> calls, final String step) {
        final List<String> names = new ArrayList<>();
        boolean isInStep = false;
        for (final String call : calls) {
            if (call.contains("write(1, \"step ")) {
                isInStep = call.contains("\"step " + step + "\\n");
            } else if (isInStep && call.matches("\\d+ +(pwrite64|fsync|fdatasync)\\(.*")) {
                names.add(call.replaceAll("^\\d+ +(\\w+)\\(.*", "$1"));
            }
        }
        return names;
    }

    @Test
    void shouldWriteOnFlushAndForceOnSyncAndNothingElse() throws IOException, InterruptedException {
        // when
        final List<String> calls = run(List.of("-e", "trace=write,pwrite64,fsync,fdatasync"), "steps")
                .calls();

        // then: header and record, then the file, then the name of the file
        assertEquals(List.of("pwrite64", "pwrite64", "fdatasync", "fsync"), callsIn(calls, "first"));
        assertEquals(List.of(), callsIn(calls, "append"));
        assertEquals(List.of("pwrite64"), callsIn(calls, "flush"));
        assertEquals(List.of("fdatasync"), callsIn(calls, "sync"));
        assertEquals(List.of(), callsIn(calls, "idle sync"));
        final List<String> both = callsIn(calls, "sync both");
        assertEquals(List.of("fdatasync", "fdatasync", "fsync"), both);
    }

    @Test
    void shouldForceEverySegmentWrittenSinceTheLastSync() throws IOException, InterruptedException {
        // when
        final List<String> calls = run(List.of("-y", "-e", "trace=write,pwrite64,fsync,fdatasync"), "steps")
                .calls();

        // then
        final int end = indexOf(calls, "step end");
        final List<String> written = filesOf(calls.subList(indexOf(calls, "step roll"), end), "pwrite64");
        final List<String> forced = filesOf(calls.subList(indexOf(calls, "step sync both"), end), "fdatasync");
        assertEquals(2, forced.size());
        // The new segment still has the name it was prepared under when its header is written.
        assertTrue(written.contains(forced.get(0)), written + " " + forced);
        assertTrue(written.contains(forced.get(1)), written + " " + forced);
    }

    private static int indexOf(final List<String> calls, final String text) {
        for (int index = 0; index < calls.size(); index++) {
            if (calls.get(index).contains("\"" + text + "\\n")) {
                return index;
            }
        }
        throw new AssertionError(text + " is not in the trace");
    }

    private static List<String> filesOf(final List<String> calls, final String name) {
        return calls.stream()
                .filter(call -> call.contains(" " + name + "("))
                .map(call -> call.replaceAll(".*?<([^>]*)>.*", "$1"))
                .distinct()
                .toList();
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void shouldKeepItsPromisesWhenKilledAtAnySystemCall() throws IOException, InterruptedException {
        boolean isFinished = false;
        for (int call = 1; !isFinished; call += 1 + call / 12) {
            // given: a life that may follow another one
            deleteJournal();
            writeAndDie(call % 3 == 0 ? 0 : 20);

            // when
            final List<String> printed = run(kill(call), "life").printed();
            isFinished = printed.contains("closed");

            // then
            final long promised = promised(printed);
            try (FileJournal journal = open()) {
                assertTrue(journal.lastSequence() >= promised, journal.lastSequence() + " after " + printed);
                final long last = journal.lastSequence();
                Records.append(journal, last + 1, last + 2);
                journal.flush();
                final Records records = new Records();
                assertEquals(last + 2, journal.replay(1, records));
                assertEquals(Records.expected(1, last + 2), records.list());
            }
        }
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void shouldRecoverAgainWhenKilledAtAnySystemCallOfRecovery() throws IOException, InterruptedException {
        boolean isFinished = false;
        for (int call = 1; !isFinished; call++) {
            // given: a torn record to be copied, in an epoch behind another one
            deleteJournal();
            writeAndDie(20);
            writeAndDie(20);
            final Place last = JournalFiles.find(directory, 40);
            JournalFiles.flipBit(last.file(), last.offset() + 20, 2);

            // when
            final List<String> printed = run(kill(call), "open").printed();
            isFinished = printed.contains("opened 39");

            // then
            try (FileJournal journal = open()) {
                final OpenReport report = journal.openReport();
                assertEquals(39, report.lastSequence(), "killed at call " + call);
                assertEquals(JournalFiles.recordLength(40), report.quarantinedBytes());
                Records.append(journal, 40, 41);
            }
            try (FileJournalReader reader = new FileJournalReader(directory)) {
                assertEquals(41, reader.replay(1, new Records()));
            }
        }
    }

    private static List<String> kill(final int call) {
        return List.of("-e", "trace=" + CHANGES, "-e", "inject=" + CHANGES + ":signal=KILL:when=" + call);
    }

    private static long promised(final List<String> printed) {
        return printed.stream()
                .filter(line -> line.startsWith("flushed ") || line.startsWith("synced ") || line.startsWith("opened "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .max()
                .orElse(0);
    }

    private void writeAndDie(final int count) {
        final FileJournal journal = open();
        final long last = journal.lastSequence();
        Records.append(journal, last + 1, last + count);
        journal.flush();
        journal.abandon();
    }

    private void deleteJournal() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (final Path file :
                        files.sorted((left, right) -> right.compareTo(left)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void shouldNeverRepeatAFailedSync() throws IOException, InterruptedException {
        // when
        final Strace.Run run =
                run(List.of("-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync:error=EIO:when=5+"), "fail");

        // then
        final List<String> printed = run.printed();
        assertTrue(printed.get(1).startsWith("failed: cannot force to the device"), printed.toString());
        assertTrue(printed.get(2).startsWith("sync refused: the journal cannot be used any more"), printed.toString());
        assertTrue(printed.get(3).startsWith("append refused"), printed.toString());
        assertTrue(printed.get(4).startsWith("flush refused"), printed.toString());
        assertTrue(printed.get(5).startsWith("prepare refused"), printed.toString());
        assertEquals("close done", printed.get(6));
        assertEquals("synced 4", printed.get(7));
        assertEquals(
                1, run.calls().stream().filter(call -> call.contains("EIO")).count(), run.calls()::toString);
    }

    @Test
    void shouldNameAFullDiskOnAppend() throws IOException, InterruptedException {
        final List<String> printed = run(
                        List.of("-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC:when=20+"), "fail")
                .printed();

        assertTrue(printed.get(1).startsWith("failed: no room left: cannot write"), printed.toString());
    }
}

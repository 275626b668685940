package io.turnout.journal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.JournalFiles.Place;
import io.turnout.journal.Records.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every journal must do, whatever it stores its bytes in. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public abstract class JournalContract {
    @TempDir
    protected Path directory;

    /** Small enough that a few hundred records need several files where the implementation has several. */
    protected abstract Journal open(Path journalDirectory);

    protected abstract JournalReader reader(Path journalDirectory);

    protected abstract OpenReport report(Journal journal);

    /** Lets go of the directory without another word, as death would. */
    protected abstract void abandon(Journal journal);

    /** The implementation's name for {@link JournalWriterMain}. */
    protected abstract String name();

    private static List<Stored> replay(final Journal journal, final long fromSequence) {
        final Records records = new Records();
        journal.replay(fromSequence, records);
        return records.list();
    }

    private List<Stored> read(final long fromSequence) {
        final Records records = new Records();
        try (JournalReader reader = reader(directory)) {
            reader.replay(fromSequence, records);
        }
        return records.list();
    }

    private void write(final long first, final long last) {
        try (Journal journal = open(directory)) {
            Records.append(journal, first, last);
        }
    }

    @Test
    void shouldBeEmptyAtFirst() {
        try (Journal journal = open(directory);
                JournalReader reader = reader(directory)) {
            assertAll(
                    () -> assertEquals(Journal.NO_SEQUENCE, journal.lastSequence()),
                    () -> assertEquals(Journal.NO_SEQUENCE, journal.syncedSequence()),
                    () -> assertEquals(Journal.NO_SEQUENCE, journal.sync()),
                    () -> assertEquals(41, journal.replay(42, new Records())),
                    () -> assertEquals(Journal.NO_SEQUENCE, reader.firstSequence()),
                    () -> assertEquals(Journal.NO_SEQUENCE, reader.lastSequence()),
                    () -> assertEquals(0, reader.replay(1, new Records())),
                    () -> assertFalse(report(journal).unclean()));
        }
    }

    @Test
    void shouldReadAMissingDirectoryAsAnEmptyJournal() {
        try (JournalReader reader = reader(directory.resolve("missing"));
                JournalTail tail = reader.tail(1)) {
            assertEquals(Journal.NO_SEQUENCE, reader.lastSequence());
            assertEquals(0, reader.replay(1, new Records()));
            assertEquals(0, tail.poll(new Records(), 10));
        }
    }

    @Test
    void shouldGiveBackWhatWasFlushed() {
        try (Journal journal = open(directory)) {
            // when
            Records.append(journal, 1, 500);
            journal.flush();

            // then
            assertEquals(500, journal.lastSequence());
            assertEquals(Records.expected(1, 500), replay(journal, 1));
            assertEquals(Records.expected(1, 500), read(1));
        }
    }

    @Test
    void shouldSyncEverythingFlushed() {
        try (Journal journal = open(directory)) {
            Records.append(journal, 1, 300);
            journal.flush();
            assertEquals(Journal.NO_SEQUENCE, journal.syncedSequence());

            // when
            final long synced = journal.sync();

            // then
            assertEquals(300, synced);
            assertEquals(300, journal.syncedSequence());
            assertEquals(300, journal.sync());
        }
    }

    @Test
    void shouldSyncOnAnotherThreadWhileRecordsAreAppended() throws InterruptedException {
        try (Journal journal = open(directory)) {
            // given
            final List<Long> synced = new ArrayList<>();
            final Thread syncer = new Thread(() -> {
                while (synced.isEmpty() || synced.get(synced.size() - 1) < 2_000) {
                    synced.add(journal.sync());
                    journal.prepare();
                }
            });
            syncer.start();

            // when
            for (long sequence = 1; sequence <= 2_000; sequence++) {
                Records.append(journal, sequence, sequence);
                journal.flush();
            }
            syncer.join();

            // then
            assertEquals(synced.stream().sorted().toList(), synced);
            assertEquals(2_000, journal.syncedSequence());
            assertEquals(Records.expected(1, 2_000), replay(journal, 1));
        }
    }

    @Test
    void shouldPassFromOneThreadToAnother() throws InterruptedException {
        // given: recovery writes on one thread, the switch on the next, and a third one closes
        final Journal journal = open(directory);
        Records.append(journal, 1, 5);
        journal.flush();
        journal.sync();

        // when
        onAThreadOfItsOwn(() -> {
            Records.append(journal, 6, 10);
            journal.flush();
            journal.prepare();
        });
        onAThreadOfItsOwn(journal::sync);
        onAThreadOfItsOwn(journal::close);

        // then
        assertEquals(Records.expected(1, 10), read(1));
    }

    private static void onAThreadOfItsOwn(final Runnable action) throws InterruptedException {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread thread = new Thread(action);
        thread.setUncaughtExceptionHandler((failed, exception) -> thrown.set(exception));
        thread.start();
        thread.join();
        assertNull(thrown.get());
    }

    @Test
    void shouldGoOnAfterACleanClose() {
        // given
        write(1, 100);
        write(101, 250);

        // when
        try (Journal journal = open(directory)) {
            // then
            assertEquals(250, journal.lastSequence());
            assertEquals(250, journal.syncedSequence());
            assertFalse(report(journal).unclean());
            assertEquals(250, report(journal).lastSequence());
            Records.append(journal, 251, 260);
        }
        assertEquals(Records.expected(1, 260), read(1));
    }

    @Test
    void shouldLetTheFirstRecordHaveAnySequenceFromOne() {
        write(1_000_000_007L, 1_000_000_020L);

        assertEquals(Records.expected(1_000_000_007L, 1_000_000_020L), read(1));
        try (JournalReader reader = reader(directory)) {
            assertEquals(1_000_000_007L, reader.firstSequence());
            assertEquals(1_000_000_020L, reader.lastSequence());
        }
        try (Journal journal = open(directory)) {
            assertEquals(1_000_000_020L, journal.lastSequence());
        }
    }

    @Test
    void shouldRefuseAWrongSequenceAndStayUsable() {
        try (Journal journal = open(directory)) {
            assertThrows(IllegalArgumentException.class, () -> Records.append(journal, 0, 0));
            Records.append(journal, 1, 10);

            for (final long wrong : new long[] {1, 10, 12, 0, -1, Long.MAX_VALUE}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> journal.append(wrong, 0, new UnsafeBuffer(new byte[1]), 0, 1),
                        () -> "sequence=" + wrong);
            }
            Records.append(journal, 11, 12);
            journal.flush();
            assertEquals(Records.expected(1, 12), replay(journal, 1));
        }
    }

    @Test
    void shouldTakeEveryLengthUpToTheMaximumAndRefuseMore() {
        try (Journal journal = open(directory)) {
            final int maximum = journal.maximumPayloadLength();
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[maximum + 1]);
            buffer.setMemory(0, maximum + 1, (byte) 0x77);

            // when
            final int[] lengths = {0, 1, 7, 8, 9, maximum - 1, maximum, 0};
            for (int i = 0; i < lengths.length; i++) {
                journal.append(i + 1, 5, buffer, 0, lengths[i]);
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> journal.append(lengths.length + 1, 5, buffer, 0, maximum + 1));
            assertThrows(IllegalArgumentException.class, () -> journal.append(lengths.length + 1, 5, buffer, 0, -1));
            journal.flush();

            // then
            final List<Stored> stored = replay(journal, 1);
            assertEquals(lengths.length, stored.size());
            for (int i = 0; i < lengths.length; i++) {
                assertEquals(lengths[i], stored.get(i).length());
            }
        }
    }

    @Test
    void shouldReplayFromEverySequence() {
        try (Journal journal = open(directory)) {
            Records.append(journal, 5, 400);
            journal.flush();
            for (long from = 1; from <= 402; from += 13) {
                assertEquals(Records.expected(Math.max(5, from), 400), replay(journal, from));
            }
            assertEquals(400, journal.replay(401, new Records()));
            assertEquals(499, journal.replay(500, new Records()));
        }
    }

    @Test
    void shouldStopReplayWhenTheHandlerSaysSo() {
        try (Journal journal = open(directory)) {
            Records.append(journal, 1, 400);
            journal.flush();

            final Records records = Records.stoppingAfter(7);
            assertEquals(206, journal.replay(200, records));
            assertEquals(Records.expected(200, 206), records.list());
        }
    }

    @Test
    void shouldRefuseASecondWriterInTheSameProcessAndInAnother() {
        try (Journal journal = open(directory)) {
            Records.append(journal, 1, 3);
            journal.flush();

            // when
            final DirectoryLockedException refused =
                    assertThrows(DirectoryLockedException.class, () -> open(directory));
            final List<String> child = ChildJvm.run(JournalWriterMain.class, name(), directory, "lock");

            // then
            assertTrue(refused.getMessage().contains("stop the switch"), refused.getMessage());
            assertTrue(child.get(0).startsWith("refused: directory in use"), child.toString());
            assertTrue(
                    child.get(0).contains("process " + ProcessHandle.current().pid()), child.toString());
            assertEquals(Records.expected(1, 3), replay(journal, 1));
        }
        final List<String> child = ChildJvm.run(JournalWriterMain.class, name(), directory, "lock");
        assertEquals("opened at 3", child.get(0), child.toString());
    }

    @Test
    void shouldKeepWhatWasFlushedWhenTheProcessDies() {
        // given
        for (int life = 1; life <= 3; life++) {
            final List<String> child = ChildJvm.run(JournalWriterMain.class, name(), directory, "flush");
            assertEquals("exit 137", child.get(child.size() - 1), child.toString());

            // when
            final long startNs = System.nanoTime();
            try (Journal journal = open(directory)) {
                // then
                assertTrue(System.nanoTime() - startNs < 10_000_000_000L, "opening waits for a dead process");
                assertEquals(100L * life, journal.lastSequence());
                assertTrue(report(journal).unclean());
                assertEquals(Records.expected(1, 100L * life), replay(journal, 1));
            }
        }
    }

    @Test
    void shouldKeepWhatWasFlushedWhenTheProcessIsKilledInTheMiddleOfIt() throws IOException, InterruptedException {
        long last = 0;
        for (int life = 1; life <= 3; life++) {
            // given
            final Process process =
                    ChildJvm.start(ChildJvm.command(JournalWriterMain.class, name(), directory, "endless"));
            try (BufferedReader lines = ChildJvm.reader(process)) {
                for (int line = 0; line < 200 * life; line++) {
                    last = Long.parseLong(lines.readLine());
                }

                // when
                // Through the handle: the process itself would close the stream that still holds lines.
                process.toHandle().destroyForcibly();
                process.waitFor();
                String line = lines.readLine();
                while (line != null && line.length() >= Long.toString(last).length()) {
                    last = Long.parseLong(line);
                    line = lines.readLine();
                }
            }

            // then
            try (Journal journal = open(directory)) {
                assertTrue(report(journal).unclean());
                assertTrue(journal.lastSequence() >= last, journal.lastSequence() + " < " + last);
                assertEquals(Records.expected(1, journal.lastSequence()), replay(journal, 1));
            }
        }
    }

    @Test
    void shouldKeepWhatWasSyncedWhenPowerIsLost() throws IOException, InterruptedException {
        try (LoopDisk disk = LoopDisk.create(directory, 96)) {
            requireSyncedSurvivesLossOfPower(disk, 60);
        }
    }

    @Test
    void shouldKeepWhatAnEarlierProcessOnlyFlushedWhenPowerIsLost() throws IOException, InterruptedException {
        try (LoopDisk disk = LoopDisk.create(directory, 96)) {
            // given: records that only the page cache has, and a process that takes them for history and goes on
            final List<String> first = disk.beforePowerWasLost(
                    ChildJvm.command(JournalWriterMain.class, name(), journalOn(disk), "flush"));
            assertEquals(List.of(), ChildJvm.readToEnd(ChildJvm.start(first)));

            requireSyncedSurvivesLossOfPower(disk, 1);
        }
    }

    private static Path journalOn(final LoopDisk disk) {
        return disk.directory().resolve("journal");
    }

    private void requireSyncedSurvivesLossOfPower(final LoopDisk disk, final int syncs)
            throws IOException, InterruptedException {
        // given
        final Process process = ChildJvm.start(
                disk.beforePowerWasLost(ChildJvm.command(JournalWriterMain.class, name(), journalOn(disk), "sync")));
        long synced = 0;
        try (BufferedReader lines = ChildJvm.reader(process)) {
            for (int line = 0; line < syncs; line++) {
                synced = Long.parseLong(lines.readLine());
            }
            process.toHandle().destroyForcibly();
        }

        // when
        try (LoopDisk afterwards = disk.asIfPowerWereLostNow()) {
            process.waitFor();

            // then
            try (Journal journal = open(journalOn(afterwards))) {
                assertTrue(journal.lastSequence() >= synced, journal.lastSequence() + " < " + synced);
                assertEquals(Records.expected(1, journal.lastSequence()), replay(journal, 1));
            }
        }
    }

    @Test
    void shouldLocateEveryFlippedBit() {
        // given
        write(1, 120);
        write(121, 240);
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println(getClass().getSimpleName() + " seed=" + seed);
        final Random random = new Random(seed);

        for (int round = 0; round < 60; round++) {
            final long sequence = 1L + random.nextInt(240);
            final Place place = JournalFiles.find(directory, sequence);
            final int offset = random.nextInt(JournalFiles.recordLength(sequence));
            final int bit = random.nextInt(Byte.SIZE);

            // when
            JournalFiles.flipBit(place.file(), place.offset() + offset, bit);

            // then
            requireDamageAt(place, sequence);
            JournalFiles.flipBit(place.file(), place.offset() + offset, bit);
        }
        assertEquals(Records.expected(1, 240), read(1));
    }

    @Test
    void shouldLocateEveryHole() {
        // given
        write(1, 120);
        write(121, 240);

        for (final long sequence : new long[] {1, 2, 60, 119, 120, 121, 122, 200, 239, 240}) {
            final Place place = JournalFiles.find(directory, sequence);
            final byte[] before = JournalFiles.read(place.file());

            // when
            JournalFiles.zero(place.file(), place.offset(), JournalFiles.recordLength(sequence));

            // then
            requireDamageAt(place, sequence);
            JournalFiles.write(place.file(), before);
        }
        assertEquals(Records.expected(1, 240), read(1));
    }

    private void requireDamageAt(final Place place, final long sequence) {
        final Records records = new Records();
        try (JournalReader reader = reader(directory)) {
            final JournalCorruptException damage =
                    assertThrows(JournalCorruptException.class, () -> reader.replay(1, records), () -> "at " + place);
            assertEquals(place.file().getFileName(), damage.file().getFileName(), damage.getMessage());
            assertEquals(place.offset(), damage.offset(), damage.getMessage());
            assertEquals(sequence, damage.sequence(), damage.getMessage());
        }
        assertEquals(Records.expected(1, sequence - 1), records.list());
    }

    @Test
    void shouldFollowAGrowingJournalAcrossRestarts() {
        final Records records = new Records();
        try (JournalReader reader = reader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(0, tail.poll(records, 100));
            long last = 0;
            for (int epoch = 0; epoch < 3; epoch++) {
                try (Journal journal = open(directory)) {
                    for (int step = 0; step < 40; step++) {
                        // when
                        Records.append(journal, last + 1, last + 5);
                        journal.flush();
                        last += 5;

                        // then
                        assertEquals(3, tail.poll(records, 3));
                        assertEquals(2, tail.poll(records, 3));
                        assertEquals(0, tail.poll(records, 3));
                        assertEquals(last + 1, tail.position());
                    }
                    if (epoch == 1) {
                        abandon(journal);
                    }
                }
            }
            assertEquals(Records.expected(1, last), records.list());
        }
    }

    @Test
    void shouldFollowAnotherProcessUntilItIsKilled() throws IOException, InterruptedException {
        // given
        final Records records = new Records();
        final Process process = ChildJvm.start(ChildJvm.command(JournalWriterMain.class, name(), directory, "endless"));
        try (JournalReader reader = reader(directory);
                JournalTail tail = reader.tail(1);
                BufferedReader lines = ChildJvm.reader(process)) {
            // when
            long last = 0;
            while (last < 1_000) {
                last = Long.parseLong(lines.readLine());
                if (last % 100 == 0) {
                    assertTrue(tail.poll(records, Integer.MAX_VALUE) >= 0);
                    assertTrue(tail.position() > last, tail.position() + " after " + last);
                }
            }
            process.toHandle().destroyForcibly();
            process.waitFor();

            // then
            assertTrue(tail.poll(records, Integer.MAX_VALUE) >= 0);
            assertEquals(0, tail.poll(records, 1));
            assertEquals(Records.expected(1, tail.position() - 1), records.list());
        }
    }

    @Test
    void shouldSeekToEverySequenceAndTakeUpPolling() {
        write(1, 150);
        write(151, 300);
        try (JournalReader reader = reader(directory);
                JournalTail tail = reader.tail(1)) {
            for (final long from : new long[] {300, 1, 299, 2, 150, 151, 152, 77}) {
                final Records records = new Records();
                tail.seek(from);
                assertEquals(from, tail.position());
                assertEquals(301 - from, tail.poll(records, 1_000));
                assertEquals(Records.expected(from, 300), records.list());
            }
            final Records future = new Records();
            tail.seek(305);
            assertEquals(0, tail.poll(future, 10));
            write(301, 310);
            assertEquals(6, tail.poll(future, 10));
            assertEquals(Records.expected(305, 310), future.list());
        }
    }

    @Test
    void shouldStopPollingWhenTheHandlerSaysSo() {
        write(1, 20);
        try (JournalReader reader = reader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(4, tail.poll(Records.stoppingAfter(4), 10));
            assertEquals(5, tail.position());
        }
    }

    @Test
    void shouldNameAGapInsteadOfSkippingIt() {
        write(10, 20);
        final Records records = new Records();
        try (JournalReader reader = reader(directory);
                JournalTail tail = reader.tail(3)) {
            assertEquals(JournalTail.GAP, tail.poll(records, 10));
            assertEquals(JournalTail.GAP, tail.poll(records, 10));
            assertEquals(3, tail.position());
            assertEquals(10, tail.nextAvailableSequence());

            tail.seek(tail.nextAvailableSequence());
            assertEquals(11, tail.poll(records, 20));
            assertEquals(Records.expected(10, 20), records.list());
        }
    }

    @Test
    void shouldAgreeWithANaiveJournal() {
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println(getClass().getSimpleName() + " seed=" + seed);
        new Comparison(seed).run();
    }

    /** Random work on the journal and on a list, which must agree after every step. */
    private final class Comparison {
        private final Random random;
        private final List<Stored> appended = new ArrayList<>();
        private int flushed;

        Comparison(final long seed) {
            random = new Random(seed);
        }

        void run() {
            for (int life = 0; life < 12; life++) {
                final Journal journal = open(directory);
                assertEquals(appended.size(), journal.lastSequence());
                final int steps = random.nextInt(60);
                for (int step = 0; step < steps; step++) {
                    step(journal);
                }
                if (random.nextBoolean()) {
                    journal.close();
                } else {
                    journal.flush();
                    abandon(journal);
                }
                flushed = appended.size();
            }
        }

        private void step(final Journal journal) {
            switch (random.nextInt(6)) {
                case 0 -> flush(journal);
                case 1 -> {
                    flush(journal);
                    assertEquals(flushed, journal.sync());
                }
                case 2 -> journal.prepare();
                case 3 -> {
                    flush(journal);
                    final long from = 1L + random.nextInt(flushed + 1);
                    assertEquals(appended.subList((int) from - 1, flushed), replay(journal, from));
                }
                default -> append(journal, 1 + random.nextInt(20));
            }
            assertEquals(appended.size(), journal.lastSequence());
        }

        private void flush(final Journal journal) {
            journal.flush();
            flushed = appended.size();
        }

        private void append(final Journal journal, final int count) {
            for (int i = 0; i < count; i++) {
                final int bound = random.nextInt(10) == 0 ? journal.maximumPayloadLength() : 400;
                final byte[] payload = new byte[random.nextInt(bound + 1)];
                random.nextBytes(payload);
                final Stored record = new Stored(appended.size() + 1, random.nextLong(), payload);
                Records.append(journal, record);
                appended.add(record);
            }
        }
    }
}

package io.turnout.journal.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalFiles;
import io.turnout.journal.JournalFiles.Place;
import io.turnout.journal.OpenReport;
import io.turnout.journal.Records;
import io.turnout.journal.Strace;
import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.RecordFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleJournalRecoveryTest {
    @TempDir
    private Path scratch;

    private Path directory() {
        return scratch.resolve("journal");
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(new ChronicleJournalConfiguration(directory(), 1 << 20, 1024, 1 << 20));
    }

    private void writeAndDie(final long first, final long last, final long synced) {
        final ChronicleJournal journal = open();
        for (long sequence = first; sequence <= last; sequence++) {
            Records.append(journal, sequence, sequence);
            journal.flush();
            if (sequence == synced) {
                journal.sync();
            }
        }
        journal.abandon();
    }

    private void requireReadable(final long last) {
        final Records records = new Records();
        try (ChronicleReader reader = new ChronicleReader(directory())) {
            assertEquals(last, reader.replay(1, records));
        }
        assertEquals(Records.expected(1, last), records.list());
    }

    private OpenReport requireEndsAt(final long last) {
        final OpenReport report;
        try (ChronicleJournal journal = open()) {
            report = journal.openReport();
            assertEquals(last, report.lastSequence());
            assertEquals(last, journal.syncedSequence());
            Records.append(journal, last + 1, last + 3);
        }
        requireReadable(last + 3);
        return report;
    }

    private void requireDamage(final Place place, final long sequence) {
        final List<Path> before = JournalFiles.regularFiles(directory());
        final JournalCorruptException damage = assertThrows(JournalCorruptException.class, this::open);
        assertEquals(place.file().getFileName(), damage.file().getFileName());
        assertEquals(place.offset(), damage.offset());
        assertEquals(sequence, damage.sequence());
        assertEquals(before, JournalFiles.regularFiles(directory()));
    }

    private Place zero(final long sequence) {
        final Place place = JournalFiles.find(directory(), sequence);
        JournalFiles.zero(place.file(), place.offset(), JournalFiles.recordLength(sequence));
        return place;
    }

    private void pretendPowerWasLost() throws IOException {
        for (final ChainName name : Epoch.list(directory())) {
            final Epoch epoch = Epoch.read(name.in(directory()));
            Files.delete(epoch.directory().resolve("READY"));
            new Epoch(epoch.directory(), new BootId(1, 2), epoch.blockSizeBytes()).markReady();
        }
    }

    @Test
    void shouldRefuseAHoleWhileNoPowerWasLost() {
        writeAndDie(1, 12, 0);
        requireDamage(zero(9), 9);
    }

    @Test
    void shouldRefuseAHoleThatWasSynced() throws IOException {
        writeAndDie(1, 12, 9);
        pretendPowerWasLost();

        requireDamage(zero(9), 9);
    }

    @Test
    void shouldLeaveTheSearchForOldDamageToReplay() throws IOException {
        // given: a hole before what the last record calls synced
        writeAndDie(1, 12, 9);
        pretendPowerWasLost();
        final Place place = zero(5);

        // when, then
        try (ChronicleJournal journal = open()) {
            assertEquals(12, journal.lastSequence());
            final JournalCorruptException damage =
                    assertThrows(JournalCorruptException.class, () -> journal.replay(1, new Records()));
            assertEquals(place.offset(), damage.offset());
            assertEquals(5, damage.sequence());
        }
    }

    @Test
    void shouldCutAtAHoleThatTheLossOfPowerLeftInUnsyncedRecords() throws IOException {
        writeAndDie(1, 12, 8);
        pretendPowerWasLost();
        zero(9);

        final OpenReport report = requireEndsAt(8);

        assertTrue(report.unclean());
        assertEquals(12, report.lostSequence());
        assertTrue(report.quarantinedBytes() > 0);
    }

    @Test
    void shouldCutAHalfWrittenExcerpt() {
        // given: a payload whose excerpt header was never written
        writeAndDie(1, 12, 0);
        final Place last = JournalFiles.find(directory(), 12);
        final byte[] bytes = JournalFiles.read(last.file());
        final int end = (int) last.offset() + JournalFiles.recordLength(12);
        bytes[end + 4 + 40] = 0x55;
        JournalFiles.write(last.file(), bytes);

        // when
        final OpenReport report = requireEndsAt(12);

        // then
        assertTrue(report.unclean());
        assertEquals(Journal.NO_SEQUENCE, report.lostSequence());
        assertTrue(report.quarantinedBytes() >= 44);
    }

    @Test
    void shouldNotCountARecordThatWasAboutToBeAppended() {
        // given: a whole record whose excerpt header was never written
        writeAndDie(1, 12, 0);
        final Place last = JournalFiles.find(directory(), 12);
        final RecordFlyweight record = new RecordFlyweight().wrap(ByteBuffer.allocateDirect(64));
        final int length = record.encode(0, 13, 0, 0, new UnsafeBuffer(new byte[8]), 0, 8);
        final byte[] bytes = JournalFiles.read(last.file());
        record.buffer().getBytes(0, bytes, (int) last.offset() + JournalFiles.recordLength(12) + Integer.BYTES, length);
        JournalFiles.write(last.file(), bytes);

        requireEndsAt(12);
    }

    @Test
    void shouldMoveAnEpochThatNeverBegan() throws IOException {
        writeAndDie(1, 12, 0);
        final Path unready = new ChainName(2, 13, Epoch.SUFFIX).in(directory());
        Files.createDirectories(unready);
        Files.write(unready.resolve("metadata.cq4t"), new byte[100]);

        assertEquals(100, requireEndsAt(12).quarantinedBytes());
    }

    @Test
    void shouldNameChroniclesOwnTableWhenItIsDamaged() throws IOException {
        writeAndDie(1, 12, 12);
        final Path epoch = Epoch.list(directory()).get(0).in(directory());
        final Path metadata = epoch.resolve("metadata.cq4t");
        Files.write(metadata, new byte[(int) Files.size(metadata)]);

        final JournalCorruptException damage = assertThrows(JournalCorruptException.class, this::open);

        assertEquals("metadata.cq4t", damage.file().getFileName().toString());
    }

    @Test
    void shouldComeToTheSameEndWhenNothingIsAppendedInBetween() {
        writeAndDie(1, 12, 0);
        for (int opening = 0; opening < 3; opening++) {
            try (ChronicleJournal journal = open()) {
                assertEquals(12, journal.lastSequence());
                assertTrue(journal.openReport().unclean());
            }
        }
        requireEndsAt(12);
    }

    /** Chronicle's own headers and index pages have no checksum; what they lead to has. */
    @Test
    void shouldNeverReadAnythingWrongWhateverBitIsFlipped() {
        // given
        try (ChronicleJournal journal = open()) {
            Records.append(journal, 1, 300);
        }
        final Path file = JournalFiles.find(directory(), 1).file();
        final byte[] whole = JournalFiles.read(file);
        int used = whole.length;
        while (whole[used - 1] == 0) {
            used--;
        }
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println("flipped bits seed=" + seed);
        final Random random = new Random(seed);
        int damaged = 0;
        for (int round = 0; round < 150; round++) {
            // when
            final boolean isInHeaders = random.nextInt(4) == 0;
            final int offset = random.nextInt(isInHeaders ? 2_000 : used);
            final byte[] flipped = whole.clone();
            flipped[offset] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            JournalFiles.write(file, flipped);

            // then: all of it, or a named error behind a right beginning
            final Records records = new Records();
            try (ChronicleReader reader = new ChronicleReader(directory())) {
                assertEquals(300, reader.replay(1, records), () -> "offset " + offset);
            } catch (final JournalCorruptException exception) {
                damaged++;
            }
            assertEquals(Records.expected(1, records.list().size()), records.list());
        }
        assertTrue(damaged > 0);
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void shouldKeepItsPromisesWhenKilledAtAnySystemCall() throws IOException, InterruptedException {
        Strace.assumeUsable();
        final String changes = "?fsync,?fdatasync,?rename,?unlink,?mkdir,?ftruncate,?pwrite64,?write";
        boolean isFinished = false;
        for (int call = 1; !isFinished; call += 1 + call / 4) {
            // given
            deleteJournal();
            if (call % 2 == 0) {
                writeAndDie(1, 20, 10);
            }

            // when
            final List<String> printed = Strace.run(
                            scratch,
                            List.of("-e", "trace=" + changes, "-e", "inject=" + changes + ":signal=KILL:when=" + call),
                            ChronicleJournalStepsMain.class,
                            "life",
                            directory())
                    .printed();
            isFinished = printed.contains("closed");

            // then
            final long promised = promised(printed);
            final long last;
            try (ChronicleJournal journal = open()) {
                last = journal.lastSequence();
                assertTrue(last >= promised, last + " after " + printed);
                Records.append(journal, last + 1, last + 2);
            }
            requireReadable(last + 2);
        }
    }

    private static long promised(final List<String> printed) {
        return printed.stream()
                .filter(line -> line.matches("(flushed|synced|opened) \\d+"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .max()
                .orElse(0);
    }

    private void deleteJournal() throws IOException {
        if (Files.exists(directory())) {
            try (Stream<Path> files = Files.walk(directory())) {
                for (final Path file :
                        files.sorted((left, right) -> right.compareTo(left)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}

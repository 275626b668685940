package io.turnout.journal.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalFiles;
import io.turnout.journal.JournalFiles.Place;
import io.turnout.journal.JournalTail;
import io.turnout.journal.OpenReport;
import io.turnout.journal.Records;
import io.turnout.journal.disk.BootId;
import io.turnout.journal.disk.ChainName;
import io.turnout.journal.disk.Quarantine;
import io.turnout.journal.disk.RecordFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileJournalRecoveryTest {
    private static final BootId EARLIER_BOOT = new BootId(1, 2);

    @TempDir
    private Path directory;

    private FileJournal open() {
        return FileJournal.open(new FileJournalConfiguration(directory, 8 << 10, 4 << 10, 1024, 4096));
    }

    /** Appends with one flush each, then dies. */
    private void writeAndDie(final long first, final long last, final Consumer<FileJournal> afterEach) {
        final FileJournal journal = open();
        for (long sequence = first; sequence <= last; sequence++) {
            Records.append(journal, sequence, sequence);
            journal.flush();
            afterEach.accept(journal);
        }
        journal.abandon();
    }

    private void writeAndDie(final long first, final long last) {
        writeAndDie(first, last, journal -> {});
    }

    private void requireReadable(final long last) {
        final Records replayed = new Records();
        final Records polled = new Records();
        try (FileJournalReader reader = new FileJournalReader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(last, reader.replay(1, replayed));
            assertEquals(last, reader.lastSequence());
            assertEquals(last, tail.poll(polled, 1_000_000));
        }
        assertEquals(Records.expected(1, last), replayed.list());
        assertEquals(Records.expected(1, last), polled.list());
    }

    /** Opens, checks where the journal ends, writes on, and reads it all. */
    private OpenReport requireEndsAt(final long last) {
        final OpenReport report;
        try (FileJournal journal = open()) {
            report = journal.openReport();
            assertEquals(last, report.lastSequence());
            assertEquals(last, journal.lastSequence());
            assertEquals(last, journal.syncedSequence());
            Records.append(journal, last + 1, last + 3);
        }
        requireReadable(last + 3);
        return report;
    }

    private void requireDamage(final Place place, final long sequence) {
        final List<Path> before = JournalFiles.regularFiles(directory);
        final JournalCorruptException damage = assertThrows(JournalCorruptException.class, this::open);
        assertEquals(place.file(), damage.file());
        assertEquals(place.offset(), damage.offset());
        assertEquals(sequence, damage.sequence());
        assertEquals(before, JournalFiles.regularFiles(directory));
    }

    private List<Path> quarantined() {
        return JournalFiles.regularFiles(directory).stream()
                .filter(file -> file.getParent().endsWith(Quarantine.DIRECTORY_NAME))
                .toList();
    }

    private void pretendPowerWasLost() throws IOException {
        for (final ChainName name : ChainName.list(directory, Segment.SUFFIX)) {
            try (FileChannel file =
                    FileChannel.open(name.in(directory), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final SegmentHeader header = SegmentHeader.read(file);
                if (!header.isBlank()) {
                    header.encode(name, 0, EARLIER_BOOT, header.maximumRecordLength(), header.segmentLength());
                    file.write(header.bytes(), 0);
                }
            }
        }
    }

    private Place zero(final long sequence) {
        final Place place = JournalFiles.find(directory, sequence);
        JournalFiles.zero(place.file(), place.offset(), JournalFiles.recordLength(sequence));
        return place;
    }

    @Test
    void shouldCutATailTornAtAnyByte() throws IOException {
        final long seed = Long.getLong("turnout.seed", 1);
        System.out.println("torn tails seed=" + seed);
        final Random random = new Random(seed);
        final long lastSequence = shortRecordAfter(15);
        writeAndDie(1, lastSequence);
        final Place last = JournalFiles.find(directory, lastSequence);
        final byte[] whole = JournalFiles.read(last.file());
        final int length = JournalFiles.recordLength(lastSequence);
        for (int kept = 0; kept < length; kept++) {
            for (final boolean isNoise : new boolean[] {false, true}) {
                // given
                final byte[] torn = whole.clone();
                final int tornFrom = (int) last.offset() + kept;
                final byte[] rest = new byte[length - kept];
                if (isNoise) {
                    random.nextBytes(rest);
                }
                System.arraycopy(rest, 0, torn, tornFrom, rest.length);
                if (Arrays.equals(torn, whole)) {
                    continue; // Nothing was torn: those bytes were zero before.
                }
                deleteAll();
                JournalFiles.write(last.file(), torn);

                // when
                final OpenReport report = requireEndsAt(lastSequence - 1);

                // then
                assertTrue(report.unclean());
                assertEquals(Journal.NO_SEQUENCE, report.lostSequence());
                requireQuarantined(torn, (int) last.offset(), report);
            }
        }
    }

    private static long shortRecordAfter(final long sequence) {
        long candidate = sequence;
        while (JournalFiles.recordLength(candidate) > 80) {
            candidate++;
        }
        return candidate;
    }

    private void deleteAll() throws IOException {
        for (final Path file : JournalFiles.regularFiles(directory)) {
            Files.delete(file);
        }
    }

    private void requireQuarantined(final byte[] segment, final int offset, final OpenReport report) {
        int end = segment.length;
        while (end > offset && segment[end - 1] == 0) {
            end--;
        }
        // Counted in whole words.
        end += -end & (RecordFlyweight.ALIGNMENT - 1);
        assertEquals(end - offset, report.quarantinedBytes());
        if (end == offset) {
            assertEquals(List.of(), quarantined());
        } else {
            assertEquals(1, quarantined().size());
            assertArrayEquals(
                    Arrays.copyOfRange(segment, offset, end),
                    JournalFiles.read(quarantined().get(0)));
        }
    }

    @Test
    void shouldChainManyEpochs() {
        long last = 0;
        for (int epoch = 1; epoch <= 8; epoch++) {
            writeAndDie(last + 1, last + 40);
            last += 40;
            assertTrue(requireEndsAt(last).unclean());
            last += 3;
        }
    }

    @Test
    void shouldComeToTheSameEndWhenNothingIsAppendedInBetween() {
        writeAndDie(1, 30);
        final Place torn = JournalFiles.find(directory, 30);
        JournalFiles.flipBit(torn.file(), torn.offset() + 40, 3);

        for (int opening = 0; opening < 3; opening++) {
            try (FileJournal journal = open()) {
                assertEquals(29, journal.lastSequence());
                assertTrue(journal.openReport().unclean());
            }
            requireReadable(29);
            assertEquals(1, quarantined().size());
        }
        requireEndsAt(29);
    }

    @Test
    void shouldTakeAMarkedSegmentAsCleanEvenIfItWasNotCut() throws IOException {
        try (FileJournal journal = open()) {
            Records.append(journal, 1, 10);
        }
        final Path segment = JournalFiles.find(directory, 1).file();
        JournalFiles.write(segment, Arrays.copyOf(JournalFiles.read(segment), 8 << 10));

        assertFalse(requireEndsAt(10).unclean());
    }

    @Test
    void shouldRefuseASegmentThatSomebodyCut() throws IOException {
        writeAndDie(1, 10);
        final Place place = JournalFiles.find(directory, 8);
        JournalFiles.write(place.file(), Arrays.copyOf(JournalFiles.read(place.file()), (int) place.offset() + 8));

        requireDamage(place, 8);
    }

    @Test
    void shouldRefuseAFlippedBitBeforeTheEndWhileNoPowerWasLost() {
        writeAndDie(1, 12);
        for (final long sequence : new long[] {1, 5, 11}) {
            final Place place = JournalFiles.find(directory, sequence);
            for (final int offset : new int[] {0, 4, 8, 16, 24, 33}) {
                JournalFiles.flipBit(place.file(), place.offset() + offset, 1);
                requireDamage(place, sequence);
                JournalFiles.flipBit(place.file(), place.offset() + offset, 1);
            }
        }
        requireEndsAt(12);
    }

    @Test
    void shouldRefuseAHoleThatWasSyncedEvenIfPowerWasLost() throws IOException {
        writeAndDie(1, 12, journal -> {
            if (journal.lastSequence() == 8) {
                journal.sync();
            }
        });
        pretendPowerWasLost();

        requireDamage(zero(8), 8);
    }

    @Test
    void shouldCutAtAHoleThatTheLossOfPowerLeftInUnsyncedRecords() throws IOException {
        writeAndDie(1, 12, journal -> {
            if (journal.lastSequence() == 8) {
                journal.sync();
            }
        });
        pretendPowerWasLost();
        zero(9);

        final OpenReport report = requireEndsAt(8);

        assertTrue(report.unclean());
        assertEquals(12, report.lostSequence());
        assertTrue(report.quarantinedBytes() > 0);
    }

    @Test
    void shouldRefuseTheSameHoleWhileNoPowerWasLost() {
        writeAndDie(1, 12);

        requireDamage(zero(9), 9);
    }

    @Test
    void shouldMoveAWholeSegmentBehindAHoleThatTheLossOfPowerLeft() throws IOException {
        // given: an unsynced hole at the end of the first segment, and records in the second
        writeAndDie(1, 45);
        final List<ChainName> segments = ChainName.list(directory, Segment.SUFFIX);
        assertEquals(2, segments.size());
        final long firstOfSecond = segments.get(1).firstSequence();
        pretendPowerWasLost();
        final Place hole = zero(firstOfSecond - 2);

        // when
        final OpenReport report = requireEndsAt(firstOfSecond - 3);

        // then
        assertEquals(45, report.lostSequence());
        assertEquals(
                List.of(segments.get(0) + "-" + hole.offset(), segments.get(1).toString()),
                quarantined().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void shouldRefuseAHoleThatOnlyTheNextSegmentKnowsToBeSynced() throws IOException {
        writeAndDie(1, 45, FileJournal::sync);
        final long firstOfSecond =
                ChainName.list(directory, Segment.SUFFIX).get(1).firstSequence();
        pretendPowerWasLost();

        requireDamage(zero(firstOfSecond - 1), firstOfSecond - 1);
    }

    @Test
    void shouldMoveTheNextSegmentEvenIfTheHoleIsTheLastRecordOfItsSegment() throws IOException {
        writeAndDie(1, 45);
        final long firstOfSecond =
                ChainName.list(directory, Segment.SUFFIX).get(1).firstSequence();
        pretendPowerWasLost();
        zero(firstOfSecond - 1);

        assertEquals(45, requireEndsAt(firstOfSecond - 2).lostSequence());
    }

    private Path quarantineOf() {
        return directory.resolve(Quarantine.DIRECTORY_NAME);
    }

    @Test
    void shouldRemoveASegmentWithoutHeaderThatTheLossOfPowerLeft() throws IOException {
        writeAndDie(1, 5);
        Files.write(new ChainName(1, 6, Segment.SUFFIX).in(directory), new byte[8 << 10]);
        Files.write(new ChainName(2, 6, Segment.SUFFIX).in(directory), new byte[8 << 10]);

        assertTrue(requireEndsAt(5).unclean());
        assertEquals(List.of(), quarantined());
    }

    @Test
    void shouldRemoveASegmentWithoutRecordsAndKeepWhatElseItHolds() throws IOException {
        writeAndDie(1, 5);
        final ChainName name = new ChainName(2, 6, Segment.SUFFIX);
        final byte[] bytes = new byte[8 << 10];
        new SegmentHeader()
                .encode(name, 0, BootId.current(), 1056, bytes.length)
                .bytes()
                .get(bytes, 0, 64);
        bytes[100] = 1;
        Files.write(name.in(directory), bytes);

        final OpenReport report = requireEndsAt(5);

        assertEquals(bytes.length, report.quarantinedBytes());
        assertArrayEquals(bytes, JournalFiles.read(quarantined().get(0)));
    }

    @Test
    void shouldRefuseADamagedHeader() throws IOException {
        writeAndDie(1, 5);
        final Path segment = JournalFiles.find(directory, 1).file();
        for (int offset = 0; offset < SegmentHeader.LENGTH; offset++) {
            JournalFiles.flipBit(segment, offset, offset % 8);
            requireDamage(new Place(segment, SegmentHeader.LENGTH), 1);
            JournalFiles.flipBit(segment, offset, offset % 8);
        }
        requireEndsAt(5);
    }

    @Test
    void shouldKeepWhatAPreparedSegmentHoldsWhenTheLossOfPowerTookItsName() throws IOException {
        writeAndDie(1, 5);
        final byte[] bytes = new byte[8 << 10];
        new SegmentHeader()
                .encode(new ChainName(2, 6, Segment.SUFFIX), 0, EARLIER_BOOT, 1056, bytes.length)
                .bytes()
                .get(bytes, 0, 64);
        Files.write(directory.resolve(SegmentPreparer.FILE_NAME), bytes);

        assertEquals(bytes.length, requireEndsAt(5).quarantinedBytes());
        assertEquals(1, quarantined().size());
    }

    @Test
    void shouldIgnoreAnUnfinishedPreparationAndAnUnfinishedCopy() throws IOException {
        writeAndDie(1, 5);
        Files.write(directory.resolve(SegmentPreparer.FILE_NAME), new byte[4096]);
        Files.createDirectories(quarantineOf());
        Files.write(quarantineOf().resolve("copy.unfinished"), new byte[5]);
        final Place last = JournalFiles.find(directory, 5);
        JournalFiles.flipBit(last.file(), last.offset(), 0);

        assertEquals(JournalFiles.recordLength(5), requireEndsAt(4).quarantinedBytes());
        assertEquals(1, quarantined().size());
    }

    @Test
    void shouldLocateAMissingSegmentOnReplayAndCallItAGapWhenPolling() throws IOException {
        // given
        try (FileJournal journal = open()) {
            Records.append(journal, 1, 150);
        }
        final List<ChainName> segments = ChainName.list(directory, Segment.SUFFIX);
        assertTrue(segments.size() >= 4, segments.toString());
        Files.delete(segments.get(1).in(directory));

        // when, then
        final long missing = segments.get(1).firstSequence();
        try (FileJournalReader reader = new FileJournalReader(directory);
                JournalTail tail = reader.tail(1)) {
            final JournalCorruptException damage =
                    assertThrows(JournalCorruptException.class, () -> reader.replay(1, new Records()));
            assertEquals(missing, damage.sequence());
            assertEquals(missing - 1, tail.poll(new Records(), 1_000));
            assertEquals(JournalTail.GAP, tail.poll(new Records(), 1_000));
            assertEquals(segments.get(2).firstSequence(), tail.nextAvailableSequence());
            tail.seek(tail.nextAvailableSequence());
            assertEquals(150 - tail.position() + 1, tail.poll(new Records(), 1_000));
        }
    }

    @Test
    void shouldReportDamageWhenPolling() {
        // given
        try (FileJournal journal = open()) {
            Records.append(journal, 1, 150);
        }
        final Place place = JournalFiles.find(directory, 10);
        JournalFiles.flipBit(place.file(), place.offset() + 50, 5);

        // when, then
        try (FileJournalReader reader = new FileJournalReader(directory);
                JournalTail tail = reader.tail(1)) {
            assertEquals(9, tail.poll(new Records(), 9));
            final JournalCorruptException damage =
                    assertThrows(JournalCorruptException.class, () -> tail.poll(new Records(), 1_000));
            assertEquals(10, damage.sequence());
            assertEquals(place.offset(), damage.offset());
        }
    }

    @Test
    void shouldRatherRefuseThanCutWhenAPayloadLooksLikeALaterRecord() {
        // given: the payload of record 2 is a whole valid record 3, and record 2 is torn
        final RecordFlyweight inner = new RecordFlyweight().wrap(ByteBuffer.allocateDirect(256));
        final int length = inner.encode(0, 3, 0, 0, inner.buffer(), 128, 8);
        final FileJournal journal = open();
        Records.append(journal, 1, 1);
        journal.append(2, 0, inner.buffer(), 0, length);
        journal.flush();
        journal.abandon();
        final Place first = JournalFiles.find(directory, 1);
        final long second = first.offset() + JournalFiles.recordLength(1);
        JournalFiles.flipBit(first.file(), second, 0);

        // when, then
        requireDamage(new Place(first.file(), second), 2);
    }
}

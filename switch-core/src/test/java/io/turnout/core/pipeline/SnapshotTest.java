package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.DirectoryLock;
import io.turnout.journal.DirectoryLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SnapshotTest {
    private static final ConfigurationCommands CONFIGURATION = Commands.configuration(1, 1_000_00);

    @TempDir
    Path directory;

    private final Node.Clock clock = new Node.Clock();
    private final Journals live = new Journals();
    private SnapshotStore store;
    private Node node;

    @BeforeEach
    void setUp() {
        store = new SnapshotStore(directory.resolve("snapshots"));
        node = start(live);
        node.signOn();
    }

    @Test
    void shouldGiveTheSameStateAsAFullReplay() {
        node.pay(10);
        assertEquals(1, build().size());
        node.bank().silence();
        node.request(10_00);
        node.pay(5);

        final VerificationReport full = verifier(live).verifyAll();
        final VerificationReport tail = verifier(live).verifyTail();

        assertEquals(Optional.empty(), full.firstDifference());
        assertEquals(Optional.empty(), tail.firstDifference());
        assertEquals(1, full.comparedSnapshots());
        assertTrue(tail.firstCommand() > 1);
        assertEquals(node.host().stateHash(), full.stateHash());
        assertEquals(node.host().stateHash(), tail.stateHash());
    }

    @Test
    void shouldLetAHostStartWithoutTheCommandsBeforeIt() {
        node.pay(10);
        build();
        node.pay(2);
        final long snapshotCommand =
                SnapshotStore.commandSequence(store.newestFirst().get(0));
        final long stateHash = live.verify().stateHash();
        final Journals survivors =
                new Journals(live.commands.without((int) snapshotCommand - 3), live.events.afterKill());

        final VerificationReport tail = verifier(survivors).verifyTail();
        final Node recovered = start(survivors);
        recovered.signOn();
        recovered.pay(3);

        assertEquals(stateHash, tail.stateHash());
        assertEquals(snapshotCommand, recovered.host().recoveryReport().snapshotCommandSequence());
        assertEquals(3, recovered.bank().answeredCount());
        assertEquals(Optional.empty(), verifier(survivors).verifyTail().firstDifference());
    }

    @Test
    void shouldRecoverEquallyWithAndWithoutIt() {
        node.pay(10);
        build();
        node.bank().silence();
        node.request(10_00);
        node.run();
        final Journals with = live.afterKill();
        final Journals without = live.afterKill();

        start(with);
        deleteSnapshots();
        start(without);

        assertEquals(without.events.entries(), with.events.entries());
        assertEquals(without.commands.entries(), with.commands.entries());
    }

    @Test
    void shouldNotStartWithoutTheCommandsThatNoSnapshotReplaces() {
        node.pay(5);
        final Journals survivors = new Journals(live.commands.without(3), live.events.afterKill());

        final RecoveryException error = assertThrows(RecoveryException.class, () -> start(survivors));

        assertEquals(Problem.COMMANDS_MISSING, error.problem());
        assertTrue(error.getMessage().contains("first=1 found=4"), error.getMessage());
    }

    @Test
    void shouldBuildOnTheOneBeforeAndKeepTheNewest() {
        for (int i = 0; i < 4; i++) {
            node.pay(3);
            assertEquals(1, build().size());
        }

        final List<Path> files = store.newestFirst();
        assertEquals(2, files.size());
        assertTrue(SnapshotStore.commandSequence(files.get(0)) > SnapshotStore.commandSequence(files.get(1)));
        assertEquals(2, verifier(live).verifyAll().comparedSnapshots());
    }

    @Test
    void shouldBuildNothingWhenNothingIsNew() {
        node.pay(3);
        assertEquals(1, build().size());

        assertEquals(0, build().size());
    }

    @Test
    void shouldBuildNothingBeforeTheFirstEvent() {
        final Journals empty = new Journals();

        assertEquals(Optional.empty(), builder(empty).build(2));
    }

    @Test
    void shouldRefuseToKeepLessThanTwo() {
        assertThrows(IllegalArgumentException.class, () -> builder(live).build(1));
    }

    @Test
    void shouldHaveOneBuilderAtATime() {
        node.pay(1);
        final DirectoryLock other = DirectoryLock.acquire(store.directory());

        assertThrows(DirectoryLockedException.class, this::build);

        other.close();
        assertEquals(1, build().size());
    }

    @Test
    void shouldRemoveWhatACrashLeft() throws IOException {
        node.pay(1);
        Files.createDirectories(store.directory());
        final Path leftover = SnapshotStore.temporary(store.file(7));
        Files.writeString(leftover, "half");

        build();

        assertEquals(1, store.newestFirst().size());
        assertTrue(Files.notExists(leftover));
    }

    @Test
    void shouldFallBackToTheOlderOneWhereverTheNewestIsDamaged() throws IOException {
        node.pay(3);
        build();
        node.pay(3);
        build();
        final Path newest = store.newestFirst().get(0);
        final long older = SnapshotStore.commandSequence(store.newestFirst().get(1));
        final byte[] whole = Files.readAllBytes(newest);

        for (int i = 0; i < whole.length; i += 97) {
            final byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            Files.write(newest, damaged);
            assertFallsBack(older, newest, "byte " + i);
        }
        for (int length = 0; length < whole.length; length += 131) {
            Files.write(newest, Arrays.copyOf(whole, length));
            assertFallsBack(older, newest, "length " + length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, UNKNOWN_VERSION",
        "1, EARLIER_VERSION", // readable, and says less than a replay
        "2, STATE_DIFFERS", // its records are not of the version it names
        "4, UNKNOWN_VERSION"
    })
    void shouldRefuseOneOfAnotherVersionByName(final int version, final String problem) throws IOException {
        node.pay(3);
        build();
        nameVersion(store.newestFirst().get(0), version);

        final Node recovered = start(live.afterKill());

        final List<String> refused = recovered.host().recoveryReport().refusedSnapshots();
        assertEquals(1, refused.size());
        assertTrue(refused.get(0).contains(problem), refused.get(0));
    }

    @Test
    void shouldSayWhyASnapshotDoesNotReplaceTheCommandsThatAreMissing() throws IOException {
        node.pay(5);
        build();
        nameVersion(store.newestFirst().get(0), 1);
        final Journals survivors = new Journals(live.commands.without(3), live.events.afterKill());

        final RecoveryException error = assertThrows(RecoveryException.class, () -> start(survivors));

        assertEquals(Problem.COMMANDS_MISSING, error.problem());
        assertTrue(
                error.getMessage().contains("first=1 found=4; snapshot refused: problem=EARLIER_VERSION"),
                error::getMessage);
    }

    @Test
    void shouldRefuseOneWhoseStateIsNotTheOneItNames() throws IOException {
        node.pay(3);
        build();
        final Path file = store.newestFirst().get(0);
        final byte[] bytes = Files.readAllBytes(file);
        // The state hash is the last but one number of the trailer.
        bytes[bytes.length - 8 - 16] ^= 1;
        Files.write(file, withChecksum(bytes));

        final Node recovered = start(live.afterKill());

        final List<String> refused = recovered.host().recoveryReport().refusedSnapshots();
        assertTrue(refused.get(0).contains("STATE_DIFFERS"), refused.get(0));
    }

    @Test
    void shouldRefuseOneThatTheEventJournalDoesNotHold() {
        node.pay(10);
        build();
        final Journals survivors = new Journals(live.commands.afterKill(), live.events.keeping(4));

        final Node recovered = start(survivors);

        final List<String> refused = recovered.host().recoveryReport().refusedSnapshots();
        assertTrue(refused.get(0).contains("NOT_IN_EVENT_JOURNAL"), refused.get(0));
        survivors.assertClean();
    }

    @Test
    void shouldRefuseOneThatTheCommandJournalDoesNotReach() {
        node.pay(10);
        build();
        final Journals survivors = new Journals(live.commands.keeping(12), live.events.afterKill());

        final Node recovered = start(survivors);

        final List<String> refused = recovered.host().recoveryReport().refusedSnapshots();
        assertTrue(refused.get(0).contains("AHEAD_OF_COMMANDS"), refused.get(0));
        survivors.assertClean();
    }

    @Test
    void shouldNotBuildOnEventsThatDiffer() {
        node.pay(3);
        live.events.corrupt(4, EventRecord.CHAIN_OFFSET);

        final RecoveryException error = assertThrows(RecoveryException.class, this::build);

        assertEquals(Problem.EVENT_MISMATCH, error.problem());
        assertEquals(List.of(), store.newestFirst());
    }

    @Test
    void shouldStandWhereverTheEventJournalEnds() {
        node.pay(4);
        for (int events = 1; events <= live.events.count(); events++) {
            final Journals readable = new Journals(live.commands.afterKill(), live.events.keeping(events));
            deleteSnapshots();

            builder(readable).build(2);

            final VerificationReport tail = verifier(live).verifyTail();
            assertEquals(Optional.empty(), tail.firstDifference(), "events=" + events);
            assertEquals(node.host().stateHash(), tail.stateHash(), "events=" + events);
            assertEquals(List.of(), tail.refusedSnapshots());
        }
    }

    private void assertFallsBack(final long older, final Path newest, final String where) {
        final Journals survivors = live.afterKill();
        final SnapshotLoader loader = new SnapshotLoader(
                store, new StoredEvents(survivors.events::replay), survivors.commands.lastSequence());
        final Optional<SnapshotFile.Restored> restored = loader.newestValid(
                Node.CAPACITY, new ScratchSink((event, command, time, buffer, offset, length) -> {}));

        assertEquals(older, restored.orElseThrow().trailer().commandSequence(), where);
        assertEquals(1, loader.refused().size(), where);
        assertTrue(loader.refused().get(0).contains(newest.toString()), where);
    }

    private static void nameVersion(final Path file, final int version) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[8] = (byte) version;
        Files.write(file, withChecksum(bytes));
    }

    private static byte[] withChecksum(final byte[] bytes) {
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, bytes.length - 8);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 8, (int) checksum.getValue());
        return bytes;
    }

    private void deleteSnapshots() {
        store.newestFirst().forEach(file -> assertTrue(file.toFile().delete()));
    }

    private List<Path> build() {
        return builder(live).build(2).stream().toList();
    }

    private SnapshotBuilder builder(final Journals journals) {
        return new SnapshotBuilder(
                Node.CAPACITY, store, journals.commands, journals.events, () -> 0, RecoveryProgress.NONE);
    }

    private JournalVerifier verifier(final Journals journals) {
        return journals.verifier(store.directory(), () -> 0, RecoveryProgress.NONE);
    }

    private Node start(final Journals journals) {
        return Node.start(
                directory,
                Fixtures.configuration(Durability.ASYNC, false),
                CONFIGURATION,
                clock,
                journals.commands,
                journals.events);
    }
}

package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.Journal;
import io.turnout.journal.JournalReader;
import io.turnout.journal.chronicle.ChronicleJournal;
import io.turnout.journal.chronicle.ChronicleJournalConfiguration;
import io.turnout.journal.chronicle.ChronicleReader;
import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import io.turnout.journal.file.FileJournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A host on real files, its events in files or in Chronicle Queue. A killed process is a copy of its files, as they lay
 * in the page cache at that moment.
 */
final class DiskHostTest {
    private static final long RESERVED_BYTES = 16 << 20;
    private static final ConfigurationCommands CONFIGURATION = Commands.configuration(1, 1_000_00);

    @TempDir
    Path root;

    private final Node.Clock clock = new Node.Clock();

    /** Where events are kept. */
    enum Events {
        FILE {
            @Override
            Journal open(final Path directory) {
                return openFile(directory);
            }

            @Override
            JournalReader reader(final Path directory) {
                return new FileJournalReader(directory);
            }
        },
        CHRONICLE {
            @Override
            Journal open(final Path directory) {
                return ChronicleJournal.open(
                        new ChronicleJournalConfiguration(directory, 1 << 20, 4096, RESERVED_BYTES));
            }

            @Override
            JournalReader reader(final Path directory) {
                return new ChronicleReader(directory);
            }
        };

        abstract Journal open(Path directory);

        abstract JournalReader reader(Path directory);
    }

    @ParameterizedTest
    @CsvSource({
        "ASYNC, false, FILE",
        "SYNC, false, FILE",
        "SYNC, true, FILE",
        "ASYNC, false, CHRONICLE",
        "SYNC, true, CHRONICLE"
    })
    void shouldGoOnWhereAKilledProcessStopped(final Durability durability, final boolean inlineSync, final Events kind)
            throws IOException {
        final PipelineConfiguration pipeline = Fixtures.configuration(durability, inlineSync);
        final Path first = Files.createDirectory(root.resolve("first"));
        final Path second = root.resolve("second");
        final long stateHash;
        try (Node node = start(first, pipeline, kind)) {
            node.signOn();
            node.pay(10);
            assertEquals(10, node.bank().answeredCount());
            stateHash = node.host().stateHash();
            copy(first, second);
        }
        assertEquals(stateHash, verify(second, kind).stateHash());

        try (Node node = start(second, pipeline, kind)) {
            assertEquals(CommandLoss.NONE, node.host().recoveryReport().loss());
            node.signOn();
            node.pay(5);
            assertEquals(5, node.bank().answeredCount());
        }
        assertEquals(Optional.empty(), verify(second, kind).firstDifference());
    }

    @ParameterizedTest
    @EnumSource(Events.class)
    void shouldReplayNothingButWhatCameAfterTheSnapshot(final Events kind) {
        final PipelineConfiguration pipeline = Fixtures.configuration(Durability.ASYNC, false);
        try (Node node = start(root, pipeline, kind)) {
            node.signOn();
            node.pay(30);
        }
        final Optional<Path> snapshot = buildSnapshot(kind);
        assertTrue(snapshot.isPresent());

        try (Node node = start(root, pipeline, kind)) {
            final RecoveryReport report = node.host().recoveryReport();
            assertEquals(SnapshotStore.commandSequence(snapshot.get()), report.snapshotCommandSequence());
            assertEquals(1, report.replayedCommands(), "the command of the last event");
        }
        assertEquals(Optional.empty(), verify(root, kind).firstDifference());
    }

    @ParameterizedTest
    @EnumSource(Events.class)
    void shouldBuildASnapshotBesideARunningSwitch(final Events kind) {
        try (Node node = start(root, Fixtures.configuration(Durability.ASYNC, false), kind)) {
            node.signOn();
            for (int i = 0; i < 3; i++) {
                node.pay(10);
                assertTrue(buildSnapshot(kind).isPresent());
                assertEquals(Optional.empty(), verify(root, kind).firstDifference());
            }
        }
    }

    private Optional<Path> buildSnapshot(final Events kind) {
        try (JournalReader commands = new FileJournalReader(root.resolve("commands"));
                JournalReader events = kind.reader(root.resolve("events"))) {
            return new SnapshotBuilder(
                            Node.CAPACITY,
                            new SnapshotStore(root.resolve("snapshots")),
                            commands,
                            events,
                            () -> 0,
                            RecoveryProgress.NONE)
                    .build(2);
        }
    }

    private static VerificationReport verify(final Path directory, final Events kind) {
        try (JournalReader commands = new FileJournalReader(directory.resolve("commands"));
                JournalReader events = kind.reader(directory.resolve("events"))) {
            return new JournalVerifier(
                            Node.CAPACITY,
                            new SnapshotStore(directory.resolve("snapshots")),
                            commands,
                            events,
                            () -> 0,
                            RecoveryProgress.NONE)
                    .verifyAll();
        }
    }

    private Node start(final Path directory, final PipelineConfiguration pipeline, final Events kind) {
        return Node.start(
                directory,
                pipeline,
                CONFIGURATION,
                clock,
                openFile(directory.resolve("commands")),
                kind.open(directory.resolve("events")));
    }

    private static FileJournal openFile(final Path directory) {
        return FileJournal.open(new FileJournalConfiguration(directory, 64 << 10, 16 << 10, 4096, 16 << 10));
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}

package io.turnout.core.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.journal.file.FileJournal;
import io.turnout.journal.file.FileJournalConfiguration;
import io.turnout.journal.file.FileJournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host on real files. A killed process is a copy of its files, as they lay in the page cache at that moment. */
final class FileJournalHostTest {
    private static final ConfigurationCommands CONFIGURATION = Commands.configuration(1, 1_000_00);

    @TempDir
    Path root;

    private final Node.Clock clock = new Node.Clock();

    @ParameterizedTest
    @CsvSource({"ASYNC, false", "SYNC, false", "SYNC, true"})
    void shouldGoOnWhereAKilledProcessStopped(final Durability durability, final boolean inlineSync)
            throws IOException {
        final Path first = Files.createDirectory(root.resolve("first"));
        final Path second = root.resolve("second");
        final long answered;
        final long stateHash;
        try (FileJournal commands = open(first, "commands");
                FileJournal events = open(first, "events")) {
            final Node node = start(first, durability, inlineSync, commands, events);
            node.signOn();
            node.pay(30);
            answered = node.bank().answeredCount();
            stateHash = node.host().stateHash();
            copy(first, second);
        }
        assertEquals(30, answered);
        assertEquals(stateHash, verify(second).stateHash());

        try (Node node = start(second, durability, inlineSync, open(second, "commands"), open(second, "events"))) {
            assertEquals(CommandLoss.NONE, node.host().recoveryReport().loss());
            node.signOn();
            node.pay(5);
            assertEquals(5, node.bank().answeredCount());
        }
        assertEquals(Optional.empty(), verify(second).firstDifference());
    }

    @Test
    void shouldReplayNothingButWhatCameAfterTheSnapshot() {
        try (Node node = start(root, Durability.ASYNC, false, open(root, "commands"), open(root, "events"))) {
            node.signOn();
            node.pay(30);
        }
        final Optional<Path> snapshot = buildSnapshot();
        assertTrue(snapshot.isPresent());

        final Node node = start(root, Durability.ASYNC, false, open(root, "commands"), open(root, "events"));

        final RecoveryReport report = node.host().recoveryReport();
        assertEquals(SnapshotStore.commandSequence(snapshot.get()), report.snapshotCommandSequence());
        assertEquals(1, report.replayedCommands(), "the command of the last event");
        node.close();
        assertEquals(Optional.empty(), verify(root).firstDifference());
    }

    @Test
    void shouldBuildASnapshotBesideARunningSwitch() {
        final Node node = start(root, Durability.ASYNC, false, open(root, "commands"), open(root, "events"));
        node.signOn();
        for (int i = 0; i < 5; i++) {
            node.pay(10);
            assertTrue(buildSnapshot().isPresent());
            assertEquals(Optional.empty(), verify(root).firstDifference());
        }
        node.close();
    }

    private Optional<Path> buildSnapshot() {
        try (FileJournalReader commands = new FileJournalReader(root.resolve("commands"));
                FileJournalReader events = new FileJournalReader(root.resolve("events"))) {
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

    private static VerificationReport verify(final Path directory) {
        try (FileJournalReader commands = new FileJournalReader(directory.resolve("commands"));
                FileJournalReader events = new FileJournalReader(directory.resolve("events"))) {
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

    private Node start(
            final Path directory,
            final Durability durability,
            final boolean inlineSync,
            final FileJournal commands,
            final FileJournal events) {
        return Node.start(
                directory, Fixtures.configuration(durability, inlineSync), CONFIGURATION, clock, commands, events);
    }

    private static FileJournal open(final Path directory, final String name) {
        return FileJournal.open(
                new FileJournalConfiguration(directory.resolve(name), 64 << 10, 16 << 10, 4096, 16 << 10));
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}

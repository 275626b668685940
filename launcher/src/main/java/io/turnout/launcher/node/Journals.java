package io.turnout.launcher.node;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SnapshotSink;
import io.turnout.core.pipeline.ConfigurationCommands;
import io.turnout.core.pipeline.ConfigurationInForce;
import io.turnout.core.pipeline.EventRecord;
import io.turnout.core.pipeline.JournalVerifier;
import io.turnout.core.pipeline.JournaledState;
import io.turnout.core.pipeline.RecoveryProgress;
import io.turnout.core.pipeline.SnapshotBuilder;
import io.turnout.core.pipeline.SnapshotStore;
import io.turnout.core.pipeline.VerificationReport;
import io.turnout.journal.JournalReader;
import io.turnout.journal.chronicle.ChronicleReader;
import io.turnout.journal.file.FileJournalReader;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;

/** The journals of a data directory, for reading beside the switch. */
public final class Journals {
    /** Where the event begins in a record of the event journal. */
    public static final int EVENT_OFFSET = EventRecord.EVENT_OFFSET;

    private Journals() {}

    /** The command journal. */
    public static JournalReader commands(final DataDirectory directory) {
        return new FileJournalReader(directory.commands());
    }

    /** The event journal. */
    public static JournalReader events(final DataDirectory directory) {
        return new ChronicleReader(directory.events());
    }

    /**
     * Replays the commands and compares what follows from them with what is stored.
     *
     * @param tail whether to begin at the newest valid snapshot
     */
    public static VerificationReport verify(
            final DataDirectory directory,
            final EngineCapacity capacity,
            final boolean tail,
            final RecoveryProgress progress) {
        try (JournalReader commands = commands(directory);
                JournalReader events = events(directory)) {
            final JournalVerifier verifier = new JournalVerifier(
                    capacity, snapshots(directory), commands, events, SystemNanoClock.INSTANCE, progress);
            return tail ? verifier.verifyTail() : verifier.verifyAll();
        }
    }

    /**
     * Builds a snapshot from the last one and the commands since.
     *
     * @param keep snapshots left, from 2
     * @return the new snapshot, or empty when nothing has happened since the last one
     */
    public static Optional<Path> buildSnapshot(
            final DataDirectory directory,
            final EngineCapacity capacity,
            final int keep,
            final RecoveryProgress progress) {
        try (JournalReader commands = commands(directory);
                JournalReader events = events(directory)) {
            return new SnapshotBuilder(
                            capacity, snapshots(directory), commands, events, SystemNanoClock.INSTANCE, progress)
                    .build(keep);
        }
    }

    /** The configuration in force in a data directory, whose switch may be running; empty when there is none. */
    public static Optional<ConfigurationCommands> configurationInForce(
            final DataDirectory directory, final EngineCapacity capacity, final RecoveryProgress progress) {
        try (JournalReader commands = commands(directory);
                JournalReader events = events(directory)) {
            return ConfigurationInForce.read(
                    capacity, snapshots(directory), commands, events, SystemNanoClock.INSTANCE, progress);
        }
    }

    /**
     * Hands over the state of a switch, which may be running, as the records of a snapshot.
     *
     * @return the last command the state contains
     */
    public static long state(
            final DataDirectory directory,
            final EngineCapacity capacity,
            final RecoveryProgress progress,
            final SnapshotSink records) {
        try (JournalReader commands = commands(directory);
                JournalReader events = events(directory)) {
            return JournaledState.write(
                    capacity, snapshots(directory), commands, events, SystemNanoClock.INSTANCE, progress, records);
        }
    }

    private static SnapshotStore snapshots(final DataDirectory directory) {
        return new SnapshotStore(directory.snapshots());
    }
}

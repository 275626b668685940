package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.journal.JournalReader;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;

/**
 * Builds a snapshot from the one before and the journals, so that the running switch never pauses. Runs in a process of
 * its own, at low priority, and only reads the journals.
 *
 * <p>The snapshot stands just before the command that caused the last event of the event journal: all events of the
 * commands up to there are in the event journal, and each has been compared. It becomes valid with its name, which it
 * gets when it is whole and synced; whoever loads it checks again that both journals still hold what it rests on, since
 * a loss of power may take their ends.
 */
public final class SnapshotBuilder {
    private final EngineCapacity capacity;
    private final SnapshotStore store;
    private final JournalReader commands;
    private final JournalReader events;
    private final NanoClock nanoClock;
    private final RecoveryProgress progress;

    /**
     * @param capacity of the engine; as that of the switch
     * @param store where snapshots are
     * @param commands the command journal
     * @param events the event journal
     * @param nanoClock for the progress
     * @param progress told about once a second
     */
    public SnapshotBuilder(
            final EngineCapacity capacity,
            final SnapshotStore store,
            final JournalReader commands,
            final JournalReader events,
            final NanoClock nanoClock,
            final RecoveryProgress progress) {
        this.capacity = capacity;
        this.store = store;
        this.commands = commands;
        this.events = events;
        this.nanoClock = nanoClock;
        this.progress = progress;
    }

    /**
     * Builds one snapshot and deletes the oldest ones.
     *
     * @param keep snapshots left, from 2: the newest may turn out to be useless after a loss of power
     * @return the file, or nothing when no command can be added to the newest snapshot
     * @throws io.turnout.journal.DirectoryLockedException when another process builds there
     * @throws RecoveryException when the journals do not fit together; no snapshot comes of it
     */
    public Optional<Path> build(final int keep) {
        if (keep < 2) {
            throw new IllegalArgumentException("keep=" + keep + " minimum=2");
        }
        try (SnapshotPublisher publisher = new SnapshotPublisher(store)) {
            return build(publisher, keep);
        }
    }

    private Optional<Path> build(final SnapshotPublisher publisher, final int keep) {
        final long lastEvent = events.lastSequence();
        if (lastEvent == 0) {
            return Optional.empty();
        }
        final StoredEvents storedEvents = new StoredEvents(events::replay);
        final long lastCommand =
                Math.min(commands.lastSequence(), storedEvents.find(lastEvent).commandSequence() - 1);
        final EventChecker checker = new EventChecker(storedEvents);
        final ScratchSink sink = new ScratchSink(new EventComparison(checker, lastEvent));
        final Optional<SnapshotFile.Restored> newest =
                new SnapshotLoader(store, storedEvents, commands.lastSequence()).newestValid(capacity, sink);
        newest.ifPresent(restored -> checker.startAfter(restored.trailer()));
        final SwitchEngine engine =
                newest.map(SnapshotFile.Restored::engine).orElseGet(() -> new SwitchEngine(capacity, sink));
        if (engine.commandSequence() >= lastCommand) {
            return Optional.empty();
        }
        new CommandReplay(engine, lastCommand, () -> {}, nanoClock, progress).run(commands::replay);
        return Optional.of(publisher.publish(engine, checker.chain().value(), keep));
    }
}

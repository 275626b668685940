package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.pipeline.RecoveryException.Problem;
import io.turnout.journal.JournalCorruptException;
import io.turnout.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;

/**
 * Replays the command journal in a scratch engine and compares everything it can: the chain over the content of the
 * event journal, every event derived with the one stored, and the state with each snapshot on the way. Only reads; may
 * run beside the switch.
 */
public final class JournalVerifier {
    private final EngineCapacity capacity;
    private final SnapshotStore store;
    private final JournalReader commands;
    private final JournalReader events;
    private final NanoClock nanoClock;
    private final RecoveryProgress progress;

    /**
     * @param capacity of the engine; as that of the switch
     * @param store snapshots to begin from or to compare
     * @param commands the command journal
     * @param events the event journal
     * @param nanoClock for the progress
     * @param progress told about once a second
     */
    public JournalVerifier(
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

    /** Verifies from the first command on, which must still be there, and compares every snapshot on the way. */
    public VerificationReport verifyAll() {
        return verify(Optional.empty());
    }

    /** Verifies what comes after the newest valid snapshot, or everything when there is none. */
    public VerificationReport verifyTail() {
        // The commands are looked at first: the event journal may then hold more, but never less.
        return verify(
                Optional.of(new SnapshotLoader(store, new StoredEvents(events::replay), commands.lastSequence())));
    }

    private VerificationReport verify(final Optional<SnapshotLoader> snapshots) {
        final long lastCommand = commands.lastSequence();
        final Run run = new Run(snapshots, events.lastSequence());
        Optional<String> difference = Optional.empty();
        try {
            run.followChain();
            run.replayTo(lastCommand);
        } catch (final RecoveryException | JournalCorruptException ex) {
            difference = Optional.of(ex.getMessage());
        }
        return run.report(difference);
    }

    /** A whole snapshot, and what stands at its end. */
    private record Snapshot(Path file, SnapshotTrailer trailer) {}

    /** One verification: an engine on its way along the journals. */
    private final class Run {
        private final StoredEvents storedEvents = new StoredEvents(events::replay);
        private final EventChecker checker = new EventChecker(storedEvents);
        private final List<String> refused = new ArrayList<>();
        private final long lastStoredEvent;
        private final EventComparison comparison;
        private final SwitchEngine engine;
        private final long firstCommand;
        private final byte[] firstChainValue;
        private int comparedSnapshots;

        Run(final Optional<SnapshotLoader> snapshots, final long lastStoredEvent) {
            this.lastStoredEvent = lastStoredEvent;
            this.comparison = new EventComparison(checker, lastStoredEvent);
            final ScratchSink sink = new ScratchSink(comparison);
            final Optional<SnapshotFile.Restored> snapshot =
                    snapshots.flatMap(loader -> loader.newestValid(capacity, sink));
            snapshots.ifPresent(loader -> refused.addAll(loader.refused()));
            snapshot.ifPresent(restored -> checker.startAfter(restored.trailer()));
            this.engine = snapshot.map(SnapshotFile.Restored::engine).orElseGet(() -> new SwitchEngine(capacity, sink));
            this.firstCommand = engine.commandSequence() + 1;
            this.firstChainValue = checker.chain().value();
        }

        /** The content of every stored event must give its chain value; later, derived values are compared with it. */
        void followChain() {
            final EventChain chain = new EventChain();
            chain.reset(firstChainValue);
            storedEvents.walk(engine.eventSequence() + 1, lastStoredEvent, chain);
        }

        void replayTo(final long lastCommand) {
            for (final Snapshot snapshot : snapshotsUpTo(lastCommand)) {
                replay(snapshot.trailer.commandSequence());
                compare(snapshot);
            }
            replay(lastCommand);
            checkNoEventIsLeft(lastCommand);
        }

        VerificationReport report(final Optional<String> difference) {
            return new VerificationReport(
                    firstCommand,
                    engine.commandSequence(),
                    comparison.comparedCount(),
                    comparison.unwrittenCount(),
                    engine.stateHash(),
                    comparedSnapshots,
                    List.copyOf(refused),
                    difference);
        }

        private void replay(final long lastCommand) {
            if (lastCommand > engine.commandSequence()) {
                new CommandReplay(engine, lastCommand, () -> {}, nanoClock, progress).run(commands::replay);
            }
        }

        private List<Snapshot> snapshotsUpTo(final long lastCommand) {
            final List<Snapshot> found = new ArrayList<>();
            for (final Path file : store.newestFirst()) {
                final long commandSequence = SnapshotStore.commandSequence(file);
                if (commandSequence >= firstCommand && commandSequence <= lastCommand) {
                    try {
                        found.add(new Snapshot(file, SnapshotFile.check(file)));
                    } catch (final SnapshotFileException ex) {
                        refused.add(ex.getMessage());
                    }
                }
            }
            Collections.reverse(found);
            return found;
        }

        private void compare(final Snapshot snapshot) {
            final SnapshotTrailer trailer = snapshot.trailer;
            final long stateHash;
            try {
                stateHash = SnapshotFile.stateHash(snapshot.file, trailer, capacity);
            } catch (final SnapshotFileException ex) {
                refused.add(ex.getMessage());
                return;
            }
            if (stateHash != engine.stateHash()
                    || trailer.eventSequence() != engine.eventSequence()
                    || !checker.chain().matches(trailer.chainValue(), 0)) {
                throw new RecoveryException(
                        Problem.SNAPSHOT_MISMATCH,
                        "commandSequence=" + trailer.commandSequence() + " eventSequence=" + engine.eventSequence()
                                + " inSnapshot=" + trailer.eventSequence() + " stateHash="
                                + Long.toHexString(engine.stateHash()) + " inSnapshot="
                                + Long.toHexString(stateHash));
            }
            comparedSnapshots++;
        }

        /**
         * Stored events that no command gave are a difference, unless the switch has appended their commands while this
         * replay ran: an event is stored after its command, so their commands can be seen now.
         */
        private void checkNoEventIsLeft(final long lastCommand) {
            final long next = engine.eventSequence() + 1;
            if (next > lastStoredEvent) {
                return;
            }
            final long cause = storedEvents.find(next).commandSequence();
            if (cause <= lastCommand || cause > commands.lastSequence()) {
                throw new RecoveryException(
                        cause <= lastCommand ? Problem.EVENT_MISMATCH : Problem.COMMANDS_LOST,
                        "eventSequence=" + next + " derived: nothing; stored: " + storedEvents.describe(next));
            }
        }
    }
}

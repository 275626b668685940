package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.pipeline.SnapshotFileException.Problem;
import io.turnout.core.ports.EventSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the newest snapshot that belongs to the two journals.
 *
 * <p>A snapshot counts only when it is whole, the command journal reaches its last command, and the event journal holds
 * its last event with the chain value in its trailer. One that does not count is noted by name and an older one is
 * tried.
 */
final class SnapshotLoader {
    private final SnapshotStore store;
    private final StoredEvents events;
    private final long lastCommandSequence;
    private final List<String> refused = new ArrayList<>();

    /**
     * @param store where snapshots are
     * @param events the event journal
     * @param lastCommandSequence of the command journal
     */
    SnapshotLoader(final SnapshotStore store, final StoredEvents events, final long lastCommandSequence) {
        this.store = store;
        this.events = events;
        this.lastCommandSequence = lastCommandSequence;
    }

    /**
     * Restores an engine from the newest snapshot that counts.
     *
     * @throws io.turnout.core.engine.EngineCapacityException when that snapshot needs more capacity; an older one would
     *     need it too
     */
    Optional<SnapshotFile.Restored> newestValid(final EngineCapacity capacity, final EventSink sink) {
        for (final Path file : store.newestFirst()) {
            try {
                final SnapshotTrailer trailer = SnapshotFile.check(file);
                checkAgainstJournals(file, trailer);
                return Optional.of(SnapshotFile.restore(file, trailer, capacity, sink));
            } catch (final SnapshotFileException ex) {
                refused.add(ex.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Why newer snapshots were passed over. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    private void checkAgainstJournals(final Path file, final SnapshotTrailer trailer) {
        if (trailer.commandSequence() > lastCommandSequence) {
            throw new SnapshotFileException(
                    Problem.AHEAD_OF_COMMANDS,
                    file,
                    "commandSequence=" + trailer.commandSequence() + " last=" + lastCommandSequence);
        }
        if (trailer.eventSequence() == 0) {
            return;
        }
        final EventChain chain = new EventChain();
        chain.reset(trailer.chainValue());
        if (!events.holds(trailer.eventSequence(), chain)) {
            throw new SnapshotFileException(
                    Problem.NOT_IN_EVENT_JOURNAL,
                    file,
                    "eventSequence=" + trailer.eventSequence() + " stored: "
                            + events.describe(trailer.eventSequence()));
        }
    }
}

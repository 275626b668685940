package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SnapshotSink;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.EventHandler;
import io.turnout.journal.JournalReader;
import org.agrona.concurrent.NanoClock;

/**
 * The state that the journals of a switch lead to, found by replaying them from the newest snapshot in a scratch
 * engine. Only reads; may run beside the switch.
 */
public final class JournaledState {
    private static final EventHandler NOBODY =
            (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {};

    private JournaledState() {}

    /**
     * Hands over the state as the records of a snapshot, in their order.
     *
     * @param capacity of the engine; as that of the switch
     * @return the last command the state contains
     * @throws RecoveryException when the journals do not fit together
     */
    public static long write(
            final EngineCapacity capacity,
            final SnapshotStore store,
            final JournalReader commands,
            final JournalReader events,
            final NanoClock nanoClock,
            final RecoveryProgress progress,
            final SnapshotSink records) {
        final SwitchEngine engine = read(capacity, store, commands, events, nanoClock, progress);
        engine.writeSnapshot(records);
        return engine.commandSequence();
    }

    /** An engine that has applied all commands there are. */
    static SwitchEngine read(
            final EngineCapacity capacity,
            final SnapshotStore store,
            final JournalReader commands,
            final JournalReader events,
            final NanoClock nanoClock,
            final RecoveryProgress progress) {
        final long lastCommand = commands.lastSequence();
        final ScratchSink sink = new ScratchSink(NOBODY);
        final SwitchEngine engine = new SnapshotLoader(store, new StoredEvents(events::replay), lastCommand)
                .newestValid(capacity, sink)
                .map(SnapshotFile.Restored::engine)
                .orElseGet(() -> new SwitchEngine(capacity, sink));
        new CommandReplay(engine, lastCommand, () -> {}, nanoClock, progress).run(commands::replay);
        return engine;
    }
}

package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.core.ports.EventHandler;
import io.turnout.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds out which configuration is in force, by replaying the journals of a switch from its newest snapshot in a
 * scratch engine. Only reads; may run beside the switch.
 */
public final class ConfigurationInForce {
    private static final EventHandler NOBODY =
            (eventSequence, commandSequence, timestampNs, buffer, offset, length) -> {};

    private ConfigurationInForce() {}

    /**
     * Reads it.
     *
     * @param capacity of the engine; as that of the switch
     * @return empty when no configuration was ever put in force
     */
    public static Optional<ConfigurationCommands> read(
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
        final List<DirectBuffer> inForce = new ArrayList<>();
        engine.writeConfiguration((buffer, offset, length) -> {
            final byte[] command = new byte[length];
            buffer.getBytes(offset, command);
            inForce.add(new UnsafeBuffer(command));
        });
        return inForce.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConfigurationCommands(engine.configurationHash(), inForce));
    }
}

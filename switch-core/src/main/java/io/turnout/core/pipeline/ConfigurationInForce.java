package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import io.turnout.core.engine.SwitchEngine;
import io.turnout.journal.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds out which configuration is in force. Only reads; may run beside the switch. */
public final class ConfigurationInForce {
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
        final SwitchEngine engine = JournaledState.read(capacity, store, commands, events, nanoClock, progress);
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

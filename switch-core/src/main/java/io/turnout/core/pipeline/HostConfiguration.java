package io.turnout.core.pipeline;

import io.turnout.core.engine.EngineCapacity;
import java.nio.file.Path;

/**
 * What a standalone host is to be.
 *
 * @param capacity what the engine can hold
 * @param pipeline rings, level of durability, timers
 * @param directory for snapshots and the mark of a run; created when missing; not a directory of a journal
 * @param gateways how many gateways poll events, from 1
 * @param gatewayIncarnation random number of this run
 * @param configuration journaled at the start unless it is in force already
 * @param minimumFreeBytes new requests are refused when the file system of {@code directory} has fewer free bytes; from
 *     1
 */
public record HostConfiguration(
        EngineCapacity capacity,
        PipelineConfiguration pipeline,
        Path directory,
        int gateways,
        long gatewayIncarnation,
        ConfigurationCommands configuration,
        long minimumFreeBytes) {

    private static final int MAXIMUM_GATEWAYS = 64;

    /** Checks the ranges. */
    public HostConfiguration {
        if (gateways < 1 || gateways > MAXIMUM_GATEWAYS) {
            throw new IllegalArgumentException("gateways=" + gateways + " minimum=1 maximum=" + MAXIMUM_GATEWAYS);
        }
        if (minimumFreeBytes < 1) {
            throw new IllegalArgumentException("minimumFreeBytes=" + minimumFreeBytes + " minimum=1");
        }
    }

    /** Where snapshots are. */
    public Path snapshotDirectory() {
        return directory.resolve("snapshots");
    }
}

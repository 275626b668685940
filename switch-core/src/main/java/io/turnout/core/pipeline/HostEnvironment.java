package io.turnout.core.pipeline;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.CountersManager;

/**
 * What a standalone host finds around it.
 *
 * @param epochClock stamps commands, nanoseconds since the epoch; may step. One that allocates
 *     ({@code SystemEpochNanoClock}) makes garbage on the pipeline's thread
 * @param nanoClock for intervals; never steps
 * @param counters where the pipeline's counters are allocated
 * @param failureHandler told when an agent fails; must bring the node down
 * @param progress told how recovery goes on
 */
public record HostEnvironment(
        EpochNanoClock epochClock,
        NanoClock nanoClock,
        CountersManager counters,
        FailureHandler failureHandler,
        RecoveryProgress progress) {}

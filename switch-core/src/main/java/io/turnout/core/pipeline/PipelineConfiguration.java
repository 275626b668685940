package io.turnout.core.pipeline;

import static org.agrona.BitUtil.isPowerOfTwo;

import io.turnout.codecs.sbe.engine.MessageHeaderEncoder;
import io.turnout.codecs.sbe.engine.SubmitOperationEncoder;
import java.util.concurrent.TimeUnit;

/**
 * Sizes and timers of the pipeline.
 *
 * @param durability when events become visible
 * @param inlineSync whether the pipeline's own thread syncs at the end of a batch (best where it would otherwise wait
 *     for another thread to wake) instead of a {@link JournalSyncAgent}; means nothing under {@link Durability#ASYNC}
 * @param ingressCapacity commands in the ingress ring, a power of two from 16 to 2^20
 * @param maximumCommandLengthBytes longest command; at least a {@code RequestPayment}
 * @param egressCapacity events in the egress ring, a power of two from 64 to 2^20, and at least twice what one command
 *     can emit
 * @param batchLimit commands taken in one duty cycle, from 1 to 65536
 * @param commandSyncIntervalNs under {@link Durability#ASYNC}: longest time between two background syncs of the command
 *     journal, from 1 ms to 1 min; bounds what a loss of power can take
 * @param eventSyncIntervalNs longest time between two syncs of the event journal, from 1 ms to 1 min
 */
public record PipelineConfiguration(
        Durability durability,
        boolean inlineSync,
        int ingressCapacity,
        int maximumCommandLengthBytes,
        int egressCapacity,
        int batchLimit,
        long commandSyncIntervalNs,
        long eventSyncIntervalNs) {

    /** The shortest slot that holds every command of the schema. */
    public static final int MINIMUM_COMMAND_LENGTH_BYTES =
            MessageHeaderEncoder.ENCODED_LENGTH + SubmitOperationEncoder.BLOCK_LENGTH;

    private static final int MAXIMUM_CAPACITY = 1 << 20;
    private static final int MAXIMUM_COMMAND_LENGTH_BYTES = 4096;
    private static final long MINIMUM_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAXIMUM_INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    /** Checks every range. */
    public PipelineConfiguration {
        if (durability == null) {
            throw new IllegalArgumentException("durability is missing");
        }
        checkCapacity("ingressCapacity", ingressCapacity, 16);
        checkCapacity("egressCapacity", egressCapacity, 64);
        check(
                "maximumCommandLengthBytes",
                maximumCommandLengthBytes,
                MINIMUM_COMMAND_LENGTH_BYTES,
                MAXIMUM_COMMAND_LENGTH_BYTES);
        check("batchLimit", batchLimit, 1, 65_536);
        check("commandSyncIntervalNs", commandSyncIntervalNs, MINIMUM_INTERVAL_NS, MAXIMUM_INTERVAL_NS);
        check("eventSyncIntervalNs", eventSyncIntervalNs, MINIMUM_INTERVAL_NS, MAXIMUM_INTERVAL_NS);
    }

    /** A configuration for one machine: rings of 16384 slots, batches of 64, background syncs once a second. */
    public static PipelineConfiguration of(final Durability durability, final boolean inlineSync) {
        final long oneSecondNs = TimeUnit.SECONDS.toNanos(1);
        return new PipelineConfiguration(
                durability, inlineSync, 16_384, MINIMUM_COMMAND_LENGTH_BYTES, 16_384, 64, oneSecondNs, oneSecondNs);
    }

    private static void checkCapacity(final String name, final int value, final int minimum) {
        check(name, value, minimum, MAXIMUM_CAPACITY);
        if (!isPowerOfTwo(value)) {
            throw new IllegalArgumentException(name + "=" + value + " is not a power of two");
        }
    }

    private static void check(final String name, final long value, final long minimum, final long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(
                    name + "=" + value + " is outside of minimum=" + minimum + " maximum=" + maximum);
        }
    }
}

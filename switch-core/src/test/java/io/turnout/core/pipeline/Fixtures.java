package io.turnout.core.pipeline;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/** Small parts that tests of the pipeline are made of. */
final class Fixtures {
    private Fixtures() {}

    static CountersManager countersManager() {
        return new CountersManager(aligned(64 * 1024), aligned(16 * 1024));
    }

    private static UnsafeBuffer aligned(final int length) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
    }

    static PipelineCounters counters() {
        return new PipelineCounters(countersManager());
    }

    static AdmissionGate openGate() {
        final AdmissionGate gate = new AdmissionGate();
        gate.onRecovered();
        return gate;
    }

    /** Rings so small that tests fill them. */
    static PipelineConfiguration configuration(final Durability durability, final boolean inlineSync) {
        return configuration(durability, inlineSync, 16);
    }

    /** A larger ingress ring. */
    static PipelineConfiguration configuration(final int ingressCapacity) {
        return configuration(Durability.ASYNC, false, ingressCapacity);
    }

    private static PipelineConfiguration configuration(
            final Durability durability, final boolean inlineSync, final int ingressCapacity) {
        return new PipelineConfiguration(
                durability,
                inlineSync,
                ingressCapacity,
                PipelineConfiguration.MINIMUM_COMMAND_LENGTH_BYTES,
                64,
                8,
                1_000_000_000L,
                1_000_000_000L);
    }
}

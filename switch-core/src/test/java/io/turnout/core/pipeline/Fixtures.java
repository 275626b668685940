package io.turnout.core.pipeline;

import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/** Small parts that tests of the pipeline are made of. */
final class Fixtures {
    private Fixtures() {}

    static CountersManager countersManager() {
        return new CountersManager(new UnsafeBuffer(new byte[64 * 1024]), new UnsafeBuffer(new byte[16 * 1024]));
    }

    static PipelineCounters counters() {
        return new PipelineCounters(countersManager());
    }

    static AdmissionGate openGate() {
        final AdmissionGate gate = new AdmissionGate();
        gate.onRecovered();
        return gate;
    }

    static PipelineConfiguration configuration(final Durability durability, final boolean inlineSync) {
        return new PipelineConfiguration(
                durability,
                inlineSync,
                16,
                PipelineConfiguration.MINIMUM_COMMAND_LENGTH_BYTES,
                64,
                8,
                1_000_000_000L,
                1_000_000_000L);
    }
}

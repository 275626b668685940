package io.turnout.benchmarks;

import io.turnout.core.engine.EngineCapacity;
import java.io.PrintStream;

/** What remembered payments take of the memory and of the cache: {@code benchmarks/jmh footprint}. */
public final class Footprint {
    private static final int MILLION = 1_000_000;
    private static final int[] REMEMBERED = {MILLION, 10 * MILLION, 100 * MILLION};
    private static final double MIB = 1 << 20;

    private Footprint() {}

    /** Prints what follows from the layouts; measures nothing. */
    public static void main(final String[] arguments) {
        final PrintStream out = System.out;
        for (final int payments : REMEMBERED) {
            out.printf(
                    "engine for %,11d remembered payments: %,9.0f MiB%n",
                    payments, EngineCapacity.forPayments(payments).estimatedBytes() / MIB);
        }
        final long perMillion = EngineCapacity.forPayments(2 * MILLION).estimatedBytes()
                - EngineCapacity.forPayments(MILLION).estimatedBytes();
        out.printf("each million of them: %,d bytes%n", perMillion);
        out.printf(
                "cold cache lines of the engine's tables for a payment: %d%n",
                EngineCapacity.coldCacheLinesPerPayment());
    }
}

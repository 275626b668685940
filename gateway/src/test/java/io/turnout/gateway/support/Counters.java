package io.turnout.gateway.support;

import io.turnout.gateway.counters.GatewayCounters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/** Counters in memory. */
public final class Counters {

    private Counters() {}

    public static GatewayCounters create() {
        final UnsafeBuffer labels = new UnsafeBuffer(ByteBuffer.allocateDirect(64 * 1024));
        final UnsafeBuffer values = new UnsafeBuffer(ByteBuffer.allocateDirect(16 * 1024));
        return new GatewayCounters(new CountersManager(labels, values, StandardCharsets.UTF_8));
    }
}

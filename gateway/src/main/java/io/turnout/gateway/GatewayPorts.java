package io.turnout.gateway;

import io.turnout.core.ports.CommandIngress;
import io.turnout.core.ports.EventSource;
import io.turnout.gateway.counters.GatewayCounters;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochNanoClock;

/**
 * What a gateway is connected to.
 *
 * @param ingress where its commands go
 * @param events where its events come from, read by this gateway alone
 * @param admission whether the switch admits new requests now; asked per request by the gateway's thread
 * @param clock nanoseconds since the epoch
 * @param counters of the gateway
 */
public record GatewayPorts(
        CommandIngress ingress,
        EventSource events,
        BooleanSupplier admission,
        EpochNanoClock clock,
        GatewayCounters counters) {}

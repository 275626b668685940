package io.turnout.gateway;

import io.turnout.core.ports.CommandIngress;
import io.turnout.core.ports.EventSource;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.security.GatewaySecurity;
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
 * @param security keys it shares with issuers and acquirers
 */
public record GatewayPorts(
        CommandIngress ingress,
        EventSource events,
        BooleanSupplier admission,
        EpochNanoClock clock,
        GatewayCounters counters,
        GatewaySecurity security) {

    /** Of a gateway without keys. */
    public GatewayPorts(
            final CommandIngress ingress,
            final EventSource events,
            final BooleanSupplier admission,
            final EpochNanoClock clock,
            final GatewayCounters counters) {
        this(ingress, events, admission, clock, counters, GatewaySecurity.none(counters));
    }
}

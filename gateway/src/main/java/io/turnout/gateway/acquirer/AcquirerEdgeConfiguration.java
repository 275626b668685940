package io.turnout.gateway.acquirer;

import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The acquirers' edge of a gateway.
 *
 * @param address where acquirers connect; port 0 lets the system choose
 * @param maximumConnections connections open at once, logged on or not
 * @param maximumInFlight unanswered requests per session
 * @param horizonNs how long the switch remembers a request's key; told to acquirers at logon
 * @param timers how long it waits for what
 * @param acquirers who may log on
 * @param tls below every connection; empty = plain text
 */
public record AcquirerEdgeConfiguration(
        InetSocketAddress address,
        int maximumConnections,
        int maximumInFlight,
        long horizonNs,
        AcquirerTimers timers,
        List<AcquirerConfiguration> acquirers,
        Optional<TlsEndpoint> tls) {

    /** An edge in plain text. */
    public AcquirerEdgeConfiguration(
            final InetSocketAddress address,
            final int maximumConnections,
            final int maximumInFlight,
            final long horizonNs,
            final AcquirerTimers timers,
            final List<AcquirerConfiguration> acquirers) {
        this(address, maximumConnections, maximumInFlight, horizonNs, timers, acquirers, Optional.empty());
    }

    /** Checks the ranges. */
    public AcquirerEdgeConfiguration {
        if (maximumConnections < 1 || maximumInFlight < 1 || horizonNs < 1) {
            throw new IllegalArgumentException("limits must be positive, maximumConnections=" + maximumConnections
                    + " maximumInFlight=" + maximumInFlight + " horizonNs=" + horizonNs);
        }
        acquirers = List.copyOf(acquirers);
        final Set<Long> ids = new HashSet<>();
        for (final AcquirerConfiguration acquirer : acquirers) {
            if (!ids.add(acquirer.acquirerId())) {
                throw new IllegalArgumentException("acquirerId=" + acquirer.acquirerId() + " appears twice");
            }
        }
    }
}

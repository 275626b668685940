package io.turnout.gateway.admin;

import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The operators' edge of a gateway.
 *
 * @param address where operators connect, on a loopback interface unless there is TLS, because credentials pass in
 *     clear; port 0 lets the system choose
 * @param maximumConnections connections open at once, logged on or not
 * @param logonTimeoutNs from the opening of a connection to its logon, and for one frame
 * @param idleTimeoutNs a session ends when nothing was heard for this long
 * @param operators who may log on
 * @param tls below every connection; empty = plain text
 */
public record AdminEdgeConfiguration(
        InetSocketAddress address,
        int maximumConnections,
        long logonTimeoutNs,
        long idleTimeoutNs,
        List<OperatorCredential> operators,
        Optional<TlsEndpoint> tls) {

    /** Time to log on unless configured otherwise. */
    public static final long DEFAULT_LOGON_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    /** Silence of a session unless configured otherwise. */
    public static final long DEFAULT_IDLE_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(5);
    /** Connections unless configured otherwise. */
    public static final int DEFAULT_MAXIMUM_CONNECTIONS = 16;

    /** An edge in plain text. */
    public AdminEdgeConfiguration(
            final InetSocketAddress address,
            final int maximumConnections,
            final long logonTimeoutNs,
            final long idleTimeoutNs,
            final List<OperatorCredential> operators) {
        this(address, maximumConnections, logonTimeoutNs, idleTimeoutNs, operators, Optional.empty());
    }

    /** Checks the ranges. */
    public AdminEdgeConfiguration {
        if (tls.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "address=" + address + " is not a loopback address, and there is no TLS");
        }
        if (maximumConnections < 1 || logonTimeoutNs < 1 || idleTimeoutNs < 1) {
            throw new IllegalArgumentException("limits must be positive, maximumConnections=" + maximumConnections
                    + " logonTimeoutNs=" + logonTimeoutNs + " idleTimeoutNs=" + idleTimeoutNs);
        }
        operators = List.copyOf(operators);
        final Set<Long> ids = new HashSet<>();
        for (final OperatorCredential operator : operators) {
            if (!ids.add(operator.operatorId())) {
                throw new IllegalArgumentException("operatorId=" + operator.operatorId() + " appears twice");
            }
        }
    }
}

package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An acquirer that speaks ISO 8583. It is known by the address it connects to, the address it comes from, and DE32.
 *
 * @param acquirerId number of the acquirer, from 1
 * @param institutionId DE32 of its messages
 * @param address where it connects; port 0 lets the system choose
 * @param dialect of its messages, ISO 8583:1987
 * @param framing of its messages on TCP
 * @param peers where it may come from; empty = anywhere
 * @param signOnRequired whether requests are declined before a sign-on (0800); advices and reversals never are
 * @param maximumSessions connections open at once
 * @param maximumInFlight unanswered requests of one connection
 * @param timers how long the edge waits for what
 * @param tls below every connection; empty = plain text
 * @param exponents decimal digits of the minor unit by the number of the currency
 */
public record IsoAcquirerConfiguration(
        long acquirerId,
        long institutionId,
        InetSocketAddress address,
        Dialect dialect,
        Framing framing,
        List<PeerRange> peers,
        boolean signOnRequired,
        int maximumSessions,
        int maximumInFlight,
        IsoAcquirerTimers timers,
        Optional<TlsEndpoint> tls,
        Map<Integer, Integer> exponents) {

    private static final long LARGEST_INSTITUTION_ID = 99_999_999_999L;

    /** Checks the ranges, and that the dialect can say all that must be said. */
    public IsoAcquirerConfiguration {
        if (acquirerId < 1 || institutionId < 1 || institutionId > LARGEST_INSTITUTION_ID) {
            throw new IllegalArgumentException("acquirerId=" + acquirerId + " institutionId=" + institutionId);
        }
        if (maximumSessions < 1 || maximumInFlight < 1) {
            throw new IllegalArgumentException("limits must be positive, maximumSessions=" + maximumSessions
                    + " maximumInFlight=" + maximumInFlight);
        }
        final int missing = Fields.firstMissing(dialect);
        if (missing != Fields.NONE) {
            throw new IllegalArgumentException("dialect " + dialect.name()
                    + " cannot be spoken with acquirers: DE" + missing + " is missing or has not the length of the"
                    + " standard of 1987");
        }
        Echo.checkCapacity(dialect);
        peers = List.copyOf(peers);
        exponents = Map.copyOf(exponents);
    }
}

package io.turnout.core.engine;

/**
 * Which link takes a payment request: of those that are signed on in the gateway, have room in their window and are
 * within their rate, the one with the least cost. A degraded link is asked only when no other has room.
 *
 * <p>The cost of a link is its requests in flight. For an issuer that prefers the least cost it is the requests in
 * flight, the new one counted, times the recent latency of the link in units of about a microsecond: what the request
 * would wait for if each link answered one after another. A link whose latency is not known, or of which little is left
 * since it was measured, counts as fast as the fastest that was measured; so it is tried, but not flooded.
 *
 * <p>Of equal costs the link with fewer requests in flight is taken, then the one with the lower id.
 */
final class LinkChoice {
    static final int LATENCY_UNIT_SHIFT = 10;

    private LinkChoice() {}

    /** The link for one more request, or null when none has room. */
    static Link forRequest(final Issuer issuer, final int gatewayId, final long nowNs) {
        final Link first = issuer.firstLink();
        if (first != null && first.nextOfIssuer() == null) {
            return first.takesRequest(nowNs) && Network.isIn(first, gatewayId) ? first : null;
        }
        final Link healthy = best(issuer, gatewayId, nowNs, false);
        return healthy == null ? best(issuer, gatewayId, nowNs, true) : healthy;
    }

    private static Link best(final Issuer issuer, final int gatewayId, final long nowNs, final boolean degraded) {
        final long fastestNs = issuer.prefersLeastCost() ? fastestNs(issuer, gatewayId, nowNs, degraded) : 0;
        Link best = null;
        long leastCost = 0;
        for (Link link = issuer.firstLink(); link != null; link = link.nextOfIssuer()) {
            if (isCandidate(link, gatewayId, nowNs, degraded)) {
                final long cost = issuer.prefersLeastCost()
                        ? cost(link, fastestNs, nowNs)
                        : link.requests().count();
                if (best == null || cost < leastCost || (cost == leastCost && hasFewer(link, best))) {
                    best = link;
                    leastCost = cost;
                }
            }
        }
        return best;
    }

    private static boolean isCandidate(final Link link, final int gatewayId, final long nowNs, final boolean degraded) {
        return link.isDegraded() == degraded && link.takesRequest(nowNs) && Network.isIn(link, gatewayId);
    }

    /** The least latency measured on any of them; 0 when none is known. */
    private static long fastestNs(final Issuer issuer, final int gatewayId, final long nowNs, final boolean degraded) {
        long fastestNs = 0;
        for (Link link = issuer.firstLink(); link != null; link = link.nextOfIssuer()) {
            final long latencyNs = link.pace().latencyNs();
            if (latencyNs != LinkPace.UNKNOWN && isCandidate(link, gatewayId, nowNs, degraded)) {
                fastestNs = fastestNs == 0 ? latencyNs : Math.min(fastestNs, latencyNs);
            }
        }
        return fastestNs;
    }

    private static long cost(final Link link, final long fastestNs, final long nowNs) {
        final long latencyNs = Math.max(fastestNs, link.pace().recentNs(nowNs));
        return (link.requests().count() + 1L) * ((latencyNs >> LATENCY_UNIT_SHIFT) + 1);
    }

    private static boolean hasFewer(final Link link, final Link best) {
        return link.requests().count() < best.requests().count();
    }
}

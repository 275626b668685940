package io.turnout.gateway;

import io.turnout.gateway.acquirer.AcquirerEdgeConfiguration;
import io.turnout.gateway.acquirer.iso.IsoAcquirerConfiguration;
import io.turnout.gateway.admin.AdminEdgeConfiguration;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One gateway.
 *
 * @param gatewayId number of the gateway, 1 to 65534
 * @param acquirerEdge where and how acquirers connect
 * @param isoAcquirers acquirers that speak ISO 8583, each with its own address
 * @param adminEdge where and how operators connect; empty = nowhere
 * @param issuerLinks connections to issuers
 * @param sensitiveDataSlots payments whose sensitive data may be in memory at once
 * @param sensitiveDataTimeToLiveNs how long sensitive data is kept at most
 * @param outputLimitBytes output that may wait on one connection
 * @param tickIntervalNs how often sessions and links look at the clock
 * @param stallNs a duty cycle longer than this is counted as a stall
 */
public record GatewayConfiguration(
        int gatewayId,
        AcquirerEdgeConfiguration acquirerEdge,
        List<IsoAcquirerConfiguration> isoAcquirers,
        Optional<AdminEdgeConfiguration> adminEdge,
        List<IssuerLinkConfiguration> issuerLinks,
        int sensitiveDataSlots,
        long sensitiveDataTimeToLiveNs,
        int outputLimitBytes,
        long tickIntervalNs,
        long stallNs) {

    /** Slots unless configured otherwise. */
    public static final int DEFAULT_SENSITIVE_DATA_SLOTS = 16 * 1024;
    /** Time to live of sensitive data unless configured otherwise. */
    public static final long DEFAULT_SENSITIVE_DATA_TIME_TO_LIVE_NS = TimeUnit.SECONDS.toNanos(30);
    /** Interval of ticks unless configured otherwise. */
    public static final long DEFAULT_TICK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(2);
    /** Stall threshold unless configured otherwise. */
    public static final long DEFAULT_STALL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int LARGEST_GATEWAY_ID = 0xFFFE;
    private static final int SMALLEST_OUTPUT_LIMIT_BYTES = 16 * 1024;

    /** Checks the ranges. */
    public GatewayConfiguration {
        if (gatewayId < 1 || gatewayId > LARGEST_GATEWAY_ID) {
            throw new IllegalArgumentException("gatewayId=" + gatewayId + " must be 1 to " + LARGEST_GATEWAY_ID);
        }
        if (sensitiveDataSlots < 1 || sensitiveDataTimeToLiveNs < 1 || tickIntervalNs < 1 || stallNs < 1) {
            throw new IllegalArgumentException("limits must be positive, sensitiveDataSlots=" + sensitiveDataSlots
                    + " sensitiveDataTimeToLiveNs=" + sensitiveDataTimeToLiveNs + " tickIntervalNs=" + tickIntervalNs
                    + " stallNs=" + stallNs);
        }
        if (outputLimitBytes < SMALLEST_OUTPUT_LIMIT_BYTES) {
            throw new IllegalArgumentException(
                    "outputLimitBytes=" + outputLimitBytes + " must be at least " + SMALLEST_OUTPUT_LIMIT_BYTES);
        }
        isoAcquirers = List.copyOf(isoAcquirers);
        issuerLinks = List.copyOf(issuerLinks);
        final Set<Integer> linkIds = new HashSet<>();
        for (final IssuerLinkConfiguration link : issuerLinks) {
            if (!linkIds.add(link.linkId())) {
                throw new IllegalArgumentException("linkId=" + link.linkId() + " appears twice");
            }
        }
    }

    /** A gateway that neither operators nor acquirers of ISO 8583 can connect to. */
    public GatewayConfiguration(
            final int gatewayId,
            final AcquirerEdgeConfiguration acquirerEdge,
            final List<IssuerLinkConfiguration> issuerLinks,
            final int sensitiveDataSlots,
            final long sensitiveDataTimeToLiveNs,
            final int outputLimitBytes,
            final long tickIntervalNs,
            final long stallNs) {
        this(
                gatewayId,
                acquirerEdge,
                List.of(),
                Optional.empty(),
                issuerLinks,
                sensitiveDataSlots,
                sensitiveDataTimeToLiveNs,
                outputLimitBytes,
                tickIntervalNs,
                stallNs);
    }
}

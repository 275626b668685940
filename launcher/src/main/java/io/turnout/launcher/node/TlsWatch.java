package io.turnout.launcher.node;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.launcher.text.CertificateExpiry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Looks every few seconds whether files of keys and certificates have changed, and how long certificates last. New
 * files that cannot be used never stop the node: the old stay in use, and somebody is told once for each problem.
 */
final class TlsWatch implements Agent {
    static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(2);

    private final Collection<TlsEndpoint> endpoints;
    private final EpochNanoClock clock;
    private final GatewayCounters counters;
    private final Consumer<String> notices;
    private final Map<String, String> problems = new HashMap<>();
    private final CertificateExpiry expiry = new CertificateExpiry();
    private long lastLookNs;

    TlsWatch(
            final Collection<TlsEndpoint> endpoints,
            final EpochNanoClock clock,
            final GatewayCounters counters,
            final Consumer<String> notices) {
        this.endpoints = endpoints;
        this.clock = clock;
        this.counters = counters;
        this.notices = notices;
    }

    @Override
    public int doWork() {
        final long nowNs = clock.nanoTime();
        if (endpoints.isEmpty() || (nowNs - lastLookNs < INTERVAL_NS && nowNs >= lastLookNs)) {
            return 0;
        }
        lastLookNs = nowNs;
        endpoints.forEach(this::reload);
        observeExpiry(Instant.ofEpochSecond(0, nowNs));
        return 1;
    }

    @Override
    public String roleName() {
        return "tls-watch";
    }

    private void reload(final TlsEndpoint endpoint) {
        try {
            if (endpoint.reload() == TlsEndpoint.Reload.RELOADED) {
                counters.increment(GatewayCounter.TLS_RELOADS);
                notices.accept("tls: " + endpoint.name() + ": new connections use the new files");
            }
            problems.remove(endpoint.name());
        } catch (final TlsFileException | RuntimeException exception) {
            refused(endpoint.name(), String.valueOf(exception.getMessage()));
        }
    }

    private void refused(final String name, final String problem) {
        if (!problem.equals(problems.put(name, problem))) {
            counters.increment(GatewayCounter.TLS_RELOADS_REFUSED);
            notices.accept("tls: " + name + ": new files are refused, the old stay in use: " + problem);
        }
    }

    private void observeExpiry(final Instant now) {
        final long daysLeft = endpoints.stream()
                .flatMap(endpoint -> endpoint.certificates().stream())
                .mapToLong(certificate -> certificate.daysLeft(now))
                .min()
                .orElse(0);
        counters.set(GatewayCounter.TLS_DAYS_LEFT, daysLeft);
        endpoints.forEach(endpoint ->
                expiry.news(endpoint.name(), endpoint.certificates(), now).forEach(notices));
    }
}

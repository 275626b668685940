package io.turnout.launcher.node;

import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.settings.TlsSettings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Every place of a node with TLS. The expensive steps of handshakes have a thread of their own, so that a bank that
 * connects again costs no payment milliseconds; how many can wait for it is bounded by the limits of connections.
 */
final class NodeTls implements AutoCloseable {
    private final Map<String, TlsEndpoint> endpoints = new LinkedHashMap<>();
    private final ExecutorService handshakes;

    private NodeTls(final ExecutorService handshakes) {
        this.handshakes = handshakes;
    }

    static NodeTls open(final TlsSettings settings) {
        final NodeTls tls = new NodeTls(Executors.newSingleThreadExecutor(work -> {
            final Thread thread = new Thread(work, "tls-handshakes");
            thread.setDaemon(true);
            return thread;
        }));
        try {
            settings.places().forEach(tls::open);
            return tls;
        } catch (final RuntimeException exception) {
            tls.close();
            throw exception;
        }
    }

    Optional<TlsEndpoint> acquirerEdge() {
        return Optional.ofNullable(endpoints.get(TlsSettings.ACQUIRER_EDGE));
    }

    Optional<TlsEndpoint> adminEdge() {
        return Optional.ofNullable(endpoints.get(TlsSettings.ADMIN_EDGE));
    }

    Optional<TlsEndpoint> isoAcquirer(final int id) {
        return Optional.ofNullable(endpoints.get(TlsSettings.isoAcquirer(id)));
    }

    Optional<TlsEndpoint> issuer(final int id) {
        return Optional.ofNullable(endpoints.get(TlsSettings.issuer(id)));
    }

    Collection<TlsEndpoint> all() {
        return endpoints.values();
    }

    @Override
    public void close() {
        handshakes.shutdownNow();
    }

    private void open(final String name, final TlsOptions options) {
        try {
            endpoints.put(name, TlsEndpoint.open(name, options, handshakes));
        } catch (final TlsFileException exception) {
            throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, name + ".tls: " + exception.getMessage());
        }
    }
}

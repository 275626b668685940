package io.turnout.simulators;

import io.turnout.configuration.YamlSection;
import io.turnout.gateway.net.TlsEndpoint;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code tls} of a simulated party: {@code certificate} and {@code key}, PEM files, and {@code trust}, PEM
 * files of the authorities it believes. A problem is noted in the section around it.
 */
public final class TlsSection {

    private TlsSection() {}

    /** TLS of a party that listens; with {@code trust} it wants to see certificates. Empty when there is no section. */
    public static Optional<TlsOptions> server(final YamlSection around) {
        return around.has("tls") ? checked(around, serverOf(around.section("tls"))) : Optional.empty();
    }

    /**
     * TLS of a party that connects, with {@code serverName} if that is not the host. Empty when there is no section.
     */
    public static Optional<TlsOptions> client(final YamlSection around) {
        return around.has("tls") ? checked(around, clientOf(around.section("tls"))) : Optional.empty();
    }

    /** What was read, ready for connections. */
    static Optional<TlsEndpoint> endpoint(final Optional<TlsOptions> options) {
        return options.map(TlsSection::open);
    }

    private static TlsOptions serverOf(final YamlSection section) {
        return TlsOptions.server(key(section), files(section));
    }

    private static TlsOptions clientOf(final YamlSection section) {
        final Optional<TlsKeyFiles> key = section.has("certificate") ? Optional.of(key(section)) : Optional.empty();
        return TlsOptions.client(key, files(section), section.string("serverName", ""));
    }

    private static TlsKeyFiles key(final YamlSection section) {
        return new TlsKeyFiles(
                ConfigurationValues.path(section, "certificate"),
                Optional.of(ConfigurationValues.path(section, "key")),
                "");
    }

    private static List<Path> files(final YamlSection section) {
        return section.strings("trust").stream().map(Path::of).toList();
    }

    private static Optional<TlsOptions> checked(final YamlSection around, final TlsOptions options) {
        try {
            TlsEndpoint.open("tls", options, Runnable::run);
        } catch (final TlsFileException e) {
            around.problem("tls", e.getMessage());
        }
        return Optional.of(options);
    }

    private static TlsEndpoint open(final TlsOptions options) {
        try {
            return TlsEndpoint.open("tls", options, Runnable::run);
        } catch (final TlsFileException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}

package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsKeyFiles;
import io.turnout.gateway.net.tls.TlsMaterial;
import io.turnout.gateway.net.tls.TlsOptions;
import io.turnout.gateway.net.tls.TlsOptions.Role;
import io.turnout.gateway.net.tls.TlsPeer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what the configuration file says about TLS: {@code tls} of an edge or an issuer, {@code certificate} of an
 * acquirer, and where plain text is allowed. Files are read to see that they can be used.
 */
final class TlsReader {
    private static final long MS = 1_000_000L;
    private static final long MINUTE = 60_000 * MS;
    private static final String FILE = "file:";
    private static final String LOOPBACK = "127.0.0.1";

    private final Environment environment;

    private TlsReader(final Environment environment) {
        this.environment = environment;
    }

    /** Whether a client must show a certificate. */
    enum ClientCertificate {
        /** It must. */
        REQUIRED,
        /** It is not asked. */
        NONE
    }

    static TlsSettings read(final YamlSection root, final Environment environment) {
        return new TlsReader(environment).read(root);
    }

    private TlsSettings read(final YamlSection root) {
        final Map<Integer, Set<CertificateName>> names = new HashMap<>();
        final List<TlsPeer> peers = new ArrayList<>();
        final Map<String, TlsOptions> isoPlaces = new LinkedHashMap<>();
        for (final YamlSection acquirer : root.sections("acquirers")) {
            final int id = acquirer.integer("id", 1, Integer.MAX_VALUE);
            final List<TlsPeer> own = certificate(acquirer, id);
            own.forEach(peer -> names.put(id, peer.names()));
            peers.addAll(own);
            isoAcquirer(acquirer, own).ifPresent(options -> isoPlaces.put(TlsSettings.isoAcquirer(id), options));
        }
        final Map<String, TlsOptions> places = new LinkedHashMap<>();
        final YamlSection acquirerEdge = root.section(TlsSettings.ACQUIRER_EDGE);
        final Optional<TlsOptions> acquirers = server(acquirerEdge, peers);
        acquirers.ifPresent(options -> places.put(TlsSettings.ACQUIRER_EDGE, options));
        checkPlainText(acquirerEdge, acquirerEdge.string("host", LOOPBACK), acquirers);
        checkNames(root, acquirers, isoPlaces);
        server(root.section(TlsSettings.ADMIN_EDGE), List.of())
                .ifPresent(options -> places.put(TlsSettings.ADMIN_EDGE, options));
        places.putAll(isoPlaces);
        for (final YamlSection issuer : root.sections("issuers")) {
            final int id = issuer.integer("id", 1, Integer.MAX_VALUE);
            final Optional<TlsOptions> tls = issuer(issuer);
            tls.ifPresent(options -> places.put(TlsSettings.issuer(id), options));
            checkLinks(issuer, tls);
        }
        return new TlsSettings(places, names);
    }

    /** An acquirer's certificate as a peer; none when it is known by its credential alone. */
    private static List<TlsPeer> certificate(final YamlSection acquirer, final int id) {
        if (!acquirer.has("certificate")) {
            return List.of();
        }
        final YamlSection certificate = acquirer.section("certificate");
        return List.of(new TlsPeer("acquirer " + id, names(certificate), files(certificate, "trust")));
    }

    /** An acquirer that speaks ISO 8583 has a door of its own, which nobody else's certificate opens. */
    private Optional<TlsOptions> isoAcquirer(final YamlSection acquirer, final List<TlsPeer> own) {
        if (!acquirer.has("iso8583")) {
            return Optional.empty();
        }
        final YamlSection section = acquirer.section("iso8583");
        final Optional<TlsOptions> tls = server(section, own);
        final String listen = section.string("listen", LOOPBACK);
        checkPlainText(section, listen.substring(0, Math.max(0, listen.lastIndexOf(':'))), tls);
        return tls;
    }

    private Optional<TlsOptions> server(final YamlSection edge, final List<TlsPeer> peers) {
        if (!edge.has("tls")) {
            return Optional.empty();
        }
        final YamlSection section = edge.section("tls");
        final boolean isRequired =
                section.enumeration("clientCertificate", ClientCertificate.class, ClientCertificate.REQUIRED)
                        == ClientCertificate.REQUIRED;
        final List<Path> trust = files(section, "trust");
        final boolean isSomebodyTrusted = !trust.isEmpty()
                || (!peers.isEmpty()
                        && peers.stream().noneMatch(peer -> peer.trust().isEmpty()));
        if (isRequired && !isSomebodyTrusted) {
            section.problem("trust", "no authority (expected PEM files of those that certify clients)");
        }
        return checked(
                edge,
                new TlsOptions(Role.SERVER, key(section), trust, isRequired, peers, "", handshakeTimeoutNs(section)));
    }

    /** A client, or a server where the issuer opens the connections. */
    private Optional<TlsOptions> issuer(final YamlSection issuer) {
        final List<YamlSection> connections = connections(issuer);
        final long opened =
                connections.stream().filter(TlsReader::isOpenedByIssuer).count();
        if (issuer.has("tls") && opened > 0 && opened < connections.size()) {
            issuer.problem("tls", "both sides open connections (expected one, or two issuers)");
        }
        return opened > 0 ? server(issuer, List.of()) : client(issuer);
    }

    private static boolean isOpenedByIssuer(final YamlSection connection) {
        return connection.string("role", "client").equals("server");
    }

    private static List<YamlSection> connections(final YamlSection issuer) {
        final List<YamlSection> connections = new ArrayList<>();
        for (final YamlSection link : issuer.sections("links")) {
            if (link.has("sockets")) {
                connections.addAll(link.sections("sockets"));
            } else {
                connections.add(link);
            }
        }
        return connections;
    }

    private Optional<TlsOptions> client(final YamlSection issuer) {
        if (!issuer.has("tls")) {
            return Optional.empty();
        }
        final YamlSection section = issuer.section("tls");
        final List<Path> trust = files(section, "trust");
        if (trust.isEmpty()) {
            section.problem("trust", "no authority (expected PEM files of those that certify the issuer)");
        }
        final Optional<TlsKeyFiles> key =
                section.has("certificate") || section.has("keyStore") ? key(section) : Optional.empty();
        return checked(
                issuer,
                new TlsOptions(
                        Role.CLIENT,
                        key,
                        trust,
                        false,
                        List.of(),
                        section.string("serverName", ""),
                        handshakeTimeoutNs(section)));
    }

    /** PEM: {@code certificate} and {@code key}; PKCS#12: {@code keyStore}. A passphrase is a secret. */
    private Optional<TlsKeyFiles> key(final YamlSection section) {
        final String passphrase = section.has("passphrase") ? Secret.passphrase(section, environment) : "";
        if (section.has("keyStore")) {
            return Optional.of(new TlsKeyFiles(Path.of(section.string("keyStore")), Optional.empty(), passphrase));
        }
        final String reference = section.string("key");
        if (!reference.isEmpty() && !reference.startsWith(FILE)) {
            section.problem("key", "not a reference to a key (expected file:PATH)");
        }
        final Path key = Path.of(reference.startsWith(FILE) ? reference.substring(FILE.length()) : reference);
        return Optional.of(new TlsKeyFiles(Path.of(section.string("certificate")), Optional.of(key), passphrase));
    }

    private static long handshakeTimeoutNs(final YamlSection section) {
        return section.durationNs("handshakeTimeout", 100 * MS, MINUTE, TlsOptions.DEFAULT_HANDSHAKE_TIMEOUT_NS);
    }

    private static Optional<TlsOptions> checked(final YamlSection around, final TlsOptions options) {
        try {
            TlsContext.of(options, TlsMaterial.load(options));
        } catch (final TlsFileException exception) {
            around.problem("tls", exception.getMessage());
        }
        return Optional.of(options);
    }

    private static List<Path> files(final YamlSection section, final String key) {
        return section.strings(key).stream().map(Path::of).toList();
    }

    private static Set<CertificateName> names(final YamlSection section) {
        final Set<CertificateName> names = new LinkedHashSet<>();
        for (final String text : section.strings("names")) {
            CertificateName.parse(text)
                    .ifPresentOrElse(
                            names::add,
                            () -> section.problem(
                                    "names",
                                    "'" + text + "' is no name (expected CN=…, DNS:…, URI:…, IP:… or EMAIL:…)"));
        }
        if (names.isEmpty()) {
            section.problem("names", "no name (expected one of those in the certificate, such as CN=…)");
        }
        return names;
    }

    /** A certificate that is required and not mapped to anybody would open the door to every acquirer's credential. */
    private static void checkNames(
            final YamlSection root, final Optional<TlsOptions> edge, final Map<String, TlsOptions> isoPlaces) {
        for (final YamlSection acquirer : root.sections("acquirers")) {
            final int id = acquirer.integer("id", 1, Integer.MAX_VALUE);
            final boolean overEdge = acquirer.has("credential") && isRequired(edge);
            final boolean overIso = isRequired(Optional.ofNullable(isoPlaces.get(TlsSettings.isoAcquirer(id))));
            final boolean hasCertificate = acquirer.has("certificate");
            if ((overEdge || overIso) && !hasCertificate) {
                acquirer.problem("certificate", "missing (expected names, since tls wants certificates of acquirers)");
            } else if (!overEdge && !overIso && hasCertificate) {
                acquirer.problem("certificate", "nobody asks for it (expected tls where the acquirer connects)");
            }
        }
    }

    private static boolean isRequired(final Optional<TlsOptions> tls) {
        return tls.map(TlsOptions::clientCertificateRequired).orElse(false);
    }

    private void checkLinks(final YamlSection issuer, final Optional<TlsOptions> tls) {
        String exposed = LOOPBACK;
        for (final YamlSection connection : connections(issuer)) {
            final String host = connection.string("host", LOOPBACK);
            exposed = OperationsReader.isLoopback(host) ? exposed : host;
        }
        checkPlainText(issuer, exposed, tls);
    }

    /** In production plain text leaves this machine only if somebody says why. */
    private void checkPlainText(final YamlSection section, final String host, final Optional<TlsOptions> tls) {
        final boolean isAllowed = section.flag("allowPlainText", false);
        final String reason = section.string("plainTextReason", "");
        if (isAllowed && reason.isBlank()) {
            section.problem("allowPlainText", "without a reason (expected plainTextReason beside it)");
        }
        final boolean isExposed = tls.isEmpty() && !OperationsReader.isLoopback(host);
        if (isExposed && !isAllowed && environment == Environment.PRODUCTION) {
            section.problem(
                    "tls",
                    "missing: plain text at " + host + " is refused in production (expected tls, or "
                            + "allowPlainText: true with plainTextReason)");
        }
    }
}

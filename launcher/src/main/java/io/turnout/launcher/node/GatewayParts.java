package io.turnout.launcher.node;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.gateway.GatewayConfiguration;
import io.turnout.gateway.acquirer.AcquirerConfiguration;
import io.turnout.gateway.acquirer.AcquirerEdgeConfiguration;
import io.turnout.gateway.acquirer.AcquirerTimers;
import io.turnout.gateway.admin.AdminEdgeConfiguration;
import io.turnout.gateway.admin.OperatorCredential;
import io.turnout.gateway.issuer.IssuerLinkConfiguration;
import io.turnout.gateway.issuer.IssuerSocketConfiguration;
import io.turnout.gateway.issuer.IssuerTimers;
import io.turnout.gateway.issuer.LinkInstitutions;
import io.turnout.gateway.net.NetLoop;
import io.turnout.gateway.vault.KeyMaterial;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.settings.IssuerSettings;
import io.turnout.launcher.settings.LinkRules;
import io.turnout.launcher.settings.LinkSettings;
import io.turnout.launcher.settings.MatchKeyMode;
import io.turnout.launcher.settings.Secret;
import io.turnout.launcher.settings.SocketSettings;
import io.turnout.launcher.settings.SwitchSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** What a gateway needs, made of the configuration file. */
final class GatewayParts {
    private static final int OUTPUT_LIMIT_BYTES = 4 * NetLoop.DEFAULT_OUTPUT_LIMIT_BYTES;

    private GatewayParts() {}

    /** @param inService whether operators let a link carry messages when the gateway starts */
    static GatewayConfiguration configuration(
            final SwitchSettings settings, final int gatewayId, final IntPredicate inService, final NodeTls tls) {
        return new GatewayConfiguration(
                gatewayId,
                acquirerEdge(settings, tls),
                IsoAcquirerParts.configurations(settings, tls),
                adminEdge(settings, tls),
                settings.issuers().stream()
                        .flatMap(issuer ->
                                issuer.links().stream().map(link -> link(issuer, link, inService.test(link.id()), tls)))
                        .toList(),
                settings.vault().slots(),
                settings.vault().slotTimeToLiveNs(),
                OUTPUT_LIMIT_BYTES,
                GatewayConfiguration.DEFAULT_TICK_INTERVAL_NS,
                GatewayConfiguration.DEFAULT_STALL_NS);
    }

    static KeyMaterial keys(final SwitchSettings settings) {
        if (settings.vault().keyFile() == null) {
            return KeyMaterial.development();
        }
        try {
            return KeyMaterial.load(settings.vault().keyFile(), settings.dataDirectory());
        } catch (final IOException | IllegalArgumentException exception) {
            throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, "vault.keyFile: " + exception.getMessage());
        }
    }

    private static AcquirerEdgeConfiguration acquirerEdge(final SwitchSettings settings, final NodeTls tls) {
        final SwitchSettings.AcquirerEdge edge = settings.acquirerEdge();
        final List<AcquirerConfiguration> acquirers = settings.acquirers().stream()
                .filter(acquirer -> acquirer.credential().isPresent())
                .map(acquirer -> new AcquirerConfiguration(
                        acquirer.id(),
                        sha256(acquirer.credential()),
                        edge.sessionsPerAcquirer(),
                        settings.tls().acquirers().getOrDefault(acquirer.id(), Set.of())))
                .toList();
        return new AcquirerEdgeConfiguration(
                address("acquirerEdge", edge.host(), edge.port()),
                edge.maximumSessions(),
                edge.maximumInFlight(),
                settings.engine().horizonNs(),
                AcquirerTimers.DEFAULT,
                acquirers,
                tls.acquirerEdge());
    }

    /** Nobody to log on, nothing to listen for. */
    private static Optional<AdminEdgeConfiguration> adminEdge(final SwitchSettings settings, final NodeTls tls) {
        if (settings.operators().isEmpty()) {
            return Optional.empty();
        }
        final SwitchSettings.AdminEdge edge = settings.adminEdge();
        return Optional.of(new AdminEdgeConfiguration(
                address("adminEdge", edge.host(), edge.port()),
                AdminEdgeConfiguration.DEFAULT_MAXIMUM_CONNECTIONS,
                AdminEdgeConfiguration.DEFAULT_LOGON_TIMEOUT_NS,
                AdminEdgeConfiguration.DEFAULT_IDLE_TIMEOUT_NS,
                settings.operators().stream()
                        .map(operator -> new OperatorCredential(operator.id(), sha256(operator.credential())))
                        .toList(),
                tls.adminEdge()));
    }

    private static IssuerLinkConfiguration link(
            final IssuerSettings issuer, final LinkSettings link, final boolean inService, final NodeTls tls) {
        final IssuerTimers usual = IssuerTimers.DEFAULT;
        final LinkRules rules = issuer.linkRules();
        try {
            return new IssuerLinkConfiguration(
                    issuer.id(),
                    link.id(),
                    link.sockets().stream()
                            .map(socket -> socket(issuer, socket))
                            .toList(),
                    Dialects.of(issuer.dialect()),
                    issuer.framing(),
                    new IssuerLinkConfiguration.Rules(
                            rules.signOn(), rules.matchKey() == MatchKeyMode.STAN, !inService),
                    new IssuerTimers(
                            usual.connectTimeoutNs(),
                            issuer.reconnectNs(),
                            issuer.reconnectMaximumNs(),
                            issuer.echoIntervalNs(),
                            rules.networkTimeoutNs(),
                            rules.echoMisses(),
                            usual.frameTimeoutNs(),
                            rules.signOnRetryNs(),
                            rules.signOnAttempts()),
                    tls.issuer(issuer.id()),
                    new LinkInstitutions(
                            issuer.messages().forwardingInstitution(),
                            issuer.messages().receivingInstitution()));
        } catch (final IllegalArgumentException exception) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION_INVALID, "issuer " + issuer.name() + ": " + exception.getMessage());
        }
    }

    private static IssuerSocketConfiguration socket(final IssuerSettings issuer, final SocketSettings socket) {
        return new IssuerSocketConfiguration(
                socket.role(),
                socket.direction(),
                address("issuer " + issuer.name(), socket.host(), socket.port()),
                socket.allowed());
    }

    static InetSocketAddress address(final String what, final String host, final int port) {
        final InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, what + ": the host '" + host + "' is not known");
        }
        return address;
    }

    private static String sha256(final Secret secret) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.bytes()));
        } catch (final NoSuchAlgorithmException exception) {
            throw new IllegalStateException(exception);
        }
    }
}

package io.turnout.launcher.node;

import io.turnout.codecs.iso8583.Dialects;
import io.turnout.gateway.acquirer.iso.IsoAcquirerConfiguration;
import io.turnout.gateway.acquirer.iso.IsoAcquirerTimers;
import io.turnout.gateway.acquirer.iso.PeerRange;
import io.turnout.launcher.CommandFailure;
import io.turnout.launcher.ExitCode;
import io.turnout.launcher.settings.AcquirerSettings;
import io.turnout.launcher.settings.Currency;
import io.turnout.launcher.settings.IsoAcquirerSettings;
import io.turnout.launcher.settings.SwitchSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a gateway needs for the acquirers that speak ISO 8583, made of the configuration file. */
final class IsoAcquirerParts {

    private IsoAcquirerParts() {}

    static List<IsoAcquirerConfiguration> configurations(final SwitchSettings settings, final NodeTls tls) {
        final Map<Integer, Integer> exponents =
                settings.currencies().stream().collect(Collectors.toMap(Currency::number, Currency::exponent));
        return settings.acquirers().stream()
                .filter(acquirer -> acquirer.iso8583().isPresent())
                .map(acquirer -> configuration(acquirer, acquirer.iso8583().get(), tls, exponents))
                .toList();
    }

    private static IsoAcquirerConfiguration configuration(
            final AcquirerSettings acquirer,
            final IsoAcquirerSettings iso,
            final NodeTls tls,
            final Map<Integer, Integer> exponents) {
        final IsoAcquirerTimers usual = IsoAcquirerTimers.DEFAULT;
        try {
            return new IsoAcquirerConfiguration(
                    acquirer.id(),
                    acquirer.institutionId(),
                    GatewayParts.address("acquirer " + acquirer.name(), iso.host(), iso.port()),
                    Dialects.of(iso.dialect()),
                    iso.framing(),
                    iso.peers().stream().map(PeerRange::parse).toList(),
                    iso.signOnRequired(),
                    iso.maximumSessions(),
                    iso.maximumInFlight(),
                    new IsoAcquirerTimers(
                            iso.echoIntervalNs(),
                            usual.responseTimeoutNs(),
                            usual.maximumEchoMisses(),
                            usual.frameTimeoutNs(),
                            usual.busyTimeoutNs()),
                    tls.isoAcquirer(acquirer.id()),
                    exponents);
        } catch (final IllegalArgumentException exception) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION_INVALID, "acquirer " + acquirer.name() + ": " + exception.getMessage());
        }
    }
}

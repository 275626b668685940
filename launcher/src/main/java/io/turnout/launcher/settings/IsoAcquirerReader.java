package io.turnout.launcher.settings;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.configuration.YamlSection;
import io.turnout.gateway.acquirer.iso.PeerRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how an acquirer is reached over ISO 8583. */
final class IsoAcquirerReader {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final int LARGEST_PORT = 65_535;
    /** Requests of one acquirer open at once; each takes half a kilobyte. */
    private static final int MAXIMUM_OPEN = 1 << 18;

    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");

    private IsoAcquirerReader() {}

    /** The section {@code iso8583} of an acquirer; empty when it has none. */
    static Optional<IsoAcquirerSettings> read(final YamlSection acquirer) {
        if (!acquirer.has("iso8583")) {
            return Optional.empty();
        }
        final YamlSection section = acquirer.section("iso8583");
        final String listen = section.string("listen");
        final Matcher address = ADDRESS.matcher(listen);
        final boolean isAddress = address.matches() && Integer.parseInt(address.group(2)) <= LARGEST_PORT;
        if (!isAddress) {
            section.problem("listen", "'" + listen + "' is no address (expected host:port, such as 127.0.0.1:7003)");
        }
        final IsoAcquirerSettings settings = new IsoAcquirerSettings(
                isAddress ? address.group(1) : "127.0.0.1",
                isAddress ? Integer.parseInt(address.group(2)) : 0,
                SwitchSettingsReader.dialect(section),
                section.enumeration("framing", Framing.class, Framing.BIN2_EXCLUSIVE),
                peers(section),
                section.flag("signOnRequired", true),
                section.integer("maximumSessions", 1, 1024, 16),
                section.integer("maximumInFlight", 1, 65_536, 512),
                section.durationNs("echoInterval", SECOND, HOUR, 60 * SECOND));
        final long open = (long) settings.maximumSessions() * settings.maximumInFlight();
        if (open > MAXIMUM_OPEN) {
            section.problem(
                    "maximumInFlight",
                    open + " requests could be open at once (expected maximumSessions x maximumInFlight at most "
                            + MAXIMUM_OPEN + ")");
        }
        return Optional.of(settings);
    }

    /** The secret of the binary protocol, which an acquirer that speaks ISO 8583 may do without. */
    static Secret credential(final YamlSection acquirer, final Environment environment) {
        return acquirer.has("iso8583") && !acquirer.has("credential")
                ? Secret.none()
                : Secret.read(acquirer, "credential", environment);
    }

    private static List<String> peers(final YamlSection section) {
        final List<String> peers = new ArrayList<>();
        if (section.has("peers")) {
            for (final String text : section.strings("peers")) {
                try {
                    PeerRange.parse(text);
                    peers.add(text);
                } catch (final IllegalArgumentException exception) {
                    section.problem("peers", exception.getMessage());
                }
            }
        }
        return peers;
    }
}

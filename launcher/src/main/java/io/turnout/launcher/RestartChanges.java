package io.turnout.launcher;

import io.turnout.launcher.settings.AcquirerSettings;
import io.turnout.launcher.settings.IsoAcquirerSettings;
import io.turnout.launcher.settings.IssuerSettings;
import io.turnout.launcher.settings.SwitchSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What differs between two files that the engine is not told of: the parts around it read it when they start. */
final class RestartChanges {
    private RestartChanges() {}

    static List<String> between(final SwitchSettings before, final SwitchSettings after) {
        final List<String> changes = new ArrayList<>();
        whole(changes, "environment", before, after, SwitchSettings::environment);
        whole(changes, "dataDirectory", before, after, SwitchSettings::dataDirectory);
        whole(changes, "durability", before, after, SwitchSettings::durability);
        whole(changes, "layout", before, after, SwitchSettings::layout);
        whole(changes, "idle", before, after, SwitchSettings::idle);
        whole(changes, "acquirerEdge", before, after, SwitchSettings::acquirerEdge);
        whole(changes, "adminEdge", before, after, SwitchSettings::adminEdge);
        whole(changes, "tls", before, after, SwitchSettings::tls);
        whole(changes, "vault", before, after, SwitchSettings::vault);
        whole(changes, "journal", before, after, SwitchSettings::journal);
        whole(changes, "pipeline", before, after, SwitchSettings::pipeline);
        if (!before.security().isSameAs(after.security())) {
            changes.add("security: keys, or what they are for");
        }
        acquirers(changes, before, after);
        operators(changes, before, after);
        issuers(changes, before, after);
        return changes;
    }

    private static void whole(
            final List<String> changes,
            final String name,
            final SwitchSettings before,
            final SwitchSettings after,
            final Function<SwitchSettings, Object> part) {
        if (!Objects.equals(part.apply(before), part.apply(after))) {
            changes.add(name + ": " + part.apply(before) + " → " + part.apply(after));
        }
    }

    private static void acquirers(final List<String> changes, final SwitchSettings before, final SwitchSettings after) {
        final Map<Integer, byte[]> credentials = new HashMap<>();
        before.acquirers()
                .forEach(acquirer ->
                        credentials.put(acquirer.id(), acquirer.credential().bytes()));
        final Map<Integer, Optional<IsoAcquirerSettings>> iso8583 =
                before.acquirers().stream().collect(Collectors.toMap(AcquirerSettings::id, AcquirerSettings::iso8583));
        for (final AcquirerSettings acquirer : after.acquirers()) {
            if (!Arrays.equals(
                    credentials.get(acquirer.id()), acquirer.credential().bytes())) {
                changes.add("acquirer " + acquirer.id() + ": its credential");
            }
            if (!acquirer.iso8583().equals(iso8583.getOrDefault(acquirer.id(), Optional.empty()))) {
                changes.add("acquirer " + acquirer.id() + ": its ISO 8583 connection");
            }
        }
    }

    private static void operators(final List<String> changes, final SwitchSettings before, final SwitchSettings after) {
        final Map<Integer, byte[]> credentials = new HashMap<>();
        before.operators()
                .forEach(operator ->
                        credentials.put(operator.id(), operator.credential().bytes()));
        after.operators().stream()
                .filter(operator -> !Arrays.equals(
                        credentials.get(operator.id()), operator.credential().bytes()))
                .forEach(operator -> changes.add("operator " + operator.id() + ": his credential"));
    }

    private static void issuers(final List<String> changes, final SwitchSettings before, final SwitchSettings after) {
        final Map<Integer, List<Object>> connections = new HashMap<>();
        before.issuers().forEach(issuer -> connections.put(issuer.id(), connection(issuer)));
        for (final IssuerSettings issuer : after.issuers()) {
            if (!connection(issuer).equals(connections.get(issuer.id()))) {
                changes.add("issuer " + issuer.id() + ": its connections");
            }
        }
    }

    private static List<Object> connection(final IssuerSettings issuer) {
        return List.of(
                issuer.dialect(),
                issuer.framing(),
                issuer.messages().forwardingInstitution(),
                issuer.messages().receivingInstitution(),
                issuer.echoIntervalNs(),
                issuer.reconnectNs(),
                issuer.reconnectMaximumNs(),
                issuer.linkRules(),
                issuer.links().stream()
                        .map(link -> link.id() + "=" + link.sockets())
                        .toList());
    }
}

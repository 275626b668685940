package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import io.turnout.gateway.issuer.AddressRange;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Direction;
import io.turnout.gateway.issuer.IssuerSocketConfiguration.Role;
import io.turnout.gateway.issuer.SignOn;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what the configuration file says about the links to banks: their connections, and how both sides behave. */
final class LinkReader {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final int MAXIMUM_ID = 999;
    private static final int MAXIMUM_WINDOW = 1 << 20;

    private final Set<Integer> linkIds = new HashSet<>();

    /** Which issuer has which address to connect to: a connection must not reach the links of another one. */
    private final Map<String, YamlSection> issuersByDoor = new HashMap<>();

    LinkRules rules(final YamlSection issuer) {
        final YamlSection match = issuer.section("match");
        return new LinkRules(
                issuer.enumeration("signOn", SignOn.class, SignOn.OURS),
                issuer.durationNs("signOnRetry", 10 * MS, 600 * SECOND, 5 * SECOND),
                issuer.integer("signOnAttempts", 1, 1000, 3),
                issuer.durationNs("networkTimeout", 10 * MS, 300 * SECOND, 10 * SECOND),
                issuer.integer("echoMisses", 1, 1000, 3),
                match.enumeration("key", MatchKeyMode.class, MatchKeyMode.STAN_AND_TIME),
                checks(match));
    }

    List<LinkSettings> links(final YamlSection issuer, final boolean onUs) {
        final List<LinkSettings> links = new ArrayList<>();
        for (final YamlSection section : issuer.sections("links")) {
            links.add(new LinkSettings(
                    id(section),
                    sockets(issuer, section),
                    section.integer("window", 1, MAXIMUM_WINDOW, 4096),
                    RoutingReader.maximumRate(section)));
        }
        if (onUs && !links.isEmpty()) {
            issuer.problem("links", "its cards are wallets of the switch (expected no links)");
        } else if (!onUs && links.isEmpty()) {
            issuer.problem("links", "no link (expected at least one)");
        }
        return links;
    }

    private int id(final YamlSection link) {
        final int id = link.integer("id", 1, MAXIMUM_ID);
        if (!linkIds.add(id)) {
            link.problem("id", id + " stands there twice");
        }
        return id;
    }

    private List<SocketSettings> sockets(final YamlSection issuer, final YamlSection link) {
        if (!link.has("sockets")) {
            return List.of(socket(issuer, link, Direction.BOTH));
        }
        final List<SocketSettings> sockets = new ArrayList<>();
        for (final YamlSection section : link.sections("sockets")) {
            sockets.add(socket(issuer, section, section.enumeration("direction", Direction.class, Direction.BOTH)));
        }
        final boolean sends = sockets.stream().anyMatch(socket -> socket.direction() != Direction.RECEIVE);
        final boolean receives = sockets.stream().anyMatch(socket -> socket.direction() != Direction.SEND);
        if (!sends || !receives) {
            link.problem("sockets", "together they must send and receive");
        }
        return sockets;
    }

    private SocketSettings socket(final YamlSection issuer, final YamlSection section, final Direction direction) {
        final SocketSettings socket = new SocketSettings(
                section.enumeration("role", Role.class, Role.CLIENT),
                direction,
                section.string("host", "127.0.0.1"),
                section.integer("port", 1, 65_535),
                allowed(section));
        if (socket.role() == Role.CLIENT && section.has("allowed")) {
            section.problem("allowed", "the switch opens this connection (expected only with role server)");
        } else if (socket.role() == Role.SERVER) {
            checkDoor(issuer, section, socket);
        }
        return socket;
    }

    private void checkDoor(final YamlSection issuer, final YamlSection section, final SocketSettings socket) {
        if (socket.allowed().isEmpty()) {
            section.problem(
                    section.has("allowed") ? "allowed" : "role",
                    "nobody may connect (expected allowed with at least one address or range)");
        }
        final YamlSection owner = issuersByDoor.putIfAbsent(socket.address(), issuer);
        if (owner != null && owner != issuer) {
            section.problem("port", socket.address() + " is where another issuer connects (expected one for each)");
        }
    }

    private static List<AddressRange> allowed(final YamlSection section) {
        final List<AddressRange> allowed = new ArrayList<>();
        if (section.has("allowed")) {
            for (final String text : section.strings("allowed")) {
                AddressRange.parse(text)
                        .ifPresentOrElse(
                                allowed::add,
                                () -> section.problem(
                                        "allowed",
                                        "'" + text + "' is no address (expected 10.1.2.3, 10.1.0.0/16 or IPv6)"));
            }
        }
        return allowed;
    }

    private static Set<MatchCheck> checks(final YamlSection match) {
        final Set<MatchCheck> checks = EnumSet.noneOf(MatchCheck.class);
        if (!match.has("check")) {
            checks.add(MatchCheck.RETRIEVAL_REFERENCE);
            checks.add(MatchCheck.AMOUNT);
            return checks;
        }
        for (final String name : match.strings("check")) {
            try {
                if (!checks.add(MatchCheck.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')))) {
                    match.problem("check", "'" + name + "' stands there twice");
                }
            } catch (final IllegalArgumentException exception) {
                match.problem(
                        "check",
                        "'" + name + "' is no check (expected some of retrieval-reference, amount, terminal, "
                                + "acquiring-institution)");
            }
        }
        if (checks.isEmpty()) {
            match.problem("check", "nothing is checked (expected at least one, such as retrieval-reference)");
        }
        return checks;
    }
}

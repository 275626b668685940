package io.turnout.launcher.settings;

import io.turnout.configuration.YamlSection;
import java.util.concurrent.TimeUnit;

/** Reads what the configuration file says about the use of an issuer's links and about its breaker. */
final class RoutingReader {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);
    private static final int MAXIMUM_UNKNOWNS = 10_000;
    private static final int MAXIMUM_PROBES = 1_000;
    private static final int MAXIMUM_OUTCOMES = 64;
    private static final int MAXIMUM_RATE = 1_000_000;

    private RoutingReader() {}

    static RoutingSettings routing(final YamlSection issuer, final boolean onUs) {
        if (onUs && issuer.has("breaker")) {
            issuer.problem("breaker", "its cards are wallets of the switch (expected no breaker)");
        }
        return new RoutingSettings(
                issuer.enumeration(
                        "linkPreference", RoutingSettings.Preference.class, RoutingSettings.Preference.LEAST_COST),
                issuer.flag("answersOnSiblings", false),
                issuer.has("breaker") ? breaker(issuer.section("breaker")) : RoutingSettings.Breaker.NONE);
    }

    /** Payment requests a second at most on a link; 0 = no limit. */
    static int maximumRate(final YamlSection link) {
        return link.integer("maximumRate", 0, MAXIMUM_RATE, 0);
    }

    private static RoutingSettings.Breaker breaker(final YamlSection section) {
        final int unknowns = section.integer("unknowns", 0, MAXIMUM_UNKNOWNS, 0);
        final int failurePercent = section.integer("failurePercent", 0, 100, 0);
        final int outcomes = section.integer("outcomes", 1, MAXIMUM_OUTCOMES, 20);
        final long pauseNs = section.durationNs("pause", SECOND / 10, HOUR, 30 * SECOND);
        final int probes = section.integer("probes", 1, MAXIMUM_PROBES, 3);
        if (unknowns == 0 && failurePercent == 0) {
            section.problem("unknowns", "nothing opens it (expected unknowns, failurePercent or both above 0)");
            return RoutingSettings.Breaker.NONE;
        }
        return new RoutingSettings.Breaker(
                unknowns, failurePercent, failurePercent == 0 ? 0 : outcomes, pauseNs, probes);
    }
}

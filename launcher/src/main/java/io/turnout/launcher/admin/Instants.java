package io.turnout.launcher.admin;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as operators read them. */
final class Instants {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private Instants() {}

    /** To the second, or a dash for 0. */
    static String table(final long epochNs) {
        return epochNs == 0 ? "-" : of(epochNs).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** As a string in quotes, or null for 0. */
    static String json(final long epochNs) {
        return epochNs == 0 ? "null" : '"' + of(epochNs).toString() + '"';
    }

    private static Instant of(final long epochNs) {
        return Instant.ofEpochSecond(epochNs / NS_PER_SECOND, epochNs % NS_PER_SECOND);
    }
}

package io.turnout.launcher;

import io.turnout.launcher.MachineCheck.Finding;
import io.turnout.launcher.MachineCheck.Grade;
import io.turnout.launcher.settings.TlsSettings;
import java.time.Instant;
import java.util.List;

/** The readings of {@code turnout doctor} about certificates: one for each place and certificate. */
final class CertificateCheck {
    private static final long LAST_WEEK_DAYS = 7;

    private CertificateCheck() {}

    static List<Finding> all(final TlsSettings settings, final Instant now) {
        return TlsInventory.of(settings, now).entries().stream()
                .map(CertificateCheck::finding)
                .toList();
    }

    private static Finding finding(final TlsInventory.Entry entry) {
        final Grade grade =
                entry.warning().isEmpty() ? Grade.PASS : entry.daysLeft() < LAST_WEEK_DAYS ? Grade.FAIL : Grade.WARN;
        final String reading = entry.certificate().subject() + ": " + entry.daysLeft() + " days left";
        return new Finding(
                grade,
                "TLS " + entry.place(),
                reading,
                grade == Grade.PASS ? "" : "replace " + entry.certificate().file() + "; no restart is needed");
    }
}

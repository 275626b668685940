package io.turnout.launcher.text;

import io.turnout.gateway.net.tls.TlsCertificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When somebody must hear that a certificate ends: 30, 14, 7 and 1 days before, and when it is over. */
public final class CertificateExpiry {
    private static final long[] DAYS = {0, 1, 7, 14, 30};

    private final Map<String, Long> told = new HashMap<>();

    /** What to say about a certificate; empty while it lasts longer than 30 days. */
    public static Optional<String> warning(final String place, final TlsCertificate certificate, final Instant now) {
        final long daysLeft = certificate.daysLeft(now);
        if (threshold(daysLeft) < 0) {
            return Optional.empty();
        }
        final String when = daysLeft < 0 ? "has expired" : "expires in " + daysLeft + " days";
        return Optional.of("tls: " + place + ": the certificate of " + certificate.subject() + " (" + certificate.file()
                + ") " + when + ": " + certificate.notAfter());
    }

    /** Warnings not given yet: one for each certificate and each step of days. */
    public List<String> news(final String place, final List<TlsCertificate> certificates, final Instant now) {
        final List<String> news = new ArrayList<>();
        for (final TlsCertificate certificate : certificates) {
            final long step = threshold(certificate.daysLeft(now));
            final String key = place + " " + certificate.subject() + " " + certificate.notAfter();
            final Long before = step < 0 ? null : told.put(key, step);
            if (step >= 0 && (before == null || before != step)) {
                warning(place, certificate, now).ifPresent(news::add);
            }
        }
        return news;
    }

    /** The smallest step that is not below the days left; -1 = none. */
    private static long threshold(final long daysLeft) {
        for (final long days : DAYS) {
            if (days == 0 ? daysLeft < 0 : daysLeft < days) {
                return days;
            }
        }
        return -1;
    }
}

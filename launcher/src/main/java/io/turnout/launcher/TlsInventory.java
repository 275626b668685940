package io.turnout.launcher;

import io.turnout.gateway.net.tls.TlsCertificate;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsMaterial;
import io.turnout.launcher.settings.TlsSettings;
import io.turnout.launcher.text.CertificateExpiry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every certificate that a configuration file puts to use.
 *
 * @param entries in the order of the file
 */
record TlsInventory(List<Entry> entries) {

    /**
     * One certificate at one place.
     *
     * @param place where it is used
     * @param certificate itself
     * @param daysLeft whole days until it ends; below 0 = it is over
     * @param warning what to say about that; empty = nothing
     */
    record Entry(String place, TlsCertificate certificate, long daysLeft, Optional<String> warning) {}

    static TlsInventory of(final TlsSettings settings, final Instant now) {
        final List<Entry> entries = new ArrayList<>();
        settings.places().forEach((place, options) -> {
            try {
                for (final TlsCertificate certificate :
                        TlsMaterial.load(options).certificates()) {
                    entries.add(new Entry(
                            place,
                            certificate,
                            certificate.daysLeft(now),
                            CertificateExpiry.warning(place, certificate, now)));
                }
            } catch (final TlsFileException exception) {
                throw new CommandFailure(ExitCode.CONFIGURATION_INVALID, place + ".tls: " + exception.getMessage());
            }
        });
        return new TlsInventory(List.copyOf(entries));
    }

    List<String> warnings() {
        return entries.stream().flatMap(entry -> entry.warning.stream()).toList();
    }
}

package io.turnout.launcher.settings;

import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.TlsOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where there is TLS; where there is none, plain text passes.
 *
 * @param acquirerEdge below acquirers' connections
 * @param adminEdge below operators' connections
 * @param issuers below the links to an issuer, by its id
 * @param acquirers names in an acquirer's certificate, by its id; none = known by its credential alone
 */
public record TlsSettings(
        Optional<TlsOptions> acquirerEdge,
        Optional<TlsOptions> adminEdge,
        Map<Integer, TlsOptions> issuers,
        Map<Integer, Set<CertificateName>> acquirers) {

    /** Takes copies of the maps. */
    public TlsSettings {
        issuers = Map.copyOf(issuers);
        acquirers = Map.copyOf(acquirers);
    }

    /** Every place with TLS, under the name that people see. */
    public Map<String, TlsOptions> places() {
        final Map<String, TlsOptions> places = new LinkedHashMap<>();
        acquirerEdge.ifPresent(options -> places.put("acquirerEdge", options));
        adminEdge.ifPresent(options -> places.put("adminEdge", options));
        issuers.keySet().stream().sorted().forEach(id -> places.put("issuer " + id, issuers.get(id)));
        return places;
    }
}

package io.turnout.launcher.settings;

import io.turnout.gateway.net.tls.CertificateName;
import io.turnout.gateway.net.tls.TlsOptions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where there is TLS; where there is none, plain text passes.
 *
 * @param places options by the name of the place that people see, in the order of the file
 * @param acquirers names in an acquirer's certificate, by its id; none = known by its credential alone
 */
public record TlsSettings(Map<String, TlsOptions> places, Map<Integer, Set<CertificateName>> acquirers) {

    /** Where acquirers of the binary protocol connect. */
    public static final String ACQUIRER_EDGE = "acquirerEdge";
    /** Where operators connect. */
    public static final String ADMIN_EDGE = "adminEdge";

    /** Takes copies of the maps. */
    public TlsSettings {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
        acquirers = Map.copyOf(acquirers);
    }

    /** Where an acquirer that speaks ISO 8583 connects. */
    public static String isoAcquirer(final int id) {
        return "acquirer " + id;
    }

    /** The links to an issuer. */
    public static String issuer(final int id) {
        return "issuer " + id;
    }
}

package io.turnout.gateway.net.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A peer that is known by its certificate.
 *
 * @param name for people
 * @param names one of them must be in its certificate
 * @param trust PEM files of the authorities that alone may certify it; none = those of the endpoint
 */
public record TlsPeer(String name, Set<CertificateName> names, List<Path> trust) {

    /** Takes copies of the collections. */
    public TlsPeer {
        names = Set.copyOf(names);
        trust = List.copyOf(trust);
    }
}

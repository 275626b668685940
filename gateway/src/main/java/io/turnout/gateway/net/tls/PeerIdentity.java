package io.turnout.gateway.net.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Who is at the other end of a connection, as far as a certificate says it that was checked. Immutable. */
public final class PeerIdentity {

    /** Nobody has shown a certificate. */
    public static final PeerIdentity NONE = new PeerIdentity("", Set.of());

    private static final int MAIL_ADDRESS = 1;
    private static final int HOST_NAME = 2;
    private static final int RESOURCE = 6;
    private static final int ADDRESS = 7;

    private final String subject;
    private final Set<CertificateName> names;

    private PeerIdentity(final String subject, final Set<CertificateName> names) {
        this.subject = subject;
        this.names = names;
    }

    /** What a certificate says; a name that cannot be read is no name. */
    public static PeerIdentity of(final X509Certificate certificate) {
        final Set<CertificateName> names = new LinkedHashSet<>();
        addCommonNames(certificate, names);
        addAlternativeNames(certificate, names);
        return new PeerIdentity(
                certificate.getSubjectX500Principal().getName(X500Principal.RFC2253),
                Collections.unmodifiableSet(names));
    }

    /** The distinguished name of the subject (RFC 2253); empty when there is no certificate. */
    public String subject() {
        return subject;
    }

    /** All names, the common name first. */
    public Set<CertificateName> names() {
        return names;
    }

    /** Whether one of these names is in the certificate. */
    public boolean hasAny(final Set<CertificateName> expected) {
        return !Collections.disjoint(names, expected);
    }

    @Override
    public String toString() {
        return "PeerIdentity[" + subject + "]";
    }

    private static void addCommonNames(final X509Certificate certificate, final Set<CertificateName> names) {
        try {
            final String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
            for (final Rdn part : new LdapName(subject).getRdns()) {
                if (part.size() == 1 && part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String cn) {
                    names.add(new CertificateName(CertificateName.Kind.CN, cn));
                }
            }
        } catch (final InvalidNameException unreadable) {
            names.clear();
        }
    }

    private static void addAlternativeNames(final X509Certificate certificate, final Set<CertificateName> names) {
        try {
            if (certificate.getSubjectAlternativeNames() == null) {
                return;
            }
            for (final List<?> entry : certificate.getSubjectAlternativeNames()) {
                final CertificateName.Kind kind = kindOf((Integer) entry.get(0));
                if (kind != null && entry.get(1) instanceof String value) {
                    names.add(new CertificateName(kind, value));
                }
            }
        } catch (final CertificateParsingException unreadable) {
            names.clear();
        }
    }

    private static CertificateName.Kind kindOf(final int generalName) {
        return switch (generalName) {
            case MAIL_ADDRESS -> CertificateName.Kind.EMAIL;
            case HOST_NAME -> CertificateName.Kind.DNS;
            case RESOURCE -> CertificateName.Kind.URI;
            case ADDRESS -> CertificateName.Kind.IP;
            default -> null;
        };
    }
}

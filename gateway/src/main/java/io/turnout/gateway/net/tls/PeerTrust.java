package io.turnout.gateway.net.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whom we believe. The usual check of the path to an authority, its purpose and the server's name is the JDK's; which
 * peers there are, and which authority may vouch for which of them, is checked here. A certificate that bears the name
 * of a peer with authorities of its own must come from them, so that its names alone say afterwards who it is.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    /** A peer's names, and who may vouch for them; null = nobody. */
    record Rule(Set<CertificateName> names, X509ExtendedTrustManager authorities) {}

    private final X509ExtendedTrustManager usual;
    private final List<Rule> rules;

    /**
     * @param usual believed unless a rule says otherwise; null = nobody
     * @param rules who may be a peer; none = whoever is believed
     */
    PeerTrust(final X509ExtendedTrustManager usual, final List<Rule> rules) {
        this.usual = usual;
        this.rules = List.copyOf(rules);
    }

    /** One check of the JDK's. */
    private interface Check {
        void by(X509ExtendedTrustManager authorities) throws CertificateException;
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
            throws CertificateException {
        check(chain, authorities -> authorities.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
            throws CertificateException {
        check(chain, authorities -> authorities.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
            throws CertificateException {
        check(chain, authorities -> authorities.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
            throws CertificateException {
        check(chain, authorities -> authorities.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType) throws CertificateException {
        check(chain, authorities -> authorities.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType) throws CertificateException {
        check(chain, authorities -> authorities.checkServerTrusted(chain, authType));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return Stream.concat(rules.stream().map(Rule::authorities), Stream.ofNullable(usual))
                .filter(Objects::nonNull)
                .flatMap(authorities -> Arrays.stream(authorities.getAcceptedIssuers()))
                .distinct()
                .toArray(X509Certificate[]::new);
    }

    private void check(final X509Certificate[] chain, final Check check) throws CertificateException {
        if (chain == null || chain.length == 0) {
            throw new UntrustedPeerException(TlsRefusal.NO_CERTIFICATE, "no certificate", null);
        }
        checkValidity(chain[0]);
        final PeerIdentity identity = PeerIdentity.of(chain[0]);
        boolean isKnown = rules.isEmpty();
        if (isKnown) {
            check(usual, check);
        }
        for (final Rule rule : rules) {
            if (identity.hasAny(rule.names())) {
                isKnown = true;
                check(rule.authorities(), check);
            }
        }
        if (!isKnown) {
            throw new UntrustedPeerException(TlsRefusal.WRONG_NAME, "no peer is called " + identity.subject(), null);
        }
    }

    /** Refuses a certificate out of its time; also for a session that is resumed without a look at the certificate. */
    static void checkValidity(final X509Certificate certificate) throws CertificateException {
        try {
            certificate.checkValidity();
        } catch (final CertificateExpiredException e) {
            throw new UntrustedPeerException(TlsRefusal.EXPIRED, "expired: " + e.getMessage(), e);
        } catch (final CertificateNotYetValidException e) {
            throw new UntrustedPeerException(TlsRefusal.NOT_YET_VALID, "not valid yet: " + e.getMessage(), e);
        }
    }

    private static void check(final X509ExtendedTrustManager authorities, final Check check)
            throws CertificateException {
        if (authorities == null) {
            throw new UntrustedPeerException(TlsRefusal.UNTRUSTED, "no authority is believed here", null);
        }
        try {
            check.by(authorities);
        } catch (final CertificateException e) {
            // The JDK's path checks throw subclasses of its own; its check of the server's name does not.
            final boolean isName = e.getClass() == CertificateException.class;
            throw new UntrustedPeerException(isName ? TlsRefusal.WRONG_NAME : TlsRefusal.UNTRUSTED, e.getMessage(), e);
        }
    }
}

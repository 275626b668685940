package io.turnout.gateway.net.tls;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate in use.
 *
 * @param use what for
 * @param file where it was read
 * @param certificate itself
 */
public record TlsCertificate(Use use, Path file, X509Certificate certificate) {

    /** What a certificate is for. */
    public enum Use {
        /** We show it. */
        OWN,
        /** It goes with ours, as the link to a root. */
        CHAIN,
        /** We believe it. */
        TRUST
    }

    /** Distinguished name of whom it certifies. */
    public String subject() {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** Distinguished name of who certifies. */
    public String issuer() {
        return certificate.getIssuerX500Principal().getName(X500Principal.RFC2253);
    }

    /** The last instant at which it is valid. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Whole days from an instant to its end; below 0 = it is over. */
    public long daysLeft(final Instant now) {
        return Math.floorDiv(
                Duration.between(now, notAfter()).toSeconds(),
                Duration.ofDays(1).toSeconds());
    }

    /** Algorithm and length of its key, such as {@code EC 256}. */
    public String keyType() {
        final PublicKey key = certificate.getPublicKey();
        if (key instanceof RSAKey rsa) {
            return "RSA " + rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return "EC " + ec.getParams().getOrder().bitLength();
        }
        return key.getAlgorithm();
    }
}

package io.turnout.gateway.net.tls;

import io.netty.handler.ssl.SslContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads PEM. Netty's reader is open to its subclasses only, so this is one, of which there is never an instance. */
abstract class PemFile extends SslContext {

    private PemFile() {}

    static List<X509Certificate> certificates(final Path file, final byte[] content) throws TlsFileException {
        try {
            final X509Certificate[] found = toX509Certificates(new ByteArrayInputStream(content));
            if (found == null || found.length == 0) {
                throw new TlsFileException(file + ": holds no certificate (expected PEM, BEGIN CERTIFICATE)");
            }
            return List.of(found);
        } catch (final CertificateException | RuntimeException e) {
            throw new TlsFileException(file + ": holds no certificate (expected PEM, BEGIN CERTIFICATE)", e);
        }
    }

    /** The messages of the cause are not passed on: they could quote the file. */
    static PrivateKey key(final Path file, final byte[] content, final String passphrase) throws TlsFileException {
        try {
            final PrivateKey key =
                    toPrivateKey(new ByteArrayInputStream(content), passphrase.isEmpty() ? null : passphrase);
            if (key != null) {
                return ofTheJdk(key);
            }
        } catch (final GeneralSecurityException | IOException | RuntimeException e) {
            throw new TlsFileException(file + ": holds no key that can be read with this passphrase (expected PEM, "
                    + "PKCS#8: openssl pkcs8 -topk8)");
        }
        throw new TlsFileException(file + ": holds no key (expected PEM, PKCS#8: openssl pkcs8 -topk8)");
    }

    /** Netty reads with Bouncy Castle where it finds it, and the keys of that library are of use to itself alone. */
    private static PrivateKey ofTheJdk(final PrivateKey key) throws GeneralSecurityException {
        final String algorithm = key.getAlgorithm().equals("ECDSA") ? "EC" : key.getAlgorithm();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }
}

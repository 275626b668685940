package io.turnout.gateway.support;

import io.turnout.gateway.net.tls.TlsKeyFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that certifies whatever a test wants, for times around now, into files that end with the test. */
public final class TestAuthority {

    private static final Duration VALIDITY = Duration.ofDays(100);

    private final Path directory;
    private final X500Name subject;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;
    private final Path file;
    private long serial;

    /**
     * @param directory where its files go
     * @param name of the authority, and of its file
     */
    public TestAuthority(final Path directory, final String name) {
        this.directory = directory;
        this.subject = new X500Name("CN=" + name);
        final Instant now = Instant.now();
        this.certificate = certify(subject, keys, now.minus(VALIDITY), now.plus(VALIDITY), List.of(), true);
        this.file = directory.resolve(name + ".pem");
        write(file, pem("CERTIFICATE", encoded(certificate)));
    }

    /** Its own certificate, to be believed. */
    public Path file() {
        return file;
    }

    /** Certifies a key for now; files are called by the name. Names are a common name and DNS:, URI: or IP: names. */
    public TlsKeyFiles certify(final String commonName, final String... names) {
        return certify(commonName, Duration.ZERO.minus(VALIDITY), VALIDITY, names);
    }

    /** As above, with a time from and until relative to now. */
    public TlsKeyFiles certify(
            final String commonName, final Duration from, final Duration until, final String... names) {
        final KeyPair own = newKeys();
        final Instant now = Instant.now();
        final X509Certificate issued =
                certify(new X500Name("CN=" + commonName), own, now.plus(from), now.plus(until), List.of(names), false);
        final Path certificateFile = directory.resolve(commonName + ".pem");
        final Path keyFile = directory.resolve(commonName + ".key");
        write(certificateFile, pem("CERTIFICATE", encoded(issued)));
        write(keyFile, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
        return new TlsKeyFiles(certificateFile, Optional.of(keyFile), "");
    }

    /** The same in one PKCS#12 file, with a passphrase. */
    public TlsKeyFiles certifyInPkcs12(final String commonName, final String passphrase) {
        final KeyPair own = newKeys();
        final Instant now = Instant.now();
        final X509Certificate issued = certify(
                new X500Name("CN=" + commonName), own, now.minus(VALIDITY), now.plus(VALIDITY), List.of(), false);
        final Path storeFile = directory.resolve(commonName + ".p12");
        try (OutputStream output = Files.newOutputStream(storeFile)) {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own", own.getPrivate(), passphrase.toCharArray(), new X509Certificate[] {issued, certificate});
            store.store(output, passphrase.toCharArray());
        } catch (final GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
        return new TlsKeyFiles(storeFile, Optional.empty(), passphrase);
    }

    private X509Certificate certify(
            final X500Name whom,
            final KeyPair whose,
            final Instant from,
            final Instant until,
            final List<String> names,
            final boolean isAuthority) {
        try {
            final X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    subject, BigInteger.valueOf(++serial), Date.from(from), Date.from(until), whom, whose.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(generalNames(names)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (final GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralName[] generalNames(final List<String> names) {
        final List<GeneralName> all = new ArrayList<>();
        for (final String name : names) {
            final int colon = name.indexOf(':');
            final int tag =
                    switch (name.substring(0, colon)) {
                        case "DNS" -> GeneralName.dNSName;
                        case "URI" -> GeneralName.uniformResourceIdentifier;
                        case "IP" -> GeneralName.iPAddress;
                        default -> throw new IllegalArgumentException(name);
                    };
            all.add(new GeneralName(tag, name.substring(colon + 1)));
        }
        return all.toArray(new GeneralName[0]);
    }

    private static KeyPair newKeys() {
        try {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(final X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(final String kind, final byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }

    private static void write(final Path file, final String text) {
        try {
            Files.writeString(file, text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

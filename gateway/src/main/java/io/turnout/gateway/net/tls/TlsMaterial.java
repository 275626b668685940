package io.turnout.gateway.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The contents of all files of one endpoint, read together and checked against each other. Immutable. */
public final class TlsMaterial {

    private static final int LARGEST_FILE_BYTES = 1 << 20;

    private final Map<Path, byte[]> files;
    private final byte[] fingerprint;
    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final List<TlsCertificate> certificates = new ArrayList<>();

    private TlsMaterial(final TlsOptions options) throws TlsFileException {
        this.files = contents(options);
        this.fingerprint = digest(files);
        if (options.key().isEmpty()) {
            key = null;
            chain = List.of();
        } else {
            final TlsKeyFiles own = options.key().get();
            final KeyAndChain read = own.key().isPresent() ? pem(own) : pkcs12(own);
            key = read.key;
            chain = read.chain;
            check(own.certificate());
            note(own.certificate());
        }
        for (final Path file : trustFiles(options)) {
            for (final X509Certificate authority : authorities(file)) {
                certificates.add(new TlsCertificate(TlsCertificate.Use.TRUST, file, authority));
            }
        }
    }

    private record KeyAndChain(PrivateKey key, List<X509Certificate> chain) {}

    /**
     * Reads all files.
     *
     * @throws TlsFileException when one is missing or unusable, or the key is not the certificate's
     */
    public static TlsMaterial load(final TlsOptions options) throws TlsFileException {
        return new TlsMaterial(options);
    }

    /** Tells by its contents whether a file has changed; cheap beside {@link #load}. */
    public static byte[] fingerprint(final TlsOptions options) throws TlsFileException {
        return digest(contents(options));
    }

    /** The fingerprint of what was read. */
    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    /** Every certificate in use, our own first. */
    public List<TlsCertificate> certificates() {
        return Collections.unmodifiableList(certificates);
    }

    /** Our key; null when there is none. */
    PrivateKey key() {
        return key;
    }

    /** Our certificate and those that lead to a root. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** The authorities in a file that was read. */
    List<X509Certificate> authorities(final Path file) throws TlsFileException {
        return PemFile.certificates(file, files.get(file));
    }

    private KeyAndChain pem(final TlsKeyFiles own) throws TlsFileException {
        final Path keyFile = own.key().orElseThrow();
        return new KeyAndChain(
                PemFile.key(keyFile, files.get(keyFile), own.passphrase()),
                PemFile.certificates(own.certificate(), files.get(own.certificate())));
    }

    private KeyAndChain pkcs12(final TlsKeyFiles own) throws TlsFileException {
        final char[] passphrase = own.passphrase().toCharArray();
        try {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(files.get(own.certificate())), passphrase);
            for (final String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    final List<X509Certificate> found = new ArrayList<>();
                    for (final Certificate certificate : store.getCertificateChain(alias)) {
                        found.add((X509Certificate) certificate);
                    }
                    return new KeyAndChain((PrivateKey) store.getKey(alias, passphrase), List.copyOf(found));
                }
            }
        } catch (final GeneralSecurityException | IOException | RuntimeException e) {
            throw new TlsFileException(own.certificate() + ": cannot be read as PKCS#12 with this passphrase");
        }
        throw new TlsFileException(own.certificate() + ": the PKCS#12 file holds no key");
    }

    private void check(final Path file) throws TlsFileException {
        if (!isPair(key, chain.get(0))) {
            throw new TlsFileException(file + ": the key is not the key of the certificate "
                    + chain.get(0).getSubjectX500Principal());
        }
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (final GeneralSecurityException e) {
                throw new TlsFileException(file + ": certificate " + (i + 1) + " did not sign certificate " + i, e);
            }
        }
    }

    private void note(final Path file) {
        for (int i = 0; i < chain.size(); i++) {
            final TlsCertificate.Use use = i == 0 ? TlsCertificate.Use.OWN : TlsCertificate.Use.CHAIN;
            certificates.add(new TlsCertificate(use, file, chain.get(i)));
        }
    }

    private static boolean isPair(final PrivateKey key, final X509Certificate certificate) throws TlsFileException {
        final String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
                    default -> throw new TlsFileException("keys of the kind " + key.getAlgorithm() + " are not used");
                };
        try {
            final byte[] sample = certificate.getEncoded();
            final Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(sample);
            final byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(sample);
            return signer.verify(signature);
        } catch (final GeneralSecurityException e) {
            return false;
        }
    }

    private static List<Path> trustFiles(final TlsOptions options) {
        final List<Path> all = new ArrayList<>(options.trust());
        options.peers().forEach(peer -> all.addAll(peer.trust()));
        return all.stream().distinct().toList();
    }

    private static Map<Path, byte[]> contents(final TlsOptions options) throws TlsFileException {
        final List<Path> all = new ArrayList<>(trustFiles(options));
        options.key().ifPresent(own -> {
            all.add(own.certificate());
            own.key().ifPresent(all::add);
        });
        final Map<Path, byte[]> contents = new TreeMap<>();
        for (final Path file : all) {
            contents.put(file, read(file));
        }
        return contents;
    }

    private static byte[] read(final Path file) throws TlsFileException {
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw new TlsFileException(file + ": is larger than " + LARGEST_FILE_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (final IOException e) {
            throw new TlsFileException(file + ": cannot be read: " + e, e);
        }
    }

    private static byte[] digest(final Map<Path, byte[]> contents) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final byte[] content : contents.values()) {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, content.length));
                digest.update(content);
            }
            return digest.digest();
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}

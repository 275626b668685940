package io.turnout.gateway.net.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Options and the contents of their files, ready for handshakes. Versions and cipher suites stand here and nowhere
 * else: TLS 1.3 with its suites, and TLS 1.2 with forward secrecy and authenticated encryption (RFC 9325). Immutable; a
 * reload makes another one, with no session to resume in common.
 */
public final class TlsContext {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    private static final int SESSION_TIMEOUT_SECONDS = 3_600;
    private static final int SESSION_CACHE = 1_024;

    private final TlsOptions options;
    private final SSLContext context;

    private TlsContext(final TlsOptions options, final SSLContext context) {
        this.options = options;
        this.context = context;
    }

    /**
     * Puts keys and authorities to use.
     *
     * @throws TlsFileException when the JDK cannot use them
     */
    public static TlsContext of(final TlsOptions options, final TlsMaterial material) throws TlsFileException {
        try {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(material), new TrustManager[] {trust(options, material)}, null);
            context.getServerSessionContext().setSessionTimeout(SESSION_TIMEOUT_SECONDS);
            context.getServerSessionContext().setSessionCacheSize(SESSION_CACHE);
            return new TlsContext(options, context);
        } catch (final GeneralSecurityException | IOException e) {
            throw new TlsFileException("keys or certificates cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * An engine for one connection.
     *
     * @param host where a client connects to, for the check of the server's name; a server gives null
     */
    public SSLEngine engine(final String host, final int port) {
        final boolean isClient = options.role() == TlsOptions.Role.CLIENT;
        final SSLEngine engine = isClient ? context.createSSLEngine(expected(host), port) : context.createSSLEngine();
        engine.setUseClientMode(isClient);
        engine.setSSLParameters(parameters(engine.getSSLParameters(), engine.getSupportedCipherSuites()));
        return engine;
    }

    /** Wraps a connected socket of a client; the handshake is done when this returns. */
    public SSLSocket socket(final Socket connected, final String host) throws IOException {
        final SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(connected, expected(host), connected.getPort(), true);
        socket.setSSLParameters(parameters(socket.getSSLParameters(), socket.getSupportedCipherSuites()));
        socket.startHandshake();
        return socket;
    }

    /**
     * Who is at the other end of a session whose handshake is done.
     *
     * @throws CertificateException when the certificate is out of its time by now, as in a session resumed late
     */
    public static PeerIdentity identity(final SSLSession session) throws CertificateException {
        final Certificate[] chain;
        try {
            chain = session.getPeerCertificates();
        } catch (final SSLPeerUnverifiedException nobody) {
            return PeerIdentity.NONE;
        }
        final X509Certificate certificate = (X509Certificate) chain[0];
        PeerTrust.checkValidity(certificate);
        return PeerIdentity.of(certificate);
    }

    private String expected(final String host) {
        return options.serverName().isEmpty() ? host : options.serverName();
    }

    private SSLParameters parameters(final SSLParameters parameters, final String[] supported) {
        final List<String> suites = new ArrayList<>(CIPHER_SUITES);
        suites.retainAll(Arrays.asList(supported));
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(suites.toArray(new String[0]));
        parameters.setUseCipherSuitesOrder(true);
        if (options.role() == TlsOptions.Role.CLIENT) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        } else {
            parameters.setNeedClientAuth(options.clientCertificateRequired());
        }
        return parameters;
    }

    private static KeyManager[] keys(final TlsMaterial material) {
        return material.key() == null
                ? new KeyManager[0]
                : new KeyManager[] {new OwnKey(material.key(), material.chain())};
    }

    private static PeerTrust trust(final TlsOptions options, final TlsMaterial material)
            throws GeneralSecurityException, IOException, TlsFileException {
        final X509ExtendedTrustManager usual = authorities(options.trust(), material);
        final List<PeerTrust.Rule> rules = new ArrayList<>();
        for (final TlsPeer peer : options.peers()) {
            rules.add(new PeerTrust.Rule(
                    peer.names(), peer.trust().isEmpty() ? usual : authorities(peer.trust(), material)));
        }
        return new PeerTrust(usual, rules);
    }

    /** What the JDK believes with these authorities alone; null when there is none. */
    private static X509ExtendedTrustManager authorities(final List<Path> files, final TlsMaterial material)
            throws GeneralSecurityException, IOException, TlsFileException {
        if (files.isEmpty()) {
            return null;
        }
        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (final Path file : files) {
            for (final X509Certificate authority : material.authorities(file)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
        }
        final TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (final TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this Java lacks PKIX");
    }
}

package io.turnout.gateway.net;

import io.netty.handler.ssl.SslHandler;
import io.turnout.gateway.net.tls.TlsCertificate;
import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.gateway.net.tls.TlsFileException;
import io.turnout.gateway.net.tls.TlsMaterial;
import io.turnout.gateway.net.tls.TlsOptions;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Our side of TLS at one place, with the files it was made of. New connections use what was loaded last; those that
 * exist keep what they have. One thread may reload while others open connections.
 */
public final class TlsEndpoint {

    private final String name;
    private final TlsOptions options;
    private final Executor handshakes;
    private byte[] seen;
    private volatile Loaded loaded;

    private record Loaded(TlsMaterial material, TlsContext context) {}

    /** What became of an attempt to reload. */
    public enum Reload {
        /** The files are as they were. */
        UNCHANGED,
        /** The files have changed since the last look, and may still be changing. */
        CHANGING,
        /** New connections use the new files. */
        RELOADED
    }

    private TlsEndpoint(final String name, final TlsOptions options, final Executor handshakes, final Loaded loaded) {
        this.name = name;
        this.options = options;
        this.handshakes = handshakes;
        this.loaded = loaded;
        this.seen = loaded.material.fingerprint();
    }

    /**
     * Loads the files.
     *
     * @param name for people
     * @param handshakes runs the expensive steps of handshakes; {@code Runnable::run} = the loop's own thread
     * @throws TlsFileException when the files cannot be used
     */
    public static TlsEndpoint open(final String name, final TlsOptions options, final Executor handshakes)
            throws TlsFileException {
        return new TlsEndpoint(name, options, handshakes, load(options));
    }

    /** The name for people. */
    public String name() {
        return name;
    }

    /** Every certificate in use, our own first. */
    public List<TlsCertificate> certificates() {
        return loaded.material.certificates();
    }

    /**
     * Loads files that have changed and then stayed the same from one call to the next, because a certificate and its
     * key are two files and are not replaced at one instant.
     *
     * @throws TlsFileException when the new files cannot be used; what was loaded before stays in use
     */
    public Reload reload() throws TlsFileException {
        final byte[] now = TlsMaterial.fingerprint(options);
        final boolean isStable = Arrays.equals(now, seen);
        seen = now;
        if (Arrays.equals(now, loaded.material.fingerprint())) {
            return Reload.UNCHANGED;
        }
        if (!isStable) {
            return Reload.CHANGING;
        }
        final Loaded fresh = load(options);
        for (final TlsCertificate certificate : fresh.material.certificates()) {
            checkValidity(certificate);
        }
        loaded = fresh;
        return Reload.RELOADED;
    }

    /** The handler of one connection. */
    SslHandler newHandler(final SocketAddress peer) {
        final InetSocketAddress address = peer instanceof InetSocketAddress internet ? internet : null;
        final SslHandler handler = new SslHandler(
                address == null
                        ? loaded.context.engine(null, 0)
                        : loaded.context.engine(address.getHostString(), address.getPort()),
                false,
                handshakes);
        handler.setHandshakeTimeout(options.handshakeTimeoutNs(), TimeUnit.NANOSECONDS);
        return handler;
    }

    @Override
    public String toString() {
        return "TlsEndpoint[" + name + "]";
    }

    private static Loaded load(final TlsOptions options) throws TlsFileException {
        final TlsMaterial material = TlsMaterial.load(options);
        return new Loaded(material, TlsContext.of(options, material));
    }

    /** A certificate of ours that is out of its time does not take the place of another. */
    private static void checkValidity(final TlsCertificate certificate) throws TlsFileException {
        try {
            if (certificate.use() != TlsCertificate.Use.TRUST) {
                certificate.certificate().checkValidity();
            }
        } catch (final CertificateException e) {
            throw new TlsFileException(certificate.file() + ": " + certificate.subject() + ": " + e.getMessage(), e);
        }
    }
}

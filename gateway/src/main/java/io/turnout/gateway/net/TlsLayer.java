package io.turnout.gateway.net;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.turnout.gateway.net.tls.PeerIdentity;
import io.turnout.gateway.net.tls.TlsContext;
import io.turnout.gateway.net.tls.TlsRefusal;
import java.net.SocketAddress;
import java.security.cert.CertificateException;

/** TLS below one connection. Tells the observer once how the handshake went, and once if TLS ends the connection. */
final class TlsLayer {

    private final TlsObserver observer;
    private final SslHandler handler;
    private final PlainTextGate gate = new PlainTextGate();
    private boolean handshakeDone;
    private boolean refused;

    /** @param peer where a client connects to; null for a server */
    TlsLayer(final TlsEndpoint endpoint, final SocketAddress peer, final TlsObserver observer) {
        this.observer = observer;
        this.handler = endpoint.newHandler(peer);
    }

    void install(final ChannelPipeline pipeline) {
        pipeline.addLast(new TlsRecordGuard(), handler, gate);
    }

    void reading(final boolean enabled) {
        gate.reading(enabled);
    }

    boolean isHandshakeDone() {
        return handshakeDone;
    }

    /** Who the peer is, once the handshake is done. */
    PeerIdentity handshakeDone() throws CertificateException {
        final PeerIdentity identity = TlsContext.identity(handler.engine().getSession());
        handshakeDone = true;
        observer.onHandshake();
        return identity;
    }

    /** Counts why the connection ends; what follows from the first reason is not counted again. */
    void refused(final Throwable cause) {
        final TlsRefusal reason = TlsRefusal.of(cause);
        if (!refused && !(handshakeDone && reason == TlsRefusal.CLOSED)) {
            refused = true;
            observer.onRefused(reason);
        }
    }
}

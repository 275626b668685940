package io.turnout.gateway.net;

import io.turnout.gateway.net.tls.TlsRefusal;

/** Told of every handshake of a network loop, by its thread. */
public interface TlsObserver {

    /** Nobody looks. */
    TlsObserver NONE = new TlsObserver() {
        @Override
        public void onHandshake() {}

        @Override
        public void onRefused(final TlsRefusal reason) {}
    };

    /** A handshake is done, and the peer is who it must be. */
    void onHandshake();

    /** TLS ended a connection, in the handshake or later. */
    void onRefused(TlsRefusal reason);
}

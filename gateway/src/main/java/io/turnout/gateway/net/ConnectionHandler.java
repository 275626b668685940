package io.turnout.gateway.net;

import org.agrona.DirectBuffer;

/**
 * A session without input or output of its own: told what happened and when. Called by the thread of the network loop.
 */
public interface ConnectionHandler {

    /** The connection is open; with TLS, the handshake is done and the peer is known. */
    void onConnected(Connection connection, long nowNs);

    /**
     * Bytes arrived, cut anywhere.
     *
     * @param buffer valid only during the call
     * @param offset first byte
     * @param length bytes, at least 1
     * @param nowNs nanoseconds since the epoch
     */
    void onBytes(DirectBuffer buffer, int offset, int length, long nowNs);

    /** The connection is gone, or could not be opened. Nothing follows. */
    void onDisconnected(long nowNs);
}

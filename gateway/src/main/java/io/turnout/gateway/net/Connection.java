package io.turnout.gateway.net;

import io.turnout.gateway.net.tls.PeerIdentity;
import java.net.InetAddress;
import org.agrona.DirectBuffer;

/** One TCP connection as a session sees it. Used by the thread of its network loop only. Never blocks. */
public interface Connection {

    /**
     * Queues bytes for sending: all of them or none.
     *
     * @param buffer read before the method returns, never kept
     * @param offset first byte
     * @param length bytes
     * @return false when the connection is closed or its output limit would be exceeded: no byte was or will be written
     */
    boolean send(DirectBuffer buffer, int offset, int length);

    /** Stops or resumes reading from the peer; used to pass back-pressure on. */
    void reading(boolean enabled);

    /** Sends what is queued, then closes. {@link ConnectionHandler#onDisconnected} follows. */
    void close();

    /**
     * Closes at once and forgets what is queued; the peer sees a reset. {@link ConnectionHandler#onDisconnected}
     * follows.
     */
    void reset();

    /** Address and port of the peer, for logs. */
    String peer();

    /** Address of the peer, without its port. */
    InetAddress peerAddress();

    /** Who the peer is by its certificate; {@link PeerIdentity#NONE} when it has shown none. */
    default PeerIdentity identity() {
        return PeerIdentity.NONE;
    }
}

package io.turnout.simulators;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection in memory: keeps what the party under test sends, and hands it what the test sends. */
public final class FakeConnection implements Connection {

    private final ConnectionHandler handler;
    private ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean open = true;
    private boolean reset;
    private boolean full;

    public FakeConnection(final ConnectionHandler handler, final long nowNs) {
        this.handler = handler;
        handler.onConnected(this, nowNs);
    }

    /** Hands bytes to the party under test, cut into pieces of a length. */
    public void receive(final byte[] bytes, final int pieceBytes, final long nowNs) {
        for (int offset = 0; offset < bytes.length && open; offset += pieceBytes) {
            final int length = Math.min(pieceBytes, bytes.length - offset);
            final UnsafeBuffer piece = new UnsafeBuffer(new byte[length]);
            piece.putBytes(0, bytes, offset, length);
            handler.onBytes(piece, 0, length, nowNs);
        }
    }

    /** Everything sent since the last call. */
    public byte[] takeSent() {
        final byte[] bytes = sent.toByteArray();
        sent = new ByteArrayOutputStream();
        return bytes;
    }

    /** The peer goes away. */
    public void disconnect(final long nowNs) {
        if (open) {
            open = false;
            handler.onDisconnected(nowNs);
        }
    }

    /** Whether the party under test takes no more output. */
    public void full(final boolean newFull) {
        full = newFull;
    }

    public boolean isOpen() {
        return open;
    }

    public boolean isReset() {
        return reset;
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        if (!open || full) {
            return false;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        sent.writeBytes(bytes);
        return true;
    }

    @Override
    public void reading(final boolean enabled) {
        throw new UnsupportedOperationException("simulators do not stop reading");
    }

    @Override
    public void close() {
        disconnect(0);
    }

    @Override
    public void reset() {
        reset = true;
        disconnect(0);
    }

    @Override
    public String peer() {
        return "test";
    }

    @Override
    public InetAddress peerAddress() {
        return InetAddress.getLoopbackAddress();
    }
}

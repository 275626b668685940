package io.turnout.gateway.support;

import io.turnout.gateway.net.Connection;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;

/** Keeps what a session sends, message by message. */
public final class RecordingConnection implements Connection {

    private final Deque<byte[]> sent = new ArrayDeque<>();
    private boolean open = true;
    private boolean full;
    private boolean reading = true;

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        if (!open || full) {
            return false;
        }
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        sent.addLast(bytes);
        return true;
    }

    @Override
    public void reading(final boolean enabled) {
        reading = enabled;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public void reset() {
        sent.clear();
        open = false;
    }

    @Override
    public String peer() {
        return "recorded";
    }

    @Override
    public InetAddress peerAddress() {
        return InetAddress.getLoopbackAddress();
    }

    /** The oldest frame not yet taken; fails when there is none. */
    public byte[] next() {
        if (sent.isEmpty()) {
            throw new AssertionError("nothing was sent");
        }
        return sent.removeFirst();
    }

    public int sentCount() {
        return sent.size();
    }

    public void forgetSent() {
        sent.clear();
    }

    public boolean isOpen() {
        return open;
    }

    public boolean isReading() {
        return reading;
    }

    /** From now on the output is full, or not any more. */
    public void full(final boolean isFull) {
        full = isFull;
    }
}

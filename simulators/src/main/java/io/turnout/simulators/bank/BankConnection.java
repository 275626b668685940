package io.turnout.simulators.bank;

import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.gateway.net.IsoFrameFormat;
import org.agrona.DirectBuffer;

/** One connection with the switch: cuts frames and remembers whether the switch has signed on. */
final class BankConnection implements ConnectionHandler {

    /** Takes what a connection brings. */
    interface Handler {

        void onConnected(BankConnection connection);

        void onMessage(BankConnection connection, DirectBuffer buffer, int offset, int length, long nowNs);

        void onBadFrame(BankConnection connection);

        void onDisconnected(BankConnection connection);
    }

    private final Handler handler;
    private final boolean dialled;
    private final FrameReader frames;
    private final FrameReader.Handler messages = this::onMessage;

    private Connection connection;
    private boolean signedOn;
    private boolean silenced;

    /** @param dialled whether the bank opened it */
    BankConnection(final IsoFrameFormat format, final Handler handler, final boolean dialled) {
        this.handler = handler;
        this.dialled = dialled;
        this.frames = new FrameReader(format);
    }

    boolean isOpen() {
        return connection != null;
    }

    boolean isDialled() {
        return dialled;
    }

    boolean isSignedOn() {
        return signedOn;
    }

    void signedOn(final boolean newSignedOn) {
        signedOn = newSignedOn;
    }

    /** Nothing more is sent here. */
    void silence() {
        silenced = true;
    }

    /** Sends bytes; false when they were not sent because the connection is gone, silenced or full. */
    boolean send(final DirectBuffer buffer, final int offset, final int length) {
        return isOpen() && !silenced && connection.send(buffer, offset, length);
    }

    /** Sends one byte, also on a connection on which nothing else is sent any more. */
    boolean trickle(final DirectBuffer buffer, final int offset) {
        return isOpen() && connection.send(buffer, offset, 1);
    }

    /** Ends the connection at once; the peer sees a reset. */
    void reset() {
        if (isOpen()) {
            connection.reset();
        }
    }

    @Override
    public void onConnected(final Connection newConnection, final long nowNs) {
        connection = newConnection;
        handler.onConnected(this);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        switch (frames.read(buffer, offset, length, nowNs, messages)) {
            case MALFORMED, TOO_LONG -> {
                handler.onBadFrame(this);
                connection.close();
            }
            default -> {
                // Read, or stopped because the connection ended.
            }
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        connection = null;
        signedOn = false;
        frames.reset();
        handler.onDisconnected(this);
    }

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (!isOpen()) {
            return Verdict.STOPPED;
        }
        if (length > 0) {
            handler.onMessage(this, buffer, offset, length, nowNs);
        }
        return Verdict.TAKEN;
    }
}

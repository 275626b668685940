package io.turnout.gateway.issuer;

import io.turnout.gateway.counters.GatewayCounter;
import io.turnout.gateway.counters.GatewayCounters;
import io.turnout.gateway.net.Connection;
import io.turnout.gateway.net.ConnectionHandler;
import io.turnout.gateway.net.FrameReader;
import io.turnout.gateway.net.FrameReader.Verdict;
import io.turnout.gateway.net.IsoFrameFormat;
import io.turnout.gateway.net.TlsEndpoint;
import java.net.InetAddress;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * One TCP connection of a link: cuts what arrives into messages and tells the link when it opens and goes. Used by the
 * gateway's thread.
 */
final class IssuerSocket implements ConnectionHandler {

    private enum State {
        FREE,
        CONNECTING,
        OPEN,
        CLOSING
    }

    private final IssuerLink link;
    private final IssuerSocketConfiguration configuration;
    private final Optional<TlsEndpoint> tls;
    private final GatewayCounters counters;
    private final IssuerAdapter adapter;
    private final FrameReader reader;
    private final FrameReader.Handler handler = this::onMessage;
    private State state = State.FREE;
    private Connection connection;
    private boolean reading = true;

    IssuerSocket(
            final IssuerLink link,
            final IssuerSocketConfiguration configuration,
            final Optional<TlsEndpoint> tls,
            final IsoFrameFormat format,
            final IssuerAdapter adapter,
            final GatewayCounters counters) {
        this.link = link;
        this.configuration = configuration;
        this.tls = tls;
        this.adapter = adapter;
        this.counters = counters;
        this.reader = new FrameReader(format);
    }

    IssuerSocketConfiguration configuration() {
        return configuration;
    }

    boolean isFree() {
        return state == State.FREE;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isHeld() {
        return reader.isHeld();
    }

    boolean isOverdue(final long nowNs, final long timeoutNs) {
        return reader.isOverdue(nowNs, timeoutNs);
    }

    /** Whether it can take a connection that an issuer has opened from there. */
    boolean takesConnectionFrom(final InetAddress address) {
        return state == State.FREE
                && link.takesConnections()
                && configuration.allowed().stream().anyMatch(range -> range.contains(address));
    }

    void connect(final Connector connector, final long timeoutNs) {
        state = State.CONNECTING;
        connector.connect(configuration.address(), tls, this, timeoutNs);
    }

    boolean send(final DirectBuffer buffer, final int length) {
        return state == State.OPEN && connection.send(buffer, 0, length);
    }

    /** Sends what is queued, then closes; the link hears when it is gone. */
    void close() {
        if (state == State.OPEN) {
            connection.close();
            state = State.CLOSING;
        }
    }

    /** Hands what is held back over again. */
    void resume(final long nowNs) {
        onReadResult(reader.resume(nowNs, handler));
    }

    /** Forgets what is left of the connection before. */
    void reset() {
        reader.reset();
    }

    @Override
    public void onConnected(final Connection opened, final long nowNs) {
        connection = opened;
        reading = true;
        state = State.OPEN;
        link.onSocketOpened(nowNs);
    }

    @Override
    public void onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (state == State.OPEN) {
            link.onBytes(nowNs);
            onReadResult(reader.read(buffer, offset, length, nowNs, handler));
        }
    }

    @Override
    public void onDisconnected(final long nowNs) {
        final boolean wasOpen = state != State.CONNECTING;
        state = State.FREE;
        connection = null;
        link.onSocketGone(wasOpen, nowNs);
    }

    private Verdict onMessage(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        if (link.state() == IssuerLinkState.CONNECTING) {
            // It waits until the connections are complete over which it may be answered.
            return Verdict.HELD;
        }
        return configuration.direction().receives()
                ? adapter.onMessage(buffer, offset, length, nowNs)
                : adapter.onMessageOnSendingSocket(buffer, offset, length, nowNs);
    }

    private void onReadResult(final FrameReader.Result result) {
        switch (result) {
            case READ -> reading(true);
            case HELD -> reading(false);
            case MALFORMED, TOO_LONG -> {
                counters.increment(GatewayCounter.ISSUER_BAD_FRAMES);
                link.close();
            }
            default -> {}
        }
    }

    private void reading(final boolean enabled) {
        if (enabled != reading && state == State.OPEN) {
            reading = enabled;
            connection.reading(enabled);
            counters.add(GatewayCounter.LINKS_HELD, enabled || link.state() == IssuerLinkState.CONNECTING ? 0 : 1);
        }
    }
}

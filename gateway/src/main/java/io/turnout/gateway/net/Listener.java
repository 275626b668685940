package io.turnout.gateway.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** A bound address that accepts connections up to a limit. Used by the thread of its {@link NetLoop}. */
public final class Listener implements AutoCloseable {

    private final NetLoop netLoop;
    private final NioServerSocketChannel channel;
    private final int connectionLimit;
    private final Optional<TlsEndpoint> tls;
    private final Supplier<? extends ConnectionHandler> handlers;
    private final int port;

    private int connectionCount;
    private long refusedCount;
    private long acceptErrorCount;

    Listener(
            final NetLoop netLoop,
            final NioServerSocketChannel channel,
            final int connectionLimit,
            final Optional<TlsEndpoint> tls,
            final Supplier<? extends ConnectionHandler> handlers) {
        this.netLoop = netLoop;
        this.channel = channel;
        this.connectionLimit = connectionLimit;
        this.tls = tls;
        this.handlers = handlers;
        this.port = channel.localAddress().getPort();
    }

    /** The port bound, chosen by the system when 0 was asked for. */
    public int port() {
        return port;
    }

    /** Connections accepted here and still open. */
    public int connectionCount() {
        return connectionCount;
    }

    /** Connections closed at once because the limit was reached. */
    public long refusedCount() {
        return refusedCount;
    }

    /** Accepts that failed, for example because the process has no file descriptor left. */
    public long acceptErrorCount() {
        return acceptErrorCount;
    }

    /** Stops accepting; connections already accepted stay, except those still in a handshake. */
    @Override
    public void close() {
        channel.unsafe().close(channel.voidPromise());
        netLoop.closed(this);
    }

    void connectionClosed() {
        connectionCount--;
    }

    Acceptor acceptor() {
        return new Acceptor();
    }

    private void accepted(final NioSocketChannel child) {
        if (connectionCount >= connectionLimit) {
            refusedCount++;
            child.unsafe().closeForcibly();
            return;
        }
        connectionCount++;
        netLoop.accepted(child, handlers, this, tls);
    }

    final class Acceptor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            accepted((NioSocketChannel) message);
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            if (cause instanceof IOException) {
                acceptErrorCount++;
            } else {
                netLoop.failed(cause);
            }
        }
    }
}

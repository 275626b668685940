package io.turnout.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochNanoClock;

/**
 * All TCP connections of one thread. It creates no thread: whoever calls {@link #poll(long)} first owns the loop, and
 * every callback happens inside {@code poll} on that thread. {@link #listen} alone may be called by another thread,
 * before the first poll.
 *
 * <p>Writes are gathered per connection and handed to the operating system once per poll. The clock is read at most
 * once per poll, at its first callback, so that all callbacks of one poll share one instant.
 *
 * <p>An exception thrown by a {@link ConnectionHandler} is a broken invariant: {@code poll} throws it and the node
 * stops.
 */
public final class NetLoop implements AutoCloseable {

    /** The longest piece of input one {@link ConnectionHandler#onBytes} call brings, in bytes. */
    public static final int READ_LENGTH = 16 * 1024;

    /** Output a connection may have waiting unless the constructor is told otherwise, in bytes. */
    public static final int DEFAULT_OUTPUT_LIMIT_BYTES = 256 * 1024;

    private static final int ACCEPT_BACKLOG = 1024;
    private static final long CLOSE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int CLOSE_ROUNDS = 1000;
    private static final RecvByteBufAllocator TLS_READS =
            new FixedRecvByteBufAllocator(READ_LENGTH).maxMessagesPerRead(SharedReadBuffer.READS_PER_TURN);

    private final EpochNanoClock clock;
    private final int outputLimitBytes;
    private final TlsObserver tlsObserver;
    private final ManualIoEventLoop loop = new ManualIoEventLoop(null, NioIoHandler.newFactory());
    private final SharedReadBuffer readBuffer = new SharedReadBuffer(READ_LENGTH);
    private final List<NettyConnection> connections = new ArrayList<>();
    private final List<NettyConnection> unflushed = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();

    private boolean owned;
    private boolean instantRead;
    private long nowNs;
    private Throwable failure;

    /** A loop whose connections may have {@link #DEFAULT_OUTPUT_LIMIT_BYTES} of output waiting each. */
    public NetLoop(final EpochNanoClock clock) {
        this(clock, DEFAULT_OUTPUT_LIMIT_BYTES);
    }

    /**
     * @param clock tells the callbacks' instants
     * @param outputLimitBytes output that may wait on one connection
     */
    public NetLoop(final EpochNanoClock clock, final int outputLimitBytes) {
        this(clock, outputLimitBytes, TlsObserver.NONE);
    }

    /** As above, with somebody who is told of handshakes. */
    public NetLoop(final EpochNanoClock clock, final int outputLimitBytes, final TlsObserver tlsObserver) {
        this.clock = clock;
        this.outputLimitBytes = outputLimitBytes;
        this.tlsObserver = tlsObserver;
    }

    /**
     * Does the input and output that is ready.
     *
     * @param maxWaitNs 0 = do not wait; above 0 = wait up to that long for input when there is none (the operating
     *     system rounds to milliseconds)
     * @return how much was done; 0 = nothing
     */
    public int poll(final long maxWaitNs) {
        own();
        instantRead = false;
        int workCount = flush();
        workCount += maxWaitNs > 0 ? loop.run(maxWaitNs) : loop.runNow();
        workCount += flush();
        throwFailure();
        return workCount;
    }

    /** Accepts connections in plain text. */
    public Listener listen(
            final SocketAddress address,
            final int connectionLimit,
            final Supplier<? extends ConnectionHandler> handlers)
            throws IOException {
        return listen(address, connectionLimit, Optional.empty(), handlers);
    }

    /**
     * Accepts connections.
     *
     * @param address to bind; port 0 lets the system choose, see {@link Listener#port()}
     * @param connectionLimit connections open at once, handshakes included; more are closed at once and counted
     * @param tls below each of them; empty = plain text
     * @param handlers gives the handler of each new connection
     * @throws IOException when the address cannot be bound
     */
    public Listener listen(
            final SocketAddress address,
            final int connectionLimit,
            final Optional<TlsEndpoint> tls,
            final Supplier<? extends ConnectionHandler> handlers)
            throws IOException {
        final ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, ACCEPT_BACKLOG);
        } catch (final IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        final NioServerSocketChannel channel = new NioServerSocketChannel(server);
        final Listener listener = new Listener(this, channel, connectionLimit, tls, handlers);
        channel.pipeline().addLast(listener.acceptor());
        register(channel);
        listeners.add(listener);
        return listener;
    }

    /** Opens a connection in plain text. */
    public void connect(final SocketAddress address, final ConnectionHandler handler, final long timeoutNs) {
        connect(address, Optional.empty(), handler, timeoutNs);
    }

    /**
     * Opens a connection. The handler hears {@link ConnectionHandler#onConnected} or
     * {@link ConnectionHandler#onDisconnected} in a later poll. Names are not looked up, because that blocks: an
     * unresolved address fails.
     *
     * @param tls below it; empty = plain text
     * @param timeoutNs how long to try, rounded up to milliseconds; a handshake has its own time
     */
    public void connect(
            final SocketAddress address,
            final Optional<TlsEndpoint> tls,
            final ConnectionHandler handler,
            final long timeoutNs) {
        own();
        final NioSocketChannel channel = new NioSocketChannel();
        channel.config().setConnectTimeoutMillis(millisRoundedUp(timeoutNs));
        final TlsLayer layer = tls.map(endpoint -> new TlsLayer(endpoint, address, tlsObserver))
                .orElse(null);
        final NettyConnection connection = new NettyConnection(this, channel, () -> handler, null, layer);
        prepare(channel, connection, layer);
        register(channel);
        channel.connect(address).addListener(future -> {
            if (!future.isSuccess()) {
                connection.closeNow();
                loop.execute(connection::connectFailed);
            }
        });
    }

    /**
     * Closes every listener and connection; each handler hears of it. Waiting output is written as far as it can be at
     * once.
     */
    @Override
    public void close() {
        if (loop.isTerminated()) {
            return;
        }
        own();
        instantRead = false;
        loop.runNow();
        for (final Listener listener : List.copyOf(listeners)) {
            listener.close();
        }
        flush();
        for (final NettyConnection connection : List.copyOf(connections)) {
            connection.closeNow();
        }
        final Future<?> terminated = loop.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        for (int i = 0; i < CLOSE_ROUNDS && !terminated.isDone(); i++) {
            loop.runNow();
        }
        readBuffer.release();
        throwFailure();
    }

    /** Connections open now. */
    public int connectionCount() {
        return connections.size();
    }

    void accepted(
            final NioSocketChannel channel,
            final Supplier<? extends ConnectionHandler> handlers,
            final Listener listener,
            final Optional<TlsEndpoint> tls) {
        final TlsLayer layer =
                tls.map(endpoint -> new TlsLayer(endpoint, null, tlsObserver)).orElse(null);
        prepare(channel, new NettyConnection(this, channel, handlers, listener, layer), layer);
        register(channel);
    }

    long nowNs() {
        if (!instantRead) {
            nowNs = clock.nanoTime();
            instantRead = true;
        }
        return nowNs;
    }

    long closeDeadlineNs() {
        return nowNs() + CLOSE_TIMEOUT_NS;
    }

    int outputLimitBytes() {
        return outputLimitBytes;
    }

    void opened(final NettyConnection connection) {
        connections.add(connection);
    }

    void closed(final NettyConnection connection) {
        connections.remove(connection);
    }

    void closed(final Listener listener) {
        listeners.remove(listener);
        for (final NettyConnection connection : List.copyOf(connections)) {
            if (connection.isInHandshakeOf(listener)) {
                connection.closeNow();
            }
        }
    }

    void needsFlush(final NettyConnection connection) {
        unflushed.add(connection);
    }

    void failed(final Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** TLS keeps what it reads until a record is whole, so it cannot share the loop's buffer. */
    private void prepare(final NioSocketChannel channel, final NettyConnection connection, final TlsLayer tls) {
        channel.config().setTcpNoDelay(true);
        if (tls == null) {
            channel.config().setRecvByteBufAllocator(readBuffer);
        } else {
            channel.config().setRecvByteBufAllocator(TLS_READS);
            tls.install(channel.pipeline());
        }
        channel.pipeline().addLast(connection);
    }

    private void register(final Channel channel) {
        final EventLoopGroup group = loop;
        group.register(channel).addListener(future -> {
            if (!future.isSuccess() && channel.isOpen()) {
                failed(future.cause());
            }
        });
    }

    private int flush() {
        int written = 0;
        int kept = 0;
        for (int i = 0; i < unflushed.size(); i++) {
            final NettyConnection connection = unflushed.get(i);
            if (connection.flush()) {
                written++;
            } else {
                unflushed.set(kept++, connection);
            }
        }
        for (int i = unflushed.size() - 1; i >= kept; i--) {
            unflushed.remove(i);
        }
        return written;
    }

    private void own() {
        if (!owned) {
            loop.setOwningThread(Thread.currentThread());
            owned = true;
        }
    }

    private void throwFailure() {
        final Throwable cause = failure;
        if (cause != null) {
            failure = null;
            throw new IllegalStateException("a connection handler failed", cause);
        }
    }

    private static int millisRoundedUp(final long durationNs) {
        final long millis = TimeUnit.NANOSECONDS.toMillis(durationNs + TimeUnit.MILLISECONDS.toNanos(1) - 1);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, millis));
    }
}

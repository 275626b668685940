package io.turnout.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.turnout.gateway.net.tls.PeerIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.CertificateException;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One socket. Output is gathered in one of two buffers while the operating system takes the other; together they hold
 * no more than the loop's output limit, and they are reused, so that nothing is allocated per message.
 *
 * <p>With TLS the handler hears nothing before the handshake is done and the peer is known, and whatever a peer does to
 * TLS ends its connection only: what the handler throws, and nothing else, stops the loop.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {

    private static final int INITIAL_OUTPUT_BYTES = 4 * 1024;

    private final NetLoop netLoop;
    private final NioSocketChannel channel;
    private final Supplier<? extends ConnectionHandler> handlers;
    private final Listener listener;
    private final TlsLayer tls;
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);

    private ByteBuf gathering;
    private ByteBuf writing;
    private ConnectionHandler handler;
    private PeerIdentity identity = PeerIdentity.NONE;
    private String peer = "not connected";
    private long closeDeadlineNs;
    private boolean wasActive;
    private boolean open;
    private boolean closing;
    private ChannelFuture leave;
    private boolean unflushed;

    /**
     * @param handlers gives the handler when the connection is open, or could not be opened
     * @param listener where it was accepted; null = it was asked for
     * @param tls below it; null = plain text
     */
    NettyConnection(
            final NetLoop netLoop,
            final NioSocketChannel channel,
            final Supplier<? extends ConnectionHandler> handlers,
            final Listener listener,
            final TlsLayer tls) {
        this.netLoop = netLoop;
        this.channel = channel;
        this.handlers = handlers;
        this.listener = listener;
        this.tls = tls;
    }

    @Override
    public boolean send(final DirectBuffer buffer, final int offset, final int length) {
        final ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (!open || closing || queue == null || waitingBytes(queue) + length > netLoop.outputLimitBytes()) {
            return false;
        }
        gathering.ensureWritable(length);
        final int index = gathering.writerIndex();
        buffer.getBytes(offset, gathering.internalNioBuffer(index, length), length);
        gathering.writerIndex(index + length);
        needsFlush();
        return true;
    }

    @Override
    public void reading(final boolean enabled) {
        if (open && tls != null) {
            tls.reading(enabled);
        } else if (open) {
            channel.config().setAutoRead(enabled);
        }
    }

    @Override
    public void close() {
        if (open && !closing) {
            closing = true;
            closeDeadlineNs = netLoop.closeDeadlineNs();
            needsFlush();
        }
    }

    @Override
    public void reset() {
        if (open) {
            try {
                channel.config().setSoLinger(0);
            } catch (final ChannelException alreadyClosed) {
                // The peer was first: its end is on its way here, and there is nothing left to reset.
            }
            closeNow();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public PeerIdentity identity() {
        return identity;
    }

    boolean isInHandshakeOf(final Listener accepting) {
        return wasActive && !open && listener == accepting;
    }

    @Override
    public InetAddress peerAddress() {
        return channel.remoteAddress().getAddress();
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        peer = String.valueOf(channel.remoteAddress());
        wasActive = true;
        netLoop.opened(this);
        if (tls == null) {
            open();
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            onHandshake(handshake);
        } else if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
            // The peer writes no more; as after its FIN, nobody waits for it.
            leave = channel.close();
        }
    }

    private void onHandshake(final SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
            tls.refused(handshake.cause());
            // Not at once: the alert that tells the peer why is written only when this returns.
            channel.eventLoop().execute(this::closeNow);
            return;
        }
        try {
            identity = tls.handshakeDone();
        } catch (final CertificateException e) {
            tls.refused(e);
            closeNow();
            return;
        }
        open();
    }

    private void open() {
        gathering = Unpooled.directBuffer(INITIAL_OUTPUT_BYTES, netLoop.outputLimitBytes());
        writing = Unpooled.directBuffer(INITIAL_OUTPUT_BYTES, netLoop.outputLimitBytes());
        open = true;
        try {
            handler = handlers.get();
            handler.onConnected(this, netLoop.nowNs());
        } catch (final RuntimeException | Error failure) {
            handlerFailed(failure);
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        try {
            if (open && !closing) {
                wrapInput(bytes);
                handler.onBytes(input, 0, bytes.readableBytes(), netLoop.nowNs());
            }
        } catch (final RuntimeException | Error failure) {
            handlerFailed(failure);
        } finally {
            // What was read may hold card data, and the buffer waits for whoever is read next.
            bytes.setZero(0, bytes.writerIndex());
            bytes.release();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        netLoop.closed(this);
        if (listener != null) {
            listener.connectionClosed();
        }
        if (open) {
            open = false;
            gathering.release();
            writing.release();
            disconnected(handler);
        } else if (listener == null) {
            disconnected(handlers.get());
        }
    }

    @Override
    public void channelUnregistered(final ChannelHandlerContext context) {
        if (!wasActive && listener != null) {
            // Accepted, and gone before it was ever usable: no handler has heard of it.
            wasActive = true;
            listener.connectionClosed();
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (tls != null && cause instanceof Exception) {
            tls.refused(cause);
        } else if (!(cause instanceof IOException)) {
            netLoop.failed(cause);
        }
        closeNow();
    }

    /** An exception of a handler is a broken invariant: the loop throws it. */
    private void handlerFailed(final Throwable failure) {
        netLoop.failed(failure);
        closeNow();
    }

    private void disconnected(final ConnectionHandler told) {
        try {
            if (told != null) {
                told.onDisconnected(netLoop.nowNs());
            }
        } catch (final RuntimeException | Error failure) {
            netLoop.failed(failure);
        }
    }

    void connectFailed() {
        disconnected(handlers.get());
    }

    void closeNow() {
        channel.unsafe().close(channel.voidPromise());
    }

    /**
     * Hands gathered bytes to the operating system.
     *
     * @return false when some must wait for an earlier write
     */
    boolean flush() {
        final ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        if (!open || queue == null) {
            unflushed = false;
            return true;
        }
        if (gathering.isReadable() && isWritten(queue)) {
            write();
        }
        if (closing) {
            finishClosing(queue);
        }
        unflushed = gathering.isReadable() || closing;
        return !unflushed;
    }

    private void write() {
        final ByteBuf full = gathering;
        writing.setZero(0, writing.writerIndex());
        gathering = writing.clear();
        writing = full;
        if (tls == null) {
            channel.unsafe().write(full.retain(), channel.voidPromise());
            channel.unsafe().flush();
        } else {
            // A failure comes as an exception of the channel.
            final ChannelFuture unused = channel.writeAndFlush(full.retain(), channel.voidPromise());
        }
    }

    /** Whether everything handed over has left, and nobody below holds the buffer any more. */
    private boolean isWritten(final ChannelOutboundBuffer queue) {
        return queue.isEmpty() && writing.refCnt() == 1;
    }

    private void finishClosing(final ChannelOutboundBuffer queue) {
        final boolean allWritten = !gathering.isReadable() && isWritten(queue);
        if (netLoop.nowNs() >= closeDeadlineNs || (allWritten && tls == null)) {
            closeNow();
        } else if (allWritten && leave == null) {
            leave = channel.close();
        }
    }

    /** With TLS, bytes that wait below unencrypted are counted as well. */
    private long waitingBytes(final ChannelOutboundBuffer queue) {
        final int below = tls != null && writing.refCnt() > 1 ? writing.readableBytes() : 0;
        return gathering.readableBytes() + below + queue.totalPendingWriteBytes();
    }

    private void needsFlush() {
        if (!unflushed) {
            unflushed = true;
            netLoop.needsFlush(this);
        }
    }

    private void wrapInput(final ByteBuf bytes) {
        final int length = bytes.readableBytes();
        if (bytes.hasMemoryAddress()) {
            input.wrap(bytes.memoryAddress() + bytes.readerIndex(), length);
        } else {
            input.wrap(bytes.internalNioBuffer(bytes.readerIndex(), length));
        }
    }
}

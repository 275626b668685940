package io.turnout.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One socket. Output is gathered in one of two buffers while the operating system takes the other; together they hold
 * no more than the loop's output limit, and they are reused, so that nothing is allocated per message.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {

    private static final int INITIAL_OUTPUT_BYTES = 4 * 1024;

    private final NetLoop netLoop;
    private final NioSocketChannel channel;
    private final ConnectionHandler handler;
    private final Listener listener;
    private final UnsafeBuffer input = new UnsafeBuffer(0, 0);

    private ByteBuf gathering;
    private ByteBuf writing;
    private String peer = "not connected";
    private long closeDeadlineNs;
    private boolean opened;
    private boolean open;
    private boolean closing;
    private boolean unflushed;

    NettyConnection(
            final NetLoop netLoop,
            final NioSocketChannel channel,
            final ConnectionHandler handler,
            final Listener listener) {
        this.netLoop = netLoop;
        this.channel = channel;
        this.handler = handler;
        this.listener = listener;
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
        if (open) {
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
            channel.config().setSoLinger(0);
            closeNow();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public InetAddress peerAddress() {
        return channel.remoteAddress().getAddress();
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        gathering = Unpooled.directBuffer(INITIAL_OUTPUT_BYTES, netLoop.outputLimitBytes());
        writing = Unpooled.directBuffer(INITIAL_OUTPUT_BYTES, netLoop.outputLimitBytes());
        peer = String.valueOf(channel.remoteAddress());
        opened = true;
        open = true;
        netLoop.opened(this);
        handler.onConnected(this, netLoop.nowNs());
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        try {
            if (!closing) {
                wrapInput(bytes);
                handler.onBytes(input, 0, bytes.readableBytes(), netLoop.nowNs());
            }
        } finally {
            // What was read may hold card data, and the buffer waits for whoever is read next.
            bytes.setZero(0, bytes.writerIndex());
            bytes.release();
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        if (open) {
            open = false;
            gathering.release();
            writing.release();
            netLoop.closed(this);
            if (listener != null) {
                listener.connectionClosed();
            }
            handler.onDisconnected(netLoop.nowNs());
        }
    }

    @Override
    public void channelUnregistered(final ChannelHandlerContext context) {
        if (!opened && listener != null) {
            // Accepted, and gone before it was ever usable: nobody else would tell the handler.
            opened = true;
            listener.connectionClosed();
            handler.onDisconnected(netLoop.nowNs());
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (!(cause instanceof IOException)) {
            netLoop.failed(cause);
        }
        closeNow();
    }

    void connectFailed() {
        handler.onDisconnected(netLoop.nowNs());
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
        if (queue.isEmpty() && gathering.isReadable()) {
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
        channel.unsafe().write(full.retain(), channel.voidPromise());
        channel.unsafe().flush();
    }

    private void finishClosing(final ChannelOutboundBuffer queue) {
        final boolean allWritten = !gathering.isReadable() && queue.isEmpty();
        if (allWritten || netLoop.nowNs() >= closeDeadlineNs) {
            closeNow();
        }
    }

    private long waitingBytes(final ChannelOutboundBuffer queue) {
        return gathering.readableBytes() + queue.totalPendingWriteBytes();
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

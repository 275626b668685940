package io.turnout.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets decrypted bytes through while the session reads. One read of the socket may hold many records, and the session
 * may stop reading at any of them: the rest waits here, at most what one read and one record begun before it hold. The
 * end of the stream waits behind them.
 */
final class PlainTextGate extends ChannelInboundHandlerAdapter {

    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private boolean open = true;
    private boolean draining;
    private Object heldEnd;

    @Override
    public void handlerAdded(final ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext removed) {
        forget();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext inactive) {
        forget();
        inactive.fireChannelInactive();
    }

    @Override
    public void channelRead(final ChannelHandlerContext reading, final Object message) {
        final ByteBuf bytes = (ByteBuf) message;
        while (bytes.readableBytes() > NetLoop.READ_LENGTH) {
            pass(bytes.readRetainedSlice(NetLoop.READ_LENGTH));
        }
        pass(bytes);
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext triggered, final Object event) {
        if (event instanceof SslCloseCompletionEvent && !held.isEmpty()) {
            heldEnd = event;
        } else {
            triggered.fireUserEventTriggered(event);
        }
    }

    /** Opens or shuts the gate; what waits goes through in a later poll. */
    void reading(final boolean enabled) {
        open = enabled;
        final ChannelConfig config = context.channel().config();
        if (!enabled) {
            config.setAutoRead(false);
        } else if (held.isEmpty()) {
            config.setAutoRead(true);
        } else if (!draining) {
            draining = true;
            context.executor().execute(this::drain);
        }
    }

    private void pass(final ByteBuf piece) {
        if (open && held.isEmpty()) {
            context.fireChannelRead(piece);
        } else {
            held.add(piece);
        }
    }

    private void drain() {
        draining = false;
        while (open && !held.isEmpty()) {
            context.fireChannelRead(held.poll());
        }
        if (open && heldEnd != null) {
            context.fireUserEventTriggered(heldEnd);
            heldEnd = null;
        } else if (open && context.channel().isActive()) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void forget() {
        for (ByteBuf bytes = held.poll(); bytes != null; bytes = held.poll()) {
            bytes.setZero(0, bytes.writerIndex());
            bytes.release();
        }
    }
}

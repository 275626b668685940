package io.turnout.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * One buffer for the reads of all connections of a loop: a handler consumes what was read before the next read happens,
 * so nothing is allocated per read.
 */
final class SharedReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    /** Reads of one connection before the others have their turn. */
    static final int READS_PER_TURN = 4;

    private final ByteBuf buffer;

    SharedReadBuffer(final int lengthBytes) {
        super(READS_PER_TURN);
        this.buffer = Unpooled.directBuffer(lengthBytes, lengthBytes);
    }

    void release() {
        buffer.release();
    }

    @Override
    public MaxMessageHandle newHandle() {
        return new SharedHandle();
    }

    private final class SharedHandle extends MaxMessageHandle {
        @Override
        public int guess() {
            return buffer.capacity();
        }

        @Override
        public ByteBuf allocate(final ByteBufAllocator allocator) {
            return buffer.clear().retain();
        }
    }
}

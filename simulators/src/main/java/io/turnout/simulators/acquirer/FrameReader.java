package io.turnout.simulators.acquirer;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Cuts a stream of bytes into frames of the acquirer protocol (FIX Simple Open Framing Header). A frame that arrives
 * whole is not copied.
 */
final class FrameReader {

    /** Told about each frame. */
    @FunctionalInterface
    interface FrameHandler {
        /**
         * A whole frame.
         *
         * @param offset of what follows the framing header
         * @param length of what follows the framing header
         * @return false to stop reading because the session ended
         */
        boolean onFrame(DirectBuffer buffer, int offset, int length, long nowNs);
    }

    private static final int HEADER_BYTES = RequestEncoder.FRAME_HEADER_BYTES;
    private static final int BAD_FRAME = -1;

    private final UnsafeBuffer kept = new UnsafeBuffer(new byte[RequestEncoder.LONGEST_FRAME_BYTES]);
    private final FrameHandler handler;

    private int keptBytes;

    FrameReader(final FrameHandler handler) {
        this.handler = handler;
    }

    /** Forgets a frame that was begun. */
    void reset() {
        keptBytes = 0;
    }

    /** Takes bytes, cut anywhere; false when they are not of this protocol or the handler stopped. */
    boolean onBytes(final DirectBuffer buffer, final int offset, final int length, final long nowNs) {
        final int end = offset + length;
        int position = offset;
        while (position < end) {
            if (keptBytes > 0 || end - position < HEADER_BYTES) {
                position += keep(buffer, position, Math.min(missingBytes(), end - position));
                if (missingBytes() == 0 && !deliverKept(nowNs)) {
                    return false;
                }
                continue;
            }
            final int frameBytes = frameBytes(buffer, position);
            if (frameBytes == BAD_FRAME) {
                return false;
            }
            if (end - position < frameBytes) {
                position += keep(buffer, position, end - position);
                continue;
            }
            if (!handler.onFrame(buffer, position + HEADER_BYTES, frameBytes - HEADER_BYTES, nowNs)) {
                return false;
            }
            position += frameBytes;
        }
        return true;
    }

    private int missingBytes() {
        if (keptBytes < HEADER_BYTES) {
            return HEADER_BYTES - keptBytes;
        }
        return Math.max(0, frameBytes(kept, 0) - keptBytes);
    }

    private int keep(final DirectBuffer buffer, final int offset, final int length) {
        kept.putBytes(keptBytes, buffer, offset, length);
        keptBytes += length;
        return length;
    }

    private boolean deliverKept(final long nowNs) {
        final int frameBytes = frameBytes(kept, 0);
        if (frameBytes == BAD_FRAME) {
            return false;
        }
        keptBytes = 0;
        return handler.onFrame(kept, HEADER_BYTES, frameBytes - HEADER_BYTES, nowNs);
    }

    private static int frameBytes(final DirectBuffer buffer, final int offset) {
        final int length = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
        final int encoding = buffer.getShort(offset + Integer.BYTES, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        final boolean ours = encoding == RequestEncoder.ENCODING_TYPE
                && length > HEADER_BYTES
                && length <= RequestEncoder.LONGEST_FRAME_BYTES;
        return ours ? length : BAD_FRAME;
    }
}

package io.turnout.simulators.acquirer;

import io.turnout.gateway.net.FrameFormat;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Frames of the acquirer protocol: the FIX Simple Open Framing Header, a length and an encoding type, both big-endian.
 */
final class SwitchFrameFormat implements FrameFormat {

    static final int HEADER_BYTES = 6;
    static final int ENCODING_TYPE = 0xEB50;
    static final int ENCODING_TYPE_OFFSET = Integer.BYTES;
    static final int LONGEST_FRAME_BYTES = 4096;

    @Override
    public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        if (available < HEADER_BYTES) {
            return INCOMPLETE;
        }
        final int encodingType = buffer.getShort(offset + ENCODING_TYPE_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        final int length = buffer.getInt(offset, ByteOrder.BIG_ENDIAN);
        if (encodingType != ENCODING_TYPE || (length >= 0 && length < HEADER_BYTES)) {
            return MALFORMED;
        }
        return length < 0 || length > LONGEST_FRAME_BYTES ? TOO_LONG : length;
    }

    @Override
    public int headerLength() {
        return HEADER_BYTES;
    }

    @Override
    public int trailerLength() {
        return 0;
    }

    @Override
    public int maximumFrameLength() {
        return LONGEST_FRAME_BYTES;
    }
}

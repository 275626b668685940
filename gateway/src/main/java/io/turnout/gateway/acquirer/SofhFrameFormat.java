package io.turnout.gateway.acquirer;

import io.turnout.gateway.net.FrameFormat;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * FIX Simple Open Framing Header 1.0 as the acquirer protocol uses it.
 *
 * <pre>
 *   0                        4                       6
 *   +------------------------+-----------------------+---------
 *   | length, uint32, with   | encoding type, uint16 | message
 *   | this header            | 0xEB50 = SBE 1.0 LE   |
 *   +------------------------+-----------------------+---------
 * </pre>
 *
 * Both numbers are big-endian.
 */
public final class SofhFrameFormat implements FrameFormat {

    /** Bytes of the header. */
    public static final int HEADER_LENGTH = 6;
    /** The longest frame in bytes, its header included. */
    public static final int MAXIMUM_FRAME_LENGTH = 4096;
    /** Simple Binary Encoding 1.0, little-endian. */
    public static final int ENCODING_TYPE = 0xEB50;

    private static final int ENCODING_TYPE_OFFSET = Integer.BYTES;

    /**
     * Writes a header.
     *
     * @param messageLength bytes of the message behind it
     */
    public static void putHeader(final MutableDirectBuffer buffer, final int offset, final int messageLength) {
        buffer.putInt(offset, HEADER_LENGTH + messageLength, ByteOrder.BIG_ENDIAN);
        buffer.putShort(offset + ENCODING_TYPE_OFFSET, (short) ENCODING_TYPE, ByteOrder.BIG_ENDIAN);
    }

    @Override
    public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        if (available < HEADER_LENGTH) {
            return INCOMPLETE;
        }
        final int encodingType = buffer.getShort(offset + ENCODING_TYPE_OFFSET, ByteOrder.BIG_ENDIAN) & 0xFFFF;
        final long length = buffer.getInt(offset, ByteOrder.BIG_ENDIAN) & 0xFFFF_FFFFL;
        if (encodingType != ENCODING_TYPE || length < HEADER_LENGTH) {
            return MALFORMED;
        }
        return length > MAXIMUM_FRAME_LENGTH ? TOO_LONG : (int) length;
    }

    @Override
    public int headerLength() {
        return HEADER_LENGTH;
    }

    @Override
    public int trailerLength() {
        return 0;
    }

    @Override
    public int maximumFrameLength() {
        return MAXIMUM_FRAME_LENGTH;
    }
}

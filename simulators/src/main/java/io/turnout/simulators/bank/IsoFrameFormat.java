package io.turnout.simulators.bank;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.FrameFormat;
import org.agrona.DirectBuffer;

/** Frames of ISO 8583 messages as the network's frame reader wants them described. */
final class IsoFrameFormat implements FrameFormat {

    private static final int LONGEST_MESSAGE_BYTES = 8192;

    private final Framing framing;
    private final int longestMessageBytes;

    IsoFrameFormat(final Framing framing) {
        this.framing = framing;
        this.longestMessageBytes = Math.min(LONGEST_MESSAGE_BYTES, framing.maximumMessageLength());
    }

    @Override
    public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        final int length = framing.read(buffer, offset, available, longestMessageBytes);
        return switch (length) {
            case Framing.NEED_MORE -> INCOMPLETE;
            case Framing.BAD -> MALFORMED;
            case Framing.TOO_LONG -> TOO_LONG;
            default -> framing.frameLength(length);
        };
    }

    @Override
    public int headerLength() {
        return framing.headerLength();
    }

    @Override
    public int trailerLength() {
        return framing.trailerLength();
    }

    @Override
    public int maximumFrameLength() {
        return framing.frameLength(longestMessageBytes);
    }
}

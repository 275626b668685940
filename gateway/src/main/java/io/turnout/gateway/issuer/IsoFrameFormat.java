package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.Framing;
import io.turnout.gateway.net.FrameFormat;
import org.agrona.DirectBuffer;

/** The framing of an issuer, as the frame reader asks for it. */
final class IsoFrameFormat implements FrameFormat {

    /** The longest message taken from an issuer, in bytes. */
    static final int MAXIMUM_MESSAGE_LENGTH = 8 * 1024;

    private final Framing framing;

    IsoFrameFormat(final Framing framing) {
        this.framing = framing;
    }

    @Override
    public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        final int messageLength = framing.read(buffer, offset, available, MAXIMUM_MESSAGE_LENGTH);
        return switch (messageLength) {
            case Framing.NEED_MORE -> INCOMPLETE;
            case Framing.BAD -> MALFORMED;
            case Framing.TOO_LONG -> TOO_LONG;
            default -> framing.frameLength(messageLength);
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
        return framing.frameLength(MAXIMUM_MESSAGE_LENGTH);
    }
}

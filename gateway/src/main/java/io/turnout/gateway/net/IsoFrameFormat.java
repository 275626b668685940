package io.turnout.gateway.net;

import io.turnout.codecs.iso8583.Framing;
import org.agrona.DirectBuffer;

/** The framing of ISO 8583 messages, as the frame reader asks for it. Immutable. */
public final class IsoFrameFormat implements FrameFormat {

    /** The longest message taken, in bytes, where the framing itself allows no less. */
    public static final int MAXIMUM_MESSAGE_LENGTH = 8 * 1024;

    private final Framing framing;
    private final int maximumMessageLength;

    /** @param framing how messages are told apart */
    public IsoFrameFormat(final Framing framing) {
        this.framing = framing;
        this.maximumMessageLength = Math.min(MAXIMUM_MESSAGE_LENGTH, framing.maximumMessageLength());
    }

    @Override
    public int frameLength(final DirectBuffer buffer, final int offset, final int available) {
        final int messageLength = framing.read(buffer, offset, available, maximumMessageLength);
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
        return framing.frameLength(maximumMessageLength);
    }
}

package io.turnout.gateway.net;

import org.agrona.DirectBuffer;

/** How messages are told apart in a stream of bytes. Stateless, so that one instance serves all connections. */
public interface FrameFormat {

    /** More bytes are needed to tell. */
    int INCOMPLETE = 0;
    /** The bytes do not begin a frame. */
    int MALFORMED = -1;
    /** The frame announced is longer than allowed. */
    int TOO_LONG = -2;

    /**
     * Looks at the beginning of a frame.
     *
     * @param available bytes from {@code offset}, at least 1
     * @return length of the whole frame in bytes, which may exceed {@code available}; or {@link #INCOMPLETE},
     *     {@link #MALFORMED} or {@link #TOO_LONG}
     */
    int frameLength(DirectBuffer buffer, int offset, int available);

    /** Bytes of a frame in front of its message. */
    int headerLength();

    /** Bytes of a frame behind its message; a frame without message may lack them. */
    int trailerLength();

    /** The longest frame in bytes. */
    int maximumFrameLength();
}

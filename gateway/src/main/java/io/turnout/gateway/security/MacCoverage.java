package io.turnout.gateway.security;

import io.turnout.codecs.iso8583.IsoDecoder;
import org.agrona.DirectBuffer;

/** Which bytes of a message its MAC covers. */
interface MacCoverage {

    /** There is no room for the bytes. */
    int TOO_LONG = -1;

    /**
     * Collects the bytes.
     *
     * @param decoder on the whole message
     * @param buffer holds the message
     * @param offset of the MTI
     * @param length bytes from the MTI up to the MAC's field
     * @param target takes the bytes, from its beginning
     * @return how many, or {@link #TOO_LONG}
     */
    int collect(IsoDecoder decoder, DirectBuffer buffer, int offset, int length, byte[] target);

    /** Everything from the MTI up to the MAC's field, bitmaps included; what ANSI X9.9 and X9.19 suggest. */
    static MacCoverage wholeMessage() {
        return (decoder, buffer, offset, length, target) -> {
            if (length > target.length) {
                return TOO_LONG;
            }
            buffer.getBytes(offset, target, 0, length);
            return length;
        };
    }
}

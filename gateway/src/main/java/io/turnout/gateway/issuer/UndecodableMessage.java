package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.DecodeError;

/**
 * A message of an issuer that was not understood, without any of its values: what can be known of it lies in the type,
 * the lengths and the place of the error.
 *
 * @param receivedNs nanoseconds since the epoch
 * @param linkId link it came on
 * @param kind what was wrong
 * @param mti message type, 0 when it could not be read
 * @param error of the decoder
 * @param field data element in error or missing; -1 when it is not about one
 * @param errorOffset bytes from the beginning of the message
 * @param lengthBytes bytes of the message
 * @param head the first bytes in hexadecimal, no more than a header or a message type has
 */
public record UndecodableMessage(
        long receivedNs,
        int linkId,
        Kind kind,
        int mti,
        DecodeError error,
        int field,
        int errorOffset,
        int lengthBytes,
        String head) {

    /** What was wrong with a message. */
    public enum Kind {
        /** Its bytes are not a message of the dialect. */
        UNDECODABLE,
        /** A data element it must have is missing or holds an impossible value. */
        MALFORMED,
        /** It is a message that a link does not take from an issuer. */
        UNEXPECTED,
        /** The bytes do not begin a frame. */
        BAD_FRAME,
        /** It answers a network management request that was not made. */
        UNMATCHED,
        /** Its MAC is missing or wrong, or cannot be verified. */
        NOT_AUTHENTIC
    }
}

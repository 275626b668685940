package io.turnout.gateway.issuer;

import io.turnout.codecs.iso8583.DecodeError;

/**
 * A message of an issuer that was not understood, or belongs to nothing, without card data: what can be known of it
 * lies in the type, the lengths, the place of the error and the numbers that name it.
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
 * @param stan DE11; -1 when it is not known
 * @param transmissionDateTime DE7 as MMDDhhmmss; -1 when it is not known
 * @param resultCode canonical response code of an answer; -1 when it is none
 * @param paymentId payment it names; 0 when it names none
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
        String head,
        long stan,
        long transmissionDateTime,
        int resultCode,
        long paymentId) {

    /** There is no such number. */
    static final int NONE = -1;

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
        /** It answers something that was not asked. */
        UNMATCHED,
        /** It answers something that had been answered. */
        DUPLICATE,
        /** It disagrees with what it answers. */
        MISMATCHED,
        /** It answers something that the switch had given up. */
        LATE,
        /** Its MAC is missing or wrong, or cannot be verified. */
        NOT_AUTHENTIC
    }
}

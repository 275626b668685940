package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.DecodeError;

/**
 * A message of an acquirer that could not be answered, without any of its values: what can be known of it lies in the
 * type, the lengths and the place of the error.
 *
 * @param receivedNs nanoseconds since the epoch
 * @param acquirerId whose
 * @param mti message type, 0 when it could not be read
 * @param error of the decoder
 * @param field data element in error or missing; -1 when it is not about one
 * @param lengthBytes bytes of the message
 */
public record UnansweredMessage(
        long receivedNs, long acquirerId, int mti, DecodeError error, int field, int lengthBytes) {}

package io.turnout.codecs.iso8583;

/**
 * A part of a data element.
 *
 * @param tag its tag or its position; of the second group of positions that repeat, {@code 2.1}
 * @param name for people; empty when the dialect does not name it
 * @param value as characters; of BER-TLV, as hexadecimal characters
 */
public record SubField(String tag, String name, String value) {}

package io.turnout.gateway.acquirer.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the answer to a message repeats of it, as characters: for each data element its number, its length and its
 * characters, in rising order, and a zero; and what stood in front of the message, with source and destination swapped
 * when it begins with a TPDU. A flyweight over the caller's memory; holds a card number, so whoever owns the memory
 * wipes it.
 *
 * <pre>
 *   0        64
 *   +--------+-------+--------+------------+-------+--------+------------+ - - +---+
 *   | header | field | length | characters | field | length | characters |     | 0 |
 *   +--------+-------+--------+------------+-------+--------+------------+ - - +---+
 * </pre>
 */
final class Echo {

    /** Bytes of memory one message needs at most. */
    static final int CAPACITY = 512;

    private static final int FRONT_LENGTH = 64;
    private static final int HEADER_LENGTH = 2;
    private static final int TPDU_LENGTH = 5;
    private static final byte TPDU = 0x60;
    private static final int TPDU_DESTINATION = 1;
    private static final int TPDU_SOURCE = 3;

    private MutableDirectBuffer buffer;
    private int front;
    private int frontLength;
    private int base;
    private int position;

    /** Throws when the fields of a dialect might not fit. */
    static void checkCapacity(final Dialect dialect) {
        if (dialect.headerLength() > FRONT_LENGTH) {
            throw new IllegalArgumentException(
                    "dialect " + dialect.name() + ": the header is too long, headerLength=" + dialect.headerLength());
        }
        int needed = FRONT_LENGTH + 1 + HEADER_LENGTH + dialect.maximumLength(Fields.NETWORK_CODE);
        for (final int field : Fields.ECHOED_TO_ADVICES) {
            final int length = dialect.maximumLength(field);
            if (length > 0xFF) {
                throw new IllegalArgumentException(
                        "dialect " + dialect.name() + ": DE" + field + " is too long to be echoed, length=" + length);
            }
            needed += HEADER_LENGTH + length;
        }
        if (needed > CAPACITY) {
            throw new IllegalArgumentException("dialect " + dialect.name() + ": what is echoed takes up to " + needed
                    + " bytes, more than " + CAPACITY);
        }
    }

    /** Sets the memory, of {@link #CAPACITY} bytes. */
    Echo wrap(final MutableDirectBuffer memory, final int offset) {
        buffer = memory;
        front = offset;
        base = offset + FRONT_LENGTH;
        position = base;
        return this;
    }

    /** Takes over what stood in front of a message; length 0 when nothing does. */
    Echo copyHeader(final DirectBuffer message, final int offset, final int length) {
        frontLength = length;
        buffer.putBytes(front, message, offset, length);
        if (length >= TPDU_LENGTH && buffer.getByte(front) == TPDU) {
            final short destination = buffer.getShort(front + TPDU_DESTINATION);
            buffer.putShort(front + TPDU_DESTINATION, buffer.getShort(front + TPDU_SOURCE));
            buffer.putShort(front + TPDU_SOURCE, destination);
        }
        return this;
    }

    /** Takes over the fields that are present and could be read. */
    Echo copy(final IsoDecoder decoder, final int[] fields) {
        int end = base;
        for (final int field : fields) {
            if (decoder.isPresent(field)) {
                final int length = decoder.getAscii(field, buffer, end + HEADER_LENGTH);
                buffer.putByte(end, (byte) field);
                buffer.putByte(end + 1, (byte) length);
                end += HEADER_LENGTH + length;
            }
        }
        buffer.putByte(end, (byte) Fields.NONE);
        return this;
    }

    /** Takes over another message's. */
    void copy(final Echo other) {
        frontLength = other.frontLength;
        buffer.putBytes(front, other.buffer, other.front, CAPACITY);
    }

    /** Puts what stands in front of the answer. */
    void putHeader(final IsoEncoder encoder) {
        if (frontLength > 0) {
            encoder.putHeader(buffer, front, frontLength);
        }
    }

    /** Begins again with the first field. */
    Echo rewind() {
        position = base;
        return this;
    }

    boolean has(final int field) {
        return find(field) >= 0;
    }

    /** The character at an index of a field; -1 when there is none. */
    int characterAt(final int field, final int index) {
        final int at = find(field);
        return at < 0 || index >= length(at) ? -1 : buffer.getByte(at + HEADER_LENGTH + index) & 0xFF;
    }

    /** Puts the fields not yet put that lie below this one, and passes over this one. */
    void putBelow(final IsoEncoder encoder, final int field) {
        while (fieldAt(position) != Fields.NONE && fieldAt(position) < field) {
            encoder.putAscii(fieldAt(position), buffer, position + HEADER_LENGTH, length(position));
            position = next(position);
        }
        if (fieldAt(position) == field) {
            position = next(position);
        }
    }

    private int find(final int field) {
        int at = base;
        while (fieldAt(at) != Fields.NONE && fieldAt(at) < field) {
            at = next(at);
        }
        return fieldAt(at) == field ? at : -1;
    }

    private int next(final int at) {
        return at + HEADER_LENGTH + length(at);
    }

    private int fieldAt(final int at) {
        return buffer.getByte(at) & 0xFF;
    }

    private int length(final int at) {
        return buffer.getByte(at + 1) & 0xFF;
    }
}

package io.turnout.codecs.iso8583;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * A flyweight that finds the fields of one message in one pass and reads them on demand.
 *
 * <pre>{@code
 * if (decoder.decode(buffer, offset, length) != 0) {
 *     return reject(DecodeError.of(decoder.error()), decoder.errorField());
 * }
 * long amountMinor = decoder.getLong(4);
 * }</pre>
 *
 * <p>Used by one thread. A buffer on the heap is read in place: all values are valid until the buffer changes or the
 * next {@code decode}. Of a buffer outside the heap, a copy is read. Nothing is allocated, except by {@link #getString}
 * and for a copy longer than all before it. Whatever the bytes are, the result is a value or a {@link DecodeError},
 * never an exception.
 *
 * <p>After an error, the fields before the erroneous one can be read as usual, so that a format-error response can echo
 * them.
 */
public final class IsoDecoder {
    /** The value of a number that is absent, or not a number, or has more than 18 digits. */
    public static final long MISSING = Long.MIN_VALUE;

    /** The length of a field that is absent. */
    public static final int ABSENT = -1;

    /** Where the iteration over the fields ends, and the field of an error that is not in a field. */
    public static final int NO_FIELD = -1;

    private static final int FIELDS_PER_BITMAP_SHIFT = MessageScanner.FIELDS_PER_BITMAP_SHIFT;
    private static final int LAST_BIT = (1 << FIELDS_PER_BITMAP_SHIFT) - 1;

    private final MessageScanner scanner;
    private final FieldSpec[] specs;
    private final int[] counts;
    private int bufferOffset;

    public IsoDecoder(final Dialect dialect) {
        this.scanner = new MessageScanner(dialect);
        this.specs = dialect.fields();
        this.counts = scanner.counts;
    }

    /**
     * Reads a message.
     *
     * @param buffer holds the message; read, never written, until the next call
     * @param offset of the first byte of the header, or of the MTI when the dialect has no header
     * @param length bytes of the message, without any frame around it
     * @return 0, or the code of the first {@link DecodeError} in the order of the wire
     */
    public int decode(final DirectBuffer buffer, final int offset, final int length) {
        bufferOffset = offset;
        return scanner.scan(buffer, offset, length);
    }

    /** The code of the {@link DecodeError} of the last {@code decode}, or 0. */
    public int error() {
        return scanner.error;
    }

    /** The data element in error: 0 is the MTI, 1 the bitmap, {@link #NO_FIELD} the message as a whole. */
    public int errorField() {
        return scanner.errorField;
    }

    /** Bytes from the start of the message to the erroneous one. */
    public int errorOffset() {
        return scanner.errorOffset;
    }

    /** The message type identifier as a number: 200 is 0200, 1420 is 1420; 0 when it could not be read. */
    public int mti() {
        return scanner.mti;
    }

    /** How many bitmaps of 64 fields the message has; 0 when they could not be read. */
    public int bitmaps() {
        return scanner.bitmaps;
    }

    /**
     * A bitmap as it was sent, with the bits that announce others.
     *
     * @param index from 0; less than {@link #bitmaps}
     */
    public long bitmap(final int index) {
        return scanner.bitmapSent(index);
    }

    /** Whether the message has the data element and it could be read. */
    public boolean isPresent(final int field) {
        return scanner.placeOf(field) >= 0;
    }

    /**
     * Iterates over the fields in rising order.
     *
     * @param field the one before, or 0 to begin
     * @return the next field present, or {@link #NO_FIELD}
     */
    public int nextField(final int field) {
        final long[] present = scanner.plan.present;
        int bit = field;
        while (bit < Dialect.LAST_FIELD) {
            final long rest = present[bit >>> FIELDS_PER_BITMAP_SHIFT] << bit;
            if (rest != 0) {
                return bit + Long.numberOfLeadingZeros(rest) + 1;
            }
            bit = (bit | LAST_BIT) + 1;
        }
        return NO_FIELD;
    }

    /** Characters, digits or bytes of the value, without any padding of nibbles, or {@link #ABSENT}. */
    public int count(final int field) {
        return isPresent(field) ? counts[field] : ABSENT;
    }

    /** Where the value begins in the caller's buffer, after its length, or {@link #ABSENT}. */
    public int valueOffset(final int field) {
        final long place = scanner.placeOf(field);
        return place < 0 ? ABSENT : bufferOffset + scanner.at(place) - scanner.start;
    }

    /** Bytes the value takes in the caller's buffer, without its length, or {@link #ABSENT}. */
    public int valueLength(final int field) {
        return isPresent(field) ? specs[field].valueBytes(counts[field]) : ABSENT;
    }

    /**
     * The value of a field made of digits.
     *
     * @return the number, negative for an x+n value with the sign D; {@link #MISSING} when the field is absent, empty,
     *     not made of digits, or longer than 18 digits
     */
    public long getLong(final int field) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return MISSING;
        }
        return ValueReader.number(specs[field], scanner.message, scanner.at(place), counts[field]);
    }

    /**
     * Copies the value as characters: text and digits in ISO 8859-1 (of GB 18030 text, its own bytes), binary values as
     * upper-case hexadecimal.
     *
     * @param destination has room for twice {@link #count} bytes
     * @return characters copied, or {@link #ABSENT}
     */
    public int getAscii(final int field, final MutableDirectBuffer destination, final int offset) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return ABSENT;
        }
        final FieldSpec spec = specs[field];
        final int count = counts[field];
        if (spec.verbatim) {
            Bytes.copyOut(scanner.message, scanner.at(place), destination, offset, count);
            return count;
        }
        return ValueReader.characters(spec, scanner.message, scanner.at(place), count, destination, offset);
    }

    /**
     * Copies the bytes of the value: those that a binary field means, or those on the wire of any other field.
     *
     * @param destination has room for {@link #valueLength} bytes
     * @return bytes copied, or {@link #ABSENT}
     */
    public int getBytes(final int field, final MutableDirectBuffer destination, final int offset) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return ABSENT;
        }
        return ValueReader.bytes(specs[field], scanner.message, scanner.at(place), counts[field], destination, offset);
    }

    /** One character of what {@link #getAscii} copies, from 0 to 255, or {@link #ABSENT}. */
    public int characterAt(final int field, final int index) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return ABSENT;
        }
        final FieldSpec spec = specs[field];
        if (index < 0 || index >= spec.characters(counts[field])) {
            return ABSENT;
        }
        return ValueReader.characterAt(spec, scanner.message, scanner.at(place), counts[field], index) & 0xFF;
    }

    /** Whether the field is present and {@link #getAscii} would copy exactly these characters. */
    public boolean equalsAscii(final int field, final CharSequence expected) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return false;
        }
        final FieldSpec spec = specs[field];
        final int characters = spec.characters(counts[field]);
        if (characters != expected.length()) {
            return false;
        }
        for (int i = 0; i < characters; i++) {
            final int character =
                    ValueReader.characterAt(spec, scanner.message, scanner.at(place), counts[field], i) & 0xFF;
            if (character != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value as a text, decoded from its character set; null when absent. Allocates: not for the hot path. */
    public String getString(final int field) {
        final long place = scanner.placeOf(field);
        if (place < 0) {
            return null;
        }
        return ValueReader.text(specs[field], scanner.message, scanner.at(place), counts[field]);
    }
}

package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

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
 * <p>Used by one thread. It reads the caller's buffer in place and owns nothing: all values are valid until the buffer
 * changes or the next {@code decode}. Nothing is allocated, except by {@link #getString}. Whatever the bytes are, the
 * result is a value or a {@link DecodeError}, never an exception.
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

    private static final int MTI_FIELD = 0;
    private static final int BITMAP_FIELD = 1;
    private static final int FIELDS_PER_BITMAP = 64;
    private static final int FIELDS_PER_BITMAP_SHIFT = 6;

    private final Dialect dialect;
    private final MessageFormat format;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final long[] present = new long[3];
    private final int[] offsets = new int[Dialect.LAST_FIELD + 1];
    private final int[] counts = new int[Dialect.LAST_FIELD + 1];
    private final DigitRun digitRun = new DigitRun();

    private int bufferOffset;
    private int mti;
    private int error;
    private int errorField;
    private int errorOffset;

    public IsoDecoder(final Dialect dialect) {
        this.dialect = dialect;
        this.format = dialect.message();
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
        message.wrap(buffer, offset, length);
        bufferOffset = offset;
        mti = 0;
        error = 0;
        errorField = NO_FIELD;
        errorOffset = 0;
        present[0] = 0;
        present[1] = 0;
        present[2] = 0;
        digitRun.clear();
        final int end = readMessage();
        if (end >= 0 && end < length && !format.trailingDataIgnored()) {
            fail(DecodeError.TRAILING_DATA, NO_FIELD, end);
        }
        return error;
    }

    /** The code of the {@link DecodeError} of the last {@code decode}, or 0. */
    public int error() {
        return error;
    }

    /** The data element in error: 0 is the MTI, 1 the bitmap, {@link #NO_FIELD} the message as a whole. */
    public int errorField() {
        return errorField;
    }

    /** Bytes from the start of the message to the erroneous one. */
    public int errorOffset() {
        return errorOffset;
    }

    /** The message type identifier as a number: 200 is 0200, 1420 is 1420; 0 when it could not be read. */
    public int mti() {
        return mti;
    }

    /** Whether the message has the data element and it could be read. */
    public boolean isPresent(final int field) {
        final int bit = field - 1;
        return bit > 0 && bit < Dialect.LAST_FIELD && (present[bit >>> FIELDS_PER_BITMAP_SHIFT] << bit) < 0;
    }

    /**
     * Iterates over the fields in rising order.
     *
     * @param field the one before, or 0 to begin
     * @return the next field present, or {@link #NO_FIELD}
     */
    public int nextField(final int field) {
        int bit = field;
        while (bit < Dialect.LAST_FIELD) {
            final long rest = present[bit >>> FIELDS_PER_BITMAP_SHIFT] << bit;
            if (rest != 0) {
                return bit + Long.numberOfLeadingZeros(rest) + 1;
            }
            bit = (bit | (FIELDS_PER_BITMAP - 1)) + 1;
        }
        return NO_FIELD;
    }

    /** Characters, digits or bytes of the value, without any padding of nibbles, or {@link #ABSENT}. */
    public int count(final int field) {
        return isPresent(field) ? counts[field] : ABSENT;
    }

    /** Where the value begins in the caller's buffer, after its length, or {@link #ABSENT}. */
    public int valueOffset(final int field) {
        return isPresent(field) ? bufferOffset + offsets[field] : ABSENT;
    }

    /** Bytes the value takes in the caller's buffer, without its length, or {@link #ABSENT}. */
    public int valueLength(final int field) {
        return isPresent(field) ? dialect.field(field).valueBytes(counts[field]) : ABSENT;
    }

    /**
     * The value of a field made of digits.
     *
     * @return the number, negative for an x+n value with the sign D; {@link #MISSING} when the field is absent, empty,
     *     not made of digits, or longer than 18 digits
     */
    public long getLong(final int field) {
        if (!isPresent(field)) {
            return MISSING;
        }
        return ValueReader.number(dialect.field(field), message, offsets[field], counts[field]);
    }

    /**
     * Copies the value as characters: text and digits in ISO 8859-1 (of GB 18030 text, its own bytes), binary values as
     * upper-case hexadecimal.
     *
     * @param destination has room for twice {@link #count} bytes
     * @return characters copied, or {@link #ABSENT}
     */
    public int getAscii(final int field, final MutableDirectBuffer destination, final int offset) {
        if (!isPresent(field)) {
            return ABSENT;
        }
        return ValueReader.characters(
                dialect.field(field), message, offsets[field], counts[field], destination, offset);
    }

    /**
     * Copies the bytes of the value: those that a binary field means, or those on the wire of any other field.
     *
     * @param destination has room for {@link #valueLength} bytes
     * @return bytes copied, or {@link #ABSENT}
     */
    public int getBytes(final int field, final MutableDirectBuffer destination, final int offset) {
        if (!isPresent(field)) {
            return ABSENT;
        }
        return ValueReader.bytes(dialect.field(field), message, offsets[field], counts[field], destination, offset);
    }

    /** One character of what {@link #getAscii} copies, from 0 to 255, or {@link #ABSENT}. */
    public int characterAt(final int field, final int index) {
        if (!isPresent(field)) {
            return ABSENT;
        }
        final FieldSpec spec = dialect.field(field);
        if (index < 0 || index >= spec.characters(counts[field])) {
            return ABSENT;
        }
        return ValueReader.characterAt(spec, message, offsets[field], counts[field], index) & 0xFF;
    }

    /** Whether the field is present and {@link #getAscii} would copy exactly these characters. */
    public boolean equalsAscii(final int field, final CharSequence expected) {
        if (!isPresent(field)) {
            return false;
        }
        final FieldSpec spec = dialect.field(field);
        final int characters = spec.characters(counts[field]);
        if (characters != expected.length()) {
            return false;
        }
        for (int i = 0; i < characters; i++) {
            final int character = ValueReader.characterAt(spec, message, offsets[field], counts[field], i) & 0xFF;
            if (character != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The value as a text, decoded from its character set; null when absent. Allocates: not for the hot path. */
    public String getString(final int field) {
        if (!isPresent(field)) {
            return null;
        }
        return ValueReader.text(dialect.field(field), message, offsets[field], counts[field]);
    }

    private int readMessage() {
        final int bitmaps = readMti();
        if (bitmaps < 0) {
            return bitmaps;
        }
        final int fields = readBitmaps(bitmaps);
        if (fields < 0) {
            forgetFrom(BITMAP_FIELD);
            return fields;
        }
        return readFields(fields);
    }

    private int readMti() {
        final int start = format.headerBytes();
        final int end = start + format.mtiBytes();
        if (end > message.capacity()) {
            return fail(DecodeError.TRUNCATED, MTI_FIELD, message.capacity());
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            final int value = message.getByte(i) & 0xFF;
            final int digits = mtiDigits(value);
            if (digits < 0) {
                return fail(mtiError(), MTI_FIELD, i);
            }
            number = format.mti() == DigitEncoding.BCD ? number * 100 + digits : number * 10 + digits;
        }
        mti = number;
        return end;
    }

    private int mtiDigits(final int value) {
        final int upper = value >> 4;
        final int lower = value & 0xF;
        if (format.mti() == DigitEncoding.BCD) {
            return upper > 9 || lower > 9 ? -1 : upper * 10 + lower;
        }
        return lower > 9 || upper != (format.mti() == DigitEncoding.ASCII ? 0x3 : 0xF) ? -1 : lower;
    }

    private DecodeError mtiError() {
        return format.mti() == DigitEncoding.BCD ? DecodeError.BAD_BCD : DecodeError.NON_NUMERIC;
    }

    /** Reads as many bitmaps as the message has; of the bits, those that only announce a bitmap are cleared. */
    private int readBitmaps(final int start) {
        int position = start;
        for (int i = 0; i < format.bitmaps() && position >= 0; i++) {
            position = readBitmap(i, position);
            if (i + 1 == format.bitmaps()) {
                return position;
            }
            final boolean announced = present[i] < 0;
            present[i] &= Long.MAX_VALUE;
            if (!announced && !format.bitmapsAlways()) {
                return position;
            }
        }
        return position;
    }

    private int readBitmap(final int index, final int position) {
        final int end = position + format.bitmapBytes();
        if (end > message.capacity()) {
            return fail(DecodeError.TRUNCATED, BITMAP_FIELD, message.capacity());
        }
        if (format.bitmap() == BinaryEncoding.RAW) {
            present[index] = message.getLong(position, ByteOrder.BIG_ENDIAN);
            return end;
        }
        final byte[] values = format.bitmap() == BinaryEncoding.ASCII_HEX ? Hex.ASCII : Hex.EBCDIC;
        final int bad = Hex.find(message, position, end, values);
        if (bad != ValueCheck.NOTHING) {
            return fail(DecodeError.BAD_BITMAP, BITMAP_FIELD, bad);
        }
        present[index] = Hex.bitmap(message, position, values);
        return end;
    }

    private int readFields(final int start) {
        int position = start;
        int field = NO_FIELD;
        for (int i = 0; i < present.length && position >= 0; i++) {
            long remaining = present[i];
            while (remaining != 0 && position >= 0) {
                final int leadingZeros = Long.numberOfLeadingZeros(remaining);
                field = i * FIELDS_PER_BITMAP + leadingZeros + 1;
                position = readField(field, position);
                remaining &= Long.MAX_VALUE >>> leadingZeros;
            }
        }
        final boolean checked = checkDigits(position < 0 ? field : Dialect.LAST_FIELD + 1);
        if (error != 0) {
            forgetFrom(errorField);
        }
        return checked ? position : -1;
    }

    private int readField(final int field, final int start) {
        final FieldSpec spec = dialect.field(field);
        if (spec == null) {
            return fail(DecodeError.UNKNOWN_FIELD, field, start);
        }
        int count = spec.maximumCount;
        int bytes = spec.fixedBytes;
        if (spec.lengthBytes != 0) {
            count = readLength(spec, field, start);
            if (count < 0) {
                return -1;
            }
            bytes = spec.valueBytes(count);
        }
        final int position = start + spec.lengthBytes;
        final int end = position + bytes;
        if (end > message.capacity()) {
            return fail(DecodeError.TRUNCATED, field, message.capacity());
        }
        offsets[field] = position;
        counts[field] = count;
        return spec.check == ValueCheck.ANYTHING || check(spec, field, start, end) ? end : -1;
    }

    /** The count of units of a variable field, or -1 after noting what is wrong with it. */
    private int readLength(final FieldSpec spec, final int field, final int start) {
        if (start + spec.lengthBytes > message.capacity()) {
            return fail(DecodeError.TRUNCATED_LENGTH, field, message.capacity());
        }
        final int count = ValueReader.length(spec, message, start);
        if (count < 0) {
            return fail(DecodeError.BAD_LENGTH, field, start);
        }
        return count <= spec.maximumCount ? count : fail(DecodeError.LENGTH_OVER_MAX, field, start);
    }

    private boolean check(final FieldSpec spec, final int field, final int start, final int end) {
        if (!DigitRun.accepts(spec, counts[field])) {
            return checkAlone(spec, field);
        }
        if (digitRun.extend(spec, start, end)) {
            return true;
        }
        if (!checkDigits(field)) {
            return false;
        }
        digitRun.begin(spec, field, offsets[field], end);
        return true;
    }

    /** Checks what is left of a run of digits; its fields precede whatever else is wrong with the message. */
    private boolean checkDigits(final int endField) {
        int field = digitRun.suspect(message);
        digitRun.clear();
        while (field != NO_FIELD && field < endField) {
            if (!checkAlone(dialect.field(field), field)) {
                return false;
            }
            field = nextField(field);
        }
        return true;
    }

    private boolean checkAlone(final FieldSpec spec, final int field) {
        final int bad = ValueCheck.find(spec, message, offsets[field], counts[field]);
        if (bad != ValueCheck.NOTHING) {
            fail(spec.check.error(), field, bad);
        }
        return bad == ValueCheck.NOTHING;
    }

    private int fail(final DecodeError decodeError, final int field, final int offset) {
        error = decodeError.code();
        errorField = field;
        errorOffset = offset;
        return -1;
    }

    private void forgetFrom(final int field) {
        final int bit = field - 1;
        final int first = bit >>> FIELDS_PER_BITMAP_SHIFT;
        present[first] &= ~(-1L >>> bit);
        for (int i = first + 1; i < present.length; i++) {
            present[i] = 0;
        }
    }
}

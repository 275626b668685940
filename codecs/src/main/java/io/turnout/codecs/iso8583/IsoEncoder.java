package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A flyweight that writes one message into the caller's buffer.
 *
 * <pre>{@code
 * int length = encoder.wrap(buffer, offset, capacity)
 *         .begin(200)
 *         .putLong(4, amountMinor)
 *         .putLong(11, stan)
 *         .putAscii(37, rrn, 0, 12)
 *         .finish();
 * }</pre>
 *
 * <p>Fields are put in rising order. Bitmaps are the encoder's business: the second one appears with the first field
 * above 64, at the price of moving what has been written so far. The first refusal stays, later calls do nothing, and
 * {@link #finish} answers it; so a message is either whole or not there at all.
 *
 * <p>Used by one thread. Nothing is allocated, except by {@link #putString} when a text is longer than all before it or
 * has Chinese characters. Up to seven bytes after the message, within the capacity given, may be overwritten.
 */
public final class IsoEncoder {
    private static final int FIELDS_PER_BITMAP_SHIFT = 6;
    private static final int MAXIMUM_MTI = 9999;
    private static final long FIRST_BIT = Long.MIN_VALUE;

    private final Dialect dialect;
    private final MessageFormat format;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[64]);
    private final long[] bits = new long[3];

    private int mti;
    private int bitmaps;
    private int announcedFields;
    private int position;
    private int lastField;
    private int error = EncodeError.OUT_OF_ORDER.code();
    private int errorField;

    public IsoEncoder(final Dialect dialect) {
        this.dialect = dialect;
        this.format = dialect.message();
    }

    /**
     * Sets where messages are written.
     *
     * @param buffer written until the next {@code wrap}
     * @param offset of the first byte of the header, or of the MTI when the dialect has no header
     * @param capacity bytes the message may take
     */
    public IsoEncoder wrap(final MutableDirectBuffer buffer, final int offset, final int capacity) {
        message.wrap(buffer, offset, capacity);
        error = EncodeError.OUT_OF_ORDER.code();
        return this;
    }

    /**
     * Begins a message; the header, if the dialect has one, is filled with zeros.
     *
     * @param mti as a number: 200 for 0200
     */
    public IsoEncoder begin(final int mti) {
        this.mti = mti;
        error = 0;
        errorField = 0;
        lastField = 1;
        bits[0] = 0;
        bits[1] = 0;
        bits[2] = 0;
        bitmaps = format.bitmapsAlways() ? format.bitmaps() : 1;
        announcedFields = bitmaps << FIELDS_PER_BITMAP_SHIFT;
        position = bitmapsOffset() + bitmaps * format.bitmapBytes();
        if (position > message.capacity()) {
            fail(EncodeError.BUFFER_FULL, 1);
        } else if (mti < 0 || mti > MAXIMUM_MTI) {
            fail(EncodeError.BAD_MTI, 0);
        } else {
            Bytes.fill(message, 0, format.headerBytes(), (byte) 0);
            ValueWriter.putMti(format, message, mti);
        }
        return this;
    }

    /**
     * Replaces the header; may be called at any time between {@code begin} and {@code finish}.
     *
     * @param length must be the dialect's {@link Dialect#headerLength}
     */
    public IsoEncoder putHeader(final DirectBuffer source, final int offset, final int length) {
        if (error == 0) {
            if (length > format.headerBytes()) {
                fail(EncodeError.VALUE_TOO_LONG, 0);
            } else if (length < format.headerBytes()) {
                fail(EncodeError.VALUE_TOO_SHORT, 0);
            } else {
                message.putBytes(0, source, offset, length);
            }
        }
        return this;
    }

    /**
     * Puts a number, zero-filled to the length of a fixed field.
     *
     * @param value not negative; of an x+n field, a negative number is a debit and gets the sign D
     */
    public IsoEncoder putLong(final int field, final long value) {
        final FieldSpec spec = next(field);
        if (spec == null) {
            return this;
        }
        if (value < 0 || value >= spec.numberLimit) {
            return putUncommonLong(spec, field, value);
        }
        final int count = spec.isFixed() ? spec.maximumCount : Digits.count(value);
        final int offset = open(spec, field, count);
        if (offset >= 0) {
            ValueWriter.putDigits(spec, message, offset, count, value);
            fillUp(spec, offset, count);
        }
        return this;
    }

    /**
     * Puts characters: text and digits in ISO 8859-1 (of GB 18030 text, its own bytes), binary values as hexadecimal.
     *
     * <p>In a fixed field, digits are zero-filled on the left and text is blank-filled on the right.
     */
    public IsoEncoder putAscii(final int field, final DirectBuffer source, final int offset, final int length) {
        final FieldSpec spec = next(field);
        if (spec == null) {
            return this;
        }
        if (spec.type == FieldType.BINARY && (length & 1) != 0) {
            return fail(EncodeError.NOT_HEX, field);
        }
        final int count = spec.type == FieldType.BINARY ? length / 2 : length;
        final int valueOffset = open(spec, field, count);
        if (valueOffset >= 0 && !ValueWriter.putCharacters(spec, message, valueOffset, source, offset, length)) {
            return fail(spec.check.refusal(), field);
        }
        fillUp(spec, valueOffset, count);
        return this;
    }

    /** Puts characters as {@link #putAscii} does, from a text. */
    public IsoEncoder putString(final int field, final CharSequence value) {
        final FieldSpec spec = next(field);
        if (spec == null) {
            return this;
        }
        if (value.length() > spec.characters(spec.maximumCount)) {
            return fail(EncodeError.VALUE_TOO_LONG, field);
        }
        final int length = spec.isChinese() ? stageChinese(value.toString(), spec) : stage(value);
        return length < 0 ? fail(EncodeError.NOT_IN_CHARSET, field) : putAscii(field, text, 0, length);
    }

    /** Puts the characters that {@link ResponseCodes#pack} has made a number of. */
    public IsoEncoder putPacked(final int field, final int packed) {
        final int characters = (Integer.SIZE - Integer.numberOfLeadingZeros(packed) + Byte.SIZE - 1) / Byte.SIZE;
        for (int i = 0; i < characters; i++) {
            text.putByte(i, (byte) (packed >>> (Byte.SIZE * (characters - 1 - i))));
        }
        return putAscii(field, text, 0, characters);
    }

    /** Puts the bytes of a binary field; a fixed one needs exactly as many as it holds. */
    public IsoEncoder putBytes(final int field, final DirectBuffer source, final int offset, final int length) {
        final FieldSpec spec = next(field);
        if (spec == null) {
            return this;
        }
        if (spec.type != FieldType.BINARY) {
            return fail(EncodeError.NOT_BINARY, field);
        }
        final int valueOffset = open(spec, field, length);
        if (valueOffset >= 0) {
            ValueWriter.putBytes(spec, message, valueOffset, source, offset, length);
            fillUp(spec, valueOffset, length);
        }
        return this;
    }

    /**
     * Ends the message.
     *
     * @return bytes of the message, or the negative code of the first {@link EncodeError}
     */
    public int finish() {
        if (error != 0) {
            return error;
        }
        for (int i = 0; i < bitmaps; i++) {
            final boolean announces = i + 1 < bitmaps && !(i == 0 && format.firstBitNever());
            putBitmap(bitmapsOffset() + i * format.bitmapBytes(), announces ? bits[i] | FIRST_BIT : bits[i]);
        }
        return position;
    }

    /**
     * Replaces the value of the field put last, which must be a fixed one, by another; for a message authentication
     * code, which can be computed only once all else is written, and may be put after {@link #finish}.
     *
     * @param source bytes of a binary field, characters of any other
     * @param length as many as the field holds
     * @return whether it was replaced; if not, the message must not be used
     */
    public boolean replaceLast(final DirectBuffer source, final int offset, final int length) {
        final FieldSpec spec = error == 0 ? dialect.fieldOrNull(lastField) : null;
        if (spec == null || !spec.isFixed() || length != spec.maximumCount) {
            return false;
        }
        final int valueOffset = position - spec.fixedBytes;
        if (spec.type == FieldType.BINARY) {
            ValueWriter.putBytes(spec, message, valueOffset, source, offset, length);
            return true;
        }
        return ValueWriter.putCharacters(spec, message, valueOffset, source, offset, length);
    }

    /** The message type of the message begun last. */
    public int mti() {
        return mti;
    }

    /** The last data element that the bitmaps of the message so far have room for: 64, 128 or 192. */
    public int lastAnnouncedField() {
        return announcedFields;
    }

    /** Bytes the fixed data element takes in a message; 0 when it is not fixed or the dialect lacks it. */
    public int fixedBytes(final int field) {
        final FieldSpec spec = dialect.fieldOrNull(field);
        return spec != null && spec.isFixed() ? spec.fixedBytes : 0;
    }

    /** The data element of the error; 0 is the MTI or the header, 1 the bitmap. */
    public int errorField() {
        return errorField;
    }

    private IsoEncoder putUncommonLong(final FieldSpec spec, final int field, final long value) {
        if (spec.type != FieldType.SIGNED || value == Long.MIN_VALUE) {
            return fail(
                    value < 0 || spec.numberLimit == 0 ? EncodeError.NOT_NUMERIC : EncodeError.VALUE_TOO_LONG, field);
        }
        final int digits = spec.maximumCount - 1;
        if (Math.abs(value) >= Digits.limit(digits)) {
            return fail(EncodeError.VALUE_TOO_LONG, field);
        }
        final int offset = open(spec, field, spec.maximumCount);
        if (offset >= 0) {
            ValueWriter.putSigned(spec, message, offset, digits, value);
        }
        return this;
    }

    /** The specification of a field that may be put now, or null after refusing it. */
    private FieldSpec next(final int field) {
        if (error != 0) {
            return null;
        }
        final FieldSpec spec = dialect.fieldOrNull(field);
        if (spec == null) {
            fail(EncodeError.UNKNOWN_FIELD, field);
            return null;
        }
        if (field <= lastField) {
            fail(EncodeError.OUT_OF_ORDER, field);
            return null;
        }
        return spec;
    }

    /** Makes room for a value and writes its length; the offset of the value, or negative after refusing it. */
    private int open(final FieldSpec spec, final int field, final int count) {
        if (count > spec.maximumCount || count < spec.minimumCount) {
            return refuse(count > spec.maximumCount ? EncodeError.VALUE_TOO_LONG : EncodeError.VALUE_TOO_SHORT, field);
        }
        if (field > announcedFields && !announce(field)) {
            return refuse(EncodeError.BUFFER_FULL, field);
        }
        return spec.lengthBytes == 0 ? take(field, spec.fixedBytes) : openVariable(spec, field, count);
    }

    private int openVariable(final FieldSpec spec, final int field, final int count) {
        final int length = take(field, spec.lengthBytes + spec.takenBytes(count));
        if (length < 0) {
            return length;
        }
        ValueWriter.putLength(spec, message, length, spec.countsNibbles ? 2 * count : count);
        return length + spec.lengthBytes;
    }

    /** Fills what a variable field takes beyond its value; writing the value may have put something there. */
    private void fillUp(final FieldSpec spec, final int offset, final int count) {
        if (spec.filledUp && offset >= 0) {
            final int end = offset + spec.valueBytes(count);
            message.setMemory(end, position - end, spec.fillByte());
        }
    }

    /**
     * The offset of the next bytes of the message, which now belong to the field, or negative when there are not
     * enough.
     */
    private int take(final int field, final int bytes) {
        final int offset = position;
        if (offset + bytes > message.capacity()) {
            return refuse(EncodeError.BUFFER_FULL, field);
        }
        position = offset + bytes;
        bits[(field - 1) >>> FIELDS_PER_BITMAP_SHIFT] |= FIRST_BIT >>> (field - 1);
        lastField = field;
        return offset;
    }

    /** Moves the fields written so far to make room for the bitmap of this one; false when there is none. */
    private boolean announce(final int field) {
        final int needed = ((field - 1) >>> FIELDS_PER_BITMAP_SHIFT) + 1;
        final int fields = bitmapsOffset() + bitmaps * format.bitmapBytes();
        final int shift = (needed - bitmaps) * format.bitmapBytes();
        if (position + shift > message.capacity()) {
            return false;
        }
        message.putBytes(fields + shift, message, fields, position - fields);
        bitmaps = needed;
        announcedFields = needed << FIELDS_PER_BITMAP_SHIFT;
        position += shift;
        return true;
    }

    private int bitmapsOffset() {
        return format.headerBytes() + format.mtiBytes();
    }

    private void putBitmap(final int offset, final long bitmap) {
        switch (format.bitmap()) {
            case ASCII_HEX -> Hex.putAsciiBitmap(message, offset, bitmap, format.lowerCaseBitmap());
            case EBCDIC_HEX -> Hex.putBitmap(message, offset, bitmap, Hex.EBCDIC_CHARACTERS);
            default -> message.putLong(offset, bitmap, ByteOrder.BIG_ENDIAN);
        }
    }

    private int stage(final CharSequence value) {
        reserve(value.length());
        for (int i = 0; i < value.length(); i++) {
            final char character = value.charAt(i);
            if (character > 0xFF) {
                return -1;
            }
            text.putByte(i, (byte) character);
        }
        return value.length();
    }

    private int stageChinese(final String value, final FieldSpec spec) {
        final byte[] bytes = value.getBytes(spec.text.charset());
        reserve(bytes.length);
        text.putBytes(0, bytes);
        return bytes.length;
    }

    private void reserve(final int length) {
        if (length > text.capacity()) {
            text.wrap(new byte[length]);
        }
    }

    private int refuse(final EncodeError encodeError, final int field) {
        fail(encodeError, field);
        return -1;
    }

    private IsoEncoder fail(final EncodeError encodeError, final int field) {
        error = encodeError.code();
        errorField = field;
        return this;
    }
}

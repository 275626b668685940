package io.turnout.codecs.iso8583;

import java.util.Arrays;
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
 * above 64. The first refusal stays, later calls do nothing, and {@link #finish} answers it; so a message is either
 * whole or not there at all.
 *
 * <p>Used by one thread. The message grows in an array of the encoder, which has room for more bitmaps before it and
 * for a whole word after it, and is copied to the caller's buffer when it is finished. Nothing is allocated, except
 * when a message or a text is longer than all before it, or a text has Chinese characters.
 */
public final class IsoEncoder {
    private static final int FIELDS_PER_BITMAP_SHIFT = 6;
    private static final int FIELDS_PER_BITMAP = 1 << FIELDS_PER_BITMAP_SHIFT;
    private static final int MAXIMUM_MTI = 9999;
    private static final int NO_MORE = Integer.MAX_VALUE;
    private static final long FIRST_BIT = Long.MIN_VALUE;
    private static final int FIRST_ROOM_BYTES = 1024;

    /** Digits are stored as whole words, however few they are. */
    private static final int SLACK_BYTES = Long.BYTES;

    private final MessageFormat format;
    private final FieldSpec[] specs;
    private final int prefixBytes;
    private final int fieldsOffset;
    private final UnsafeBuffer text = new UnsafeBuffer(new byte[64]);

    /** The bitmaps that are finished; that of the fields put last is {@link #lastBits}. */
    private final long[] bits = new long[MessageScanner.BITMAPS];

    /**
     * The message, and what there is room for.
     *
     * <pre>
     *        start                                fieldsOffset               position      limit
     *   | ... | header and MTI | bitmaps that there are | fields ............... | room ....... | slack |
     * </pre>
     */
    private byte[] message;

    private MutableDirectBuffer destination;
    private int destinationOffset;
    private int capacity;
    private int mti;
    private int bitmaps;
    private long lastBits;

    /** The last field whose bit is in {@link #lastBits}. */
    private int lastFieldOfBits;

    private int start;
    private int position;
    private int limit;

    /** The field put last; {@link #NO_MORE} when no field can be put. */
    private int lastField = NO_MORE;

    private int error = EncodeError.OUT_OF_ORDER.code();
    private int errorField;

    public IsoEncoder(final Dialect dialect) {
        this.format = dialect.message();
        this.specs = dialect.fields();
        this.prefixBytes = format.headerBytes() + format.mtiBytes();
        this.fieldsOffset = prefixBytes + MessageScanner.BITMAPS * format.bitmapBytes();
        this.message = new byte[fieldsOffset + FIRST_ROOM_BYTES];
    }

    /**
     * Sets where messages are written.
     *
     * @param buffer written by {@link #finish}
     * @param offset of the first byte of the header, or of the MTI when the dialect has no header
     * @param length bytes the message may take
     */
    public IsoEncoder wrap(final MutableDirectBuffer buffer, final int offset, final int length) {
        destination = buffer;
        destinationOffset = offset;
        capacity = length;
        lastField = NO_MORE;
        error = EncodeError.OUT_OF_ORDER.code();
        return this;
    }

    /**
     * Begins a message; the header, if the dialect has one, is filled with zeros.
     *
     * @param mti as a number: 200 for 0200; any for a dialect without MTI
     */
    public IsoEncoder begin(final int mti) {
        this.mti = mti;
        error = 0;
        errorField = 0;
        lastField = 0;
        Arrays.fill(bits, 0);
        lastBits = 0;
        lastFieldOfBits = FIELDS_PER_BITMAP;
        position = fieldsOffset;
        announce(format.bitmapsAlways() ? format.bitmaps() : 1);
        if (position - start > capacity) {
            fail(EncodeError.BUFFER_FULL, 1);
        } else if (mti < 0 || mti > MAXIMUM_MTI) {
            fail(EncodeError.BAD_MTI, 0);
        } else {
            Arrays.fill(message, start, start + format.headerBytes(), (byte) 0);
            if (format.hasMti()) {
                ValueWriter.putMti(format, message, start + format.headerBytes(), mti);
            }
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
                source.getBytes(offset, message, start, length);
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
        if (length != spec.wholeCount) {
            return putUncommonAscii(spec, field, source, offset, length);
        }
        final int value = position;
        if (!take(field, value + length)) {
            return fail(EncodeError.BUFFER_FULL, field);
        }
        if (!spec.plainDigits) {
            Bytes.copyIn(source, offset, message, value, length);
            return this;
        }
        return Bytes.copyDigitsIn(source, offset, message, value, length) ? this : fail(EncodeError.NOT_NUMERIC, field);
    }

    /** Puts characters that need a length, something to fill up with, or another character set. */
    private IsoEncoder putUncommonAscii(
            final FieldSpec spec, final int field, final DirectBuffer source, final int offset, final int length) {
        if (spec.plain) {
            final int valueOffset = open(spec, field, length);
            final boolean accepted =
                    valueOffset < 0 || ValueWriter.putPlain(spec, message, valueOffset, source, offset, length);
            return accepted ? this : fail(EncodeError.NOT_NUMERIC, field);
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
        bits[(lastFieldOfBits >>> FIELDS_PER_BITMAP_SHIFT) - 1] = lastBits;
        for (int i = 0; i < bitmaps; i++) {
            final boolean announces = i + 1 < bitmaps && !(i == 0 && format.firstBitNever());
            putBitmap(start + prefixBytes + i * format.bitmapBytes(), announces ? bits[i] | FIRST_BIT : bits[i]);
        }
        destination.putBytes(destinationOffset, message, start, position - start);
        return position - start;
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
        final FieldSpec spec = error == 0 ? specOf(lastField) : null;
        if (spec == null || !spec.isFixed() || length != spec.maximumCount) {
            return false;
        }
        final int value = position - spec.fixedBytes;
        boolean replaced = true;
        if (spec.type == FieldType.BINARY) {
            ValueWriter.putBytes(spec, message, value, source, offset, length);
        } else if (spec.plain) {
            replaced = ValueWriter.putPlain(spec, message, value, source, offset, length);
        } else {
            replaced = ValueWriter.putCharacters(spec, message, value, source, offset, length);
        }
        destination.putBytes(destinationOffset + value - start, message, value, spec.fixedBytes);
        return replaced;
    }

    /** Overwrites what the encoder itself still holds of the message, which may be secret; not its destination. */
    public void wipe() {
        Arrays.fill(message, (byte) 0);
        error = EncodeError.OUT_OF_ORDER.code();
        lastField = NO_MORE;
    }

    /** The message type of the message begun last. */
    public int mti() {
        return mti;
    }

    /** The last data element that the bitmaps of the message so far have room for: 64, 128 or 192. */
    public int lastAnnouncedField() {
        return bitmaps << FIELDS_PER_BITMAP_SHIFT;
    }

    /** Bytes the fixed data element takes in a message; 0 when it is not fixed or the dialect lacks it. */
    public int fixedBytes(final int field) {
        final FieldSpec spec = specOf(field);
        return spec != null && spec.isFixed() ? spec.fixedBytes : 0;
    }

    private FieldSpec specOf(final int field) {
        return field >= 0 && field <= Dialect.LAST_FIELD ? specs[field] : null;
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
        if (field <= lastField || field > Dialect.LAST_FIELD || specs[field] == null) {
            return refuseNext(field);
        }
        return specs[field];
    }

    private FieldSpec refuseNext(final int field) {
        if (error == 0) {
            fail(specOf(field) != null ? EncodeError.OUT_OF_ORDER : EncodeError.UNKNOWN_FIELD, field);
        }
        return null;
    }

    /** Makes room for a value and writes its length; the offset of the value, or negative after refusing it. */
    private int open(final FieldSpec spec, final int field, final int count) {
        if (count > spec.maximumCount || count < spec.minimumCount) {
            return refuse(count > spec.maximumCount ? EncodeError.VALUE_TOO_LONG : EncodeError.VALUE_TOO_SHORT, field);
        }
        final int length = position;
        final int value = length + spec.lengthBytes;
        if (!take(field, value + (spec.isFixed() ? spec.fixedBytes : spec.takenBytes(count)))) {
            return refuse(EncodeError.BUFFER_FULL, field);
        }
        if (spec.lengthMask != 0) {
            Digits.putUpToFour(message, length, spec.lengthBytes, count * spec.lengthPerUnit, spec.lengthZones);
        } else if (spec.lengthBytes != 0) {
            ValueWriter.putLength(spec, message, length, count * spec.lengthPerUnit);
        }
        return value;
    }

    /** Gives a field the bytes up to the end; false when there is no room. */
    private boolean take(final int field, final int end) {
        if (field > lastFieldOfBits) {
            turnTo(field);
        }
        if (end > limit && !grow(end)) {
            return false;
        }
        position = end;
        lastBits |= FIRST_BIT >>> (field - 1);
        lastField = field;
        return true;
    }

    /** Fills what a variable field takes beyond its value; writing the value may have put something there. */
    private void fillUp(final FieldSpec spec, final int offset, final int count) {
        if (spec.filledUp && offset >= 0) {
            final int end = offset + spec.valueBytes(count);
            Arrays.fill(message, end, position, spec.fillByte());
        }
    }

    /** Goes on with the bitmap of a field; makes room for it before the fields when there is none yet. */
    private void turnTo(final int field) {
        final int bitmap = (field - 1) >>> FIELDS_PER_BITMAP_SHIFT;
        bits[(lastFieldOfBits >>> FIELDS_PER_BITMAP_SHIFT) - 1] = lastBits;
        lastBits = 0;
        lastFieldOfBits = (bitmap + 1) << FIELDS_PER_BITMAP_SHIFT;
        if (bitmap >= bitmaps) {
            final int before = start;
            announce(bitmap + 1);
            System.arraycopy(message, before, message, start, prefixBytes);
        }
    }

    private void announce(final int needed) {
        bitmaps = needed;
        start = fieldsOffset - needed * format.bitmapBytes() - prefixBytes;
        limit = limit();
    }

    /** Where the message must end: with the caller's capacity, or for now with the array. */
    private int limit() {
        return (int) Math.min((long) start + capacity, message.length - SLACK_BYTES);
    }

    /** Makes the array larger, if it was the array and not the capacity that ended; false when there is no room. */
    private boolean grow(final int end) {
        if (end - start > capacity) {
            return false;
        }
        message = Arrays.copyOf(message, 2 * end + SLACK_BYTES);
        limit = limit();
        return true;
    }

    private void putBitmap(final int offset, final long bitmap) {
        switch (format.bitmap()) {
            case ASCII_HEX -> Hex.putAsciiBitmap(message, offset, bitmap, format.lowerCaseBitmap());
            case EBCDIC_HEX -> Hex.putBitmap(message, offset, bitmap, Hex.EBCDIC_CHARACTERS);
            default -> Words.putEight(message, offset, Long.reverseBytes(bitmap));
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
        lastField = NO_MORE;
        return this;
    }
}

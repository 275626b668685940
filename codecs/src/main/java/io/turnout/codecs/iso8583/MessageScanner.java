package io.turnout.codecs.iso8583;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds MTI, bitmaps and fields of one message, and what is wrong with it.
 *
 * <p>Messages are nearly always right, so the fields are first looked for by {@link FieldFinder}, which only can say
 * that all is well. When it cannot, they are read again one by one, slowly and in the order of the wire, to name the
 * first error.
 */
final class MessageScanner {
    static final int BITMAPS = 3;
    static final int FIELDS_PER_BITMAP_SHIFT = 6;

    private static final int MTI_FIELD = 0;
    private static final int BITMAP_FIELD = 1;
    private static final int FAILED = -1;

    final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    /** The fields that have been found, a bit each; bits that only announce a bitmap are not among them. */
    final long[] present = new long[BITMAPS];

    /** By field; where its value begins in the message. */
    final int[] offsets = new int[Dialect.LAST_FIELD + 1];

    /** By field; the units of its value. Those of fixed fields never change. */
    final int[] counts = new int[Dialect.LAST_FIELD + 1];

    int mti;

    /** How many of them the message has; 0 when they could not be read. */
    int bitmaps;

    int error;
    int errorField;
    int errorOffset;

    private final Dialect dialect;
    private final MessageFormat format;
    private final FieldFinder finder;

    MessageScanner(final Dialect dialect) {
        this.dialect = dialect;
        this.format = dialect.message();
        this.finder = new FieldFinder(dialect, this);
        for (int field = 0; field < counts.length; field++) {
            final FieldSpec spec = dialect.field(field);
            counts[field] = spec == null ? 0 : spec.maximumCount;
        }
    }

    /** The code of the first error, or 0. */
    int scan(final DirectBuffer buffer, final int offset, final int length) {
        message.wrap(buffer, offset, length);
        mti = 0;
        bitmaps = 0;
        error = 0;
        errorField = IsoDecoder.NO_FIELD;
        errorOffset = 0;
        present[0] = 0;
        present[1] = 0;
        present[2] = 0;
        final int end = scanMessage();
        if (end >= 0 && end < length && !format.trailingDataIgnored()) {
            fail(DecodeError.TRAILING_DATA, IsoDecoder.NO_FIELD, end);
        }
        return error;
    }

    /** A bitmap that has been read, again with the bits that announce others. */
    long bitmapSent(final int index) {
        final int position = format.headerBytes() + format.mtiBytes() + index * format.bitmapBytes();
        return switch (format.bitmap()) {
            case RAW -> message.getLong(position, ByteOrder.BIG_ENDIAN);
            case ASCII_HEX -> Hex.bitmap(message, position, Hex.ASCII);
            case EBCDIC_HEX -> Hex.bitmap(message, position, Hex.EBCDIC);
        };
    }

    private int scanMessage() {
        final int afterMti = readMti();
        if (afterMti < 0) {
            return FAILED;
        }
        final int fields = readBitmaps(afterMti);
        if (fields < 0) {
            bitmaps = 0;
            forgetFrom(BITMAP_FIELD);
            return FAILED;
        }
        final int end = finder.find(fields);
        return end < 0 ? readFields(fields) : end;
    }

    private int readMti() {
        final int start = format.headerBytes();
        final int end = start + format.mtiBytes();
        if (end > message.capacity()) {
            return fail(DecodeError.TRUNCATED, MTI_FIELD, message.capacity());
        }
        final int number = format.isMtiPacked()
                ? Digits.ofTwoPackedBytes(message, start)
                : Digits.ofFourCharacters(message, start, format.mtiZones());
        if (number < 0) {
            return failMti(start);
        }
        mti = number;
        return end;
    }

    private int failMti(final int start) {
        int position = start;
        if (format.isMtiPacked()) {
            position += Digits.isPacked(message.getByte(start)) ? 1 : 0;
            return fail(DecodeError.BAD_BCD, MTI_FIELD, position);
        }
        while (Digits.isCharacter(message.getByte(position), format.mtiZones())) {
            position++;
        }
        final boolean strange = message.getByte(position) < 0 && dialect.text() == TextEncoding.ASCII;
        return fail(strange ? DecodeError.BAD_CHARSET : DecodeError.NON_NUMERIC, MTI_FIELD, position);
    }

    /** Reads as many bitmaps as the message has; of the bits, those that only announce a bitmap are cleared. */
    private int readBitmaps(final int start) {
        int position = start;
        for (int i = 0; i < format.bitmaps(); i++) {
            if (position + format.bitmapBytes() > message.capacity()) {
                return fail(DecodeError.TRUNCATED, BITMAP_FIELD, message.capacity());
            }
            if (!readBitmap(i, position)) {
                return FAILED;
            }
            position += format.bitmapBytes();
            bitmaps = i + 1;
            if (i + 1 < format.bitmaps()) {
                final boolean announced = present[i] < 0;
                present[i] &= Long.MAX_VALUE;
                if (!announced && !format.bitmapsAlways()) {
                    return position;
                }
            }
        }
        return position;
    }

    private boolean readBitmap(final int index, final int position) {
        if (format.bitmap() == BinaryEncoding.RAW) {
            present[index] = message.getLong(position, ByteOrder.BIG_ENDIAN);
            return true;
        }
        if (format.bitmap() == BinaryEncoding.ASCII_HEX && Hex.isAsciiBitmap(message, position)) {
            present[index] = Hex.asciiBitmap(message, position);
            return true;
        }
        final byte[] values = format.bitmap() == BinaryEncoding.ASCII_HEX ? Hex.ASCII : Hex.EBCDIC;
        final int bad = Hex.find(message, position, position + format.bitmapBytes(), values);
        if (bad != ValueCheck.NOTHING) {
            fail(DecodeError.BAD_BITMAP, BITMAP_FIELD, bad);
            return false;
        }
        present[index] = Hex.bitmap(message, position, values);
        return true;
    }

    private int readFields(final int start) {
        int position = start;
        for (int i = 0; i < BITMAPS; i++) {
            for (long rest = present[i]; rest != 0 && position >= 0; rest &= ~Long.highestOneBit(rest)) {
                position = readField((i << FIELDS_PER_BITMAP_SHIFT) + Long.numberOfLeadingZeros(rest) + 1, position);
            }
        }
        if (position < 0) {
            forgetFrom(errorField);
        }
        return position;
    }

    private int readField(final int field, final int start) {
        final FieldSpec spec = dialect.field(field);
        if (spec == null) {
            return fail(DecodeError.UNKNOWN_FIELD, field, start);
        }
        final int count = spec.isFixed() ? spec.maximumCount : readLength(spec, field, start);
        if (count < 0) {
            return FAILED;
        }
        final int position = start + spec.lengthBytes;
        final int end = position + spec.takenBytes(count);
        if (end > message.capacity()) {
            return fail(DecodeError.TRUNCATED, field, message.capacity());
        }
        final int bad = ValueCheck.find(spec, message, position, count);
        if (bad != ValueCheck.NOTHING) {
            return fail(spec.check.error(), field, bad);
        }
        offsets[field] = position;
        if (!spec.isFixed()) {
            counts[field] = count;
        }
        return end;
    }

    /** The count of units of a variable field, or negative after noting what is wrong with it. */
    private int readLength(final FieldSpec spec, final int field, final int start) {
        if (start + spec.lengthBytes > message.capacity()) {
            return fail(DecodeError.TRUNCATED_LENGTH, field, message.capacity());
        }
        final int count = ValueReader.length(spec, message, start);
        if (count < 0 || (spec.countsNibbles && (count & 1) != 0)) {
            return fail(DecodeError.BAD_LENGTH, field, start);
        }
        final int units = spec.countsNibbles ? count >> 1 : count;
        return units <= spec.maximumCount ? units : fail(DecodeError.LENGTH_OVER_MAX, field, start);
    }

    private int fail(final DecodeError decodeError, final int field, final int offset) {
        error = decodeError.code();
        errorField = field;
        errorOffset = offset;
        return FAILED;
    }

    private void forgetFrom(final int field) {
        final int bit = field - 1;
        final int first = bit >>> FIELDS_PER_BITMAP_SHIFT;
        present[first] &= ~(-1L >>> bit);
        for (int i = first + 1; i < BITMAPS; i++) {
            present[i] = 0;
        }
    }
}

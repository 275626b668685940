package io.turnout.codecs.iso8583;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Finds MTI, bitmaps and fields of one message, and what is wrong with it.
 *
 * <p>Messages are nearly always right, so the fields are first looked for by {@link FieldFinder}, which only can say
 * that all is well. When it cannot, they are read again one by one, slowly and in the order of the wire, to name the
 * first error.
 *
 * <p>A message in an array is read where it lies; one outside the heap is copied into an array first.
 */
final class MessageScanner {
    static final int BITMAPS = 3;
    static final int FIELDS_PER_BITMAP_SHIFT = 6;

    private static final int MTI_FIELD = 0;
    private static final int BITMAP_FIELD = 1;
    private static final int FAILED = -1;
    private static final int FIRST_COPY_BYTES = 1024;

    /** Holds the message. */
    byte[] message = new byte[0];

    /** Where the fields that have been found are within the stretches of the message. */
    MessagePlan plan;

    /** By stretch of the plan; where in the array it begins; after the last one, where the message ends. */
    final int[] starts = new int[Dialect.LAST_FIELD + 2];

    /** By field; the units of its value. Those of fixed fields never change. */
    final int[] counts = new int[Dialect.LAST_FIELD + 1];

    /** Where the message begins in the array. */
    int start;

    int mti;

    /** How many bitmaps the message has; 0 when they could not be read. */
    int bitmaps;

    int error;
    int errorField;
    int errorOffset;

    private final Dialect dialect;
    private final MessageFormat format;
    private final MessagePlans plans;
    private final FieldFinder finder;
    private final int prefixBytes;
    private final int bitmapBytes;

    /** The plan of the fields before an error. */
    private final MessagePlan partial = new MessagePlan();

    private final MessagePlan none = new MessagePlan();
    private final long[] bits = new long[BITMAPS];
    private byte[] copy = message;
    private int end;

    MessageScanner(final Dialect dialect) {
        final FieldClasses classes = new FieldClasses(dialect);
        this.dialect = dialect;
        this.format = dialect.message();
        this.prefixBytes = format.headerBytes() + format.mtiBytes();
        this.bitmapBytes = format.bitmapBytes();
        this.plans = new MessagePlans(dialect, classes);
        this.none.prepare(bits, dialect.fields(), classes);
        this.plan = none;
        this.finder = new FieldFinder(dialect, classes, starts, counts);
        for (int field = 0; field < counts.length; field++) {
            final FieldSpec spec = dialect.field(field);
            counts[field] = spec == null ? 0 : spec.maximumCount;
        }
    }

    /** The code of the first error, or 0. */
    int scan(final DirectBuffer buffer, final int offset, final int length) {
        wrap(buffer, offset, length);
        mti = 0;
        bitmaps = 0;
        error = 0;
        errorField = IsoDecoder.NO_FIELD;
        errorOffset = 0;
        plan = none;
        final int last = scanMessage();
        if (last >= 0 && last < end && !format.trailingDataIgnored()) {
            fail(DecodeError.TRAILING_DATA, IsoDecoder.NO_FIELD, last);
        }
        return error;
    }

    /** The place of a field of any number; {@link MessagePlan#ABSENT} when it is not there. */
    long placeOf(final int field) {
        final long[] places = plan.places;
        return field >= 0 && field < places.length ? places[field] : MessagePlan.ABSENT;
    }

    /** Where in the array a place is. */
    int at(final long place) {
        return starts[(int) (place >> Integer.SIZE)] + (int) place;
    }

    /** A bitmap that has been read, again with the bits that announce others. */
    long bitmapSent(final int index) {
        final int position = start + prefixBytes + index * bitmapBytes;
        return switch (format.bitmap()) {
            case RAW -> Long.reverseBytes(Words.eight(message, position));
            case ASCII_HEX -> Hex.bitmap(message, position, Hex.ASCII);
            case EBCDIC_HEX -> Hex.bitmap(message, position, Hex.EBCDIC);
        };
    }

    private void wrap(final DirectBuffer buffer, final int offset, final int length) {
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            throw new IndexOutOfBoundsException(
                    "offset=" + offset + " length=" + length + " capacity=" + buffer.capacity());
        }
        final byte[] array = buffer.byteArray();
        if (array != null) {
            message = array;
            start = buffer.wrapAdjustment() + offset;
        } else {
            if (copy.length < length) {
                copy = new byte[Math.max(FIRST_COPY_BYTES, 2 * length)];
            }
            buffer.getBytes(offset, copy, 0, length);
            message = copy;
            start = 0;
        }
        end = start + length;
    }

    private int scanMessage() {
        final int afterMti = readMti();
        if (afterMti < 0) {
            return FAILED;
        }
        if (afterMti + bitmapBytes > end) {
            return fail(DecodeError.TRUNCATED, BITMAP_FIELD, end);
        }
        final MessagePlan found = plans.at(message, afterMti);
        if (!found.isFor(message, afterMti, end)) {
            final int read = readBitmaps(afterMti);
            if (read == 0) {
                return FAILED;
            }
            plans.prepare(found, bits, message, afterMti, read);
        }
        plan = found;
        bitmaps = found.bitmaps;
        final int fields = afterMti + bitmaps * bitmapBytes;
        final int last = finder.find(found, message, fields, end);
        return last < 0 ? readFields(fields) : last;
    }

    private int readMti() {
        if (!format.hasMti()) {
            return start;
        }
        final int first = start + format.headerBytes();
        final int last = first + format.mtiBytes();
        if (last > end) {
            return fail(DecodeError.TRUNCATED, MTI_FIELD, end);
        }
        final int number = format.isMtiPacked()
                ? Digits.ofTwoPackedBytes(message, first)
                : Digits.ofFourCharacters(message, first, format.mtiZones());
        if (number < 0) {
            return failMti(first);
        }
        mti = number;
        return last;
    }

    private int failMti(final int first) {
        int position = first;
        if (format.isMtiPacked()) {
            position += Digits.isPacked(message[first]) ? 1 : 0;
            return fail(DecodeError.BAD_BCD, MTI_FIELD, position);
        }
        while (Digits.isCharacter(message[position], format.mtiZones())) {
            position++;
        }
        final boolean strange = message[position] < 0 && dialect.text() == TextEncoding.ASCII;
        return fail(strange ? DecodeError.BAD_CHARSET : DecodeError.NON_NUMERIC, MTI_FIELD, position);
    }

    /**
     * Reads as many bitmaps as the message has; of the bits, those that only announce a bitmap are cleared.
     *
     * @return how many there are, or 0 when they cannot be read
     */
    private int readBitmaps(final int first) {
        Arrays.fill(bits, 0);
        int position = first;
        for (int i = 0; i < format.bitmaps(); i++) {
            if (position + bitmapBytes > end) {
                fail(DecodeError.TRUNCATED, BITMAP_FIELD, end);
                return 0;
            }
            if (!readBitmap(i, position)) {
                return 0;
            }
            position += bitmapBytes;
            if (i + 1 < format.bitmaps()) {
                final boolean announced = bits[i] < 0;
                bits[i] &= Long.MAX_VALUE;
                if (!announced && !format.bitmapsAlways()) {
                    return i + 1;
                }
            }
        }
        return format.bitmaps();
    }

    private boolean readBitmap(final int index, final int position) {
        if (format.bitmap() == BinaryEncoding.RAW) {
            bits[index] = Long.reverseBytes(Words.eight(message, position));
            return true;
        }
        if (format.bitmap() == BinaryEncoding.ASCII_HEX && Hex.isAsciiBitmap(message, position)) {
            bits[index] = Hex.asciiBitmap(message, position);
            return true;
        }
        final byte[] values = format.bitmap() == BinaryEncoding.ASCII_HEX ? Hex.ASCII : Hex.EBCDIC;
        final int bad = Hex.find(message, position, position + bitmapBytes, values);
        if (bad != ValueCheck.NOTHING) {
            fail(DecodeError.BAD_BITMAP, BITMAP_FIELD, bad);
            return false;
        }
        bits[index] = Hex.bitmap(message, position, values);
        return true;
    }

    private int readFields(final int first) {
        int position = first;
        for (int i = 0; i < BITMAPS; i++) {
            for (long rest = plan.present[i]; rest != 0 && position >= 0; rest &= ~Long.highestOneBit(rest)) {
                position = readField((i << FIELDS_PER_BITMAP_SHIFT) + Long.numberOfLeadingZeros(rest) + 1, position);
            }
        }
        if (position < 0) {
            partial.prepareBefore(errorField, plan);
            plan = partial;
        }
        return position;
    }

    private int readField(final int field, final int first) {
        final FieldSpec spec = dialect.field(field);
        if (spec == null) {
            return fail(DecodeError.UNKNOWN_FIELD, field, first);
        }
        final int count = spec.isFixed() ? spec.maximumCount : readLength(spec, field, first);
        if (count < 0) {
            return FAILED;
        }
        final int value = first + spec.lengthBytes;
        final int last = value + spec.takenBytes(count);
        if (last > end) {
            return fail(DecodeError.TRUNCATED, field, end);
        }
        final int bad = ValueCheck.find(spec, message, value, count);
        if (bad != ValueCheck.NOTHING) {
            return fail(spec.check.error(), field, bad);
        }
        final long place = plan.places[field];
        starts[(int) (place >> Integer.SIZE)] = value - (int) place;
        if (!spec.isFixed()) {
            counts[field] = count;
        }
        return last;
    }

    /** The count of units of a variable field, or negative after noting what is wrong with it. */
    private int readLength(final FieldSpec spec, final int field, final int first) {
        if (first + spec.lengthBytes > end) {
            return fail(DecodeError.TRUNCATED_LENGTH, field, end);
        }
        final int count = ValueReader.length(spec, message, first);
        if (count < 0 || (spec.countsNibbles && (count & 1) != 0)) {
            return fail(DecodeError.BAD_LENGTH, field, first);
        }
        final int units = spec.countsNibbles ? count >> 1 : count;
        return units <= spec.maximumCount ? units : fail(DecodeError.LENGTH_OVER_MAX, field, first);
    }

    private int fail(final DecodeError decodeError, final int field, final int position) {
        error = decodeError.code();
        errorField = field;
        errorOffset = position - start;
        return FAILED;
    }
}

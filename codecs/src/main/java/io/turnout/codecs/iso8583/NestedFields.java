package io.turnout.codecs.iso8583;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a data element that is a message itself: a bitmap, then the fields that it announces.
 *
 * <p>The parts are written as the data elements of their dialect are, unless their own lines say otherwise.
 *
 * @param bitmap how the bitmaps are written
 * @param bitmaps how many of 64 parts there can be; when it is one, its first bit announces part 1, else the next
 *     bitmap
 * @param fields by number
 * @param subFields the parts of parts, by the number of the part
 */
record NestedFields(
        BinaryEncoding bitmap,
        int bitmaps,
        SortedMap<Integer, FieldLine> fields,
        SortedMap<Integer, SubFieldLayout> subFields) {
    /** The bits there are for parts; the first one only when it announces no bitmap. */
    boolean holds(final int field) {
        return field >= firstField() && message().holds(field);
    }

    int firstField() {
        return bitmaps == 1 ? 1 : Dialect.FIRST_FIELD;
    }

    MessageFormat message() {
        return MessageFormat.DEFAULT.withBitmaps(bitmap, bitmaps, false).withoutMti();
    }

    /** The dialect that the value is a message of. */
    Dialect dialect(final DialectSource whole, final int field) {
        return new Dialect(new DialectSource(
                whole.name() + "." + field,
                "",
                message().withStrictNumeric(whole.message().strictNumeric()),
                whole.encodings(),
                new TreeMap<>(fields),
                Map.of(),
                Map.of(),
                subFields,
                Map.of(),
                false));
    }
}

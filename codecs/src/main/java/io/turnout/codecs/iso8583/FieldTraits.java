package io.turnout.codecs.iso8583;

import java.util.Map;
import java.util.Set;

/**
 * What is special about one field, written in its line as {@code count=nibbles}, {@code size=fixed} and
 * {@code mask=hidden}.
 *
 * @param countsNibbles whether the length counts half bytes although the value has whole characters or bytes
 * @param filledUp whether a variable field is filled up to the bytes of its longest value
 * @param mask how people see the value; null for what is usual for its number
 */
record FieldTraits(boolean countsNibbles, boolean filledUp, FieldMask mask) {
    static final String MASK = "mask";
    static final String COUNT = "count";
    static final String NIBBLES = "nibbles";
    static final String SIZE = "size";
    static final String FIXED = "fixed";
    static final Set<String> KEYS = Set.of(COUNT, SIZE, MASK);

    /**
     * Reads the traits among the overrides of a line.
     *
     * @throws IllegalArgumentException saying what is wrong with a value and what was expected
     */
    static FieldTraits of(final Map<String, String> overrides) {
        return new FieldTraits(is(overrides, COUNT, NIBBLES), is(overrides, SIZE, FIXED), maskOf(overrides));
    }

    /**
     * Checks that the traits mean something for the field.
     *
     * @throws IllegalArgumentException saying what is wrong and what was expected
     */
    void check(final FieldFormat format) {
        if ((countsNibbles || filledUp) && format.lengthDigits() == 0) {
            throw new IllegalArgumentException(
                    "a field of fixed length has neither count nor size (expected one like" + " ans..19 or b...255)");
        }
        final boolean wholeBytes = format.type() == FieldType.TEXT || format.type() == FieldType.BINARY;
        if (countsNibbles && !wholeBytes) {
            throw new IllegalArgumentException("count=nibbles is for text and bytes (expected neither n, z nor h)");
        }
    }

    private static FieldMask maskOf(final Map<String, String> overrides) {
        final String word = overrides.get(MASK);
        return word == null ? null : Encodings.word(FieldMask.class, word);
    }

    private static boolean is(final Map<String, String> overrides, final String key, final String expected) {
        final String word = overrides.get(key);
        if (word != null && !word.equals(expected)) {
            throw new IllegalArgumentException(
                    "'" + key + "=" + word + "' is not known (expected " + key + "=" + expected + ")");
        }
        return word != null;
    }
}

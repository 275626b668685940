package io.turnout.codecs.iso8583;

import java.util.Map;
import java.util.TreeMap;

/**
 * One data element in a dialect file: {@code n..19 length=binary pad=left | Primary account number}.
 *
 * <p>The overrides stay words until a dialect applies them, so that a dialect that inherits the line can change every
 * encoding that the line leaves open.
 *
 * @param format what the value is made of, and its name
 * @param overrides the encodings that differ from the dialect's and the {@link FieldTraits}, by key
 */
record FieldLine(FieldFormat format, Map<String, String> overrides) {
    /**
     * Reads a line.
     *
     * @param inheritedName used when the line has no name of its own
     * @throws IllegalArgumentException saying what is wrong with it and what was expected
     */
    static FieldLine parse(final String text, final String inheritedName) {
        final int bar = text.indexOf('|');
        final String name = bar < 0 ? inheritedName : text.substring(bar + 1).strip();
        final String[] words = (bar < 0 ? text : text.substring(0, bar)).strip().split("\\s+");
        final Map<String, String> overrides = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + words[i] + "' is not an override (expected 'key=value')");
            }
            if (overrides.put(words[i].substring(0, equals), words[i].substring(equals + 1)) != null) {
                throw new IllegalArgumentException("'" + words[i] + "' overrides the same twice (expected it once)");
            }
        }
        return new FieldLine(FieldFormat.parse(words[0], name), overrides);
    }

    /** The encodings of the dialect with the overrides of this line. */
    Encodings encodings(final Encodings encodings) {
        Encodings result = encodings;
        for (final Map.Entry<String, String> override : overrides.entrySet()) {
            if (!FieldTraits.KEYS.contains(override.getKey())) {
                result = result.with(override.getKey(), override.getValue());
            }
        }
        return result;
    }

    FieldSpec spec(final DialectSource dialect) {
        return new FieldSpec(
                format,
                traits(),
                encodings(dialect.encodings()),
                dialect.message().strictNumeric());
    }

    FieldTraits traits() {
        return FieldTraits.of(overrides);
    }

    /**
     * Checks the line against the encodings of its dialect.
     *
     * @throws IllegalArgumentException saying what is wrong and what was expected
     */
    void check(final Encodings encodings) {
        traits().check(format);
        final LengthEncoding length = encodings(encodings).length();
        if (format.lengthDigits() > 0 && format.maximumCount() > length.maximum(format.lengthDigits())) {
            throw new IllegalArgumentException("the maximum " + format.maximumCount()
                    + " does not fit its length (expected " + length.maximum(format.lengthDigits()) + " or less)");
        }
    }
}

package io.turnout.codecs.iso8583;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attribute of a data element in the notation of ISO 8583, such as {@code n6}, {@code n..19}, {@code ans...999} or
 * {@code b64}: what it is made of and how long it is, before any dialect says how that is written.
 *
 * <p>The number of dots is the number of digits of the length. As in the standard, the number of a fixed binary field
 * counts bits; all others count characters, digits or bytes; {@code x+n8} has a sign and eight digits.
 *
 * @param type what the value is made of
 * @param lengthDigits digits of the length before it; 0 when its length is fixed
 * @param maximumCount characters, digits, bytes or nibbles, including the sign of x+n
 * @param name of the data element
 */
record FieldFormat(FieldType type, int lengthDigits, int maximumCount, String name) {
    static final int MAXIMUM_LENGTH_DIGITS = 6;

    private static final Pattern NOTATION =
            Pattern.compile("(x\\+n|anp|ans|an|as|ns|a|n|s|b|z|h)(\\.{0,6})([1-9][0-9]{0,5})");

    /**
     * Reads the notation.
     *
     * @throws IllegalArgumentException saying what is wrong with it and what was expected
     */
    static FieldFormat parse(final String notation, final String name) {
        final Matcher matcher = NOTATION.matcher(notation);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + notation
                    + "' is not an attribute of ISO 8583 (expected one like n6, n..19, ans...999 or b64)");
        }
        final FieldType type = typeOf(matcher.group(1));
        final int lengthDigits = matcher.group(2).length();
        final int number = Integer.parseInt(matcher.group(3));
        if (type == FieldType.SIGNED && lengthDigits > 0) {
            throw new IllegalArgumentException("'" + notation + "' has a sign and no fixed length (expected x+n8)");
        }
        if (type == FieldType.BINARY && lengthDigits == 0 && number % Byte.SIZE != 0) {
            throw new IllegalArgumentException("'" + notation + "' is not a whole number of bytes (expected bits)");
        }
        return new FieldFormat(type, lengthDigits, countOf(type, lengthDigits, number), name);
    }

    /** The reverse of {@link #parse}; all kinds of characters are written as ans. */
    String notation() {
        final String attribute =
                switch (type) {
                    case TEXT -> "ans";
                    case NUMERIC -> "n";
                    case SIGNED -> "x+n";
                    case TRACK -> "z";
                    case BINARY -> "b";
                    case NIBBLES -> "h";
                };
        final int number =
                switch (type) {
                    case SIGNED -> maximumCount - 1;
                    case BINARY -> lengthDigits == 0 ? maximumCount * Byte.SIZE : maximumCount;
                    default -> maximumCount;
                };
        return attribute + ".".repeat(lengthDigits) + number;
    }

    private static int countOf(final FieldType type, final int lengthDigits, final int number) {
        if (type == FieldType.SIGNED) {
            return number + 1;
        }
        return type == FieldType.BINARY && lengthDigits == 0 ? number / Byte.SIZE : number;
    }

    private static FieldType typeOf(final String attribute) {
        return switch (attribute) {
            case "n" -> FieldType.NUMERIC;
            case "x+n" -> FieldType.SIGNED;
            case "z" -> FieldType.TRACK;
            case "b" -> FieldType.BINARY;
            case "h" -> FieldType.NIBBLES;
            default -> FieldType.TEXT;
        };
    }
}

package io.turnout.codecs.iso8583;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The encodings a field is written with, each given by the dialect unless the field's own line overrides it.
 *
 * @param text of text fields, and of the sign of x+n
 * @param digits of n, x+n and z
 * @param length of the length before variable fields
 * @param binary of b
 * @param fixedPad where the filler nibble goes in a fixed field with an odd count of packed digits
 * @param variablePad the same for a variable field
 * @param filler the filler nibble
 */
record Encodings(
        TextEncoding text,
        DigitEncoding digits,
        LengthEncoding length,
        BinaryEncoding binary,
        PadSide fixedPad,
        PadSide variablePad,
        Filler filler) {

    static final Encodings DEFAULT = new Encodings(
            TextEncoding.LATIN_1,
            DigitEncoding.ASCII,
            LengthEncoding.ASCII,
            BinaryEncoding.ASCII_HEX,
            PadSide.LEFT,
            PadSide.RIGHT,
            Filler.ZERO);

    /** Where the nibble goes that makes an odd count of nibbles a whole number of bytes. */
    enum PadSide {
        LEFT,
        RIGHT
    }

    /** The nibble that makes an odd count of nibbles a whole number of bytes. */
    enum Filler {
        ZERO,
        F
    }

    /**
     * These encodings with one of them replaced.
     *
     * @throws IllegalArgumentException saying what is wrong with key or value and what was expected
     */
    Encodings with(final String key, final String value) {
        return switch (key) {
            case "text" ->
                new Encodings(word(TextEncoding.class, value), digits, length, binary, fixedPad, variablePad, filler);
            case "digits" ->
                new Encodings(text, word(DigitEncoding.class, value), length, binary, fixedPad, variablePad, filler);
            case "length" ->
                new Encodings(text, digits, word(LengthEncoding.class, value), binary, fixedPad, variablePad, filler);
            case "binary" ->
                new Encodings(text, digits, length, word(BinaryEncoding.class, value), fixedPad, variablePad, filler);
            case "pad" ->
                new Encodings(
                        text, digits, length, binary, word(PadSide.class, value), word(PadSide.class, value), filler);
            case "fixed-pad" ->
                new Encodings(text, digits, length, binary, word(PadSide.class, value), variablePad, filler);
            case "variable-pad" ->
                new Encodings(text, digits, length, binary, fixedPad, word(PadSide.class, value), filler);
            case "filler" ->
                new Encodings(text, digits, length, binary, fixedPad, variablePad, word(Filler.class, value));
            default ->
                throw new IllegalArgumentException("'" + key
                        + "' cannot be overridden (expected text, digits, length,"
                        + " binary, pad, filler, count, size or mask)");
        };
    }

    static <E extends Enum<E>> E word(final Class<E> type, final String word) {
        final List<E> constants = Arrays.asList(type.getEnumConstants());
        final List<String> words = constants.stream().map(Encodings::wordOf).toList();
        final int index = words.indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + word + "' is not known (expected one of " + String.join(", ", words) + ")");
        }
        return constants.get(index);
    }

    static String wordOf(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

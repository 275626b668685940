package io.turnout.codecs.iso8583;

import java.util.LinkedHashMap;
import java.util.Map;

/** The encodings that matter to a field, in the words of a dialect file. */
final class EncodingWords {
    static final String TEXT = "text";
    static final String DIGITS = "digits";
    static final String LENGTH = "length";
    static final String BINARY = "binary";
    static final String PAD = "pad";
    static final String FILLER = "filler";

    private EncodingWords() {}

    /** By key; a field written otherwise differs in one of them. */
    static Map<String, String> of(final FieldLine line, final Encodings defaults) {
        final FieldFormat format = line.format();
        final Encodings encodings = line.encodings(defaults);
        final Map<String, String> words = new LinkedHashMap<>();
        if (format.lengthDigits() > 0) {
            words.put(LENGTH, Encodings.wordOf(encodings.length()));
        }
        final boolean packed =
                switch (format.type()) {
                    case TEXT -> {
                        words.put(TEXT, Encodings.wordOf(encodings.text()));
                        yield false;
                    }
                    case NUMERIC, TRACK -> {
                        words.put(DIGITS, Encodings.wordOf(encodings.digits()));
                        yield encodings.digits() == DigitEncoding.BCD;
                    }
                    case SIGNED -> {
                        words.put(DIGITS, Encodings.wordOf(encodings.digits()));
                        words.put(TEXT, Encodings.wordOf(encodings.text()));
                        yield encodings.digits() == DigitEncoding.BCD;
                    }
                    case BINARY -> {
                        words.put(BINARY, Encodings.wordOf(encodings.binary()));
                        yield false;
                    }
                    case NIBBLES -> {
                        words.put(BINARY, Encodings.wordOf(encodings.binary()));
                        yield encodings.binary() == BinaryEncoding.RAW;
                    }
                };
        if (packed && canBeOdd(format)) {
            final boolean fixed = format.lengthDigits() == 0;
            words.put(PAD, Encodings.wordOf(fixed ? encodings.fixedPad() : encodings.variablePad()));
            words.put(FILLER, Encodings.wordOf(encodings.filler()));
        }
        FieldTraits.KEYS.stream().sorted().forEach(key -> {
            final String word = line.overrides().get(key);
            if (word != null) {
                words.put(key, word);
            }
        });
        return words;
    }

    private static boolean canBeOdd(final FieldFormat format) {
        final int count = format.type() == FieldType.SIGNED ? format.maximumCount() - 1 : format.maximumCount();
        return format.lengthDigits() > 0 || (count & 1) != 0;
    }
}

package io.turnout.codecs.iso8583;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a dialect as a file that {@link DialectReader} reads as the same dialect, whatever it was made from.
 *
 * <p>Nothing is inherited: what most fields have in common stands under {@code encodings}, and a line has only what is
 * different. Allocates; not on the hot path.
 */
public final class DialectWriter {
    private final DialectSource source;
    private final StringBuilder text = new StringBuilder();

    private DialectWriter(final DialectSource source) {
        this.source = source;
    }

    /** The dialect as the text of a file. */
    public static String write(final Dialect dialect) {
        return new DialectWriter(dialect.source()).write();
    }

    private String write() {
        key(0, "dialect", source.name());
        if (!source.description().isEmpty()) {
            key(0, "description", source.description());
        }
        if (source.reportsUnreadable()) {
            key(0, "reports-unreadable", "true");
        }
        writeMessage();
        final Encodings encodings = commonEncodings();
        writeEncodings(encodings);
        line(0, "fields:");
        source.fields().forEach((field, line) -> key(2, String.valueOf(field), lineOf(line, encodings)));
        writeSubFields(0, source.subFields(), encodings);
        writeSamples();
        writeResponseCodes();
        writeTransactions();
        return text.toString();
    }

    private void writeMessage() {
        line(0, "message:");
        source.message().words().forEach((key, word) -> key(2, key, word));
    }

    private void writeEncodings(final Encodings encodings) {
        line(0, "encodings:");
        key(2, EncodingWords.TEXT, Encodings.wordOf(encodings.text()));
        key(2, EncodingWords.DIGITS, Encodings.wordOf(encodings.digits()));
        key(2, EncodingWords.LENGTH, Encodings.wordOf(encodings.length()));
        key(2, EncodingWords.BINARY, Encodings.wordOf(encodings.binary()));
        key(2, "fixed-pad", Encodings.wordOf(encodings.fixedPad()));
        key(2, "variable-pad", Encodings.wordOf(encodings.variablePad()));
        key(2, EncodingWords.FILLER, Encodings.wordOf(encodings.filler()));
    }

    private void writeSubFields(
            final int indent, final Map<Integer, SubFieldLayout> subFields, final Encodings common) {
        if (subFields.isEmpty()) {
            return;
        }
        line(indent, "sub-fields:");
        subFields.forEach((field, layout) -> {
            line(indent + 2, field + ":");
            key(indent + 4, "form", Encodings.wordOf(layout.form()));
            if (layout.nested() == null) {
                writeParts(indent + 4, layout);
            } else {
                writeNested(indent + 4, layout.nested(), common);
            }
        });
    }

    private void writeParts(final int indent, final SubFieldLayout layout) {
        if (layout.tagCharacters() > 0) {
            key(indent, "tag", String.valueOf(layout.tagCharacters()));
            key(indent, "length", String.valueOf(layout.lengthCharacters()));
            key(indent, "leading", String.valueOf(layout.leadingCharacters()));
        }
        if (layout.repeated()) {
            key(indent, "repeated", "true");
        }
        if (!layout.parts().isEmpty()) {
            line(indent, "parts:");
            layout.parts().forEach((tag, format) -> key(indent + 2, tag, notation(format)));
        }
    }

    private void writeNested(final int indent, final NestedFields nested, final Encodings common) {
        key(indent, "bitmap", Encodings.wordOf(nested.bitmap()));
        key(indent, "bitmaps", String.valueOf(nested.bitmaps()));
        line(indent, "parts:");
        nested.fields().forEach((part, line) -> key(indent + 2, String.valueOf(part), lineOf(line, common)));
        writeSubFields(indent, nested.subFields(), common);
    }

    private void writeSamples() {
        if (source.samples().isEmpty()) {
            return;
        }
        line(0, "samples:");
        source.samples().forEach((name, values) -> {
            line(2, quoted(name) + ":");
            values.forEach((field, value) -> key(4, String.valueOf(field), value));
        });
    }

    private void writeResponseCodes() {
        if (source.responseCodes().isEmpty()) {
            return;
        }
        line(0, "response-codes:");
        source.responseCodes().forEach((code, meaning) -> {
            final StringBuilder codes = new StringBuilder();
            meaning.allCanonical().forEach(canonical -> codes.append("%04d ".formatted(canonical)));
            key(2, code, codes.toString().strip() + (meaning.name().isEmpty() ? "" : " | " + meaning.name()));
        });
    }

    private void writeTransactions() {
        if (source.transactions().isEmpty()) {
            return;
        }
        line(0, "transactions:");
        source.transactions().forEach((type, transaction) -> key(2, Encodings.wordOf(type), transaction.notation()));
    }

    private String lineOf(final FieldLine line, final Encodings common) {
        final Map<String, String> usual = EncodingWords.of(new FieldLine(line.format(), Map.of()), common);
        final Map<String, String> differing = new LinkedHashMap<>(EncodingWords.of(line, source.encodings()));
        differing.entrySet().removeIf(word -> word.getValue().equals(usual.get(word.getKey())));
        final StringBuilder words = new StringBuilder(line.format().notation());
        differing.forEach(
                (key, word) -> words.append(' ').append(key).append('=').append(word));
        return words
                + (line.format().name().isEmpty() ? "" : " | " + line.format().name());
    }

    private static String notation(final FieldFormat format) {
        return format.notation() + (format.name().isEmpty() ? "" : " | " + format.name());
    }

    /** The encodings that most fields have, so that few lines need words of their own. */
    private Encodings commonEncodings() {
        Encodings common = source.encodings();
        for (final String key : new String[] {
            EncodingWords.TEXT, EncodingWords.DIGITS, EncodingWords.LENGTH, EncodingWords.BINARY, EncodingWords.FILLER
        }) {
            common = mostCommon(common, key, line -> true, key);
        }
        common = mostCommon(common, EncodingWords.PAD, line -> line.format().lengthDigits() == 0, "fixed-pad");
        return mostCommon(common, EncodingWords.PAD, line -> line.format().lengthDigits() > 0, "variable-pad");
    }

    private Encodings mostCommon(
            final Encodings encodings, final String key, final Function<FieldLine, Boolean> among, final String set) {
        final Map<String, Integer> counts = new HashMap<>();
        source.fields().values().stream().filter(among::apply).forEach(line -> {
            final String word = EncodingWords.of(line, source.encodings()).get(key);
            if (word != null) {
                counts.merge(word, 1, Integer::sum);
            }
        });
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(most -> encodings.with(set, most.getKey()))
                .orElse(encodings);
    }

    private void key(final int indent, final String key, final String value) {
        line(indent, quoted(key) + ": " + quoted(value));
    }

    private void line(final int indent, final String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }

    /** As it is when YAML cannot misunderstand it, else in double quotes. */
    private static String quoted(final String value) {
        final boolean plain = value.matches("[A-Za-z0-9][A-Za-z0-9 .,=_+()/|-]*") && !value.endsWith(" ");
        if (plain) {
            return value;
        }
        final StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ' || character > '~') {
                quoted.append("\\u%04X".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}

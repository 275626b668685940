package io.turnout.launcher.iso;

import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.EncodeError;
import io.turnout.codecs.iso8583.FieldDescription;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.SubFields;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Dialects as tables for people. Used by one thread. */
public final class DialectReport {
    private static final String LINE = "| %5s | %-12s | %-44s | %-6s | %s |";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int CAPACITY = 1 << 16;

    private DialectReport() {}

    /** The documentation of a dialect as Markdown: what surrounds the fields, a line for each field, its samples. */
    public static List<String> show(final Dialect dialect) {
        final List<String> lines = new ArrayList<>();
        lines.add("# " + dialect.name());
        if (!dialect.description().isEmpty()) {
            lines.add("");
            lines.add(dialect.description());
        }
        lines.add("");
        dialect.describeMessage().forEach((key, word) -> lines.add("- " + key + ": " + word));
        lines.add("");
        lines.add(LINE.formatted("field", "attribute", "encoding", "people", "name"));
        lines.add("|------:|--------------|----------------------------------------------|--------|------|");
        for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
            if (dialect.has(field)) {
                final FieldDescription row = dialect.describe(field);
                lines.add(LINE.formatted(field, row.attribute(), row.words(), word(row), row.name()));
            }
        }
        for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
            final String number = String.valueOf(field);
            dialect.subFields(field).ifPresent(subFields -> showParts(number, subFields, lines));
        }
        dialect.samples().forEach((name, values) -> {
            lines.add("");
            lines.add("Sample: " + name);
            lines.add("    " + sample(dialect, values));
        });
        return lines;
    }

    private static void showParts(final String field, final SubFields subFields, final List<String> lines) {
        if (!subFields.describe().isEmpty()) {
            lines.add("");
            lines.add("Parts of field " + field);
        }
        subFields.describe().forEach((part, line) -> {
            lines.add("    " + field + "." + part + ": " + line);
            subFields.subFields(part).ifPresent(inner -> showParts(field + "." + part, inner, lines));
        });
    }

    /** What is different in two dialects: {@code -} is only in the first, {@code +} only in the second. */
    public static List<String> diff(final Dialect first, final Dialect second) {
        final List<String> lines = new ArrayList<>();
        first.describeMessage().forEach((key, word) -> {
            final String other = second.describeMessage().get(key);
            if (!word.equals(other)) {
                lines.add("- " + key + ": " + word);
                lines.add("+ " + key + ": " + other);
            }
        });
        for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
            final String one = first.has(field) ? line(first.describe(field)) : "";
            final String other = second.has(field) ? line(second.describe(field)) : "";
            if (!one.equals(other)) {
                add(lines, "- ", field, one);
                add(lines, "+ ", field, other);
            }
        }
        return lines;
    }

    private static void add(final List<String> lines, final String sign, final int field, final String line) {
        if (!line.isEmpty()) {
            lines.add(sign + field + ": " + line);
        }
    }

    private static String line(final FieldDescription row) {
        return (row.attribute() + " " + row.words()).strip() + (row.name().isEmpty() ? "" : " | " + row.name());
    }

    private static String word(final FieldDescription row) {
        return row.mask().name().toLowerCase(Locale.ROOT);
    }

    private static String sample(final Dialect dialect, final SortedMap<Integer, String> values) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(buffer, 0, CAPACITY);
        encoder.begin(Integer.parseInt(values.getOrDefault(0, "0")));
        values.forEach((field, value) -> {
            if (field > 0) {
                encoder.putString(field, value);
            }
        });
        final int length = encoder.finish();
        return length < 0
                ? "cannot be written: " + EncodeError.of(length) + " in field " + encoder.errorField()
                : HEX.formatHex(buffer.byteArray(), 0, length);
    }
}

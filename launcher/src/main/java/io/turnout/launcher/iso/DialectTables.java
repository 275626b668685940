package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.Dialects;
import io.turnout.codecs.iso8583.PackagerRow;
import io.turnout.codecs.iso8583.PackagerTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Dialects as tables in JSON: {@code {"name": {"headerBytes": 11, "charset": "gb18030", "fields": {"2": {"class":
 * "IFB_LLNUM", "length": 19, "pad": false}}}}}. A dialect without a table is one of the product or a file.
 *
 * <p>Used by one thread.
 */
public final class DialectTables {
    private static final Set<String> KEYS = Set.of(
            "id",
            "note",
            "headerBytes",
            "bitmapFixedBytes",
            "bit1",
            "bitmapLower",
            "charset",
            "strictNumeric",
            "fields");

    private final JsonNode tables;

    private DialectTables(final JsonNode tables) {
        this.tables = tables;
    }

    /** No tables: all dialects are those of the product, or files. */
    public static DialectTables none() {
        return new DialectTables(Json.object());
    }

    /**
     * Reads a file of tables.
     *
     * @throws IllegalArgumentException when it is not a JSON object
     */
    public static DialectTables read(final Path file) {
        try {
            final JsonNode tables = Json.MAPPER.readTree(Files.readString(file));
            if (tables == null || !tables.isObject()) {
                throw new IllegalArgumentException(file + ": not an object of tables by the name of the dialect");
            }
            return new DialectTables(tables);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A dialect with some of its fields replaced.
     *
     * @param override rows by field, and keys of a table such as {@code headerBytes}; null for none
     * @param strictNumeric whether letters are refused where digits should be; null for what the table says, which by
     *     default accepts them
     * @throws IllegalArgumentException when there is no such dialect, or it cannot be understood
     */
    public Dialect dialect(final String name, final JsonNode override, final Boolean strictNumeric) {
        final JsonNode written = tables.get(name);
        final PackagerTable table =
                written == null ? product(name, strictNumeric) : table(name, written, strictNumeric);
        if (override instanceof ObjectNode) {
            final ObjectNode rows = override.deepCopy();
            final ObjectNode options = rows.deepCopy();
            rows.remove(KEYS);
            options.retain(KEYS);
            putOptions(table, options);
            putRows(table, rows);
            putBitmapOptions(table, options);
        }
        return table.dialect();
    }

    /** The row of a table: class and length, perhaps the side of the filler, and options. */
    static PackagerRow row(final JsonNode row) {
        if (!row.isObject()
                || !row.path("class").isTextual()
                || !row.path("length").canConvertToInt()) {
            throw new IllegalArgumentException("'" + row + "' is not a row (expected class and length)");
        }
        final Map<String, String> options = new TreeMap<>();
        row.fieldNames().forEachRemaining(key -> {
            if (!Set.of("class", "length", "pad", "name").contains(key)) {
                options.put(key, row.get(key).asText());
            }
        });
        final Boolean pad = row.path("pad").isBoolean() ? row.get("pad").booleanValue() : null;
        return new PackagerRow(
                row.get("class").textValue(),
                row.get("length").intValue(),
                pad,
                options,
                row.path("name").asText(""));
    }

    private static PackagerTable product(final String name, final Boolean strictNumeric) {
        return new PackagerTable(Dialects.of(name)).strictNumeric(Boolean.TRUE.equals(strictNumeric));
    }

    private static PackagerTable table(final String name, final JsonNode written, final Boolean strictNumeric) {
        written.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(name + ": '" + key + "' is not a key of a table");
            }
        });
        final boolean strictTable = written.path("strictNumeric").asBoolean(false);
        final PackagerTable table =
                new PackagerTable(name).strictNumeric(strictNumeric == null ? strictTable : strictNumeric);
        putOptions(table, written);
        putRows(table, written.path("fields"));
        putBitmapOptions(table, written);
        return table;
    }

    private static void putOptions(final PackagerTable table, final JsonNode written) {
        if (written.has("headerBytes")) {
            table.headerBytes(written.get("headerBytes").asInt());
        }
        if (written.has("charset")) {
            table.charset(written.get("charset").asText());
        }
    }

    /** The row of the bitmap says how it is written, these how many there are whatever it says. */
    private static void putBitmapOptions(final PackagerTable table, final JsonNode written) {
        if (written.has("bitmapFixedBytes")) {
            table.alwaysBitmapBytes(written.get("bitmapFixedBytes").asInt());
        }
        if (written.path("bitmapLower").asBoolean(false)) {
            table.lowerCaseBitmap();
        }
        if (written.path("bit1").asText("").equals("never")) {
            table.firstBitNever();
        }
    }

    private static void putRows(final PackagerTable table, final JsonNode rows) {
        // The bitmap goes first: it decides which fields there is room for.
        new TreeMap<>(numbered(rows)).forEach((field, row) -> {
            if (row.isNull()) {
                table.remove(field);
            } else {
                table.row(field, row(row));
            }
        });
    }

    private static Map<Integer, JsonNode> numbered(final JsonNode rows) {
        final Map<Integer, JsonNode> numbered = new TreeMap<>();
        rows.fieldNames().forEachRemaining(key -> {
            if (!key.matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("'" + key + "' is not the number of a field");
            }
            numbered.put(Integer.parseInt(key), rows.get(key));
        });
        return numbered;
    }
}

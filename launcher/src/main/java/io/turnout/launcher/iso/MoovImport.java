package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.turnout.codecs.iso8583.PackagerTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the specifications of moov-io/iso8583 in JSON. Used by one thread. */
public final class MoovImport {
    private static final Pattern PREFIX =
            Pattern.compile("(ASCII|BCD|Hex|EBCDIC|EBCDIC1047|Binary|None)\\.(Fixed|L{1,6})");
    private static final int FIRST_OF_THIRD_BITMAP = 129;
    private static final int BITMAP_BYTES = 8;

    private final List<String> remarks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads a file.
     *
     * @param name of the dialect it becomes
     * @throws IllegalArgumentException with every problem of the file
     */
    public ImportedDialect read(final String name, final Path file) {
        final JsonNode fields = parse(file).path("fields");
        if (!fields.isObject()) {
            throw new IllegalArgumentException(file + ": not a specification (expected the key 'fields')");
        }
        final Map<Integer, JsonNode> numbered = new TreeMap<>();
        fields.fieldNames().forEachRemaining(key -> {
            if (key.matches("[0-9]{1,3}")) {
                numbered.put(Integer.parseInt(key), fields.get(key));
            } else {
                problems.add("'" + key + "' is not the number of a field");
            }
        });
        final PackagerTable table = new PackagerTable(name);
        final boolean third = numbered.keySet().stream().anyMatch(field -> field >= FIRST_OF_THIRD_BITMAP);
        numbered.forEach((field, spec) -> {
            try {
                add(table, field, spec, third);
            } catch (final IllegalArgumentException e) {
                problems.add("field " + field + ": " + e.getMessage());
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + String.join(System.lineSeparator() + "  ", problems));
        }
        return new ImportedDialect(table.dialect(), List.copyOf(remarks));
    }

    private void add(final PackagerTable table, final int field, final JsonNode spec, final boolean third) {
        if (field == 0) {
            table.mti(
                    switch (spec.path("enc").asText("ASCII")) {
                        case "BCD", "LBCD", "Binary" -> "bcd";
                        case "EBCDIC", "EBCDIC1047" -> "ebcdic";
                        default -> "ascii";
                    });
        } else if (spec.path("type").asText("").equals("Bitmap")) {
            addBitmap(table, field, spec, third);
        } else if (spec.path("type").asText("").equals("Composite")) {
            addComposite(table, field, spec);
        } else {
            table.line(field, line(spec, spec.path("type").asText("")));
        }
    }

    private void addBitmap(final PackagerTable table, final int field, final JsonNode spec, final boolean third) {
        if (field != 1) {
            remarks.add("field " + field + " is a bitmap and was left out; the first bitmap announces it");
            return;
        }
        final boolean always = spec.path("disableAutoExpand").asBoolean(false);
        final int length = spec.path("length").asInt(8);
        table.bitmaps(bitmapEncoding(spec), always ? Math.max(1, length / 8) : third ? 3 : 2, always);
        if (always) {
            table.firstBitNever();
        }
    }

    private static String bitmapEncoding(final JsonNode spec) {
        return spec.path("enc").asText("Binary").equals("Binary") ? "raw" : "ascii-hex";
    }

    private void addComposite(final PackagerTable table, final int field, final JsonNode spec) {
        final JsonNode tag = spec.path("tag");
        final boolean ber = tag.path("enc").asText("").equals("BerTLVTag");
        final boolean bytes = ber || spec.path("bitmap").path("enc").asText("").equals("Binary");
        table.line(field, line(spec, bytes ? "Binary" : "String"));
        if (ber) {
            table.berTags(field);
        } else if (spec.has("bitmap")) {
            table.nested(field, nested(spec));
        } else {
            addParts(table, field, tag, spec.path("subfields"));
        }
    }

    private PackagerTable nested(final JsonNode spec) {
        final PackagerTable parts = PackagerTable.ofParts();
        final JsonNode bitmap = spec.path("bitmap");
        final int length = bitmap.path("length").asInt(BITMAP_BYTES);
        final boolean fixed = bitmap.path("disableAutoExpand").asBoolean(false);
        if (length % BITMAP_BYTES != 0 || (fixed && length > BITMAP_BYTES)) {
            throw new IllegalArgumentException(
                    "a bitmap of " + length + " bytes that is always there (expected 8, or one that announces others)");
        }
        parts.bitmaps(bitmapEncoding(bitmap), fixed ? 1 : Math.max(2, length / BITMAP_BYTES), false);
        spec.path("subfields").properties().forEach(part -> {
            if (!part.getKey().matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("'" + part.getKey() + "' is not the number of a part");
            }
            final int number = Integer.parseInt(part.getKey());
            final String type = part.getValue().path("type").asText("");
            if (type.equals("Composite")) {
                addComposite(parts, number, part.getValue());
            } else {
                parts.line(number, line(part.getValue(), type));
            }
        });
        return parts;
    }

    private void addParts(final PackagerTable table, final int field, final JsonNode tag, final JsonNode subfields) {
        final List<String> tags = new ArrayList<>();
        subfields.fieldNames().forEachRemaining(tags::add);
        final boolean numbers = tags.stream().allMatch(key -> key.matches("[0-9]{1,9}"));
        tags.sort(numbers ? Comparator.comparing(Integer::valueOf) : Comparator.naturalOrder());
        final Map<String, String> parts = new LinkedHashMap<>();
        int lengthDigits = 0;
        for (final String key : tags) {
            final JsonNode part = subfields.get(key);
            final Matcher prefix = PREFIX.matcher(part.path("prefix").asText(""));
            final boolean characters = part.path("enc").asText("ASCII").equals("ASCII") && prefix.matches();
            if (!characters || part.path("type").asText("").equals("Composite")) {
                remarks.add(
                        "field " + field + " has parts that are not plain characters (" + key + ") and was left whole");
                return;
            }
            lengthDigits = Math.max(lengthDigits, digits(prefix));
            parts.put(key, attribute(part, part.path("type").asText(""), digits(prefix)) + nameOf(part));
        }
        if (tag.path("length").asInt(0) > 0) {
            table.tags(field, tag.path("length").asInt(), Math.max(1, lengthDigits), parts);
        } else if (!parts.isEmpty()) {
            table.positions(field, parts);
        }
    }

    private static String line(final JsonNode spec, final String type) {
        final String prefix = spec.path("prefix").asText("");
        final Matcher matcher = PREFIX.matcher(prefix);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the prefix '" + prefix + "' is not known");
        }
        final int digits = digits(matcher);
        final StringBuilder line = new StringBuilder(attribute(spec, type, digits));
        if (digits > 0) {
            line.append(" length=").append(lengthOf(matcher.group(1)));
        }
        return line + encodings(type, spec.path("enc").asText("ASCII")) + nameOf(spec);
    }

    /** Digits of the length; moov counts bytes where the length is binary, and pairs where it is hexadecimal. */
    private static int digits(final Matcher prefix) {
        if (prefix.group(2).equals("Fixed")) {
            return 0;
        }
        final boolean pairs =
                prefix.group(1).equals("Binary") || prefix.group(1).equals("Hex");
        return prefix.group(2).length() * (pairs ? 2 : 1);
    }

    private static String lengthOf(final String encoding) {
        return switch (encoding) {
            case "BCD" -> "bcd";
            case "Hex" -> "hex";
            case "EBCDIC", "EBCDIC1047" -> "ebcdic";
            case "Binary" -> "binary";
            default -> "ascii";
        };
    }

    private static String attribute(final JsonNode spec, final String type, final int lengthDigits) {
        final int length = spec.path("length").asInt(0);
        final String enc = spec.path("enc").asText("ASCII");
        final boolean packed = enc.equals("BCD") || enc.equals("LBCD");
        final String letter = isHex(enc)
                ? "b"
                : switch (type) {
                    case "Numeric" -> "n";
                    case "String", "Track1" -> packed ? "n" : "ans";
                    case "Track2", "Track3" -> "z";
                    case "Binary", "Hex" -> "b";
                    default -> throw new IllegalArgumentException("the type '" + type + "' is not known");
                };
        final int number = letter.equals("b") && lengthDigits == 0 ? length * Byte.SIZE : length;
        return letter + ".".repeat(lengthDigits) + number;
    }

    private static String encodings(final String type, final String enc) {
        if (isHex(enc)) {
            return " binary=ascii-hex";
        }
        if (type.equals("Binary") || type.equals("Hex")) {
            return " binary=raw";
        }
        final boolean digits = type.equals("Numeric") || type.startsWith("Track");
        return switch (enc) {
            case "BCD" -> " digits=bcd pad=left";
            case "LBCD" -> " digits=bcd pad=right";
            case "EBCDIC" -> digits ? " digits=ebcdic text=ebcdic-037" : " text=ebcdic-037";
            case "EBCDIC1047" -> digits ? " digits=ebcdic text=ebcdic-1047" : " text=ebcdic-1047";
            case "ASCII", "Binary", "" -> digits ? " digits=ascii" : " text=latin-1";
            default -> throw new IllegalArgumentException("the encoding '" + enc + "' is not known");
        };
    }

    /** Bytes as two characters each; the name of this encoding has changed over time. */
    private static boolean isHex(final String enc) {
        return enc.equals("Hex") || enc.equals("HexToASCII") || enc.equals("BytesToASCIIHex");
    }

    private static String nameOf(final JsonNode spec) {
        final String name =
                spec.path("description").asText("").replace('|', '/').strip();
        return name.isEmpty() ? "" : " | " + name;
    }

    private static JsonNode parse(final Path file) {
        try {
            return Json.MAPPER.readTree(Files.readString(file));
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}

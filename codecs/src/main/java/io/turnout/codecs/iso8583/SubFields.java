package io.turnout.codecs.iso8583;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes values apart into their parts and puts them together again, as the dialect lays them out.
 *
 * <p>For people and for flows that need a part now and then; allocates, unlike {@link IsoDecoder}. Immutable; may be
 * shared by all threads.
 */
public final class SubFields {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final SubFieldLayout layout;
    private final boolean inBinaryField;
    private final TextEncoding text;
    private final NestedMessage nested;

    private SubFields(
            final SubFieldLayout layout,
            final boolean inBinaryField,
            final TextEncoding text,
            final NestedMessage nested) {
        this.layout = layout;
        this.inBinaryField = inBinaryField;
        this.text = text;
        this.nested = nested;
    }

    /** The parts of a field of a dialect. */
    static SubFields of(final SubFieldLayout layout, final DialectSource dialect, final int field) {
        final FieldLine line = dialect.fields().get(field);
        final FieldType type = line.format().type();
        final NestedMessage nested = layout.nested() == null
                ? null
                : new NestedMessage(layout.nested().dialect(dialect, field));
        return new SubFields(
                layout,
                type == FieldType.BINARY || type == FieldType.NIBBLES,
                line.encodings(dialect.encodings()).text(),
                nested);
    }

    /**
     * What a value is made of.
     *
     * @param parts those before the error, if there is one
     * @param error {@link DecodeError#NONE} when all of the value was understood
     * @param errorPart the part in error; empty when it is not known, or there is no error
     */
    public record Reading(List<SubField> parts, DecodeError error, String errorPart) {}

    /** Whether the parts are bytes; those of other forms are characters, even in a binary field. */
    public boolean areBytes() {
        return layout.form() == SubFieldForm.BER_TLV || nested != null;
    }

    /** Whether {@link #read} takes hexadecimal characters for the bytes of the value. */
    boolean isHex() {
        return inBinaryField && areBytes();
    }

    /** The parts of a part that is a bitmap's; nothing when it has none. */
    public Optional<SubFields> subFields(final String part) {
        return nested != null && part.matches("[0-9]{1,3}")
                ? nested.dialect().subFields(Integer.parseInt(part))
                : Optional.empty();
    }

    /** How people may see a part of a field that they see in a certain way. */
    public FieldMask mask(final String part, final FieldMask whole) {
        return nested == null ? whole : nested.dialect().ownMask(Integer.parseInt(part));
    }

    /** What the parts are, for tables: attribute and name by tag or position. */
    public Map<String, String> describe() {
        final Map<String, String> lines = new LinkedHashMap<>();
        if (nested == null) {
            layout.parts().forEach((tag, format) -> lines.put(tag, describe(format)));
        } else {
            layout.nested().fields().forEach((tag, line) -> lines.put(String.valueOf(tag), describe(line.format())));
        }
        return lines;
    }

    /** Takes apart the value of a field, whatever its parts are, as {@link IsoDecoder#getString} gives it. */
    public Reading readField(final String value) {
        return inBinaryField && !isHex() ? read(new String(HEX.parseHex(value), charset())) : read(value);
    }

    /**
     * The value of a field, as {@link IsoEncoder#putString} takes it; the reverse of {@link #readField}.
     *
     * @throws SubFieldException when a part has no place or does not fit
     */
    public String writeField(final Map<String, String> values) {
        final String value = write(values);
        return inBinaryField && !isHex() ? HEX.formatHex(value.getBytes(charset())) : value;
    }

    /**
     * Takes apart a value: characters, or hexadecimal characters when the parts {@link #areBytes} and the field is
     * binary.
     */
    public Reading read(final String value) {
        if (nested != null) {
            return nested.read(inBinaryField ? HEX.parseHex(value) : wireBytes(value));
        }
        final List<SubField> parts = new ArrayList<>();
        final DecodeError error =
                switch (layout.form()) {
                    case POSITIONS -> readPositions(value, parts);
                    case TLV, LTV -> readTags(value, parts);
                    default -> readBer(value, parts);
                };
        return new Reading(List.copyOf(parts), error, error == DecodeError.NONE ? "" : partAfter(parts));
    }

    /**
     * Puts parts together; the reverse of {@link #read}.
     *
     * @param values by tag or position; positions that are missing are filled with zeros or blanks up to the last one
     * @throws SubFieldException when a part has no place or does not fit
     */
    public String write(final Map<String, String> values) {
        return switch (layout.form()) {
            case POSITIONS -> writePositions(values);
            case TLV, LTV -> writeTags(values);
            case BER_TLV -> writeBer(values);
            case BITMAP -> {
                final byte[] bytes = nested.write(values);
                yield inBinaryField ? HEX.formatHex(bytes) : characters(bytes);
            }
        };
    }

    /** Of parts one after another, the one that comes next; of those with tags, it is not known. */
    private String partAfter(final List<SubField> parts) {
        if (layout.form() != SubFieldForm.POSITIONS) {
            return "";
        }
        final List<String> tags = List.copyOf(layout.parts().keySet());
        final String tag = tags.get(parts.size() % tags.size());
        if (layout.repeated()) {
            return parts.size() / tags.size() + 1 + "." + tag;
        }
        return parts.size() < tags.size() ? tag : "";
    }

    private static String describe(final FieldFormat format) {
        return format.notation() + (format.name().isEmpty() ? "" : " | " + format.name());
    }

    /** Of the characters of a binary field that carries text. */
    private Charset charset() {
        return text.isEbcdic() ? text.charset() : StandardCharsets.ISO_8859_1;
    }

    /** The bytes that a text stands for on the wire. */
    private byte[] wireBytes(final String value) {
        if (text == TextEncoding.GB18030) {
            return value.getBytes(text.charset());
        }
        return translated(value.getBytes(StandardCharsets.ISO_8859_1), text.fromLatin1());
    }

    private String characters(final byte[] wireBytes) {
        return text == TextEncoding.GB18030
                ? new String(wireBytes, text.charset())
                : new String(translated(wireBytes, text.toLatin1()), StandardCharsets.ISO_8859_1);
    }

    private static byte[] translated(final byte[] bytes, final byte[] table) {
        final byte[] translated = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            translated[i] = table[bytes[i] & 0xFF];
        }
        return translated;
    }

    private DecodeError readPositions(final String value, final List<SubField> parts) {
        int position = 0;
        int group = 1;
        do {
            for (final Map.Entry<String, FieldFormat> part : layout.parts().entrySet()) {
                if (position == value.length()) {
                    return DecodeError.NONE;
                }
                final int digits = part.getValue().lengthDigits();
                final int length = digits == 0 ? part.getValue().maximumCount() : number(value, position, digits);
                if (length < 0) {
                    return position + digits > value.length() ? DecodeError.TRUNCATED_LENGTH : DecodeError.BAD_LENGTH;
                }
                if (length > part.getValue().maximumCount()) {
                    return DecodeError.LENGTH_OVER_MAX;
                }
                final int end = position + digits + length;
                if (end > value.length()) {
                    return DecodeError.TRUNCATED;
                }
                final String tag = layout.repeated() ? group + "." + part.getKey() : part.getKey();
                parts.add(new SubField(tag, part.getValue().name(), value.substring(position + digits, end)));
                position = end;
            }
            group++;
        } while (layout.repeated() && position < value.length());
        return position < value.length() ? DecodeError.TRAILING_DATA : DecodeError.NONE;
    }

    private DecodeError readTags(final String value, final List<SubField> parts) {
        int position = layout.leadingCharacters();
        if (position > value.length()) {
            return DecodeError.TRUNCATED;
        }
        if (position > 0) {
            parts.add(new SubField("", layout.nameOf(""), value.substring(0, position)));
        }
        final boolean tagFirst = layout.form() == SubFieldForm.TLV;
        final int header = layout.tagCharacters() + layout.lengthCharacters();
        while (position < value.length()) {
            if (position + header > value.length()) {
                return DecodeError.TRUNCATED_LENGTH;
            }
            final int tagAt = tagFirst ? position : position + layout.lengthCharacters();
            final int lengthAt = tagFirst ? position + layout.tagCharacters() : position;
            final int number = number(value, lengthAt, layout.lengthCharacters());
            final int length = tagFirst || number < 0 ? number : number - layout.tagCharacters();
            if (length < 0) {
                return DecodeError.BAD_LENGTH;
            }
            final int end = position + header + length;
            if (end > value.length()) {
                return DecodeError.TRUNCATED;
            }
            final String tag = value.substring(tagAt, tagAt + layout.tagCharacters());
            parts.add(new SubField(tag, layout.nameOf(tag), value.substring(position + header, end)));
            position = end;
        }
        return DecodeError.NONE;
    }

    private DecodeError readBer(final String value, final List<SubField> parts) {
        return BerTlv.read(
                bytesOf(value),
                (tag, content) -> parts.add(new SubField(tag, layout.nameOf(tag), HEX.formatHex(content))));
    }

    private String writePositions(final Map<String, String> values) {
        final StringBuilder text = new StringBuilder();
        int left = values.size();
        for (int group = 1; left > 0; group++) {
            final int before = left;
            for (final Map.Entry<String, FieldFormat> part : layout.parts().entrySet()) {
                if (left == 0) {
                    break;
                }
                final String tag = layout.repeated() ? group + "." + part.getKey() : part.getKey();
                final String value = values.get(tag);
                left -= value == null ? 0 : 1;
                appendPart(text, tag, part.getValue(), value == null ? "" : value);
            }
            if (left == before || (left > 0 && !layout.repeated())) {
                throw new SubFieldException(
                        unplaced(values, group),
                        EncodeError.UNKNOWN_FIELD,
                        "there is no place for some of the parts " + values.keySet());
            }
        }
        return text.toString();
    }

    /** The first part that none of the groups up to this one has. */
    private String unplaced(final Map<String, String> values, final int groups) {
        return values.keySet().stream()
                .filter(tag -> !isPlaced(tag, groups))
                .findFirst()
                .orElse("");
    }

    private boolean isPlaced(final String tag, final int groups) {
        if (!layout.repeated()) {
            return layout.parts().containsKey(tag);
        }
        final int dot = tag.indexOf('.');
        return dot > 0
                && layout.parts().containsKey(tag.substring(dot + 1))
                && tag.substring(0, dot).matches("[1-9][0-9]{0,5}")
                && Integer.parseInt(tag.substring(0, dot)) <= groups;
    }

    private static void appendPart(
            final StringBuilder text, final String tag, final FieldFormat format, final String value) {
        if (value.length() > format.maximumCount()) {
            throw new SubFieldException(
                    tag, EncodeError.VALUE_TOO_LONG, "part " + tag + " is longer than " + format.maximumCount());
        }
        if (format.lengthDigits() > 0) {
            text.append(padded(value.length(), format.lengthDigits())).append(value);
            return;
        }
        final int fill = format.maximumCount() - value.length();
        final boolean digits = format.type() == FieldType.NUMERIC;
        text.append(digits ? "0".repeat(fill) + value : value + " ".repeat(fill));
    }

    private String writeTags(final Map<String, String> values) {
        final StringBuilder text = new StringBuilder();
        final int leading = layout.leadingCharacters();
        if (leading > 0) {
            final String value = values.getOrDefault("", " ".repeat(leading));
            if (value.length() != leading) {
                throw new SubFieldException(
                        "",
                        value.length() > leading ? EncodeError.VALUE_TOO_LONG : EncodeError.VALUE_TOO_SHORT,
                        "the part before the tags needs " + leading + " characters");
            }
            text.append(value);
        }
        for (final Map.Entry<String, String> part : values.entrySet()) {
            if (part.getKey().isEmpty() && leading > 0) {
                continue;
            }
            if (part.getKey().length() != layout.tagCharacters()) {
                throw new SubFieldException(
                        part.getKey(),
                        EncodeError.UNKNOWN_FIELD,
                        "tag '" + part.getKey() + "' needs " + layout.tagCharacters() + " characters");
            }
            final boolean tagFirst = layout.form() == SubFieldForm.TLV;
            final int counted = part.getValue().length() + (tagFirst ? 0 : layout.tagCharacters());
            final String length = padded(counted, layout.lengthCharacters());
            if (length.length() != layout.lengthCharacters()) {
                throw new SubFieldException(
                        part.getKey(), EncodeError.VALUE_TOO_LONG, "part " + part.getKey() + " is too long");
            }
            text.append(tagFirst ? part.getKey() + length : length + part.getKey())
                    .append(part.getValue());
        }
        return text.toString();
    }

    private static String writeBer(final Map<String, String> values) {
        final StringBuilder text = new StringBuilder();
        values.forEach((tag, value) -> {
            if (!value.matches("([0-9A-Fa-f]{2})*")) {
                throw new SubFieldException(tag, EncodeError.NOT_HEX, "part " + tag + " is not hexadecimal");
            }
            try {
                text.append(BerTlv.write(tag, HEX.parseHex(value)));
            } catch (final IllegalArgumentException e) {
                final boolean tooLong = value.length() > 2 * BerTlv.MAXIMUM_VALUE_BYTES;
                throw new SubFieldException(
                        tag, tooLong ? EncodeError.VALUE_TOO_LONG : EncodeError.UNKNOWN_FIELD, e.getMessage());
            }
        });
        return text.toString();
    }

    /** Chip data in a text field is written as hexadecimal characters, or as it is. */
    private static byte[] bytesOf(final String value) {
        final boolean hex = value.length() % 2 == 0 && value.matches("[0-9A-Fa-f]*");
        return hex ? HEX.parseHex(value) : value.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int number(final String value, final int offset, final int digits) {
        if (offset + digits > value.length()) {
            return -1;
        }
        int number = 0;
        for (int i = offset; i < offset + digits; i++) {
            final int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private static String padded(final int number, final int digits) {
        final String text = String.valueOf(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}

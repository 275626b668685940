package io.turnout.codecs.iso8583;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Takes values apart into their parts and puts them together again, as the dialect lays them out.
 *
 * <p>For people and for flows that need a part now and then; allocates, unlike {@link IsoDecoder}. Immutable; may be
 * shared by all threads.
 */
public final class SubFields {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final SubFieldLayout layout;

    SubFields(final SubFieldLayout layout) {
        this.layout = layout;
    }

    /**
     * What a value is made of.
     *
     * @param parts those before the error, if there is one
     * @param error {@link DecodeError#NONE} when all of the value was understood
     */
    public record Reading(List<SubField> parts, DecodeError error) {}

    /** Whether the parts are bytes; those of all other forms are characters, even in a binary field. */
    public boolean areBytes() {
        return layout.form() == SubFieldForm.BER_TLV;
    }

    /** Takes apart the value of a field as {@link IsoDecoder#getString} gives it; of a binary field, hexadecimal. */
    public Reading read(final String value) {
        final List<SubField> parts = new ArrayList<>();
        final DecodeError error =
                switch (layout.form()) {
                    case POSITIONS -> readPositions(value, parts);
                    case TLV, LTV -> readTags(value, parts);
                    case BER_TLV -> readBer(value, parts);
                };
        return new Reading(List.copyOf(parts), error);
    }

    /**
     * Puts parts together; the reverse of {@link #read}.
     *
     * @param values by tag or position; positions that are missing are filled with zeros or blanks up to the last one
     * @throws IllegalArgumentException when a part has no place or does not fit
     */
    public String write(final Map<String, String> values) {
        return switch (layout.form()) {
            case POSITIONS -> writePositions(values);
            case TLV, LTV -> writeTags(values);
            case BER_TLV -> writeBer(values);
        };
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
                throw new IllegalArgumentException("there is no place for some of the parts " + values.keySet());
            }
        }
        return text.toString();
    }

    private static void appendPart(
            final StringBuilder text, final String tag, final FieldFormat format, final String value) {
        if (value.length() > format.maximumCount()) {
            throw new IllegalArgumentException("part " + tag + " is longer than " + format.maximumCount());
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
            require(value.length() == leading, "the part before the tags needs " + leading + " characters");
            text.append(value);
        }
        for (final Map.Entry<String, String> part : values.entrySet()) {
            if (part.getKey().isEmpty() && leading > 0) {
                continue;
            }
            require(
                    part.getKey().length() == layout.tagCharacters(),
                    "tag '" + part.getKey() + "' needs " + layout.tagCharacters() + " characters");
            final boolean tagFirst = layout.form() == SubFieldForm.TLV;
            final int counted = part.getValue().length() + (tagFirst ? 0 : layout.tagCharacters());
            final String length = padded(counted, layout.lengthCharacters());
            require(length.length() == layout.lengthCharacters(), "part " + part.getKey() + " is too long");
            text.append(tagFirst ? part.getKey() + length : length + part.getKey())
                    .append(part.getValue());
        }
        return text.toString();
    }

    private static String writeBer(final Map<String, String> values) {
        final StringBuilder text = new StringBuilder();
        values.forEach((tag, value) -> text.append(BerTlv.write(tag, HEX.parseHex(value))));
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

    private static void require(final boolean condition, final String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}

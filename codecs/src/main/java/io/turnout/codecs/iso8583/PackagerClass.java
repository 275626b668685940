package io.turnout.codecs.iso8583;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the class names of packagers mean, taken apart instead of listed: family, length, modifiers, content.
 *
 * <p>The families are those of jPOS: IF and IFA write ASCII, IFE EBCDIC, IFB packs digits. {@code X_} classes are an
 * extension for lengths that jPOS does not have: {@code X_ALLHEXLEN_CHAR} has a length of two hexadecimal characters,
 * {@code X_ALL_HEX} counts hexadecimal characters, {@code X_BCD4_NUM} has a length of four packed digits.
 */
final class PackagerClass {
    private static final Pattern VARIABLE =
            Pattern.compile("IF(A|B|E|EA|AE|EB)_(F?)(L{1,6})(H?)(F?)([ABE]?)(NUM|CHAR|BINARY|HEX)");
    private static final Pattern FIXED =
            Pattern.compile("IF([ABE]?)_(F?)(NUMERIC|CHAR|ECHAR|AMOUNT|BINARY|HEX|NOP|UNUSED)");
    private static final Pattern EXTENSION = Pattern.compile("X_(?:A(L{1,6})(HEXLEN)?|BCD([1-6]))_(CHAR|HEX|NUM)");
    private static final Pattern BITMAP = Pattern.compile("IF([AEB])_BITMAP");

    private final PackagerRow row;
    private final boolean track;
    private final TextEncoding text;
    private final TextEncoding ebcdic;
    private final Map<String, String> overrides = new TreeMap<>();

    /**
     * @param row what is to be understood
     * @param track whether a variable number may have the separator of a track in it
     * @param text of the ASCII families
     * @param ebcdic of the EBCDIC families
     */
    PackagerClass(final PackagerRow row, final boolean track, final TextEncoding text, final TextEncoding ebcdic) {
        this.row = row;
        this.track = track;
        this.text = text;
        this.ebcdic = ebcdic;
    }

    /** How the bitmaps are written that a class reads. */
    static BinaryEncoding bitmap(final PackagerRow row) {
        final Matcher matcher = BITMAP.matcher(row.simpleClassName());
        if (!matcher.matches()) {
            throw unknown(row);
        }
        return switch (matcher.group(1)) {
            case "A" -> BinaryEncoding.ASCII_HEX;
            case "E" -> BinaryEncoding.EBCDIC_HEX;
            default -> BinaryEncoding.RAW;
        };
    }

    /** How an MTI is written that a class reads. */
    static DigitEncoding mti(final PackagerRow row) {
        return switch (row.simpleClassName()) {
            case "IFA_NUMERIC", "IF_CHAR" -> DigitEncoding.ASCII;
            case "IFE_NUMERIC", "IFE_CHAR" -> DigitEncoding.EBCDIC;
            case "IFB_NUMERIC", "IFB_HEX", "IFB_BINARY" -> DigitEncoding.BCD;
            default -> throw unknown(row);
        };
    }

    /** Whether the class stands for a data element that the dialect does not have. */
    static boolean isAbsent(final PackagerRow row) {
        return row.simpleClassName().equals("IF_NOP") || row.simpleClassName().equals("IF_UNUSED");
    }

    /**
     * The line of a dialect file that means the same; every encoding that matters to it is written out.
     *
     * @throws IllegalArgumentException when the class is not known or an option does not fit it
     */
    FieldLine line() {
        final Matcher variable = VARIABLE.matcher(row.simpleClassName());
        final Matcher fixed = FIXED.matcher(row.simpleClassName());
        final Matcher extension = EXTENSION.matcher(row.simpleClassName());
        if (variable.matches()) {
            return variable(variable);
        }
        if (fixed.matches()) {
            return fixed(fixed);
        }
        if (extension.matches()) {
            return extension(extension);
        }
        throw unknown(row);
    }

    private FieldLine variable(final Matcher matcher) {
        final String family = matcher.group(1);
        final String modifier = matcher.group(6);
        final String data = modifier.isEmpty() ? family.substring(family.length() - 1) : modifier;
        final boolean binaryLength = !matcher.group(4).isEmpty();
        put("length", lengthOf(family, binaryLength));
        if (!matcher.group(5).isEmpty() || (!matcher.group(2).isEmpty() && !data.equals("B"))) {
            put(FieldTraits.SIZE, FieldTraits.FIXED);
        }
        final int digits = matcher.group(3).length();
        return switch (matcher.group(7)) {
            case "NUM" -> number(digits, data, !matcher.group(2).isEmpty());
            case "CHAR" -> text(digits, data);
            case "BINARY" -> binary(digits, modifier);
            default -> nibbleCountedBytes(digits);
        };
    }

    private FieldLine fixed(final Matcher matcher) {
        final String family = matcher.group(1);
        return switch (matcher.group(3)) {
            case "NUMERIC" -> number(0, family, !matcher.group(2).isEmpty());
            case "AMOUNT" -> amount(family);
            case "CHAR" -> text(0, family);
            case "ECHAR" -> text(0, "E");
            case "BINARY" -> binary(0, family.equals("B") ? "" : family);
            case "HEX" -> nibbles(0);
            default -> throw unknown(row);
        };
    }

    private FieldLine extension(final Matcher matcher) {
        if (matcher.group(3) != null) {
            put("length", "bcd");
            final int digits = Integer.parseInt(matcher.group(3));
            return switch (matcher.group(4)) {
                case "NUM" -> number(digits, "B", false);
                case "CHAR" -> text(digits, "A");
                default -> nibbles(digits);
            };
        }
        put("length", matcher.group(2) == null ? "ascii" : "hex");
        final int digits = matcher.group(1).length();
        return switch (matcher.group(4)) {
            case "NUM" -> number(digits, "A", false);
            case "CHAR" -> text(digits, "A");
            default -> {
                put("binary", "ascii-hex");
                yield format(FieldType.NIBBLES, digits, row.length());
            }
        };
    }

    private FieldLine number(final int lengthDigits, final String data, final boolean fillerF) {
        final boolean packed = data.equals("B");
        put("digits", packed ? "bcd" : data.equals("E") ? "ebcdic" : "ascii");
        if (data.equals("E")) {
            put("text", word(ebcdic));
        }
        if (packed) {
            put("pad", row.padsLeft(false) ? "left" : "right");
            put("filler", fillerF && !row.padsLeft(false) ? "f" : "zero");
            if (countsBytes()) {
                put("binary", "raw");
                return format(FieldType.BINARY, lengthDigits, row.length());
            }
        }
        applyNibbleOptions();
        return format(track && lengthDigits > 0 ? FieldType.TRACK : FieldType.NUMERIC, lengthDigits, row.length());
    }

    private FieldLine amount(final String family) {
        if (row.length() < 2) {
            throw new IllegalArgumentException(
                    "an amount of length " + row.length() + " has no room for sign and digits");
        }
        put("digits", family.equals("B") ? "bcd" : family.equals("E") ? "ebcdic" : "ascii");
        put("text", word(family.equals("E") ? ebcdic : text));
        put("pad", row.padsLeft(true) ? "left" : "right");
        return format(FieldType.SIGNED, 0, row.length());
    }

    private FieldLine text(final int lengthDigits, final String data) {
        put("text", word(data.equals("E") ? ebcdic : text));
        if (countsNibbles()) {
            put(FieldTraits.COUNT, FieldTraits.NIBBLES);
            return format(FieldType.TEXT, lengthDigits, row.length() / 2);
        }
        return format(FieldType.TEXT, lengthDigits, row.length());
    }

    private FieldLine binary(final int lengthDigits, final String hexFamily) {
        if (countsNibbles()) {
            return nibbles(lengthDigits);
        }
        put("binary", hexFamily.equals("E") ? "ebcdic-hex" : hexFamily.isEmpty() ? "raw" : "ascii-hex");
        return format(FieldType.BINARY, lengthDigits, row.length());
    }

    /** Whole bytes whose length counts their halves. */
    private FieldLine nibbleCountedBytes(final int lengthDigits) {
        put("binary", "raw");
        put(FieldTraits.COUNT, FieldTraits.NIBBLES);
        return format(FieldType.BINARY, lengthDigits, row.length());
    }

    private FieldLine nibbles(final int lengthDigits) {
        put("binary", "raw");
        put("pad", row.padsLeft(false) ? "left" : "right");
        applyNibbleOptions();
        return format(FieldType.NIBBLES, lengthDigits, row.length());
    }

    private void applyNibbleOptions() {
        final String side = row.options().get("padNibble");
        if (side != null) {
            put("pad", option("padNibble", side, Map.of("left", "left", "right", "right")));
        }
        final String filler = row.options().get("nib");
        if (filler != null) {
            put("filler", option("nib", filler, Map.of("0", "zero", "F", "f", "f", "f")));
        }
    }

    private boolean countsNibbles() {
        return lengthCount().equals("nibbles");
    }

    private boolean countsBytes() {
        return lengthCount().equals("bytes");
    }

    private String lengthCount() {
        final String count = row.options().get("lenCount");
        return count == null ? "" : option("lenCount", count, Map.of("nibbles", "nibbles", "bytes", "bytes"));
    }

    private static String option(final String key, final String value, final Map<String, String> meanings) {
        final String meaning = meanings.get(value);
        if (meaning == null) {
            throw new IllegalArgumentException("'" + key + "' cannot be '" + value + "' (expected one of "
                    + String.join(", ", new TreeMap<>(meanings).keySet()) + ")");
        }
        return meaning;
    }

    private static String lengthOf(final String family, final boolean binary) {
        if (binary) {
            return "binary";
        }
        return switch (family.charAt(0)) {
            case 'B' -> "bcd";
            case 'E' -> "ebcdic";
            default -> "ascii";
        };
    }

    private FieldLine format(final FieldType type, final int lengthDigits, final int maximumCount) {
        return new FieldLine(new FieldFormat(type, lengthDigits, maximumCount, row.name()), overrides);
    }

    private void put(final String key, final String value) {
        overrides.put(key, value);
    }

    private static String word(final TextEncoding encoding) {
        return Encodings.wordOf(encoding);
    }

    private static IllegalArgumentException unknown(final PackagerRow row) {
        return new IllegalArgumentException("the class '" + row.className() + "' is not known here");
    }
}

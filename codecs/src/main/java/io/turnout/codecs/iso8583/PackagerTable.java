package io.turnout.codecs.iso8583;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a dialect of a table of packagers, or of another dialect some of whose fields such rows replace.
 *
 * <p>Row 0 is the MTI and row 1 the bitmap, whose length is in bytes: 8, 16 or 24. A data element that is a message
 * itself has a table of its own, {@link #ofParts}. Used by one thread; not on the hot path.
 */
public final class PackagerTable {
    private static final Set<String> OPTIONS = Set.of("lenCount", "padNibble", "nib");
    private static final int TRACK_2 = 35;
    private static final int TRACK_3 = 36;
    private static final int BITMAP_BYTES = 8;
    private static final int MAXIMUM_LENGTH = 999_999;

    private final DialectSource base;
    private final Map<Integer, FieldLine> fields = new TreeMap<>();
    private final SortedMap<Integer, SubFieldLayout> subFields = new TreeMap<>();
    private Encodings encodings = Encodings.DEFAULT;
    private MessageFormat message = MessageFormat.DEFAULT;
    private int firstField = Dialect.FIRST_FIELD;

    /** An empty table: ASCII digits for an MTI, bitmaps as hexadecimal characters, no fields. */
    public PackagerTable(final String name) {
        this.base = DialectReader.EMPTY.named(name);
    }

    /** An empty table for the parts of a data element: row 0 is their bitmap, and 1 may be a part. */
    public static PackagerTable ofParts() {
        final PackagerTable table = new PackagerTable("parts");
        table.firstField = 1;
        table.message = table.message.withoutMti();
        return table;
    }

    /** A table that begins with everything another dialect has. */
    public PackagerTable(final Dialect base) {
        this.base = base.source();
        this.fields.putAll(base.source().fields());
        this.subFields.putAll(base.source().subFields());
        this.encodings = base.source().encodings();
        this.message = base.message();
    }

    /**
     * Bytes before the MTI.
     *
     * @throws IllegalArgumentException when there are more than a dialect can have
     */
    public PackagerTable headerBytes(final int bytes) {
        if (bytes < 0 || bytes > DialectReader.MAXIMUM_HEADER_BYTES) {
            throw new IllegalArgumentException(
                    "a header of " + bytes + " bytes (expected 0 to " + DialectReader.MAXIMUM_HEADER_BYTES + ")");
        }
        message = message.withHeaderBytes(bytes);
        return this;
    }

    /**
     * The character set of texts; must be set before the rows.
     *
     * @throws IllegalArgumentException when no dialect can have it
     */
    public PackagerTable charset(final String charset) {
        encodings = encodings.with("text", Encodings.wordOf(encodingOf(charset)));
        return this;
    }

    /** Bitmaps that are always there, whatever they announce: 8, 16 or 24 bytes. */
    public PackagerTable alwaysBitmapBytes(final int bytes) {
        return bitmaps(message.bitmap(), bytes, true);
    }

    /** The first bit is never set, though a second bitmap follows. */
    public PackagerTable firstBitNever() {
        message = message.withFirstBitNever(true);
        return this;
    }

    /** Hexadecimal letters of bitmaps are written small. */
    public PackagerTable lowerCaseBitmap() {
        message = message.withLowerCaseBitmap(true);
        return this;
    }

    /**
     * Whether letters are refused where digits should be; must be set before the rows. When they are not, every number
     * of variable length may have the separator of a track in it, as jPOS has it.
     */
    public PackagerTable strictNumeric(final boolean strict) {
        message = message.withStrictNumeric(strict);
        return this;
    }

    /**
     * Adds a row, or replaces the one with its number.
     *
     * @throws IllegalArgumentException when number, class or options are not understood
     */
    public PackagerTable row(final int field, final PackagerRow row) {
        final Optional<String> strange = row.options().keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .findAny();
        if (strange.isPresent()) {
            throw new IllegalArgumentException(
                    "field " + field + ": '" + strange.get() + "' is not an option of a row (expected one of "
                            + String.join(", ", OPTIONS.stream().sorted().toList()) + ")");
        }
        if (field < 0 || field > Dialect.LAST_FIELD || row.length() < 0 || row.length() > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("field " + field + ": length " + row.length()
                    + " cannot be (expected fields 0 to 192 and lengths up to " + MAXIMUM_LENGTH + ")");
        }
        try {
            return understood(field, row);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("field " + field + ": " + e.getMessage(), e);
        }
    }

    /**
     * Adds a data element written as in a dialect file: {@code n..19 digits=bcd pad=left | Primary account number}.
     *
     * @throws IllegalArgumentException when it cannot be understood
     */
    public PackagerTable line(final int field, final String line) {
        if (field < firstField || field > Dialect.LAST_FIELD) {
            throw new IllegalArgumentException("field " + field + " cannot be (expected " + firstField + " to 192)");
        }
        try {
            final FieldLine parsed = FieldLine.parse(line, "");
            parsed.check(encodings);
            fields.put(field, parsed);
            return this;
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("field " + field + ": " + e.getMessage(), e);
        }
    }

    /** How the MTI is written: {@code ascii}, {@code ebcdic} or {@code bcd}. */
    public PackagerTable mti(final String encoding) {
        message = message.withMti(Encodings.word(DigitEncoding.class, encoding));
        return this;
    }

    /** How the bitmaps are written: {@code raw}, {@code ascii-hex} or {@code ebcdic-hex}; and how many there can be. */
    public PackagerTable bitmaps(final String encoding, final int count, final boolean always) {
        return bitmaps(Encodings.word(BinaryEncoding.class, encoding), count * BITMAP_BYTES, always);
    }

    /**
     * A data element is made of parts one after another.
     *
     * @param parts attribute and name, as {@code n..11 | Acquiring institution}, by position
     */
    public PackagerTable positions(final int field, final Map<String, String> parts) {
        return subFields(field, SubFieldForm.POSITIONS, 0, 0, parts);
    }

    /**
     * A data element is made of parts with tag and length in characters.
     *
     * @param parts attribute and name by tag
     */
    public PackagerTable tags(
            final int field, final int tagCharacters, final int lengthCharacters, final Map<String, String> parts) {
        return subFields(field, SubFieldForm.TLV, tagCharacters, lengthCharacters, parts);
    }

    /** A data element has chip data in it. */
    public PackagerTable berTags(final int field) {
        return subFields(field, SubFieldForm.BER_TLV, 0, 0, Map.of());
    }

    /** A data element is a message itself, made of the rows and lines of another table. */
    public PackagerTable nested(final int field, final PackagerTable parts) {
        final SortedMap<Integer, FieldLine> held = new TreeMap<>(parts.fields);
        held.keySet().removeIf(part -> !parts.message.holds(part));
        subFields.put(
                field,
                SubFieldLayout.of(new NestedFields(
                        parts.message.bitmap(), parts.message.bitmaps(), held, new TreeMap<>(parts.subFields))));
        return this;
    }

    /** Removes a data element. */
    public PackagerTable remove(final int field) {
        fields.remove(field);
        return this;
    }

    /** The dialect; the table may change afterwards. */
    public Dialect dialect() {
        final TreeMap<Integer, FieldLine> held = new TreeMap<>(fields);
        held.keySet().removeIf(field -> !message.holds(field));
        final SortedMap<Integer, SubFieldLayout> layouts = new TreeMap<>(subFields);
        layouts.keySet().retainAll(held.keySet());
        return new Dialect(base.with(message, encodings, held, layouts));
    }

    private PackagerTable subFields(
            final int field,
            final SubFieldForm form,
            final int tag,
            final int length,
            final Map<String, String> parts) {
        final Map<String, FieldFormat> formats = new LinkedHashMap<>();
        parts.forEach(
                (part, line) -> formats.put(part, FieldLine.parse(line, "").format()));
        subFields.put(field, new SubFieldLayout(form, tag, length, false, 0, formats));
        return this;
    }

    private PackagerTable understood(final int field, final PackagerRow row) {
        if (field == 0 && message.hasMti()) {
            message = message.withMti(PackagerClass.mti(row));
        } else if (field < firstField) {
            final boolean always = message.bitmapsAlways();
            final int bytes = always ? message.bitmaps() * BITMAP_BYTES : row.length();
            return bitmaps(PackagerClass.bitmap(row), bytes, always);
        } else if (PackagerClass.isAbsent(row)) {
            fields.remove(field);
        } else {
            final boolean ebcdic = encodings.text().isEbcdic();
            final TextEncoding ascii = ebcdic ? TextEncoding.LATIN_1 : encodings.text();
            final TextEncoding other = ebcdic ? encodings.text() : TextEncoding.EBCDIC_1047;
            final boolean track = !message.strictNumeric() || field == TRACK_2 || field == TRACK_3;
            fields.put(field, new PackagerClass(row, track, ascii, other).line());
        }
        return this;
    }

    private PackagerTable bitmaps(final BinaryEncoding bitmap, final int bytes, final boolean always) {
        if (bytes % BITMAP_BYTES != 0 || bytes < BITMAP_BYTES || bytes > MessageScanner.BITMAPS * BITMAP_BYTES) {
            throw new IllegalArgumentException("a bitmap of " + bytes + " bytes (expected 8, 16 or 24)");
        }
        message = message.withBitmaps(bitmap, bytes / BITMAP_BYTES, always);
        return this;
    }

    private static TextEncoding encodingOf(final String name) {
        try {
            final Charset charset = Charset.forName(name);
            for (final TextEncoding encoding : TextEncoding.values()) {
                final boolean gb =
                        charset.name().equals("GBK") || charset.name().equals("GB2312");
                if (encoding.charset().equals(charset) || (gb && encoding == TextEncoding.GB18030)) {
                    return encoding;
                }
            }
        } catch (final IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException("the character set '" + name + "' is not known", e);
        }
        throw new IllegalArgumentException("the character set '" + name + "' is not one that dialects can have");
    }
}

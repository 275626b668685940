package io.turnout.codecs.iso8583;

import io.turnout.configuration.YamlSection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the section of a dialect file that says what data elements are made of. */
final class SubFieldReader {
    private static final int MAXIMUM_TAG_CHARACTERS = 8;
    private static final int MAXIMUM_LENGTH_CHARACTERS = 6;

    private SubFieldReader() {}

    /**
     * The parts of fields: those of the base, unless the section has the same field or the dialect lacks it.
     *
     * @param encodings of the dialect, in which nested fields are written unless they say otherwise
     */
    static SortedMap<Integer, SubFieldLayout> read(
            final YamlSection section,
            final SortedMap<Integer, SubFieldLayout> base,
            final Set<Integer> fields,
            final Encodings encodings) {
        final SortedMap<Integer, SubFieldLayout> layouts = new TreeMap<>(base);
        layouts.keySet().retainAll(fields);
        for (final String key : section.keys()) {
            final YamlSection layout = section.section(key);
            if (!key.matches("[0-9]{1,3}") || !fields.contains(Integer.parseInt(key))) {
                section.problem(key, "not a data element of this dialect (expected one of its fields)");
                layout.keys().forEach(layout::has);
                continue;
            }
            layouts.put(Integer.parseInt(key), layout(layout, encodings));
        }
        return layouts;
    }

    private static SubFieldLayout layout(final YamlSection section, final Encodings encodings) {
        final SubFieldForm form = section.enumeration("form", SubFieldForm.class);
        if (form == SubFieldForm.BITMAP) {
            return SubFieldLayout.of(nested(section, encodings));
        }
        final boolean tagged = form == SubFieldForm.TLV || form == SubFieldForm.LTV;
        final int tagCharacters = tagged ? section.integer("tag", 1, MAXIMUM_TAG_CHARACTERS) : 0;
        final int lengthCharacters = tagged ? section.integer("length", 1, MAXIMUM_LENGTH_CHARACTERS) : 0;
        final int leading = tagged ? section.integer("leading", 0, MAXIMUM_TAG_CHARACTERS, 0) : 0;
        final boolean repeated = form == SubFieldForm.POSITIONS && section.flag("repeated", false);
        final Map<String, FieldFormat> parts = new LinkedHashMap<>();
        final YamlSection lines = section.section("parts");
        for (final String tag : lines.keys()) {
            try {
                parts.put(tag, FieldLine.parse(lines.string(tag), "").format());
            } catch (final IllegalArgumentException e) {
                lines.problem(tag, e.getMessage());
            }
        }
        if (form == SubFieldForm.POSITIONS && parts.isEmpty()) {
            section.problem("parts", "positions need parts (expected lines of the form '1: n6 | Name')");
        }
        return new SubFieldLayout(form, tagCharacters, lengthCharacters, repeated, leading, parts);
    }

    private static NestedFields nested(final YamlSection section, final Encodings encodings) {
        final BinaryEncoding bitmap = section.enumeration("bitmap", BinaryEncoding.class, BinaryEncoding.RAW);
        final int bitmaps = section.integer("bitmaps", 1, MessageScanner.BITMAPS, 1);
        final SortedMap<Integer, FieldLine> fields = new TreeMap<>();
        final NestedFields empty = new NestedFields(bitmap, bitmaps, fields, new TreeMap<>());
        final YamlSection lines = section.section("parts");
        for (final String key : lines.keys()) {
            final String line = lines.string(key);
            if (!key.matches("[1-9][0-9]{0,2}") || !empty.holds(Integer.parseInt(key))) {
                lines.problem(key, "the bitmaps have no room for it (expected one of their parts)");
                continue;
            }
            try {
                final FieldLine parsed = FieldLine.parse(line, "");
                parsed.check(encodings);
                fields.put(Integer.parseInt(key), parsed);
            } catch (final IllegalArgumentException e) {
                lines.problem(key, e.getMessage());
            }
        }
        if (fields.isEmpty()) {
            section.problem("parts", "a bitmap needs parts (expected lines of the form '2: n6 | Name')");
        }
        return new NestedFields(
                bitmap,
                bitmaps,
                fields,
                read(section.section("sub-fields"), new TreeMap<>(), fields.keySet(), encodings));
    }
}

package io.turnout.codecs.iso8583;

import io.turnout.configuration.YamlSection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sections of a dialect file that messages can be read and written without: parts of fields, and samples. */
final class DialectExtras {
    private static final int MAXIMUM_TAG_CHARACTERS = 8;
    private static final int MAXIMUM_LENGTH_CHARACTERS = 6;

    private DialectExtras() {}

    /** The parts of fields: those of the base, unless the section has the same field or the dialect lacks it. */
    static SortedMap<Integer, SubFieldLayout> subFields(
            final YamlSection section, final SortedMap<Integer, SubFieldLayout> base, final Set<Integer> fields) {
        final SortedMap<Integer, SubFieldLayout> layouts = new TreeMap<>(base);
        layouts.keySet().retainAll(fields);
        for (final String key : section.keys()) {
            final YamlSection layout = section.section(key);
            if (!key.matches("[0-9]{1,3}") || !fields.contains(Integer.parseInt(key))) {
                section.problem(key, "not a data element of this dialect (expected one of its fields)");
                layout.keys().forEach(layout::has);
                continue;
            }
            layouts.put(Integer.parseInt(key), layout(layout));
        }
        return layouts;
    }

    /** The samples of the base and of the section; a sample of the same name replaces the other. */
    static Map<String, SortedMap<Integer, String>> samples(
            final YamlSection section, final Map<String, SortedMap<Integer, String>> base) {
        final Map<String, SortedMap<Integer, String>> samples = new LinkedHashMap<>(base);
        for (final String name : section.keys()) {
            final SortedMap<Integer, String> values = new TreeMap<>();
            final YamlSection sample = section.section(name);
            for (final String key : sample.keys()) {
                final String value = sample.string(key);
                if (key.matches("[0-9]{1,3}")) {
                    values.put(Integer.parseInt(key), value);
                } else {
                    sample.problem(key, "not a data element (expected a number, 0 for the MTI)");
                }
            }
            samples.remove(name);
            if (!values.isEmpty()) {
                samples.put(name, values);
            }
        }
        return samples;
    }

    private static SubFieldLayout layout(final YamlSection section) {
        final SubFieldForm form = section.enumeration("form", SubFieldForm.class);
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
}

package io.turnout.codecs.iso8583;

import io.turnout.configuration.YamlSection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The section of a dialect file that messages can be read and written without: samples. */
final class DialectExtras {
    private DialectExtras() {}

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
}

package io.turnout.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The keys and values of one level of a {@link YamlDocument}.
 *
 * <p>Each getter exists twice: with a default for an option, without one for a key that must be there. A getter that
 * finds a problem notes it in the document and answers the default, or a stand-in (the smallest number allowed, an
 * empty text, the first constant) that must not be used. Every key asked for counts as known; the others are reported
 * as unknown when the document is finished. Used by one thread.
 */
public final class YamlSection {
    private final YamlDocument document;
    private final String path;
    private final Node node;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, YamlSection> opened = new LinkedHashMap<>();
    private boolean missingKeysTolerated;

    /**
     * A section that is written in the file, or one that is absent and takes the defaults of all its options.
     *
     * @param node where a missing key is reported: the section itself, or when it is absent the one around it
     * @param mapping the keys; null when the section is absent
     */
    YamlSection(final YamlDocument document, final String path, final Node node, final MappingNode mapping) {
        this.document = document;
        this.path = path;
        this.node = node;
        if (mapping != null) {
            addEntries(mapping);
        }
    }

    /** The keys of this section in the order of the file, for sections whose keys are data. */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /** Whether the key is written in the file; asking makes it known. */
    public boolean has(final String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** A text that must be there. */
    public String string(final String key) {
        return text(key, "a text").orElse("");
    }

    /** A text, or the default when the key is absent. */
    public String string(final String key, final String defaultValue) {
        return has(key) ? text(key, "a text").orElse(defaultValue) : defaultValue;
    }

    /** Either {@code true} or {@code false}; must be there. */
    public boolean flag(final String key) {
        return word(key, List.of("false", "true")) == 1;
    }

    /** Either {@code true} or {@code false}, or the default when the key is absent. */
    public boolean flag(final String key, final boolean defaultValue) {
        return has(key) ? flag(key) : defaultValue;
    }

    /** A whole number from minimum to maximum, both included; must be there. */
    public int integer(final String key, final int minimum, final int maximum) {
        return (int) number(key, NumberFormat.INTEGER, minimum, maximum);
    }

    /** A whole number from minimum to maximum, both included, or the default when the key is absent. */
    public int integer(final String key, final int minimum, final int maximum, final int defaultValue) {
        return has(key) ? integer(key, minimum, maximum) : defaultValue;
    }

    /** As {@link #integer(String, int, int)}, for numbers that need 64 bits. */
    public long longInteger(final String key, final long minimum, final long maximum) {
        return number(key, NumberFormat.INTEGER, minimum, maximum);
    }

    /** As {@link #integer(String, int, int, int)}, for numbers that need 64 bits. */
    public long longInteger(final String key, final long minimum, final long maximum, final long defaultValue) {
        return has(key) ? longInteger(key, minimum, maximum) : defaultValue;
    }

    /** A duration such as {@code 250ms} or {@code 24h} in nanoseconds; units ns, us, ms, s, m, h, d; must be there. */
    public long durationNs(final String key, final long minimumNs, final long maximumNs) {
        return number(key, NumberFormat.DURATION, minimumNs, maximumNs);
    }

    /** As {@link #durationNs(String, long, long)}, or the default when the key is absent. */
    public long durationNs(final String key, final long minimumNs, final long maximumNs, final long defaultNs) {
        return has(key) ? durationNs(key, minimumNs, maximumNs) : defaultNs;
    }

    /** A size such as {@code 64MiB} in bytes; units B, KiB, MiB, GiB, TiB; must be there. */
    public long sizeBytes(final String key, final long minimumBytes, final long maximumBytes) {
        return number(key, NumberFormat.SIZE, minimumBytes, maximumBytes);
    }

    /** As {@link #sizeBytes(String, long, long)}, or the default when the key is absent. */
    public long sizeBytes(final String key, final long minimumBytes, final long maximumBytes, final long defaultBytes) {
        return has(key) ? sizeBytes(key, minimumBytes, maximumBytes) : defaultBytes;
    }

    /** A constant, written in lower case with hyphens: {@code bin2-exclusive} for BIN2_EXCLUSIVE; must be there. */
    public <E extends Enum<E>> E enumeration(final String key, final Class<E> type) {
        final E[] constants = type.getEnumConstants();
        final List<String> words =
                Arrays.stream(constants).map(YamlSection::wordOf).toList();
        return constants[Math.max(0, word(key, words))];
    }

    /** As {@link #enumeration(String, Class)}, or the default when the key is absent. */
    public <E extends Enum<E>> E enumeration(final String key, final Class<E> type, final E defaultValue) {
        return has(key) ? enumeration(key, type) : defaultValue;
    }

    /** The section below a key; when the key is absent, a section without keys, so that its options take defaults. */
    public YamlSection section(final String key) {
        return open(pathOf(key), valueOf(key));
    }

    /** The sections listed below a key, in order; none when the key is absent. */
    public List<YamlSection> sections(final String key) {
        final List<YamlSection> sections = new ArrayList<>();
        for (final Node item : itemsOf(key)) {
            sections.add(open(pathOf(key) + "[" + sections.size() + "]", item));
        }
        return sections;
    }

    /** The texts listed below a key, in order; none when the key is absent. */
    public List<String> strings(final String key) {
        final List<String> strings = new ArrayList<>();
        for (final Node item : itemsOf(key)) {
            strings.add(textOf(item, pathOf(key) + "[" + strings.size() + "]", "a text")
                    .orElse(""));
        }
        return strings;
    }

    /**
     * Notes a problem that only the reader of the value can see.
     *
     * @param key where; its value's place in the file is named, or the section's when the key is absent
     * @param message what is wrong and what was expected; the key is put before it
     */
    public void problem(final String key, final String message) {
        final Node value = valueOf(key);
        document.problem(value == null ? node : value, pathOf(key) + ": " + message);
    }

    void tolerateMissingKeys() {
        missingKeysTolerated = true;
    }

    void unknownKeys(final List<ConfigurationProblem> problems) {
        for (final Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            final String key = entry.getKey();
            if (!known.contains(key)) {
                final String hint = Spelling.nearest(key, known)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse(
                                known.isEmpty()
                                        ? "expected no key here"
                                        : "expected one of " + String.join(", ", known));
                final Node keyNode = entry.getValue().getKeyNode();
                problems.add(document.problemAt(keyNode, "unknown key '" + pathOf(key) + "' (" + hint + ")"));
            }
        }
        opened.values().forEach(section -> section.unknownKeys(problems));
    }

    private void addEntries(final MappingNode mapping) {
        for (final NodeTuple tuple : mapping.getValue()) {
            final Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                document.problem(keyNode, "a key is not a text (expected 'key: value')");
            } else if (entries.putIfAbsent(scalar.getValue(), tuple) != null) {
                document.problem(keyNode, "duplicate key '" + pathOf(scalar.getValue()) + "' (expected it once)");
            }
        }
    }

    private YamlSection open(final String sectionPath, final Node value) {
        final YamlSection before = opened.get(sectionPath);
        if (before != null) {
            return before;
        }
        final MappingNode mapping = value instanceof MappingNode written ? written : null;
        final YamlSection section = new YamlSection(document, sectionPath, value == null ? node : value, mapping);
        section.missingKeysTolerated = missingKeysTolerated || (value != null && mapping == null);
        if (value != null && mapping == null) {
            document.problem(value, sectionPath + ": not a section (expected lines of the form 'key: value')");
        }
        opened.put(sectionPath, section);
        return section;
    }

    private List<Node> itemsOf(final String key) {
        final Node value = valueOf(key);
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (value != null) {
            document.problem(value, pathOf(key) + ": not a list (expected lines of the form '- item')");
        }
        return List.of();
    }

    private long number(final String key, final NumberFormat format, final long minimum, final long maximum) {
        final String expected =
                format.expectation() + " from " + format.format(minimum) + " to " + format.format(maximum);
        final Optional<String> text = text(key, expected);
        if (text.isEmpty()) {
            return minimum;
        }
        final OptionalLong number = format.parse(text.get());
        if (number.isEmpty()) {
            problem(key, "'" + text.get() + "' is of another form or too large (expected " + expected + ")");
        } else if (number.getAsLong() < minimum || number.getAsLong() > maximum) {
            problem(key, "'" + text.get() + "' is out of range (expected " + expected + ")");
        } else {
            return number.getAsLong();
        }
        return minimum;
    }

    private int word(final String key, final List<String> words) {
        final Optional<String> text = text(key, "one of " + String.join(", ", words));
        final int index = text.map(words::indexOf).orElse(-1);
        if (text.isPresent() && index < 0) {
            final String hint = Spelling.nearest(text.get(), words)
                    .map(nearest -> "did you mean '" + nearest + "'? expected one of ")
                    .orElse("expected one of ");
            problem(key, "'" + text.get() + "' is not known (" + hint + String.join(", ", words) + ")");
        }
        return index;
    }

    private Optional<String> text(final String key, final String expected) {
        if (!has(key)) {
            if (!missingKeysTolerated) {
                document.problem(node, "missing key '" + pathOf(key) + "' (expected " + expected + ")");
            }
            return Optional.empty();
        }
        return textOf(valueOf(key), pathOf(key), expected);
    }

    private Optional<String> textOf(final Node value, final String valuePath, final String expected) {
        if (!(value instanceof ScalarNode scalar)) {
            document.problem(value, valuePath + ": not a single value (expected " + expected + ")");
            return Optional.empty();
        }
        if (Tag.NULL.equals(scalar.getTag())) {
            document.problem(value, valuePath + ": has no value (expected " + expected + ")");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private Node valueOf(final String key) {
        known.add(key);
        final NodeTuple tuple = entries.get(key);
        return tuple == null ? null : tuple.getValueNode();
    }

    private String pathOf(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String wordOf(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

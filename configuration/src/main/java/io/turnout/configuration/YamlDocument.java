package io.turnout.configuration;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One YAML 1.2 file, read into checked values.
 *
 * <p>Reading never stops at a problem. The getters of {@link YamlSection} note what is wrong and go on with a stand-in,
 * so that one start shows every problem of a file; {@link #throwIfProblems()} must therefore be called after the last
 * getter and before the first use of any value. A file that cannot be read or parsed is a problem like any other.
 *
 * <p>Used by one thread, at start.
 */
public final class YamlDocument {
    private final String name;
    private final List<ConfigurationProblem> problems = new ArrayList<>();
    private final YamlSection root;

    private YamlDocument(final String name, final MappingNode node) {
        this.name = name;
        this.root = new YamlSection(this, "", node, node);
    }

    /** Reads a file in UTF-8. */
    public static YamlDocument read(final Path path) {
        try {
            return read(path.toString(), Files.readString(path));
        } catch (final CharacterCodingException e) {
            return unreadable(path.toString(), 0, 0, "is not written in UTF-8");
        } catch (final IOException e) {
            return unreadable(path.toString(), 0, 0, "cannot be read: " + e);
        }
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in messages
     */
    public static YamlDocument read(final String name, final String text) {
        final LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setAllowNonScalarKeys(true)
                .build();
        final Optional<Node> node;
        try {
            node = new Compose(settings).composeString(text);
        } catch (final MarkedYamlEngineException e) {
            final Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            final int line = mark == null ? 0 : mark.getLine() + 1;
            final int column = mark == null ? 0 : mark.getColumn() + 1;
            return unreadable(name, line, column, "not YAML: " + e.getProblem());
        } catch (final YamlEngineException e) {
            return unreadable(name, 0, 0, "not YAML: " + e.getMessage());
        }
        if (node.isEmpty() || Tag.NULL.equals(node.get().getTag())) {
            return new YamlDocument(name, null);
        }
        if (node.get() instanceof MappingNode mapping) {
            return new YamlDocument(name, mapping);
        }
        final YamlDocument document = new YamlDocument(name, null);
        document.root.tolerateMissingKeys();
        document.problem(node.get(), "the file is not a section (expected lines of the form 'key: value')");
        return document;
    }

    /** The outermost section; without any key when the file is empty or could not be parsed. */
    public YamlSection root() {
        return root;
    }

    /** The name given to {@code read}, or the path. */
    public String name() {
        return name;
    }

    /**
     * Every problem noted so far, and each key that no getter has asked for, in the order of the file.
     *
     * <p>Call it after the last getter: a key is unknown when nobody has read it by now.
     */
    public List<ConfigurationProblem> problems() {
        final List<ConfigurationProblem> all = new ArrayList<>(problems);
        root.unknownKeys(all);
        all.sort(Comparator.comparingInt(ConfigurationProblem::line).thenComparingInt(ConfigurationProblem::column));
        return all;
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException with all {@link #problems()}, if there are any
     */
    public void throwIfProblems() {
        final List<ConfigurationProblem> all = problems();
        if (!all.isEmpty()) {
            throw new ConfigurationException(all);
        }
    }

    void problem(final Node node, final String message) {
        problems.add(problemAt(node, message));
    }

    /** A problem of the whole file unless a node says where in it. */
    ConfigurationProblem problemAt(final Node node, final String message) {
        final Optional<Mark> mark = Optional.ofNullable(node).flatMap(Node::getStartMark);
        return mark.map(at -> new ConfigurationProblem(name, at.getLine() + 1, at.getColumn() + 1, message))
                .orElseGet(() -> new ConfigurationProblem(name, 0, 0, message));
    }

    private static YamlDocument unreadable(final String name, final int line, final int column, final String message) {
        final YamlDocument document = new YamlDocument(name, null);
        document.root.tolerateMissingKeys();
        document.problems.add(new ConfigurationProblem(name, line, column, message));
        return document;
    }
}

package io.turnout.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlDocumentTest {
    enum Layout {
        FUSED,
        TWO_THREADS
    }

    @Test
    void shouldReadEachKindOfValue() {
        // given
        final YamlDocument document = YamlDocument.read("turnout.yaml", """
                name: north
                code: 0200
                enabled: true
                port: 9_000
                started: -9223372036854775808
                timeout: 250ms
                buffer: 64MiB
                layout: two-threads
                banks: [a, 'b']
                """);
        final YamlSection root = document.root();

        // then
        assertEquals("north", root.string("name"));
        assertEquals("0200", root.string("code"));
        assertTrue(root.flag("enabled"));
        assertEquals(9000, root.integer("port", 1, 65535));
        assertEquals(Long.MIN_VALUE, root.longInteger("started", Long.MIN_VALUE, 0));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(250), root.durationNs("timeout", 0, Long.MAX_VALUE));
        assertEquals(64L << 20, root.sizeBytes("buffer", 0, Long.MAX_VALUE));
        assertEquals(Layout.TWO_THREADS, root.enumeration("layout", Layout.class));
        assertEquals(List.of("a", "b"), root.strings("banks"));
        assertEquals(List.of(), document.problems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n"})
    void shouldTakeDefaultsWhenKeysAreAbsent(final String text) {
        // given
        final YamlDocument document = YamlDocument.read("turnout.yaml", text);
        final YamlSection section = document.root().section("gateway");

        // then
        assertEquals("north", section.string("name", "north"));
        assertTrue(section.flag("enabled", true));
        assertEquals(9000, section.integer("port", 1, 65535, 9000));
        assertEquals(1L << 40, section.longInteger("started", 0, 1L << 50, 1L << 40));
        assertEquals(5, section.durationNs("timeout", 0, 10, 5));
        assertEquals(7, section.sizeBytes("buffer", 0, 10, 7));
        assertEquals(Layout.FUSED, section.enumeration("layout", Layout.class, Layout.FUSED));
        assertEquals(List.of(), section.strings("banks"));
        assertEquals(List.of(), section.sections("links"));
        assertEquals(List.of(), section.keys());
        assertFalse(section.has("name"));
        document.throwIfProblems();
    }

    @Test
    void shouldKeepTheKeysOfASectionApartFromThoseAroundIt() {
        // given
        final YamlDocument document = YamlDocument.read("turnout.yaml", "port: 1\ngateway:\n  port: 2\n");

        // then
        assertEquals(1, document.root().integer("port", 1, 9));
        assertEquals(2, document.root().section("gateway").integer("port", 1, 9));
        assertEquals(3, document.root().section("simulator").integer("port", 1, 9, 3));
        document.throwIfProblems();
    }

    @Test
    void shouldRememberWhatWasReadOfASectionWhenItIsOpenedAgain() {
        // given
        final YamlDocument document = YamlDocument.read("turnout.yaml", "gateway:\n  host: a\n  port: 2\n");

        // when
        document.root().section("gateway").string("host");
        document.root().section("gateway").integer("port", 1, 9);

        // then
        assertEquals(List.of(), document.problems());
    }

    @Test
    void shouldReadSectionsInTheirOrder() {
        // given
        final YamlDocument document =
                YamlDocument.read("turnout.yaml", "links:\n  - name: a\n    port: 1\n  - name: b\n    port: 2\n");

        // when
        final List<YamlSection> links = document.root().sections("links");

        // then
        assertEquals(
                List.of("a", "b"),
                links.stream().map(link -> link.string("name")).toList());
        assertEquals(
                List.of(1, 2),
                links.stream().map(link -> link.integer("port", 1, 9)).toList());
        document.throwIfProblems();
    }

    @Test
    void shouldReportAllProblemsAtOnceInTheOrderOfTheFile() {
        // given
        final YamlDocument document = YamlDocument.read("turnout.yaml", """
                gateway:
                  prot: 9000
                  timeout: 5
                  timeout: 6s
                  layout: fusd
                engine:
                  window: 9999999999
                extra: 1
                """);
        final YamlSection gateway = document.root().section("gateway");
        final YamlSection engine = document.root().section("engine");

        // when
        gateway.integer("port", 1, 65535);
        gateway.durationNs("timeout", TimeUnit.SECONDS.toNanos(1), TimeUnit.HOURS.toNanos(1));
        gateway.enumeration("layout", Layout.class);
        engine.integer("window", 1, 1000);
        final ConfigurationException exception = assertThrows(ConfigurationException.class, document::throwIfProblems);

        // then
        final List<String> expected = List.of(
                "turnout.yaml:2:3: missing key 'gateway.port' (expected a whole number from 1 to 65535)",
                "turnout.yaml:2:3: unknown key 'gateway.prot' (did you mean 'port'?)",
                "turnout.yaml:3:12: gateway.timeout: '5' is of another form or too large"
                        + " (expected a duration such as 250ms, 5s or 24h from 1s to 1h)",
                "turnout.yaml:4:3: duplicate key 'gateway.timeout' (expected it once)",
                "turnout.yaml:5:11: gateway.layout: 'fusd' is not known"
                        + " (did you mean 'fused'? expected one of fused, two-threads)",
                "turnout.yaml:7:11: engine.window: '9999999999' is out of range"
                        + " (expected a whole number from 1 to 1000)",
                "turnout.yaml:8:1: unknown key 'extra' (expected one of gateway, engine)");
        assertEquals(
                expected,
                exception.problems().stream()
                        .map(ConfigurationProblem::toString)
                        .toList());
        assertEquals(String.join("\n", expected), exception.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "port: 0       | 1:7  | out of range",
                "port: 10      | 1:7  | out of range",
                "port: abc     | 1:7  | of another form",
                "port: 1.5     | 1:7  | of another form",
                "port: 0x1     | 1:7  | of another form",
                "port:         | 1:6  | has no value",
                "port: null    | 1:7  | has no value",
                "port: [1]     | 1:7  | not a single value",
                "port: {a: 1}  | 1:7  | not a single value",
                "prt: 1        | 1:1  | missing key 'port'"
            })
    void shouldReportANumberThatIsNoneAndAnswerTheMinimum(final String text, final String place, final String message) {
        // given
        final YamlDocument document = YamlDocument.read("f", text);

        // when
        final int port = document.root().integer("port", 1, 9);

        // then
        assertEquals(1, port);
        assertFirstProblem(document, "f:" + place + ": ", message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "enabled: yes | f:1:10: | 'yes' is not known (expected one of false, true)",
                "name: [a]    | f:1:7:  | name: not a single value (expected a text)",
                "list: a      | f:1:7:  | list: not a list (expected lines of the form '- item')",
                "list: [[a]]  | f:1:8:  | list[0]: not a single value (expected a text)",
                "part: a      | f:1:7:  | part: not a section (expected lines of the form 'key: value')",
                "parts: [a]   | f:1:9:  | parts[0]: not a section (expected lines of the form 'key: value')",
                "size: 5MB    | f:1:7:  | size: '5MB' is of another form or too large",
                "size: 9000000TiB | f:1:7: | size: '9000000TiB' is of another form or too large",
                "[a]: b       | f:1:1:  | a key is not a text (expected 'key: value')"
            })
    void shouldReportAValueOfTheWrongKind(final String text, final String place, final String message) {
        // given
        final YamlDocument document = YamlDocument.read("f", text);

        // when
        readAll(document.root());

        // then
        assertFirstProblem(document, place + " ", message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 'b          | f:1:",
                "a: b: c        | f:1:5: not YAML: ",
                "{a             | f:1:",
                "- a            | f:1:1: the file is not a section",
                "just text      | f:1:1: the file is not a section",
                "&a [*a]        | f:1:1: the file is not a section",
                "*a             | f:1:"
            })
    void shouldReportATextThatIsNoYamlSection(final String text, final String place) {
        // given
        final YamlDocument document = YamlDocument.read("f", text);

        // when
        final List<ConfigurationProblem> problems = document.problems();

        // then
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).toString().startsWith(place), problems::toString);
    }

    @Test
    void shouldReportASecondDocumentInTheFile() {
        assertEquals(1, YamlDocument.read("f", "a: 1\n---\nb: 1\n").problems().size());
    }

    @Test
    void shouldNotReportMissingKeysOfAFileThatCouldNotBeParsed() {
        // given
        final YamlDocument document = YamlDocument.read("f", "a: 'b");

        // when
        document.root().string("name");
        document.root().section("part").integer("port", 1, 9);

        // then
        assertEquals(1, document.problems().size());
    }

    @Test
    void shouldReportProblemsThatOnlyTheReaderCanSee() {
        // given
        final YamlDocument document = YamlDocument.read("f", "part:\n  from: 5\n  to: 3\n");
        final YamlSection part = document.root().section("part");
        part.integer("from", 0, 9);
        part.integer("to", 0, 9);

        // when
        part.problem("to", "is before 'from' (expected 5 or more)");
        part.problem("via", "is needed");

        // then
        assertEquals(
                List.of("f:2:3: part.via: is needed", "f:3:7: part.to: is before 'from' (expected 5 or more)"),
                document.problems().stream().map(ConfigurationProblem::toString).toList());
    }

    @Test
    void shouldReadAnAliasWhereItIsUsed() {
        // given
        final YamlDocument document = YamlDocument.read("f", "a: &x 7\nb: *x\n");

        // then
        assertEquals(7, document.root().integer("a", 0, 9));
        assertEquals(7, document.root().integer("b", 0, 9));
        document.throwIfProblems();
    }

    @Test
    void shouldReadAFileInUtf8(@TempDir final Path folder) throws IOException {
        // given
        final Path file = Files.writeString(folder.resolve("a.yaml"), "name: 银联\n", StandardCharsets.UTF_8);

        // then
        assertEquals("银联", YamlDocument.read(file).root().string("name"));
    }

    @Test
    void shouldReportAFileThatCannotBeRead(@TempDir final Path folder) throws IOException {
        // given
        final Path absent = folder.resolve("absent.yaml");
        final Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});

        // then
        assertFirstProblem(YamlDocument.read(absent), absent + ": ", "cannot be read");
        assertFirstProblem(YamlDocument.read(latin), latin + ": ", "is not written in UTF-8");
    }

    private static void readAll(final YamlSection root) {
        final List<Consumer<String>> getters = List.of(
                key -> root.flag(key, true),
                key -> root.string(key, ""),
                root::strings,
                root::section,
                root::sections,
                key -> root.sizeBytes(key, 0, 1L << 50, 0));
        final List<String> keys = List.of("enabled", "name", "list", "part", "parts", "size");
        for (int i = 0; i < keys.size(); i++) {
            getters.get(i).accept(keys.get(i));
        }
    }

    private static void assertFirstProblem(final YamlDocument document, final String place, final String message) {
        final String first = document.problems().get(0).toString();
        assertTrue(first.startsWith(place), first);
        assertTrue(first.contains(message), first);
    }
}

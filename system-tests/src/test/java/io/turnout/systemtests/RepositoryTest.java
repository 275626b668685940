package io.turnout.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What must be true of the repository as a whole. */
final class RepositoryTest {
    private static final Path ROOT = Path.of(System.getProperty("turnout.repository.root", ".."));
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)#\\s]+)");

    @Test
    void shouldNameVersionsOnlyInTheRootPom() throws IOException {
        for (final Path pom : files("pom.xml")) {
            if (!pom.equals(ROOT.resolve("pom.xml"))) {
                final Matcher matcher = VERSION.matcher(Files.readString(pom));
                while (matcher.find()) {
                    final String version = matcher.group(1);
                    assertTrue(version.startsWith("${") || version.endsWith("-SNAPSHOT"), pom + " names " + version);
                }
            }
        }
    }

    @Test
    void shouldKeepTheReadmeShortAndTrue() throws IOException {
        final List<String> lines = Files.readAllLines(ROOT.resolve("README.md"));
        assertTrue(lines.size() <= 150, "README.md has " + lines.size() + " lines, 150 at most");
        final String text = String.join("\n", lines);
        assertTrue(text.contains("./turnout demo"), "README.md must name the main job");
        assertTrue(text.contains("mvn verify"), "README.md must name the test command");
    }

    @Test
    void shouldLinkOnlyToFilesThatExist() throws IOException {
        for (final Path page : files(".md")) {
            final Matcher matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                final Path target = page.getParent().resolve(matcher.group(1)).normalize();
                assertTrue(Files.exists(target), page + " links to " + target);
            }
        }
    }

    @Test
    void shouldExplainEveryPackage() throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            final List<Path> bare = paths.filter(path -> path.toString().contains("/src/main/java/"))
                    .filter(path -> path.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
                    .toList();
            assertEquals(List.of(), bare);
        }
    }

    @Test
    void shouldKeepWhatReportsToThirdPartiesOffTheClassPath() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("net.openhft.chronicle.analytics.Analytics"));
    }

    /** jPOS is under the AGPL: its jar may be compared with by hand, in one profile, and be part of nothing else. */
    @Test
    void shouldKeepJposInTheOneProfileThatComparesWithIt() throws Exception {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.jpos.iso.ISOMsg"));
        int comparisons = 0;
        for (final Path pom : files("pom.xml")) {
            final NodeList groups = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getElementsByTagName("groupId");
            for (int i = 0; i < groups.getLength(); i++) {
                final Node dependency = groups.item(i).getParentNode();
                if (groups.item(i).getTextContent().equals("org.jpos")
                        && dependency.getNodeName().equals("dependency")) {
                    final String where = pathOf(dependency);
                    final boolean managed = where.startsWith("project/dependencyManagement/");
                    assertTrue(managed || where.startsWith("project/profiles/profile(jpos)/"), pom + " " + where);
                    comparisons += managed ? 0 : 1;
                }
            }
        }
        assertEquals(1, comparisons);
        for (final Path source : files(".java")) {
            final boolean compares = source.toString().contains("/benchmarks/src/jpos/");
            assertEquals(compares, Files.readString(source).contains("\nimport org.jpos."), source.toString());
        }
    }

    /** The elements around one; profiles with their ids. */
    private static String pathOf(final Node node) {
        final StringBuilder path = new StringBuilder();
        for (Node at = node; at.getNodeType() == Node.ELEMENT_NODE; at = at.getParentNode()) {
            final Node id = at.getNodeName().equals("profile")
                    ? ((Element) at).getElementsByTagName("id").item(0)
                    : null;
            path.insert(0, at.getNodeName() + (id == null ? "" : "(" + id.getTextContent() + ")") + "/");
        }
        return path.toString();
    }

    @Test
    void shouldHoldNoCardNumberOutsideTestsAndExamples() throws IOException {
        // Card numbers belong to tests, examples and simulators; a main source of the switch has no business with one.
        final Pattern pan = Pattern.compile("(?<![0-9A-Fa-f.])[3-6][0-9]{15}(?![0-9A-Fa-f])");
        for (final Path source : files(".java")) {
            final String name = source.toString();
            if (name.contains("/src/main/") && (name.contains("switch-core") || name.contains("gateway"))) {
                assertTrue(
                        !pan.matcher(Files.readString(source, StandardCharsets.UTF_8))
                                .find(),
                        name);
            }
        }
    }

    private static List<Path> files(final String ending) throws IOException {
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(path -> path.getFileName() != null)
                    .filter(path -> path.getFileName().toString().endsWith(ending))
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> !path.toString().contains("/.git/"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}

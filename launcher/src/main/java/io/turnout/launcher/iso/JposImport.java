package io.turnout.launcher.iso;

import io.turnout.codecs.iso8583.PackagerRow;
import io.turnout.codecs.iso8583.PackagerTable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Reads the packager files of jPOS: {@code isopackager} with {@code isofield} and {@code isofieldpackager} elements.
 *
 * <p>Nothing outside the file is ever loaded, neither its DTD nor an entity. Used by one thread.
 */
public final class JposImport {
    private static final String EXTERNAL_DTD = "http://apache.org/xml/features/nonvalidating/load-external-dtd";
    private static final Pattern TAGGED = Pattern.compile("IFA_(T{1,4})(L{1,4})(CHAR|NUM|BINARY)");
    private static final int BITMAP_FIELDS = 64;

    private final Map<String, String> classes;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** @param classes known classes by the names of those that are not */
    public JposImport(final Map<String, String> classes) {
        this.classes = Map.copyOf(classes);
    }

    /**
     * Reads a file.
     *
     * @param name of the dialect it becomes
     * @throws IllegalArgumentException with every problem of the file
     */
    public ImportedDialect read(final String name, final Path file) {
        final Element root = parse(file);
        if (!root.getTagName().equals("isopackager")) {
            throw new IllegalArgumentException(file + ": not a packager (expected the element isopackager)");
        }
        final PackagerTable table = new PackagerTable(name).headerBytes(number(root, "headerLength", 0));
        for (final Element element : children(root)) {
            try {
                add(table, element);
            } catch (final IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + String.join(System.lineSeparator() + "  ", problems));
        }
        return new ImportedDialect(table.dialect(), List.copyOf(remarks));
    }

    private void add(final PackagerTable table, final Element element) {
        final int field = number(element, "id", -1);
        if (field > BITMAP_FIELDS * 3) {
            remarks.add("field " + field + " is beyond the third bitmap and was left out");
            return;
        }
        table.row(field, row(element));
        final List<Element> parts = children(element);
        if (element.getTagName().equals("isofieldpackager") && !parts.isEmpty()) {
            addParts(table, field, element, parts);
        }
    }

    private PackagerRow row(final Element element) {
        final String name = element.getAttribute("name");
        final String written = element.getAttribute("class");
        final String pad = element.getAttribute("pad");
        return new PackagerRow(
                classes.getOrDefault(written, written),
                number(element, "length", -1),
                pad.isEmpty() ? null : Boolean.valueOf(pad),
                Map.of(),
                name.replace('|', '/').strip());
    }

    private void addParts(
            final PackagerTable table, final int field, final Element packager, final List<Element> elements) {
        final Optional<Element> bitmap = elements.stream()
                .filter(part -> simpleClass(part).endsWith("_BITMAP"))
                .findFirst();
        if (bitmap.isPresent()) {
            table.nested(field, nested(bitmap.get(), elements));
            return;
        }
        final Matcher tagged = TAGGED.matcher(simpleClass(elements.get(0)));
        final Map<String, String> parts = new LinkedHashMap<>();
        if (tagged.matches()) {
            elements.forEach(part -> parts.put(tag(part, tagged.group(1).length()), "ans999 | " + nameOf(part)));
            table.tags(field, tagged.group(1).length(), tagged.group(2).length(), parts);
            return;
        }
        if (packager.getAttribute("packager").contains("TLV")) {
            table.berTags(field);
            return;
        }
        for (final Element part : elements) {
            if (!simpleClass(part).startsWith("IFA_") && !simpleClass(part).equals("IF_CHAR")) {
                remarks.add("field " + field + " has parts that are not characters (" + simpleClass(part)
                        + ") and was left whole");
                return;
            }
            parts.put(part.getAttribute("id"), row(part).attribute() + " | " + nameOf(part));
        }
        table.positions(field, parts);
    }

    /** The parts that a bitmap announces; without a class of its own, part 0 only holds the place of an MTI. */
    private PackagerTable nested(final Element bitmap, final List<Element> elements) {
        final PackagerTable parts = PackagerTable.ofParts().row(0, row(bitmap));
        for (final Element element : elements) {
            final int part = number(element, "id", -1);
            if (part == 0 || element.equals(bitmap)) {
                continue;
            }
            parts.row(part, row(element));
            if (element.getTagName().equals("isofieldpackager")
                    && !children(element).isEmpty()) {
                addParts(parts, part, element, children(element));
            }
        }
        return parts;
    }

    private String simpleClass(final Element element) {
        final String written = element.getAttribute("class");
        final String known = classes.getOrDefault(written, written);
        return known.substring(known.lastIndexOf('.') + 1);
    }

    private static String tag(final Element part, final int characters) {
        final String token = part.getAttribute("token");
        final String tag = token.isEmpty() ? part.getAttribute("id") : token;
        return "0".repeat(Math.max(0, characters - tag.length())) + tag;
    }

    private static String nameOf(final Element part) {
        return part.getAttribute("name").replace('|', '/').strip();
    }

    private static int number(final Element element, final String attribute, final int byDefault) {
        final String text = element.getAttribute(attribute);
        if (text.isEmpty() && byDefault >= 0) {
            return byDefault;
        }
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException(element.getTagName() + " '" + element.getAttribute("name") + "': "
                    + attribute + "='" + text + "' is not a number");
        }
        return Integer.parseInt(text);
    }

    private static List<Element> children(final Element element) {
        final List<Element> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                children.add(found);
            }
        }
        return children;
    }

    private static Element parse(final Path file) {
        try {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature(EXTERNAL_DTD, false);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            final DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            builder.setErrorHandler(null);
            return builder.parse(file.toFile()).getDocumentElement();
        } catch (final SAXException e) {
            throw new IllegalArgumentException(file + ": not XML: " + e.getMessage(), e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (final ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}

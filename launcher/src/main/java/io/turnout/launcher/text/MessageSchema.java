package io.turnout.launcher.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The SBE schema of the engine's messages as data, so that any command or event can be shown without code of its own.
 *
 * <p>Reads what that schema uses: fixed-length fields of primitive types, arrays, enums and composites.
 */
final class MessageSchema {
    private static final String RESOURCE = "/io/turnout/sbe/engine-messages.xml";

    private final Map<Integer, Message> messages = new HashMap<>();
    private final Map<String, Element> types = new HashMap<>();

    /** One message of the schema. */
    record Message(String name, List<Field> fields) {}

    /**
     * One value in a message's block; composites are flattened into several.
     *
     * @param name of the field, with the member's name behind a dot in a composite
     * @param offset in the block
     * @param type primitive type
     * @param length elements; 1 unless an array
     * @param names names of enum values; empty for plain numbers
     */
    record Field(String name, int offset, Primitive type, int length, Map<Long, String> names) {
        int lengthBytes() {
            return type.lengthBytes() * length;
        }
    }

    /** The primitive types the schema uses. */
    enum Primitive {
        CHAR(1),
        INT8(1),
        UINT8(1),
        INT16(2),
        UINT16(2),
        INT32(4),
        UINT32(4),
        INT64(8),
        UINT64(8);

        private final int lengthBytes;

        Primitive(final int lengthBytes) {
            this.lengthBytes = lengthBytes;
        }

        int lengthBytes() {
            return lengthBytes;
        }

        static Primitive of(final String name) {
            for (final Primitive primitive : values()) {
                if (primitive.name().equalsIgnoreCase(name)) {
                    return primitive;
                }
            }
            return null;
        }
    }

    private MessageSchema(final Element root) {
        for (final Element group : children(root)) {
            if (group.getTagName().equals("types")) {
                children(group).forEach(type -> types.put(type.getAttribute("name"), type));
            }
        }
        for (final Element message : children(root)) {
            if (message.getLocalName().equals("message")) {
                messages.put(Integer.parseInt(message.getAttribute("id")), read(message));
            }
        }
    }

    /** Reads the schema that this build was generated from. */
    static MessageSchema load() {
        try (InputStream stream = MessageSchema.class.getResourceAsStream(RESOURCE)) {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new MessageSchema(factory.newDocumentBuilder().parse(stream).getDocumentElement());
        } catch (final IOException exception) {
            throw new UncheckedIOException(exception);
        } catch (final ParserConfigurationException | SAXException exception) {
            throw new IllegalStateException("the schema in this build cannot be read: " + RESOURCE, exception);
        }
    }

    /** The message with a template id, or null. */
    Message message(final int templateId) {
        return messages.get(templateId);
    }

    private Message read(final Element message) {
        final List<Field> fields = new ArrayList<>();
        int offset = 0;
        for (final Element field : children(message)) {
            if (field.getTagName().equals("field")) {
                offset = add(fields, field.getAttribute("name"), field.getAttribute("type"), offset);
            }
        }
        return new Message(message.getAttribute("name"), List.copyOf(fields));
    }

    private int add(final List<Field> fields, final String name, final String typeName, final int offset) {
        final Primitive primitive = Primitive.of(typeName);
        if (primitive != null) {
            fields.add(new Field(name, offset, primitive, 1, Map.of()));
            return offset + primitive.lengthBytes();
        }
        final Element type = types.get(typeName);
        return switch (type.getTagName()) {
            case "enum" -> addNumber(fields, name, type, names(type), offset);
            case "set" -> addNumber(fields, name, type, Map.of(), offset);
            case "composite" -> addComposite(fields, name, type, offset);
            default -> add(fields, name, type, offset);
        };
    }

    private static int addNumber(
            final List<Field> fields,
            final String name,
            final Element type,
            final Map<Long, String> names,
            final int offset) {
        final Primitive encoding = Primitive.of(type.getAttribute("encodingType"));
        fields.add(new Field(name, offset, encoding, 1, names));
        return offset + encoding.lengthBytes();
    }

    private int addComposite(final List<Field> fields, final String name, final Element type, final int offset) {
        int next = offset;
        for (final Element member : children(type)) {
            final String path = name + "." + member.getAttribute("name");
            next = member.getTagName().equals("ref")
                    ? add(fields, path, member.getAttribute("type"), next)
                    : add(fields, path, member, next);
        }
        return next;
    }

    private static int add(final List<Field> fields, final String name, final Element type, final int offset) {
        final Primitive primitive = Primitive.of(type.getAttribute("primitiveType"));
        final String length = type.getAttribute("length");
        final Field field =
                new Field(name, offset, primitive, length.isEmpty() ? 1 : Integer.parseInt(length), Map.of());
        fields.add(field);
        return offset + field.lengthBytes();
    }

    private static Map<Long, String> names(final Element type) {
        final Map<Long, String> names = new HashMap<>();
        for (final Element value : children(type)) {
            names.put(Long.parseLong(value.getTextContent().strip()), value.getAttribute("name"));
        }
        return names;
    }

    private static List<Element> children(final Element parent) {
        final List<Element> children = new ArrayList<>();
        final NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i).getNodeType() == Node.ELEMENT_NODE) {
                children.add((Element) nodes.item(i));
            }
        }
        return children;
    }
}

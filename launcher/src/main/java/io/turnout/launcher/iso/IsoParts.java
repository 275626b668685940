package io.turnout.launcher.iso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.FieldMask;
import io.turnout.codecs.iso8583.SubField;
import io.turnout.codecs.iso8583.SubFieldException;
import io.turnout.codecs.iso8583.SubFields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts of a field as a JSON object by tag or position, parts of parts as objects in it: {@code {"1": "00", "2":
 * "30"}}.
 */
final class IsoParts {
    /** The parts were understood, but make another value than theirs: a tag is there twice, or padding between tags. */
    private static final String NOT_REVERSIBLE = "NOT_REVERSIBLE";

    private final String kind;
    private final String part;
    private final ObjectNode object;

    private IsoParts(final String kind, final String part, final ObjectNode object) {
        this.kind = kind;
        this.part = part;
        this.object = object;
    }

    /**
     * Takes a value apart; it must be possible to put the same value together again.
     *
     * @param mask how people see the field as a whole
     * @param masked false when they see all of it, and of its parts
     */
    static IsoParts of(final SubFields subFields, final String value, final FieldMask mask, final boolean masked) {
        final SubFields.Reading reading = subFields.readField(value);
        if (reading.error() != DecodeError.NONE) {
            return new IsoParts(reading.error().name(), reading.errorPart(), null);
        }
        final ObjectNode object = Json.object();
        final Map<String, String> values = new LinkedHashMap<>();
        for (final SubField part : reading.parts()) {
            values.put(part.tag(), part.value());
            final FieldMask partMask = masked ? subFields.mask(part.tag(), mask) : FieldMask.SHOWN;
            final IsoParts inner = subFields
                    .subFields(part.tag())
                    .map(layout -> of(layout, part.value(), partMask, masked))
                    .orElse(null);
            if (inner == null || !inner.isUnderstood()) {
                object.put(part.tag(), partMask.apply(part.value()));
            } else {
                object.set(part.tag(), inner.object());
            }
        }
        final boolean reversible = values.size() == reading.parts().size() && value.equals(written(subFields, values));
        return reversible ? new IsoParts("", "", object) : new IsoParts(NOT_REVERSIBLE, "", null);
    }

    /**
     * Puts a value together; the reverse of {@link #of}.
     *
     * @throws SubFieldException when a part has no place or does not fit
     * @throws IllegalArgumentException when a part has no text, or an object that it cannot have
     */
    static String compose(final SubFields subFields, final JsonNode object) {
        final Map<String, String> values = new LinkedHashMap<>();
        object.properties().forEach(part -> values.put(part.getKey(), text(subFields, part)));
        return subFields.writeField(values);
    }

    boolean isUnderstood() {
        return object != null;
    }

    /** The parts, if they were understood. */
    ObjectNode object() {
        return object;
    }

    /** What is wrong with the value, as {@code {kind, part}}. */
    ObjectNode problem() {
        return Json.object().put("kind", kind).put("part", part);
    }

    private static String text(final SubFields subFields, final Map.Entry<String, JsonNode> part) {
        if (part.getValue().isValueNode()) {
            return part.getValue().asText();
        }
        final SubFields inner = subFields
                .subFields(part.getKey())
                .filter(layout -> part.getValue().isObject())
                .orElseThrow(() -> new IllegalArgumentException("part '" + part.getKey() + "' has no parts"));
        try {
            return compose(inner, part.getValue());
        } catch (final SubFieldException e) {
            throw e.within(part.getKey());
        }
    }

    private static String written(final SubFields subFields, final Map<String, String> values) {
        try {
            return subFields.writeField(values);
        } catch (final SubFieldException e) {
            return "";
        }
    }
}

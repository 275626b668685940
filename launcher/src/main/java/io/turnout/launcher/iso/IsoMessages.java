package io.turnout.launcher.iso;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.EncodeError;
import io.turnout.codecs.iso8583.FieldMask;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.IsoEncoder;
import io.turnout.codecs.iso8583.SubFieldException;
import io.turnout.codecs.iso8583.SubFields;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages of one dialect as JSON: {@code {"mti": "0200", "bitmap": "4000000000000000", "fields": {"0": "0200", "2":
 * "4111111111111111"}}}; binary values as hexadecimal characters, a header as field {@code h}.
 *
 * <p>Used by one thread.
 */
final class IsoMessages {
    static final String HEADER = "h";

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int CAPACITY = 1 << 20;

    private final Dialect dialect;
    private final IsoDecoder decoder;
    private final IsoEncoder encoder;

    IsoMessages(final Dialect dialect) {
        this.dialect = dialect;
        this.decoder = new IsoDecoder(dialect);
        this.encoder = new IsoEncoder(dialect);
    }

    Dialect dialect() {
        return dialect;
    }

    IsoDecoder decoder() {
        return decoder;
    }

    /**
     * Adds to a line what the message says, and the error if there is one.
     *
     * @param masked whether cards and secrets are hidden
     * @param parts whether fields that are made of parts are shown in parts
     */
    void decode(final byte[] message, final boolean masked, final boolean parts, final ObjectNode line) {
        final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(message), 0, message.length));
        line.put("mti", decoder.errorField() == 0 ? null : "%04d".formatted(decoder.mti()));
        line.put("bitmap", decoder.bitmaps() == 0 ? null : bitmap());
        final ObjectNode fields = line.putObject("fields");
        if (dialect.headerLength() > 0 && message.length >= dialect.headerLength()) {
            fields.put(HEADER, HEX.formatHex(message, 0, dialect.headerLength()));
        }
        if (decoder.errorField() != 0) {
            fields.put("0", line.get("mti").textValue());
        }
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            final String value = decoder.getString(field);
            final FieldMask mask = masked ? dialect.mask(field) : FieldMask.SHOWN;
            fields.put(String.valueOf(field), mask.apply(value));
            if (parts) {
                putParts(field, value, masked, line);
            }
        }
        if (error != DecodeError.NONE) {
            putError(line, error.name(), decoder.errorField());
        }
    }

    /**
     * Writes a message.
     *
     * @param fields by number; 0 is the MTI, {@code h} the header; an object is the parts of a field
     * @return the message, or null after adding the error to the line
     * @throws IllegalArgumentException when a field has no number or no text
     */
    byte[] encode(final JsonNode fields, final ObjectNode line) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
        final Map<Integer, String> values = values(fields, line);
        if (line.has("error")) {
            return null;
        }
        final String mti = values.remove(0);
        if (mti == null || !mti.matches("[0-9]{4}")) {
            putError(line, EncodeError.BAD_MTI.name(), 0);
            return null;
        }
        encoder.wrap(buffer, 0, CAPACITY).begin(Integer.parseInt(mti));
        if (fields.has(HEADER)) {
            final byte[] header = hex(fields.get(HEADER).asText());
            encoder.putHeader(new UnsafeBuffer(header), 0, header.length);
        }
        values.forEach(encoder::putString);
        final int length = encoder.finish();
        if (length < 0) {
            putError(line, EncodeError.of(length).name(), encoder.errorField());
            return null;
        }
        final byte[] message = new byte[length];
        buffer.getBytes(0, message);
        return message;
    }

    /** Shows the parts of a field instead of its value, or why they cannot be shown. */
    private void putParts(final int field, final String value, final boolean masked, final ObjectNode line) {
        final Optional<SubFields> subFields = dialect.subFields(field);
        if (subFields.isEmpty()) {
            return;
        }
        final IsoParts parts = IsoParts.of(subFields.get(), value, dialect.mask(field), masked);
        if (parts.isUnderstood()) {
            ((ObjectNode) line.get("fields")).set(String.valueOf(field), parts.object());
        } else {
            line.withObjectProperty("partErrors").set(String.valueOf(field), parts.problem());
        }
    }

    static void putError(final ObjectNode line, final String kind, final int field) {
        final ObjectNode error = line.putObject("error").put("kind", kind);
        if (field == IsoDecoder.NO_FIELD) {
            error.putNull("field");
        } else {
            error.put("field", field);
        }
    }

    static String hex(final byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** The bytes that hexadecimal characters write; blanks between them are for people. */
    static byte[] hex(final String text) {
        try {
            return HEX.parseHex(text.replaceAll("\\s", ""));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("not pairs of hexadecimal characters", e);
        }
    }

    private String bitmap() {
        final StringBuilder bitmap = new StringBuilder();
        for (int i = 0; i < decoder.bitmaps(); i++) {
            bitmap.append("%016X".formatted(decoder.bitmap(i)));
        }
        return bitmap.toString();
    }

    private Map<Integer, String> values(final JsonNode fields, final ObjectNode line) {
        final Map<Integer, String> values = new TreeMap<>();
        fields.fieldNames().forEachRemaining(key -> {
            if (key.equals(HEADER)) {
                return;
            }
            final JsonNode value = fields.get(key);
            if (!key.matches("[0-9]{1,3}") || !(value.isValueNode() || value.isObject())) {
                throw new IllegalArgumentException("'" + key + "' is not a field with a value");
            }
            final int field = Integer.parseInt(key);
            values.put(field, value.isObject() ? composed(field, value, line) : value.asText());
        });
        return values;
    }

    private String composed(final int field, final JsonNode parts, final ObjectNode line) {
        final SubFields subFields = dialect.subFields(field)
                .orElseThrow(() -> new IllegalArgumentException("field " + field + " has no parts"));
        try {
            return IsoParts.compose(subFields, parts);
        } catch (final SubFieldException e) {
            if (!line.has("error")) {
                putError(line, e.error().name(), field);
                ((ObjectNode) line.get("error")).put("part", e.part());
            }
            return "";
        }
    }
}

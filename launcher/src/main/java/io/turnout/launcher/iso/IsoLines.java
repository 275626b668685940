package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.PackagerRow;
import io.turnout.codecs.iso8583.PackagerTable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One JSON object a line, in and out: {@code {id, dialect, override?, strictNumeric?, hex}} to decode, the same with
 * {@code fields} instead of {@code hex} to encode; a field that is made of parts may be an object of them.
 *
 * <p>A dialect {@code field:CLASS(length=…,pad=…)} is a single field, whose value is {@code {"value": …}};
 * {@code frame:KIND} is what surrounds a message on a stream. A line that cannot be understood is answered with a
 * {@code problem}. Used by one thread.
 */
public final class IsoLines {
    private static final Pattern FIELD = Pattern.compile("field:([A-Za-z0-9_.]+)(?:\\((.*)\\))?");
    private static final String FRAME = "frame:";
    private static final String VALUE = "value";

    /** Makes a message of a single field 2: an MTI in ASCII and a binary bitmap before it. */
    private static final byte[] BEFORE_FIELD = IsoMessages.hex("30323030" + "4000000000000000");

    private final DialectTables tables;
    private final boolean masked;
    private final boolean parts;
    private final Map<String, IsoMessages> messagesByDialect = new HashMap<>();
    private long problems;

    /**
     * @param tables where dialects are looked for first
     * @param masked whether cards and secrets are hidden in what is decoded
     * @param parts whether fields that are made of parts are decoded in parts
     */
    public IsoLines(final DialectTables tables, final boolean masked, final boolean parts) {
        this.tables = tables;
        this.masked = masked;
        this.parts = parts;
    }

    /** Lines so far that were not understood. */
    public long problems() {
        return problems;
    }

    /** What a line of hexadecimal bytes says. */
    public ObjectNode decode(final String line) {
        return answer(line, this::decode);
    }

    /** The hexadecimal bytes that a line of fields is written as. */
    public ObjectNode encode(final String line) {
        return answer(line, this::encode);
    }

    private interface Work {
        void apply(JsonNode input, ObjectNode output);
    }

    private ObjectNode answer(final String line, final Work work) {
        final ObjectNode output = Json.object();
        try {
            final JsonNode input = Json.MAPPER.readTree(line);
            if (input == null || !input.isObject()) {
                throw new IllegalArgumentException("not a JSON object");
            }
            output.set("id", input.get("id"));
            work.apply(input, output);
        } catch (final JsonProcessingException e) {
            problems++;
            output.put("problem", "not JSON: " + e.getOriginalMessage());
        } catch (final IllegalArgumentException e) {
            problems++;
            output.put("problem", e.getMessage());
        }
        return output;
    }

    private void decode(final JsonNode input, final ObjectNode output) {
        final String dialect = text(input, "dialect");
        final byte[] bytes = IsoMessages.hex(text(input, "hex"));
        if (dialect.startsWith(FRAME)) {
            IsoFrames.decode(dialect.substring(FRAME.length()), bytes, output);
            return;
        }
        final Matcher field = FIELD.matcher(dialect);
        if (field.matches()) {
            decodeField(fieldMessages(input, field), bytes, output);
        } else {
            messages(input, dialect).decode(bytes, masked, parts, output);
        }
    }

    private void decodeField(final IsoMessages messages, final byte[] bytes, final ObjectNode output) {
        final byte[] message = new byte[BEFORE_FIELD.length + bytes.length];
        System.arraycopy(BEFORE_FIELD, 0, message, 0, BEFORE_FIELD.length);
        System.arraycopy(bytes, 0, message, BEFORE_FIELD.length, bytes.length);
        final ObjectNode decoded = Json.object();
        messages.decode(message, masked, false, decoded);
        output.putNull("mti");
        output.putNull("bitmap");
        final ObjectNode fields = output.putObject("fields");
        if (decoded.get("fields").has("2")) {
            fields.set(VALUE, decoded.get("fields").get("2"));
        }
        if (decoded.has("error")) {
            output.putObject("error")
                    .put("kind", decoded.get("error").get("kind").textValue())
                    .putNull("field");
        }
    }

    private void encode(final JsonNode input, final ObjectNode output) {
        final String dialect = text(input, "dialect");
        final JsonNode fields = input.path("fields");
        if (!fields.isObject()) {
            throw new IllegalArgumentException("'fields' is missing");
        }
        final Matcher field = FIELD.matcher(dialect);
        final byte[] bytes;
        if (dialect.startsWith(FRAME)) {
            bytes = IsoFrames.encode(dialect.substring(FRAME.length()), fields, output);
        } else if (field.matches()) {
            final ObjectNode message = Json.object().put("0", "0200");
            message.set("2", fields.path(VALUE));
            final byte[] whole = fieldMessages(input, field).encode(message, output);
            bytes = whole == null ? null : Arrays.copyOfRange(whole, BEFORE_FIELD.length, whole.length);
        } else {
            bytes = messages(input, dialect).encode(withMti(fields, input.get("mti")), output);
        }
        if (bytes != null) {
            output.put("hex", IsoMessages.hex(bytes));
        }
    }

    private static JsonNode withMti(final JsonNode fields, final JsonNode mti) {
        return mti == null || fields.has("0") ? fields : ((ObjectNode) fields.deepCopy()).put("0", mti.asText());
    }

    private IsoMessages messages(final JsonNode input, final String dialect) {
        final JsonNode override = input.get("override");
        final Boolean strict = strict(input);
        return messagesByDialect.computeIfAbsent(
                dialect + ' ' + strict + ' ' + override,
                key -> new IsoMessages(tables.dialect(dialect, override, strict)));
    }

    private IsoMessages fieldMessages(final JsonNode input, final Matcher field) {
        final boolean strict = Boolean.TRUE.equals(strict(input));
        return messagesByDialect.computeIfAbsent(
                field.group() + ' ' + strict,
                key -> new IsoMessages(new PackagerTable(field.group())
                        .strictNumeric(strict)
                        .row(0, PackagerRow.of("IFA_NUMERIC", 4))
                        .row(1, PackagerRow.of("IFB_BITMAP", 8))
                        .row(2, row(field.group(1), field.group(2)))
                        .dialect()));
    }

    /** The row in {@code CLASS(length=10,pad=true)}. */
    private static PackagerRow row(final String className, final String arguments) {
        final Map<String, String> options = new TreeMap<>();
        for (final String argument : arguments == null ? new String[0] : arguments.split(",")) {
            final int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + argument + "' is not an argument (expected key=value)");
            }
            options.put(
                    argument.substring(0, equals).strip(),
                    argument.substring(equals + 1).strip());
        }
        final String length = options.remove("length");
        final String pad = options.remove("pad");
        if (length == null || !length.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("the field has no length (expected length=10)");
        }
        return new PackagerRow(
                className, Integer.parseInt(length), pad == null ? null : Boolean.valueOf(pad), options, "");
    }

    private static Boolean strict(final JsonNode input) {
        return input.path("strictNumeric").isBoolean()
                ? input.get("strictNumeric").booleanValue()
                : null;
    }

    private static String text(final JsonNode input, final String key) {
        if (!input.path(key).isTextual()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        return input.get(key).textValue();
    }
}

package io.turnout.launcher.iso;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.turnout.codecs.iso8583.Dialect;

/** One message at a time, typed by a person. Used by one thread. */
public final class IsoHand {
    private final IsoMessages messages;
    private final boolean masked;
    private final boolean parts;
    private boolean failed;

    /**
     * @param dialect of the messages
     * @param masked whether cards and secrets are hidden in what is decoded
     * @param parts whether fields that are made of parts are decoded in parts
     */
    public IsoHand(final Dialect dialect, final boolean masked, final boolean parts) {
        this.messages = new IsoMessages(dialect);
        this.masked = masked;
        this.parts = parts;
    }

    /** Whether the last message had an error. */
    public boolean failed() {
        return failed;
    }

    /** A message as indented JSON. */
    public String decode(final String hex) {
        final ObjectNode answer = Json.object();
        messages.decode(IsoMessages.hex(hex), masked, parts, answer);
        failed = answer.has("error");
        return answer.toPrettyString();
    }

    /** The bytes of a message in hexadecimal, or its error as JSON. */
    public String encode(final String fields) {
        final ObjectNode answer = Json.object();
        final byte[] message = messages.encode(fieldsOf(fields), answer);
        failed = message == null;
        return failed ? answer.toString() : IsoMessages.hex(message);
    }

    private static JsonNode fieldsOf(final String text) {
        try {
            final JsonNode fields = Json.MAPPER.readTree(text);
            if (!fields.isObject()) {
                throw new IllegalArgumentException("not a JSON object of fields by number");
            }
            return fields;
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }
}

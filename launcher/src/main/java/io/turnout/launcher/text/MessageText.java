package io.turnout.launcher.text;

import io.turnout.codecs.sbe.engine.MessageHeaderDecoder;
import io.turnout.launcher.text.MessageSchema.Field;
import io.turnout.launcher.text.MessageSchema.Message;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Commands and events of the engine as one line of JSON each. Sealed card numbers are left out. Used by one thread. */
public final class MessageText {
    private static final String NESTED_COMMAND = "command";
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final MessageSchema schema = MessageSchema.load();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final StringBuilder line = new StringBuilder();

    /**
     * One line.
     *
     * @param sequence of the record
     * @param timestampNs of the record, nanoseconds since the epoch
     * @param buffer holds the SBE header and message
     * @param offset of the SBE header
     * @param length bytes
     */
    public String json(
            final long sequence,
            final long timestampNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        line.setLength(0);
        line.append("{\"sequence\":")
                .append(sequence)
                .append(",\"time\":\"")
                .append(instant(timestampNs))
                .append('"');
        line.append(',');
        appendMessage(buffer, offset, length);
        return line.append('}').toString();
    }

    /** A message by itself, as an object of JSON with its name and fields. */
    public String json(final DirectBuffer buffer, final int offset, final int length) {
        line.setLength(0);
        line.append('{');
        appendMessage(buffer, offset, length);
        return line.append('}').toString();
    }

    /** The fields of a message as text, in their order; empty when it is not known. Nested commands are left out. */
    public Map<String, String> fields(final DirectBuffer buffer, final int offset, final int length) {
        final Map<String, String> fields = new LinkedHashMap<>();
        header.wrap(buffer, offset);
        final Message message = schema.message(header.templateId());
        if (message != null) {
            final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            final int end = Math.min(offset + length, block + header.blockLength());
            message.fields().stream()
                    .filter(field -> !isBytes(field) && block + field.offset() + field.lengthBytes() <= end)
                    .forEach(field -> fields.put(field.name(), value(field, buffer, block + field.offset())));
        }
        return fields;
    }

    /** Names of the fields of a message; empty when it is not known. */
    public List<String> fieldNames(final int templateId) {
        final Message message = schema.message(templateId);
        return message == null
                ? List.of()
                : message.fields().stream().map(Field::name).toList();
    }

    /** Template id of a message. */
    public int templateId(final DirectBuffer buffer, final int offset) {
        return header.wrap(buffer, offset).templateId();
    }

    /** The name of a message, or its template id when it is not known. */
    public String name(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, offset);
        final Message message = schema.message(header.templateId());
        return message == null ? "template " + header.templateId() : message.name();
    }

    private void appendMessage(final DirectBuffer buffer, final int offset, final int length) {
        line.append("\"message\":\"").append(name(buffer, offset)).append('"');
        final Message message = schema.message(header.templateId());
        if (message != null) {
            final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            final int end = Math.min(offset + length, block + header.blockLength());
            message.fields().stream()
                    .filter(field -> block + field.offset() + field.lengthBytes() <= end)
                    .forEach(field -> append(field, buffer, block + field.offset()));
        }
    }

    private void append(final Field field, final DirectBuffer buffer, final int offset) {
        if (isBytes(field)) {
            if (field.name().equals(NESTED_COMMAND)) {
                line.append(",\"").append(field.name()).append("\":{");
                appendMessage(buffer, offset, field.lengthBytes());
                line.append('}');
            }
            return; // Sealed bytes say nothing to a reader.
        }
        final boolean isNumber = field.type() != MessageSchema.Primitive.CHAR
                && field.names().get(number(field, buffer, offset)) == null;
        final String quote = isNumber ? "" : "\"";
        line.append(",\"").append(field.name()).append("\":").append(quote);
        line.append(value(field, buffer, offset)).append(quote);
    }

    private static String value(final Field field, final DirectBuffer buffer, final int offset) {
        if (field.type() == MessageSchema.Primitive.CHAR) {
            return text(buffer, offset, field.length());
        }
        final long value = number(field, buffer, offset);
        return field.names().getOrDefault(value, Long.toString(value));
    }

    private static boolean isBytes(final Field field) {
        return field.type() == MessageSchema.Primitive.UINT8 && field.length() > 1;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length) {
        final StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            final char c = (char) (buffer.getByte(offset + i) & 0xFF);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else {
                text.append(c < ' ' || c > '~' ? ' ' : c);
            }
        }
        return text.toString().stripTrailing();
    }

    private static long number(final Field field, final DirectBuffer buffer, final int offset) {
        return switch (field.type()) {
            case INT8 -> buffer.getByte(offset);
            case CHAR, UINT8 -> buffer.getByte(offset) & 0xFF;
            case INT16 -> buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN);
            case UINT16 -> buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            case INT32 -> buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            case UINT32 -> buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            case INT64, UINT64 -> buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private static Instant instant(final long timestampNs) {
        return Instant.ofEpochSecond(
                Math.floorDiv(timestampNs, NS_PER_SECOND), Math.floorMod(timestampNs, NS_PER_SECOND));
    }
}

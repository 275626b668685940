package io.turnout.launcher.iso;

import io.turnout.codecs.iso8583.CodeTables;
import io.turnout.codecs.iso8583.DecodeError;
import io.turnout.codecs.iso8583.Dialect;
import io.turnout.codecs.iso8583.FieldMask;
import io.turnout.codecs.iso8583.IsoDecoder;
import io.turnout.codecs.iso8583.SubField;
import io.turnout.codecs.iso8583.SubFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A message for people: a line for each field with its place, name, value and what the value means, and below it its
 * parts; at the end the error, if there is one. Used by one thread.
 */
public final class IsoExplanation {
    private static final String LINE = "%6s %5s  %-10s %-42s %s";
    private static final int VERSION = 1000;

    private final Dialect dialect;
    private final boolean masked;
    private final IsoDecoder decoder;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param dialect of the message
     * @param masked whether cards and secrets are hidden
     */
    public IsoExplanation(final Dialect dialect, final boolean masked) {
        this.dialect = dialect;
        this.masked = masked;
        this.decoder = new IsoDecoder(dialect);
    }

    /** Whether the last message had an error. */
    public boolean failed() {
        return decoder.error() != 0;
    }

    /** The lines for a message of hexadecimal characters. */
    public List<String> explain(final String hex) {
        final byte[] message = IsoMessages.hex(hex);
        decoder.decode(new UnsafeBuffer(message), 0, message.length);
        lines.clear();
        lines.add(dialect.name() + ", " + message.length + " bytes");
        add("offset", "bytes", "field", "name", "value");
        final int header = dialect.headerLength();
        if (header > 0 && message.length >= header) {
            add("0", String.valueOf(header), "h", "Header", IsoMessages.hex(Arrays.copyOf(message, header)));
        }
        if (decoder.errorField() != 0) {
            final String mti = "%04d".formatted(decoder.mti());
            add(String.valueOf(header), "", "0", "Message type", withMeaning(mti, CodeTables.mti(decoder.mti())));
        }
        for (int i = 0; i < decoder.bitmaps(); i++) {
            add("", "", "1", "Bitmap " + (i + 1), "%016X".formatted(decoder.bitmap(i)));
        }
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            explainField(field);
        }
        if (failed()) {
            lines.add(problem());
        }
        return List.copyOf(lines);
    }

    private void explainField(final int field) {
        final String value = decoder.getString(field);
        final FieldMask mask = masked ? dialect.mask(field) : FieldMask.SHOWN;
        final String meaning = dialect.meaning(decoder.mti() / VERSION, field, value);
        add(
                String.valueOf(decoder.valueOffset(field)),
                String.valueOf(decoder.valueLength(field)),
                String.valueOf(field),
                dialect.fieldName(field),
                withMeaning(mask.apply(value), mask == FieldMask.SHOWN ? meaning : ""));
        dialect.subFields(field).ifPresent(subFields -> explainParts("", value, mask, subFields));
    }

    private void explainParts(
            final String within, final String value, final FieldMask mask, final SubFields subFields) {
        final SubFields.Reading reading = subFields.readField(value);
        for (final SubField part : reading.parts()) {
            final FieldMask partMask = masked ? subFields.mask(part.tag(), mask) : FieldMask.SHOWN;
            final String tag = within.isEmpty() ? part.tag() : within + "." + part.tag();
            add("", "", "  " + tag, "  " + part.name(), "  " + partMask.apply(part.value()));
            subFields.subFields(part.tag()).ifPresent(inner -> explainParts(tag, part.value(), partMask, inner));
        }
        if (reading.error() != DecodeError.NONE) {
            final String part = reading.errorPart().isEmpty() ? "" : " in part " + reading.errorPart();
            add("", "", "", "", "  the rest is not as the dialect says: " + reading.error() + part);
        }
    }

    private String problem() {
        final int field = decoder.errorField();
        final String where =
                switch (field) {
                    case IsoDecoder.NO_FIELD -> "the message";
                    case 0 -> "the message type";
                    case 1 -> "the bitmap";
                    default -> "field " + field + " " + dialect.fieldName(field);
                };
        return DecodeError.of(decoder.error()) + " in " + where.strip() + " at offset " + decoder.errorOffset();
    }

    private static String withMeaning(final String value, final String meaning) {
        return meaning.isEmpty() ? value : value + "  (" + meaning + ")";
    }

    private void add(
            final String offset, final String bytes, final String field, final String name, final String value) {
        lines.add(LINE.formatted(offset, bytes, field, name, value).stripTrailing());
    }
}

package io.turnout.codecs.iso8583;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads and writes a value that is a message itself. Immutable; allocates. */
final class NestedMessage {
    private static final int MAXIMUM_BYTES = 1_000_000;

    private final Dialect dialect;

    NestedMessage(final Dialect dialect) {
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    SubFields.Reading read(final byte[] value) {
        final IsoDecoder decoder = new IsoDecoder(dialect);
        final DecodeError error = DecodeError.of(decoder.decode(new UnsafeBuffer(value), 0, value.length));
        final List<SubField> parts = new ArrayList<>();
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            parts.add(new SubField(String.valueOf(field), dialect.fieldName(field), decoder.getString(field)));
        }
        final boolean inPart = decoder.bitmaps() > 0 && decoder.errorField() != IsoDecoder.NO_FIELD;
        final String part = inPart ? String.valueOf(decoder.errorField()) : "";
        return new SubFields.Reading(List.copyOf(parts), error, part);
    }

    /** @param values by number */
    byte[] write(final Map<String, String> values) {
        final Map<Integer, String> numbered = new TreeMap<>();
        values.forEach((tag, value) -> {
            if (!tag.matches("[0-9]{1,3}")) {
                throw new SubFieldException(tag, EncodeError.UNKNOWN_FIELD, "there is no place for part " + tag);
            }
            numbered.put(Integer.parseInt(tag), value);
        });
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final IsoEncoder encoder = new IsoEncoder(dialect).wrap(buffer, 0, MAXIMUM_BYTES);
        encoder.begin(0);
        numbered.forEach(encoder::putString);
        final int length = encoder.finish();
        if (length < 0) {
            final EncodeError error = EncodeError.of(length);
            final String part = String.valueOf(encoder.errorField());
            throw new SubFieldException(part, error, "part " + part + ": " + error);
        }
        final byte[] value = new byte[length];
        buffer.getBytes(0, value);
        return value;
    }
}

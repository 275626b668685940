package io.turnout.codecs.iso8583;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A target for a fuzzer: any value is taken apart, or answered with a named error, never with an exception; and parts
 * that were found are put together to a value that is taken apart the same.
 */
public final class SubFieldsFuzz {
    private static final List<SubFields> LAYOUTS = new ArrayList<>();

    static {
        TestDialects.all().map(TestDialects::named).forEach(dialect -> {
            for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
                dialect.subFields(field).ifPresent(SubFieldsFuzz::add);
            }
        });
    }

    private static void add(final SubFields subFields) {
        LAYOUTS.add(subFields);
        subFields.describe().keySet().forEach(part -> subFields.subFields(part).ifPresent(SubFieldsFuzz::add));
    }

    private SubFieldsFuzz() {}

    /** Called by the fuzzer; the first byte chooses the layout. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final SubFields layout = LAYOUTS.get((input[0] & 0xFF) % LAYOUTS.size());
        final String value = layout.isHex()
                ? HexFormat.of().formatHex(input, 1, input.length)
                : new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
        final SubFields.Reading reading = layout.read(value);
        final Map<String, String> parts = new LinkedHashMap<>();
        reading.parts().forEach(part -> parts.put(part.tag(), part.value()));
        if (reading.error() != DecodeError.NONE
                || parts.size() < reading.parts().size()) {
            return;
        }
        final String written = layout.write(parts);
        final SubFields.Reading again = layout.read(written);
        if (!again.equals(reading)) {
            throw new IllegalStateException("read " + reading + ", written and read " + again);
        }
    }
}

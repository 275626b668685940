package io.turnout.codecs.iso8583;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A target for a fuzzer: any value is taken apart, or answered with a named error, never with an exception. */
public final class SubFieldsFuzz {
    private static final List<SubFields> LAYOUTS = new ArrayList<>();

    static {
        for (final String name : TestDialects.BUILT_IN) {
            final Dialect dialect = TestDialects.named(name);
            for (int field = Dialect.FIRST_FIELD; field <= Dialect.LAST_FIELD; field++) {
                dialect.subFields(field).ifPresent(LAYOUTS::add);
            }
        }
    }

    private SubFieldsFuzz() {}

    /** Called by the fuzzer; the first byte chooses the layout. */
    public static void fuzzerTestOneInput(final byte[] input) {
        if (input.length == 0) {
            return;
        }
        final SubFields layout = LAYOUTS.get((input[0] & 0xFF) % LAYOUTS.size());
        final String value = layout.areBytes()
                ? HexFormat.of().formatHex(input, 1, input.length)
                : new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
        final SubFields.Reading reading = layout.read(value);
        final int characters =
                reading.parts().stream().mapToInt(part -> part.value().length()).sum();
        if (characters > value.length()) {
            throw new IllegalStateException("parts have more characters than the value");
        }
    }
}

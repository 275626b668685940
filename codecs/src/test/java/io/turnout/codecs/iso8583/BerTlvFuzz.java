package io.turnout.codecs.iso8583;

import java.util.HexFormat;
import java.util.Locale;

/** A target for a fuzzer: any bytes are objects or a named error, and the objects written again are read the same. */
public final class BerTlvFuzz {
    private static final HexFormat HEX = HexFormat.of();

    private BerTlvFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(final byte[] input) {
        final StringBuilder objects = new StringBuilder();
        final StringBuilder written = new StringBuilder();
        final DecodeError error = BerTlv.read(input, (tag, value) -> {
            objects.append(tag).append('=').append(HEX.formatHex(value)).append(' ');
            written.append(BerTlv.write(tag, value));
        });
        final StringBuilder again = new StringBuilder();
        final byte[] bytes = HEX.parseHex(written.toString().toLowerCase(Locale.ROOT));
        final DecodeError errorAgain = BerTlv.read(bytes, (tag, value) -> again.append(tag)
                .append('=')
                .append(HEX.formatHex(value))
                .append(' '));
        final boolean same =
                errorAgain == DecodeError.NONE && objects.toString().contentEquals(again);
        if (!same) {
            throw new IllegalStateException("error=" + error + " read " + objects + " and then " + again);
        }
    }
}

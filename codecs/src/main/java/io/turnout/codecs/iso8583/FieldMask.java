package io.turnout.codecs.iso8583;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** How much of a value people may see, on a screen or in a file. */
public enum FieldMask {
    /** All of it. */
    SHOWN,
    /** Of a number of a card or account: what {@link PanMask} leaves. */
    PAN,
    /** Nothing but its length: tracks, PIN blocks, chip data and keys, which PCI DSS calls sensitive. */
    HIDDEN;

    /** What a data element is masked with unless its dialect says otherwise. */
    static FieldMask usual(final int field) {
        return switch (field) {
            case 2, 34, 102, 103 -> PAN;
            case 35, 36, 45, 52, 55, 96 -> HIDDEN;
            default -> SHOWN;
        };
    }

    /** The value as people may see it; as long as it was. */
    public String apply(final String value) {
        return switch (this) {
            case SHOWN -> value;
            case HIDDEN -> "*".repeat(value.length());
            case PAN -> {
                final byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
                final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
                PanMask.mask(buffer, 0, bytes.length, buffer, 0);
                yield new String(bytes, StandardCharsets.ISO_8859_1);
            }
        };
    }
}

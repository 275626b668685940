package io.turnout.codecs.iso8583;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The only form in which a card number may be shown or stored in clear: BIN and last four digits.
 *
 * <p>PCI DSS allows the first eight and the last four of a number of 16 digits or more, the first six and the last four
 * of a shorter one, as long as at least four are hidden; of anything shorter still, nothing is shown.
 */
public final class PanMask {
    private static final byte HIDDEN = '*';
    private static final int LAST = 4;
    private static final int LONG_PAN = 16;
    private static final int SHORTEST_PAN = 13;

    private PanMask() {}

    /** How many digits from the left may be shown of a number with that many: 8, 6 or 0. */
    public static int binLength(final int panLength) {
        return panLength >= LONG_PAN ? 8 : panLength >= SHORTEST_PAN ? 6 : 0;
    }

    /**
     * Copies a number and hides its middle.
     *
     * @param destination has room for {@code length} bytes; may be the source
     */
    public static void mask(
            final DirectBuffer pan,
            final int offset,
            final int length,
            final MutableDirectBuffer destination,
            final int destinationOffset) {
        final int bin = binLength(length);
        final int last = bin == 0 ? length : length - LAST;
        for (int i = 0; i < length; i++) {
            final boolean shown = i < bin || i >= last;
            destination.putByte(destinationOffset + i, shown ? pan.getByte(offset + i) : HIDDEN);
        }
    }
}

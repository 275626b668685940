package io.turnout.gateway.vault;

import org.agrona.DirectBuffer;

/** What the switch may know of a card number in clear. */
public final class CardNumber {

    private static final int LONG_BIN_FROM_LENGTH = 16;
    private static final int LONG_BIN_LENGTH = 8;
    private static final int SHORT_BIN_LENGTH = 6;
    private static final int LAST_DIGITS = 4;

    private CardNumber() {}

    /** The leading 8 digits of numbers of 16 or more digits, else the leading 6 (ISO/IEC 7812-1:2017). */
    public static int bin(final DirectBuffer pan, final int offset, final int length) {
        return pan.parseNaturalIntAscii(offset, length >= LONG_BIN_FROM_LENGTH ? LONG_BIN_LENGTH : SHORT_BIN_LENGTH);
    }

    /** The last four digits, 0 to 9999. */
    public static int lastFour(final DirectBuffer pan, final int offset, final int length) {
        return pan.parseNaturalIntAscii(offset + length - LAST_DIGITS, LAST_DIGITS);
    }
}

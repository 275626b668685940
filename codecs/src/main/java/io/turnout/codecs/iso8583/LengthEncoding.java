package io.turnout.codecs.iso8583;

/** How the length before a variable field is written. */
enum LengthEncoding {
    /** Decimal digits, one character each. */
    ASCII,
    /** Decimal digits, one EBCDIC character each. */
    EBCDIC,
    /** Decimal digits packed two to a byte, zero-filled on the left. */
    BCD,
    /** An unsigned big-endian number in as many bytes as BCD would take: 1 for LL, 2 for LLL. */
    BINARY,
    /** Hexadecimal digits, one ASCII character each. */
    HEX;

    int lengthBytes(final int digits) {
        return this == BCD || this == BINARY ? (digits + 1) / 2 : digits;
    }

    /** Whether lengths are made of digits packed, or in characters with these zones. */
    boolean writesDigits(final boolean packed, final long zones) {
        return switch (this) {
            case ASCII -> !packed && zones == Digits.ASCII_ZONES;
            case EBCDIC -> !packed && zones == Digits.EBCDIC_ZONES;
            case BCD -> packed;
            case BINARY, HEX -> false;
        };
    }

    /** The largest length that can be written. */
    int maximum(final int digits) {
        int maximum = 1;
        final int base = this == BINARY || this == HEX ? 16 : 10;
        final int places = this == BINARY ? 2 * lengthBytes(digits) : digits;
        for (int i = 0; i < places; i++) {
            maximum *= base;
        }
        return maximum - 1;
    }
}

package io.turnout.codecs.iso8583;

/** The structure of GB 18030 text: characters of one, two or four bytes. */
final class Gb18030 {
    private static final int LEAD = 0x81;

    /** The number of 84 31 A4 39, U+FFFF. */
    private static final int LAST_BASIC = 39_419;

    /** The number of 90 30 81 30, U+10000. */
    private static final int FIRST_SUPPLEMENTARY = 189_000;

    /** The number of E3 32 9A 35, U+10FFFF. */
    private static final int LAST_SUPPLEMENTARY = 1_237_575;

    private Gb18030() {}

    /**
     * The offset of the first byte that cannot stand there, or {@link ValueCheck#NOTHING}.
     *
     * <p>A character cut off by the end of the text is accepted: fields of fixed length cut names where they happen to
     * end.
     */
    static int findIllegal(final byte[] message, final int offset, final int bytes) {
        final int end = offset + bytes;
        int position = offset;
        while (position < end) {
            final int length = characterLength(message, position, end);
            if (length == 0) {
                return position;
            }
            position += length;
        }
        return ValueCheck.NOTHING;
    }

    /** Bytes of the character at the position, counting those cut off by the end; 0 when there is no such character. */
    private static int characterLength(final byte[] message, final int position, final int end) {
        final int first = message[position] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (!isLead(first)) {
            return 0;
        }
        if (position + 1 == end) {
            return 2;
        }
        final int second = message[position + 1] & 0xFF;
        if (second >= 0x40 && second <= 0xFE && second != 0x7F) {
            return 2;
        }
        if (second < '0' || second > '9') {
            return 0;
        }
        return position + 4 > end || isAssigned(message, position) ? 4 : 0;
    }

    /** Four bytes count in the bases 126, 10, 126 and 10; two ranges of the numbers they make are characters. */
    private static boolean isAssigned(final byte[] message, final int position) {
        final int third = message[position + 2] & 0xFF;
        final int fourth = message[position + 3] & 0xFF;
        if (!isLead(third) || fourth < '0' || fourth > '9') {
            return false;
        }
        final int first = (message[position] & 0xFF) - LEAD;
        final int second = message[position + 1] - '0';
        final int number = ((first * 10 + second) * 126 + third - LEAD) * 10 + fourth - '0';
        return number <= LAST_BASIC || (number >= FIRST_SUPPLEMENTARY && number <= LAST_SUPPLEMENTARY);
    }

    private static boolean isLead(final int value) {
        return value >= LEAD && value <= 0xFE;
    }
}

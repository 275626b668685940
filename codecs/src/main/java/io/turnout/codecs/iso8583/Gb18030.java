package io.turnout.codecs.iso8583;

import org.agrona.concurrent.UnsafeBuffer;

/** The structure of GB 18030 text: characters of one, two or four bytes. */
final class Gb18030 {
    private Gb18030() {}

    /**
     * The offset of the first byte that cannot stand there, or {@link ValueCheck#NOTHING}.
     *
     * <p>A character cut off by the end of the text is accepted: fields of fixed length cut names where they happen to
     * end.
     */
    static int findIllegal(final UnsafeBuffer message, final int offset, final int bytes) {
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
    private static int characterLength(final UnsafeBuffer message, final int position, final int end) {
        final int first = message.getByte(position) & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (!isLead(first)) {
            return 0;
        }
        if (position + 1 == end) {
            return 2;
        }
        final int second = message.getByte(position + 1) & 0xFF;
        if (second >= 0x40 && second <= 0xFE && second != 0x7F) {
            return 2;
        }
        if (!isDigit(second)) {
            return 0;
        }
        final boolean third = position + 2 >= end || isLead(message.getByte(position + 2) & 0xFF);
        final boolean fourth = position + 3 >= end || isDigit(message.getByte(position + 3) & 0xFF);
        return third && fourth ? 4 : 0;
    }

    private static boolean isLead(final int value) {
        return value >= 0x81 && value <= 0xFE;
    }

    private static boolean isDigit(final int value) {
        return value >= '0' && value <= '9';
    }
}

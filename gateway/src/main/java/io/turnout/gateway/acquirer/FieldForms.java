package io.turnout.gateway.acquirer;

import io.turnout.codecs.sbe.acquirer.BooleanType;
import org.agrona.DirectBuffer;

/** What single fields of a request must look like. */
final class FieldForms {

    private static final int TRACK2_MAXIMUM_LENGTH = 37;
    private static final int TRACK2_EXPIRY_DIGITS = 4;
    private static final int TLV_LONG_TAG = 0x1F;
    private static final int TLV_MORE = 0x80;
    private static final int TLV_LENGTH_IN_NEXT_BYTE = 0x81;
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private FieldForms() {}

    /** The decimal number CCYYMMDDhhmmss of a day that exists, from 1900 to 2099. */
    static boolean isDateTime(final long value) {
        final int second = (int) (value % 100);
        final int minute = (int) (value / 100 % 100);
        final int hour = (int) (value / 10_000 % 100);
        final int day = (int) (value / 1_000_000 % 100);
        final int month = (int) (value / 100_000_000 % 100);
        final long year = value / 10_000_000_000L;
        return year >= 1900
                && year <= 2099
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= daysOf(month, (int) year)
                && hour <= 23
                && minute <= 59
                && second <= 59;
    }

    /** False or true, and nothing else. */
    static boolean isBoolean(final int value) {
        return value == BooleanType.FALSE.value() || value == BooleanType.TRUE.value();
    }

    /** 0, or the decimal number YYMM. */
    static boolean isExpiry(final int value) {
        final int month = value % 100;
        return value == 0 || (value <= 9912 && month >= 1 && month <= 12);
    }

    /** Printable ASCII; says nothing about blanks. */
    static boolean isText(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte character = buffer.getByte(offset + i);
            if (character < ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != ' ') {
                return false;
            }
        }
        return true;
    }

    static boolean isLetters(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte character = buffer.getByte(offset + i);
            if (character < 'A' || character > 'Z') {
                return false;
            }
        }
        return true;
    }

    static boolean isDigits(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte character = buffer.getByte(offset + i);
            if (character < '0' || character > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Track 2 of ISO/IEC 7813 without sentinels and check character: the card number, a separator ({@code =} or
     * {@code D}), four digits of expiry, and further digits.
     */
    static boolean isTrack2(final DirectBuffer buffer, final int offset, final int length) {
        final int panLength = track2PanLength(buffer, offset, length);
        final int rest = length - panLength - 1;
        return length <= TRACK2_MAXIMUM_LENGTH
                && panLength >= 8
                && panLength <= 19
                && rest >= TRACK2_EXPIRY_DIGITS
                && isDigits(buffer, offset + panLength + 1, rest);
    }

    /** Digits in front of the separator, or -1 when there is no separator. */
    static int track2PanLength(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            final byte character = buffer.getByte(offset + i);
            if (character == '=' || character == 'D') {
                return i;
            }
            if (character < '0' || character > '9') {
                return -1;
            }
        }
        return -1;
    }

    /** A sequence of BER-TLV objects as EMV Book 3, annex B, has them: tags of any length, lengths up to 255. */
    static boolean isTlv(final DirectBuffer buffer, final int offset, final int length) {
        final int end = offset + length;
        int position = offset;
        while (position < end) {
            final int valueAt = tlvValue(buffer, position, end);
            if (valueAt < 0) {
                return false;
            }
            position = valueAt + (buffer.getByte(valueAt - 1) & 0xFF);
        }
        return position == end;
    }

    /**
     * Where the value begins, right behind the byte that holds its length; -1 when the object is cut off or too long.
     */
    private static int tlvValue(final DirectBuffer buffer, final int offset, final int end) {
        int position = offset + 1;
        if ((buffer.getByte(offset) & TLV_LONG_TAG) == TLV_LONG_TAG) {
            while (position < end && (buffer.getByte(position) & TLV_MORE) != 0) {
                position++;
            }
            position++;
        }
        if (position < end && (buffer.getByte(position) & 0xFF) == TLV_LENGTH_IN_NEXT_BYTE) {
            position++;
        } else if (position < end && (buffer.getByte(position) & TLV_MORE) != 0) {
            return -1;
        }
        return position < end ? position + 1 : -1;
    }

    private static int daysOf(final int month, final int year) {
        final boolean leapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && !leapYear ? 28 : DAYS[month - 1];
    }
}

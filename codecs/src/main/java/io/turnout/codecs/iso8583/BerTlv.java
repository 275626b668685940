package io.turnout.codecs.iso8583;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Tag, length, value in the Basic Encoding Rules, as EMV Book 3 annex B has them: tags of one to four bytes, lengths in
 * the definite form, bytes 00 and FF between objects are padding.
 */
final class BerTlv {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int MORE_TAG_BYTES = 0x1F;
    private static final int LAST_BIT = 0x80;
    private static final int MAXIMUM_TAG_BYTES = 4;
    private static final int MAXIMUM_LENGTH_BYTES = 3;
    static final int MAXIMUM_VALUE_BYTES = 0xFFFF;

    private BerTlv() {}

    /** Receives the objects in their order. */
    interface Consumer {
        void accept(String tag, byte[] value);
    }

    /** Reads objects up to the end of the bytes, or to the first error, which is answered. */
    static DecodeError read(final byte[] bytes, final Consumer consumer) {
        int position = 0;
        while (position < bytes.length) {
            if (bytes[position] == 0 || bytes[position] == (byte) 0xFF) {
                position++;
                continue;
            }
            final int tagEnd = tagEnd(bytes, position);
            if (tagEnd < 0 || tagEnd == bytes.length) {
                return DecodeError.TRUNCATED_LENGTH;
            }
            final int first = bytes[tagEnd] & 0xFF;
            final int lengthBytes = first < LAST_BIT ? 0 : first & ~LAST_BIT;
            final int value = tagEnd + 1 + lengthBytes;
            if (first == LAST_BIT || lengthBytes > MAXIMUM_LENGTH_BYTES) {
                return DecodeError.BAD_LENGTH;
            }
            if (value > bytes.length) {
                return DecodeError.TRUNCATED_LENGTH;
            }
            final int length = lengthBytes == 0 ? first : length(bytes, tagEnd + 1, lengthBytes);
            if (length > bytes.length - value) {
                return DecodeError.TRUNCATED;
            }
            consumer.accept(HEX.formatHex(bytes, position, tagEnd), Arrays.copyOfRange(bytes, value, value + length));
            position = value + length;
        }
        return DecodeError.NONE;
    }

    /**
     * One object in hexadecimal characters.
     *
     * @throws IllegalArgumentException when the tag is not one, or the value is longer than 65,535 bytes
     */
    static String write(final String tag, final byte[] value) {
        final byte[] bytes = HEX.parseHex(tag);
        if (bytes.length == 0 || bytes[0] == 0 || bytes[0] == (byte) 0xFF || tagEnd(bytes, 0) != bytes.length) {
            throw new IllegalArgumentException("'" + tag + "' is not a tag");
        }
        if (value.length > MAXIMUM_VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "tag " + tag + " has " + value.length + " bytes (expected 65535 or less)");
        }
        final String length = value.length < LAST_BIT
                ? "%02X".formatted(value.length)
                : value.length <= 0xFF ? "81%02X".formatted(value.length) : "82%04X".formatted(value.length);
        return HEX.formatHex(bytes) + length + HEX.formatHex(value);
    }

    /** Where a tag ends, or negative when the bytes end before it does. */
    private static int tagEnd(final byte[] bytes, final int start) {
        if ((bytes[start] & MORE_TAG_BYTES) != MORE_TAG_BYTES) {
            return start + 1;
        }
        for (int i = start + 1; i < bytes.length && i < start + MAXIMUM_TAG_BYTES; i++) {
            if ((bytes[i] & LAST_BIT) == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static int length(final byte[] bytes, final int offset, final int count) {
        int length = 0;
        for (int i = offset; i < offset + count; i++) {
            length = (length << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return length;
    }
}

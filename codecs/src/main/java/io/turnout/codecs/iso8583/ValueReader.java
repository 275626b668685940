package io.turnout.codecs.iso8583;

import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads values that have passed their {@link ValueCheck}. */
final class ValueReader {
    private ValueReader() {}

    /** The length before a variable field, or -1 when it is not a number in its encoding. */
    static int length(final FieldSpec spec, final byte[] message, final int offset) {
        return switch (spec.lengthEncoding) {
            case ASCII -> decimalLength(message, offset, spec.lengthBytes, 0x30);
            case EBCDIC -> decimalLength(message, offset, spec.lengthBytes, 0xF0);
            case BCD -> packedLength(message, offset, spec.lengthBytes);
            case BINARY -> binaryLength(message, offset, spec.lengthBytes);
            case HEX -> hexLength(message, offset, spec.lengthBytes);
        };
    }

    /** The value as a number, or {@link IsoDecoder#MISSING}. */
    static long number(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        if (spec.check == ValueCheck.DIGITS && count > 0 && count <= Digits.MAXIMUM_DIGITS) {
            return Digits.ofCharacters(message, offset, count);
        }
        return switch (spec.type) {
            case NUMERIC, TRACK, TEXT ->
                spec.packed ? packed(spec, message, offset, count) : characters(spec, message, offset, count);
            case SIGNED -> signed(spec, message, offset, count);
            case BINARY, NIBBLES -> IsoDecoder.MISSING;
        };
    }

    static byte characterAt(
            final FieldSpec spec, final byte[] message, final int offset, final int count, final int index) {
        if (spec.type == FieldType.BINARY && !spec.hex) {
            return Hex.characterOf(Digits.nibbleAt(message, offset, index));
        }
        if (!spec.packed) {
            return spec.hex
                    ? Hex.characterOf(spec.hexValues[message[offset + index] & 0xFF])
                    : spec.toLatin1[message[offset + index] & 0xFF];
        }
        if (spec.type == FieldType.SIGNED) {
            return index == 0
                    ? spec.toLatin1[message[offset] & 0xFF]
                    : Hex.characterOf(nibble(spec, message, offset + 1, count - 1, index - 1));
        }
        final int nibble = nibble(spec, message, offset, count, index);
        return spec.type == FieldType.TRACK && nibble == ValueCheck.SEPARATOR_NIBBLE
                ? (byte) '='
                : Hex.characterOf(nibble);
    }

    static int characters(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final int count,
            final MutableDirectBuffer destination,
            final int destinationOffset) {
        final int characters = spec.characters(count);
        if (spec.verbatim) {
            Bytes.copyOut(message, offset, destination, destinationOffset, characters);
            return characters;
        }
        for (int i = 0; i < characters; i++) {
            destination.putByte(destinationOffset + i, characterAt(spec, message, offset, count, i));
        }
        return characters;
    }

    static int bytes(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final int count,
            final MutableDirectBuffer destination,
            final int destinationOffset) {
        if (!spec.hex) {
            final int length = spec.valueBytes(count);
            destination.putBytes(destinationOffset, message, offset, length);
            return length;
        }
        for (int i = 0; i < count; i++) {
            destination.putByte(destinationOffset + i, Hex.byteAt(message, offset + 2 * i, spec.hexValues));
        }
        return count;
    }

    static String text(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        final byte[] bytes = new byte[spec.characters(count)];
        characters(spec, message, offset, count, new UnsafeBuffer(bytes), 0);
        return new String(bytes, spec.isChinese() ? spec.text.charset() : StandardCharsets.ISO_8859_1);
    }

    private static long characters(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        final boolean readable =
                count > 0 && count <= Digits.MAXIMUM_DIGITS && Digits.areCharacters(message, offset, count, spec.zones);
        return readable ? Digits.ofCharacters(message, offset, count) : IsoDecoder.MISSING;
    }

    private static long packed(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        if (count == 0 || count > Digits.MAXIMUM_DIGITS) {
            return IsoDecoder.MISSING;
        }
        if ((count & 1) == 0 && count <= 2 * Long.BYTES && spec.check == ValueCheck.PACKED_DIGITS) {
            return Digits.ofPacked(message, offset, count >> 1);
        }
        long number = 0;
        for (int i = 0; i < count; i++) {
            final int nibble = nibble(spec, message, offset, count, i);
            if (nibble > 9) {
                return IsoDecoder.MISSING;
            }
            number = 10 * number + nibble;
        }
        return number;
    }

    private static long signed(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        final byte sign = spec.toLatin1[message[offset] & 0xFF];
        final long amount = spec.packed
                ? packed(spec, message, offset + 1, count - 1)
                : characters(spec, message, offset + 1, count - 1);
        if (amount == IsoDecoder.MISSING || (sign != 'C' && sign != 'D')) {
            return IsoDecoder.MISSING;
        }
        return sign == 'D' ? -amount : amount;
    }

    /** A nibble of a packed value, counted without the filler. */
    private static int nibble(
            final FieldSpec spec, final byte[] message, final int offset, final int count, final int index) {
        return Digits.nibbleAt(message, offset, spec.firstNibble(count) + index);
    }

    private static int decimalLength(final byte[] message, final int offset, final int bytes, final int zone) {
        int length = 0;
        for (int i = offset; i < offset + bytes; i++) {
            final int digit = (message[i] & 0xFF) - zone;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = 10 * length + digit;
        }
        return length;
    }

    private static int packedLength(final byte[] message, final int offset, final int bytes) {
        int length = 0;
        for (int i = offset; i < offset + bytes; i++) {
            final int pair = message[i] & 0xFF;
            if (pair >> 4 > 9 || (pair & 0xF) > 9) {
                return -1;
            }
            length = 100 * length + 10 * (pair >> 4) + (pair & 0xF);
        }
        return length;
    }

    private static int binaryLength(final byte[] message, final int offset, final int bytes) {
        int length = 0;
        for (int i = offset; i < offset + bytes; i++) {
            length = (length << 8) | (message[i] & 0xFF);
        }
        return length;
    }

    private static int hexLength(final byte[] message, final int offset, final int bytes) {
        int length = 0;
        for (int i = offset; i < offset + bytes; i++) {
            final int value = Hex.ASCII[message[i] & 0xFF];
            if (value < 0) {
                return -1;
            }
            length = (length << 4) | value;
        }
        return length;
    }
}

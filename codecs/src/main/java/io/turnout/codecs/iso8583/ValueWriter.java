package io.turnout.codecs.iso8583;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Writes values for which the encoder has made room. */
final class ValueWriter {
    private ValueWriter() {}

    static void putMti(final MessageFormat format, final byte[] message, final int offset, final int mti) {
        switch (format.mti()) {
            case BCD -> Digits.putPacked(message, offset, format.mtiBytes(), mti);
            case EBCDIC -> Digits.putCharacters(message, offset, format.mtiBytes(), mti, Digits.EBCDIC_ZONES);
            default -> Digits.putCharacters(message, offset, format.mtiBytes(), mti, Digits.ASCII_ZONES);
        }
    }

    static void putLength(final FieldSpec spec, final byte[] message, final int offset, final int length) {
        switch (spec.lengthEncoding) {
            case ASCII -> Digits.putCharacters(message, offset, spec.lengthBytes, length, Digits.ASCII_ZONES);
            case EBCDIC -> Digits.putCharacters(message, offset, spec.lengthBytes, length, Digits.EBCDIC_ZONES);
            case BCD -> Digits.putPacked(message, offset, spec.lengthBytes, length);
            case HEX -> putHexLength(message, offset, spec.lengthBytes, length);
            default -> putBinaryLength(message, offset, spec.lengthBytes, length);
        }
    }

    /** Puts a number with a sign: C for credit, D for debit, which is negative. */
    static void putSigned(
            final FieldSpec spec, final byte[] message, final int offset, final int digits, final long value) {
        message[offset] = spec.fromLatin1[value < 0 ? 'D' : 'C'];
        putDigits(spec, message, offset + 1, digits, Math.abs(value));
    }

    /** Puts a number, zero-filled to the count of digits. */
    static void putDigits(
            final FieldSpec spec, final byte[] message, final int offset, final int count, final long value) {
        if (!spec.packed) {
            Digits.putCharacters(message, offset, count, value, spec.zones);
            return;
        }
        final int pairs = count >> 1;
        if ((count & 1) == 0) {
            Digits.putPacked(message, offset, pairs, value);
        } else if (spec.padLeft) {
            Digits.putPacked(message, offset, pairs + 1, value);
            message[offset] |= (byte) (spec.filler << 4);
        } else {
            Digits.putPacked(message, offset, pairs, value / 10);
            message[offset + pairs] = (byte) (((value % 10) << 4) | spec.filler);
        }
    }

    /** Puts characters that are written as they are; false when they should be digits and are not. */
    static boolean putPlain(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        final int fill = spec.isFixed() ? spec.maximumCount - length : 0;
        if (!spec.plainDigits) {
            Bytes.copyIn(source, sourceOffset, message, offset, length);
            if (fill > 0) {
                Arrays.fill(message, offset + length, offset + length + fill, (byte) ' ');
            }
            return true;
        }
        if (fill > 0) {
            Arrays.fill(message, offset, offset + fill, (byte) '0');
        }
        if (spec.type != FieldType.SIGNED) {
            return Bytes.copyDigitsIn(source, sourceOffset, message, offset + fill, length);
        }
        message[offset] = source.getByte(sourceOffset);
        return Bytes.copyDigitsIn(source, sourceOffset + 1, message, offset + 1, length - 1);
    }

    /** Puts characters; false when the decoder would not accept what was written. */
    static boolean putCharacters(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        if (spec.type == FieldType.BINARY) {
            return putHexText(spec, message, offset, source, sourceOffset, length);
        }
        final int count = spec.isFixed() ? spec.maximumCount : length;
        if (spec.packed) {
            return putPacked(spec, message, offset, count, source, sourceOffset, length);
        }
        final boolean blanksRight = spec.type == FieldType.TEXT;
        final int fill = count - length;
        final int fillOffset = blanksRight ? offset + length : offset;
        Arrays.fill(message, fillOffset, fillOffset + fill, spec.fromLatin1[blanksRight ? ' ' : '0']);
        putText(spec, message, blanksRight ? offset : offset + fill, source, sourceOffset, length);
        return ValueCheck.find(spec, message, offset, count) == ValueCheck.NOTHING;
    }

    static void putBytes(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        if (!spec.hex) {
            source.getBytes(sourceOffset, message, offset, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            Hex.putByte(message, offset + 2 * i, source.getByte(sourceOffset + i), spec.hexCharacters);
        }
    }

    private static void putText(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        if (!spec.translated) {
            Bytes.copyIn(source, sourceOffset, message, offset, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            message[offset + i] = spec.fromLatin1[source.getByte(sourceOffset + i) & 0xFF];
        }
    }

    private static boolean putPacked(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final int count,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        int position = offset;
        int remaining = count;
        if (spec.type == FieldType.SIGNED) {
            message[position++] = spec.fromLatin1[source.getByte(sourceOffset) & 0xFF];
            remaining--;
        }
        final boolean odd = (remaining & 1) != 0;
        int nibbles = odd && spec.padLeft ? spec.filler : 0;
        int written = odd && spec.padLeft ? 1 : 0;
        int invalid = 0;
        for (int i = count - remaining; i < count; i++) {
            final int index = i - (count - length);
            final int nibble = index < 0 ? 0 : spec.nibbleOf(source.getByte(sourceOffset + index));
            invalid |= nibble;
            nibbles = (nibbles << 4) | nibble;
            if ((++written & 1) == 0) {
                message[position++] = (byte) nibbles;
            }
        }
        if ((written & 1) != 0) {
            message[position] = (byte) ((nibbles << 4) | spec.filler);
        }
        return invalid >= 0;
    }

    private static boolean putHexText(
            final FieldSpec spec,
            final byte[] message,
            final int offset,
            final DirectBuffer source,
            final int sourceOffset,
            final int length) {
        for (int i = 0; i < length; i += 2) {
            final int high = Hex.ASCII[source.getByte(sourceOffset + i) & 0xFF];
            final int low = Hex.ASCII[source.getByte(sourceOffset + i + 1) & 0xFF];
            if ((high | low) < 0) {
                return false;
            }
            final byte value = (byte) ((high << 4) | low);
            if (spec.hex) {
                Hex.putByte(message, offset + i, value, spec.hexCharacters);
            } else {
                message[offset + i / 2] = value;
            }
        }
        return true;
    }

    private static void putBinaryLength(final byte[] message, final int offset, final int bytes, final int length) {
        for (int i = 0; i < bytes; i++) {
            message[offset + i] = (byte) (length >>> (Byte.SIZE * (bytes - 1 - i)));
        }
    }

    private static void putHexLength(final byte[] message, final int offset, final int bytes, final int length) {
        for (int i = 0; i < bytes; i++) {
            message[offset + i] = Hex.characterOf((length >>> (4 * (bytes - 1 - i))) & 0xF);
        }
    }
}

package io.turnout.codecs.iso8583;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The oracle of {@link IsoDecoder}: reads a message byte by byte from what the dialect's file says, with nothing
 * prepared and no thought of speed.
 */
final class NaiveDecoder {
    private static final String HEX = "0123456789ABCDEF";

    private final DialectSource dialect;
    private final byte[] message;
    private final Map<Integer, String> values = new TreeMap<>();
    private int position;

    private NaiveDecoder(final Dialect dialect, final byte[] message) {
        this.dialect = dialect.source();
        this.message = message;
    }

    record Result(DecodeError error, int field, int offset, int mti, Map<Integer, String> values) {}

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient DecodeError error;
        private final int field;
        private final int offset;

        Refusal(final DecodeError error, final int field, final int offset) {
            super(null, null, false, false);
            this.error = error;
            this.field = field;
            this.offset = offset;
        }
    }

    static Result decode(final Dialect dialect, final byte[] message) {
        return new NaiveDecoder(dialect, message).decode();
    }

    private Result decode() {
        int mti = 0;
        try {
            position = dialect.message().headerBytes();
            mti = dialect.message().hasMti() ? Integer.parseInt(mti()) : 0;
            final boolean[] bits = bitmaps();
            for (int field = 1; field <= 192; field++) {
                if (bits[field]) {
                    values.put(field, field(field));
                }
            }
            if (position < message.length && !dialect.message().trailingDataIgnored()) {
                throw new Refusal(DecodeError.TRAILING_DATA, -1, position);
            }
            return new Result(DecodeError.NONE, -1, 0, mti, values);
        } catch (final Refusal refusal) {
            return new Result(refusal.error, refusal.field, refusal.offset, mti, values);
        }
    }

    private String mti() {
        try {
            return digits(dialect.message().mti(), 4, 0);
        } catch (final Refusal refusal) {
            final boolean strange = refusal.error == DecodeError.NON_NUMERIC && message[refusal.offset] < 0;
            if (strange && dialect.encodings().text() == TextEncoding.ASCII) {
                throw new Refusal(DecodeError.BAD_CHARSET, 0, refusal.offset);
            }
            throw refusal;
        }
    }

    private boolean[] bitmaps() {
        final MessageFormat format = dialect.message();
        final boolean[] bits = new boolean[193];
        for (int bitmap = 0; bitmap < format.bitmaps(); bitmap++) {
            final int bytes = format.bitmap() == BinaryEncoding.RAW ? 8 : 16;
            need(bytes, 1, DecodeError.TRUNCATED);
            final String hex = hex(format.bitmap(), bytes, DecodeError.BAD_BITMAP, 1);
            for (int bit = 0; bit < 64; bit++) {
                bits[64 * bitmap + bit + 1] = (HEX.indexOf(hex.charAt(bit / 4)) & (8 >> (bit % 4))) != 0;
            }
            if (bitmap + 1 < format.bitmaps()) {
                final int announcer = 64 * bitmap + 1;
                final boolean announced = bits[announcer];
                bits[announcer] = false;
                if (!announced && !format.bitmapsAlways()) {
                    break;
                }
            }
        }
        return bits;
    }

    private String field(final int field) {
        final FieldLine line = dialect.fields().get(field);
        if (line == null) {
            throw new Refusal(DecodeError.UNKNOWN_FIELD, field, position);
        }
        final Encodings encodings = line.encodings(dialect.encodings());
        final FieldFormat format = line.format();
        final FieldTraits traits = line.traits();
        final int count = format.lengthDigits() == 0 ? format.maximumCount() : length(field, format, traits, encodings);
        if (!traits.filledUp()) {
            return value(format, encodings, count, field);
        }
        final int start = position;
        final int taken = bytesOf(format, encodings, format.maximumCount());
        need(taken, field, DecodeError.TRUNCATED);
        final String value = value(format, encodings, count, field);
        position = start + taken;
        return value;
    }

    private static int bytesOf(final FieldFormat format, final Encodings encodings, final int count) {
        return switch (format.type()) {
            case TEXT -> count;
            case BINARY -> encodings.binary() == BinaryEncoding.RAW ? count : 2 * count;
            case NIBBLES -> encodings.binary() == BinaryEncoding.RAW ? (count + 1) / 2 : count;
            case NUMERIC, TRACK -> encodings.digits() == DigitEncoding.BCD ? (count + 1) / 2 : count;
            case SIGNED -> throw new IllegalArgumentException("x+n is fixed");
        };
    }

    private String value(final FieldFormat format, final Encodings encodings, final int count, final int field) {
        final boolean bcd = encodings.digits() == DigitEncoding.BCD;
        return switch (format.type()) {
            case TEXT -> text(encodings.text(), count, field);
            case NUMERIC ->
                bcd ? nibbles(format, encodings, count, field, "0123456789") : number(encodings, count, field);
            case TRACK ->
                bcd
                        ? nibbles(format, encodings, count, field, "0123456789DF")
                                .replace('D', '=')
                        : characters(encodings, count, field);
            case SIGNED -> signed(format, encodings, count, field);
            case NIBBLES ->
                encodings.binary() == BinaryEncoding.RAW
                        ? nibbles(format, encodings, count, field, HEX)
                        : hexDigits(encodings.binary(), count, field);
            case BINARY -> {
                final int bytes = encodings.binary() == BinaryEncoding.RAW ? count : 2 * count;
                need(bytes, field, DecodeError.TRUNCATED);
                yield hex(encodings.binary(), bytes, DecodeError.BAD_HEX, field);
            }
        };
    }

    /** As they are written: in either case. */
    private String hexDigits(final BinaryEncoding binary, final int count, final int field) {
        final int start = position;
        need(count, field, DecodeError.TRUNCATED);
        hex(binary, count, DecodeError.BAD_HEX, field);
        final byte[] digits = Arrays.copyOfRange(message, start, start + count);
        final boolean ebcdic = binary == BinaryEncoding.EBCDIC_HEX;
        return new String(digits, ebcdic ? TextEncoding.EBCDIC_1047.charset() : StandardCharsets.US_ASCII);
    }

    private int length(final int field, final FieldFormat format, final FieldTraits traits, final Encodings encodings) {
        final int start = position;
        final LengthEncoding encoding = encodings.length();
        final int bytes = encoding.lengthBytes(format.lengthDigits());
        need(bytes, field, DecodeError.TRUNCATED_LENGTH);
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            final int value = message[position++] & 0xFF;
            final int digits =
                    switch (encoding) {
                        case ASCII -> "0123456789".indexOf(value);
                        case EBCDIC -> value >= 0xF0 && value <= 0xF9 ? value - 0xF0 : -1;
                        case HEX -> Character.digit(value < 128 ? value : 0, 16);
                        case BCD -> value % 16 > 9 || value / 16 > 9 ? -1 : value / 16 * 10 + value % 16;
                        case BINARY -> value;
                    };
            if (digits < 0) {
                throw new Refusal(DecodeError.BAD_LENGTH, field, start);
            }
            final int base =
                    switch (encoding) {
                        case ASCII, EBCDIC -> 10;
                        case HEX -> 16;
                        case BCD -> 100;
                        case BINARY -> 256;
                    };
            length = length * base + digits;
        }
        if (traits.countsNibbles()) {
            if (length % 2 != 0) {
                throw new Refusal(DecodeError.BAD_LENGTH, field, start);
            }
            length /= 2;
        }
        if (length > format.maximumCount()) {
            throw new Refusal(DecodeError.LENGTH_OVER_MAX, field, start);
        }
        return length;
    }

    private String number(final Encodings encodings, final int count, final int field) {
        return digits(encodings.digits(), count, field);
    }

    private String characters(final Encodings encodings, final int count, final int field) {
        if (encodings.digits() != DigitEncoding.EBCDIC) {
            return text(TextEncoding.ASCII, count, field);
        }
        return text(encodings.text().isEbcdic() ? encodings.text() : TextEncoding.EBCDIC_1047, count, field);
    }

    private String signed(final FieldFormat format, final Encodings encodings, final int count, final int field) {
        final boolean bcd = encodings.digits() == DigitEncoding.BCD;
        need(1 + (bcd ? count / 2 : count - 1), field, DecodeError.TRUNCATED);
        final boolean ebcdic = bcd ? encodings.text().isEbcdic() : encodings.digits() == DigitEncoding.EBCDIC;
        final byte sign = message[position++];
        final char character = (char) ((ebcdic ? TextEncoding.EBCDIC_1047.toLatin1()[sign & 0xFF] : sign) & 0xFF);
        final String amount = bcd
                ? nibbles(format, encodings, count - 1, field, "0123456789")
                : digits(encodings.digits(), count - 1, field);
        return character + amount;
    }

    private String digits(final DigitEncoding encoding, final int count, final int field) {
        if (encoding == DigitEncoding.BCD) {
            need(count / 2, field, DecodeError.TRUNCATED);
            final StringBuilder digits = new StringBuilder();
            for (int i = 0; i < count / 2; i++) {
                final int value = message[position++] & 0xFF;
                if (value % 16 > 9 || value / 16 > 9) {
                    throw new Refusal(DecodeError.BAD_BCD, field, position - 1);
                }
                digits.append(value / 16).append(value % 16);
            }
            return digits.toString();
        }
        need(count, field, DecodeError.TRUNCATED);
        final StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            final int digit = (message[position++] & 0xFF) - (encoding == DigitEncoding.ASCII ? 0x30 : 0xF0);
            if (digit < 0 || digit > 9) {
                throw new Refusal(DecodeError.NON_NUMERIC, field, position - 1);
            }
            digits.append(digit);
        }
        return digits.toString();
    }

    private String nibbles(
            final FieldFormat format,
            final Encodings encodings,
            final int count,
            final int field,
            final String allowed) {
        final int bytes = (count + 1) / 2;
        need(bytes, field, DecodeError.TRUNCATED);
        final int start = position;
        final String all = hex(BinaryEncoding.RAW, bytes, DecodeError.BAD_BCD, field);
        final Encodings.PadSide pad = format.lengthDigits() == 0 ? encodings.fixedPad() : encodings.variablePad();
        final boolean odd = count % 2 == 1;
        final int first = odd && pad == Encodings.PadSide.LEFT ? 1 : 0;
        for (int i = first; i < first + count; i++) {
            if (allowed.indexOf(all.charAt(i)) < 0) {
                throw new Refusal(DecodeError.BAD_BCD, field, start + i / 2);
            }
        }
        final int filler = first == 1 ? 0 : count;
        if (odd && allowed.length() < 16 && "0F".indexOf(all.charAt(filler)) < 0) {
            throw new Refusal(DecodeError.BAD_BCD, field, start + filler / 2);
        }
        return all.substring(first, first + count);
    }

    private String hex(final BinaryEncoding encoding, final int bytes, final DecodeError error, final int field) {
        final StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            final int value = message[position++] & 0xFF;
            if (encoding == BinaryEncoding.RAW) {
                hex.append(HEX.charAt(value / 16)).append(HEX.charAt(value % 16));
                continue;
            }
            final char character = encoding == BinaryEncoding.ASCII_HEX
                    ? (char) value
                    : new String(new byte[] {(byte) value}, TextEncoding.EBCDIC_1047.charset()).charAt(0);
            final int digit = character < 128 ? Character.digit(character, 16) : -1;
            if (digit < 0) {
                throw new Refusal(error, field, position - 1);
            }
            hex.append(HEX.charAt(digit));
        }
        return hex.toString();
    }

    private String text(final TextEncoding encoding, final int count, final int field) {
        need(count, field, DecodeError.TRUNCATED);
        if (encoding == TextEncoding.GB18030) {
            return chinese(count, field);
        }
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            final byte value = message[position++];
            if (encoding == TextEncoding.ASCII && value < 0) {
                throw new Refusal(DecodeError.BAD_CHARSET, field, position - 1);
            }
            text.append((char) (encoding.toLatin1()[value & 0xFF] & 0xFF));
        }
        return text.toString();
    }

    /** Decodes with the JDK, which stops at the first byte that cannot stand there, and waits for more at the end. */
    private String chinese(final int count, final int field) {
        final Charset charset = TextEncoding.GB18030.charset();
        final ByteBuffer bytes = ByteBuffer.wrap(message, position, count);
        final CoderResult result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(bytes, CharBuffer.allocate(count + 1), false);
        if (result.isError()) {
            throw new Refusal(DecodeError.BAD_CHARSET, field, bytes.position());
        }
        position += count;
        return new String(message, position - count, count, charset);
    }

    private void need(final int bytes, final int field, final DecodeError error) {
        if (message.length - position < bytes) {
            throw new Refusal(error, field, message.length);
        }
    }
}

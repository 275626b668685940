package io.turnout.codecs.iso8583;

/** What the bytes of a value must be for the parser to accept them; what they mean is for the business to check. */
enum ValueCheck {
    ANYTHING(DecodeError.NONE),
    ASCII(DecodeError.BAD_CHARSET),
    GB18030(DecodeError.BAD_CHARSET),
    DIGITS(DecodeError.NON_NUMERIC),
    SIGN_AND_DIGITS(DecodeError.NON_NUMERIC),
    PACKED_DIGITS(DecodeError.BAD_BCD),
    SIGN_AND_PACKED_DIGITS(DecodeError.BAD_BCD),
    PACKED_TRACK(DecodeError.BAD_BCD),
    HEX(DecodeError.BAD_HEX);

    /** Answered by {@link #find} when all bytes are accepted. */
    static final int NOTHING = -1;

    static final int SEPARATOR_NIBBLE = 0xD;
    static final int FILLER_NIBBLE = 0xF;

    private final DecodeError error;

    ValueCheck(final DecodeError error) {
        this.error = error;
    }

    /** What it means when {@link #find} finds something. */
    DecodeError error() {
        return error;
    }

    /** What the encoder answers when it was given a value that would not be accepted. */
    EncodeError refusal() {
        return switch (error) {
            case BAD_CHARSET -> EncodeError.NOT_IN_CHARSET;
            case BAD_HEX, NONE -> EncodeError.NOT_HEX;
            default -> EncodeError.NOT_NUMERIC;
        };
    }

    static ValueCheck of(final FieldSpec spec, final boolean strictNumeric) {
        return switch (spec.type) {
            case NUMERIC -> spec.packed ? PACKED_DIGITS : strictNumeric ? DIGITS : ofText(spec.text);
            case SIGNED -> spec.packed ? SIGN_AND_PACKED_DIGITS : strictNumeric ? SIGN_AND_DIGITS : ofText(spec.text);
            case TRACK -> spec.packed ? PACKED_TRACK : ofText(spec.text);
            case BINARY -> spec.hex ? HEX : ANYTHING;
            case NIBBLES -> spec.packed ? ANYTHING : HEX;
            case TEXT -> ofText(spec.text);
        };
    }

    private static ValueCheck ofText(final TextEncoding text) {
        return switch (text) {
            case ASCII -> ASCII;
            case GB18030 -> GB18030;
            case LATIN_1, EBCDIC_037, EBCDIC_500, EBCDIC_1047 -> ANYTHING;
        };
    }

    /** The offset of the first byte that is not accepted, or {@link #NOTHING}. */
    static int find(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        final int bytes = spec.valueBytes(count);
        return switch (spec.check) {
            case ANYTHING -> NOTHING;
            case ASCII -> findNonAscii(message, offset, bytes);
            case GB18030 -> Gb18030.findIllegal(message, offset, bytes);
            case DIGITS -> findNonDigit(spec, message, offset, bytes);
            case SIGN_AND_DIGITS -> findNonDigit(spec, message, offset + 1, bytes - 1);
            case PACKED_DIGITS -> findNonPacked(spec, message, offset, count);
            case SIGN_AND_PACKED_DIGITS -> findNonPacked(spec, message, offset + 1, count - 1);
            case PACKED_TRACK -> findNonPackedTrack(spec, message, offset, count);
            case HEX -> Hex.find(message, offset, offset + bytes, spec.hexValues);
        };
    }

    private static int findNonAscii(final byte[] message, final int offset, final int bytes) {
        for (int i = offset; i < offset + bytes; i++) {
            if (message[i] < 0) {
                return i;
            }
        }
        return NOTHING;
    }

    private static int findNonDigit(final FieldSpec spec, final byte[] message, final int offset, final int bytes) {
        if (Digits.areCharacters(message, offset, bytes, spec.zones)) {
            return NOTHING;
        }
        int position = offset;
        while (Digits.areCharacters(message, position, 1, spec.zones)) {
            position++;
        }
        return position;
    }

    private static int findNonPacked(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        if ((count & 1) == 0 && Digits.arePacked(message, offset, count >> 1)) {
            return NOTHING;
        }
        final int first = spec.firstNibble(count);
        for (int i = first; i < first + count; i++) {
            if (Digits.nibbleAt(message, offset, i) > 9) {
                return offset + (i >> 1);
            }
        }
        return findBadFiller(spec, message, offset, count);
    }

    private static int findNonPackedTrack(
            final FieldSpec spec, final byte[] message, final int offset, final int count) {
        final int first = spec.firstNibble(count);
        for (int i = first; i < first + count; i++) {
            final int nibble = Digits.nibbleAt(message, offset, i);
            if (nibble > 9 && nibble != SEPARATOR_NIBBLE && nibble != FILLER_NIBBLE) {
                return offset + (i >> 1);
            }
        }
        return findBadFiller(spec, message, offset, count);
    }

    /** Hosts fill with 0 or with F; any other nibble is a digit that this dialect would lose. */
    private static int findBadFiller(final FieldSpec spec, final byte[] message, final int offset, final int count) {
        if ((count & 1) == 0) {
            return NOTHING;
        }
        final int index = spec.padLeft ? 0 : count;
        final int filler = Digits.nibbleAt(message, offset, index);
        return filler == 0 || filler == FILLER_NIBBLE ? NOTHING : offset + (index >> 1);
    }
}

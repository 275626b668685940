package io.turnout.codecs.iso8583;

/** Why {@link IsoEncoder} refused a message; the first refusal stays until the next message is begun. */
public enum EncodeError {
    /** Everything put so far was written. */
    NONE(0),
    /** The buffer has no room for the field. */
    BUFFER_FULL(-1),
    /** Fields must be put in rising order, each once, after {@code begin}. */
    OUT_OF_ORDER(-2),
    /** The dialect does not have the field, or the field is a bitmap. */
    UNKNOWN_FIELD(-3),
    /** The value has more characters, digits or bytes than the field can hold. */
    VALUE_TOO_LONG(-4),
    /** A fixed field of bytes, or of a sign and digits, needs all of them; only digits and text are filled up. */
    VALUE_TOO_SHORT(-5),
    /** The value of a numeric field is negative, or not made of digits. */
    NOT_NUMERIC(-6),
    /** The text given for a binary field is not made of pairs of hexadecimal characters. */
    NOT_HEX(-7),
    /** The text has a character that the field's character set cannot write. */
    NOT_IN_CHARSET(-8),
    /** The MTI is not a number from 0 to 9999. */
    BAD_MTI(-9),
    /** Bytes were put into a field that is not binary. */
    NOT_BINARY(-10);

    private static final EncodeError[] BY_CODE = values();

    private final int code;

    EncodeError(final int code) {
        this.code = code;
    }

    /**
     * The number {@link IsoEncoder#finish} answers instead of a length; 0 is {@link #NONE}, all others are negative.
     */
    public int code() {
        return code;
    }

    /** The error of a number answered by {@link IsoEncoder#finish}; a length gives {@link #NONE}. */
    public static EncodeError of(final int lengthOrCode) {
        return lengthOrCode >= 0 ? NONE : BY_CODE[-lengthOrCode];
    }
}

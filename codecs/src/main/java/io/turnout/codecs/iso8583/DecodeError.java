package io.turnout.codecs.iso8583;

/**
 * What {@link IsoDecoder} can find wrong with a message; the first error in the order of the wire is the one reported.
 */
public enum DecodeError {
    /** The message was read to its end. */
    NONE(0),
    /** A field, the MTI or the bitmap goes on after the end of the message. */
    TRUNCATED(1),
    /** The length of a field is cut off by the end of the message. */
    TRUNCATED_LENGTH(2),
    /** The length of a field is not a number in its encoding. */
    BAD_LENGTH(3),
    /** The length of a field is larger than the dialect allows; found before {@link #TRUNCATED}. */
    LENGTH_OVER_MAX(4),
    /** The bitmap is written in hexadecimal and has another character in it. */
    BAD_BITMAP(5),
    /** A text has a byte that its character set does not know. */
    BAD_CHARSET(6),
    /** A numeric field written in characters has something else than digits in it, or the MTI has. */
    NON_NUMERIC(7),
    /** A packed numeric field has a nibble that is no digit and no filler. */
    BAD_BCD(8),
    /** A binary field is written in hexadecimal and has another character in it. */
    BAD_HEX(9),
    /** The bitmap announces a field that the dialect does not have, so that nothing after it can be found. */
    UNKNOWN_FIELD(10),
    /** Bytes are left after the last field. */
    TRAILING_DATA(11);

    private static final DecodeError[] BY_CODE = values();

    private final int code;

    DecodeError(final int code) {
        this.code = code;
    }

    /** The number {@link IsoDecoder#decode} answers; 0 is {@link #NONE}. */
    public int code() {
        return code;
    }

    /** The error of a code answered by {@link IsoDecoder#decode}. */
    public static DecodeError of(final int code) {
        return BY_CODE[code];
    }
}

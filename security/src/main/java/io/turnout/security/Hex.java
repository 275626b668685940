package io.turnout.security;

import java.util.HexFormat;

/** Hexadecimal text: upper case out, either case in. */
public final class Hex {
    private static final HexFormat FORMAT = HexFormat.of().withUpperCase();

    private Hex() {}

    /** Upper-case hexadecimal digits of all bytes. */
    public static String encode(final byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * Bytes that hexadecimal text stands for.
     *
     * @param what the text's name, for the message
     */
    public static byte[] decode(final String what, final String text) throws CryptoException {
        try {
            return FORMAT.parseHex(text);
        } catch (final IllegalArgumentException e) {
            // The message of the cause quotes the text, which may be a key.
            throw new CryptoException(
                    CryptoError.NOT_HEXADECIMAL, what + " is not an even number of hexadecimal digits");
        }
    }
}

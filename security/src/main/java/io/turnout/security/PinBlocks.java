package io.turnout.security;

import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * PIN blocks of ISO 9564-1, clear and enciphered.
 *
 * <pre>
 *   nibble    0         1        2 …            …15
 *            +---------+--------+---------------+--------------------------------------+
 *   0,1,2,3  | format  | length | PIN           | filler: F, random, F, random A to F   |
 *            +---------+--------+---------------+--------------------------------------+
 *   4        | 4       | length | PIN, then A   | 8 random bytes                       |
 *            +---------+--------+---------------+--------------------------------------+
 * </pre>
 *
 * Formats 0 and 3 are XORed with the 12 right-most digits of the card number without its check digit; format 4 binds
 * the card between two encryptions. PINs are arrays of ASCII digits so that their owner can wipe them.
 */
public final class PinBlocks {
    /** Digits of the shortest PIN. */
    public static final int MINIMUM_PIN_LENGTH = 4;
    /** Digits of the longest PIN. */
    public static final int MAXIMUM_PIN_LENGTH = 12;

    private static final int MAXIMUM_PAN_LENGTH = 19;
    private static final int BOUND_DIGITS = 12;
    private static final int NIBBLES = 16;
    private static final int FIRST_PIN_NIBBLE = 2;
    private static final int FORMAT_4_LENGTH = 16;

    private PinBlocks() {}

    /**
     * The clear block; for format 4 the clear PIN field, which {@link #encipher} then binds to the card.
     *
     * @param pin ASCII digits
     * @param pan digits, or null where the format is not bound to a card
     * @param random a secure source; fills formats 1, 3 and 4
     */
    public static byte[] encode(
            final PinBlockFormat format, final byte[] pin, final CharSequence pan, final Random random)
            throws CryptoException {
        return encodeFilled(
                format,
                pin,
                pan,
                nibble -> format == PinBlockFormat.FORMAT_3 ? 0xA + random.nextInt(6) : random.nextInt(0x10));
    }

    /**
     * As {@link #encode} with digits that are known: for tests and calculators.
     *
     * @param fill digit to put at a nibble's index, asked where the format wants random ones; 0 to 15, and 10 to 15 for
     *     format 3
     */
    public static byte[] encodeFilled(
            final PinBlockFormat format, final byte[] pin, final CharSequence pan, final IntUnaryOperator fill)
            throws CryptoException {
        if (pin.length < MINIMUM_PIN_LENGTH || pin.length > MAXIMUM_PIN_LENGTH || !areDigits(pin)) {
            throw new CryptoException(CryptoError.BAD_PIN, "the PIN is not 4 to 12 digits");
        }
        final byte[] block = new byte[format.length()];
        setNibble(block, 0, format.code());
        setNibble(block, 1, pin.length);
        for (int i = 0; i < pin.length; i++) {
            setNibble(block, FIRST_PIN_NIBBLE + i, pin[i] - '0');
        }
        for (int i = FIRST_PIN_NIBBLE + pin.length; i < 2 * block.length; i++) {
            final int filler = filler(format, i, fill);
            if (i < NIBBLES && !isFiller(format, filler)) {
                throw new CryptoException(CryptoError.BAD_PARAMETER, "not a filling digit of " + format);
            }
            setNibble(block, i, filler);
        }
        return bind(format, block, pan);
    }

    /**
     * The PIN in a clear block of formats 0 to 3, or in the clear PIN field of format 4.
     *
     * @return ASCII digits; the caller wipes them
     */
    public static byte[] decode(final PinBlockFormat format, final byte[] block, final CharSequence pan)
            throws CryptoException {
        if (block.length != format.length()) {
            throw invalid(format);
        }
        final byte[] clear = bind(format, block, pan);
        final int length = nibble(clear, 1);
        boolean valid =
                nibble(clear, 0) == format.code() && length >= MINIMUM_PIN_LENGTH && length <= MAXIMUM_PIN_LENGTH;
        for (int i = FIRST_PIN_NIBBLE; i < NIBBLES; i++) {
            final int nibble = nibble(clear, i);
            valid &= i < FIRST_PIN_NIBBLE + length ? nibble <= 9 : isFiller(format, nibble);
        }
        if (!valid) {
            throw invalid(format);
        }
        final byte[] pin = new byte[length];
        for (int i = 0; i < length; i++) {
            pin[i] = (byte) ('0' + nibble(clear, FIRST_PIN_NIBBLE + i));
        }
        return pin;
    }

    /**
     * Enciphers a clear block or PIN field.
     *
     * @param pan digits, used by format 4 alone
     */
    public static byte[] encipher(
            final PinBlockFormat format, final KeyedCipher key, final byte[] clear, final CharSequence pan)
            throws CryptoException {
        requireKeyFor(format, key, clear);
        final byte[] encrypted = key.encrypt(clear);
        return format == PinBlockFormat.FORMAT_4 ? key.encrypt(Bytes.xor(encrypted, panField(pan))) : encrypted;
    }

    /**
     * Deciphers a block into the clear block or PIN field.
     *
     * @param pan digits, used by format 4 alone
     */
    public static byte[] decipher(
            final PinBlockFormat format, final KeyedCipher key, final byte[] enciphered, final CharSequence pan)
            throws CryptoException {
        requireKeyFor(format, key, enciphered);
        final byte[] decrypted = key.decrypt(enciphered);
        return format == PinBlockFormat.FORMAT_4 ? key.decrypt(Bytes.xor(decrypted, panField(pan))) : decrypted;
    }

    /**
     * The card's field of format 4: digits beyond 12, the card number, zeros to 16 bytes. A number of fewer than 12
     * digits is filled with zeros on the left.
     */
    public static byte[] panField(final CharSequence pan) throws CryptoException {
        requirePan(pan);
        final byte[] field = new byte[FORMAT_4_LENGTH];
        setNibble(field, 0, Math.max(pan.length() - BOUND_DIGITS, 0));
        final int zeros = Math.max(BOUND_DIGITS - pan.length(), 0);
        for (int i = 0; i < pan.length(); i++) {
            setNibble(field, 1 + zeros + i, pan.charAt(i) - '0');
        }
        return field;
    }

    /** XOR with the card's digits for formats 0 and 3; its own inverse. */
    private static byte[] bind(final PinBlockFormat format, final byte[] block, final CharSequence pan)
            throws CryptoException {
        if (format != PinBlockFormat.FORMAT_0 && format != PinBlockFormat.FORMAT_3) {
            return block;
        }
        requirePan(pan);
        final byte[] card = new byte[block.length];
        final int digits = Math.min(pan.length() - 1, BOUND_DIGITS);
        for (int i = 0; i < digits; i++) {
            setNibble(card, NIBBLES - digits + i, pan.charAt(pan.length() - 1 - digits + i) - '0');
        }
        return Bytes.xor(block, card);
    }

    private static int filler(final PinBlockFormat format, final int nibble, final IntUnaryOperator fill) {
        return switch (format) {
            case FORMAT_0, FORMAT_2 -> 0xF;
            case FORMAT_1, FORMAT_3 -> fill.applyAsInt(nibble);
            case FORMAT_4 -> nibble < NIBBLES ? 0xA : fill.applyAsInt(nibble);
        };
    }

    private static boolean isFiller(final PinBlockFormat format, final int nibble) {
        return switch (format) {
            case FORMAT_0, FORMAT_2 -> nibble == 0xF;
            case FORMAT_1 -> true;
            case FORMAT_3 -> nibble >= 0xA;
            case FORMAT_4 -> nibble == 0xA;
        };
    }

    private static void requireKeyFor(final PinBlockFormat format, final KeyedCipher key, final byte[] block)
            throws CryptoException {
        if (key.blockLength() != format.length()) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, format + " under a key for " + key.algorithm());
        }
        if (block.length != format.length()) {
            throw invalid(format);
        }
    }

    private static void requirePan(final CharSequence pan) throws CryptoException {
        if (pan == null
                || pan.length() == 0
                || pan.length() > MAXIMUM_PAN_LENGTH
                || !pan.chars().allMatch(PinBlocks::isDigit)) {
            throw new CryptoException(CryptoError.BAD_PAN, "the card number is not 1 to 19 digits");
        }
    }

    private static CryptoException invalid(final PinBlockFormat format) {
        return new CryptoException(CryptoError.BAD_PIN_BLOCK, "not a block of " + format);
    }

    private static boolean areDigits(final byte[] text) {
        for (final byte character : text) {
            if (!isDigit(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(final int character) {
        return character >= '0' && character <= '9';
    }

    private static int nibble(final byte[] block, final int index) {
        return (index & 1) == 0 ? (block[index >> 1] >> 4) & 0xF : block[index >> 1] & 0xF;
    }

    private static void setNibble(final byte[] block, final int index, final int value) {
        block[index >> 1] |= (byte) ((index & 1) == 0 ? value << 4 : value);
    }
}

package io.turnout.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a key block says of its key in clear, ANSI X9.143:2021 clause 6.2. The authentication code covers it.
 *
 * <pre>
 *   0         1        5       7           8      9         11               12               14         16
 *   +---------+--------+-------+-----------+------+---------+----------------+----------------+----------+-- - -
 *   | version | length | usage | algorithm | mode | key     | exportability  | number of      | reserved | optional
 *   |         |        |       |           |      | version |                | optional blocks|          | blocks
 *   +---------+--------+-------+-----------+------+---------+----------------+----------------+----------+-- - -
 * </pre>
 *
 * An optional block is an id of two characters, its whole length as two hexadecimal digits, and data; from 256
 * characters on, the length is {@code 00}, the number of its bytes as two hexadecimal digits, and those bytes in
 * hexadecimal.
 *
 * @param version how the block is protected
 * @param usage two characters, for instance {@code P0} for PIN encryption, {@code M3} for a retail MAC
 * @param algorithm {@code T} DES with two or three keys, {@code D} single DES, {@code A} AES, {@code H} HMAC …
 * @param mode {@code E}ncrypt, {@code D}ecrypt, {@code B}oth, {@code G}enerate, {@code V}erify, {@code C} both,
 *     {@code N} no restriction …
 * @param keyVersion two characters; {@code 00} when not used
 * @param exportability {@code E}, {@code N}, {@code S}
 * @param reserved key context and a reserved character; {@code 00} until the standard says more
 * @param optionalBlocks in their order, without padding when the header is for wrapping
 */
public record KeyBlockHeader(
        KeyBlockVersion version,
        String usage,
        char algorithm,
        char mode,
        String keyVersion,
        char exportability,
        String reserved,
        List<OptionalBlock> optionalBlocks) {

    /** Characters before the optional blocks. */
    public static final int FIXED_LENGTH = 16;
    /** Id of the optional block that only fills the header up to whole cipher blocks. */
    static final String PADDING_ID = "PB";

    private static final int LENGTH_OFFSET = 1;
    private static final int USAGE_OFFSET = 5;
    private static final int ALGORITHM_OFFSET = 7;
    private static final int MODE_OFFSET = 8;
    private static final int KEY_VERSION_OFFSET = 9;
    private static final int EXPORTABILITY_OFFSET = 11;
    private static final int COUNT_OFFSET = 12;
    private static final int RESERVED_OFFSET = 14;
    private static final int MAXIMUM_OPTIONAL_BLOCKS = 99;
    private static final int MAXIMUM_LENGTH = 9999;

    /** Copies the list. */
    public KeyBlockHeader {
        optionalBlocks = List.copyOf(optionalBlocks);
    }

    /**
     * One optional block.
     *
     * @param id two characters, for instance {@code KS} for a key set id, {@code KC} for a check value
     * @param data printable characters
     */
    public record OptionalBlock(String id, String data) {

        private static final int SHORT_OVERHEAD = 4;
        private static final int LONG_OVERHEAD = 10;
        private static final int MAXIMUM_SHORT = 0xFF;

        /** Characters in the header, id and length included. */
        int length() {
            final int shortLength = SHORT_OVERHEAD + data.length();
            return shortLength <= MAXIMUM_SHORT ? shortLength : LONG_OVERHEAD + data.length();
        }

        String text() {
            final String size = length() <= MAXIMUM_SHORT
                    ? String.format(Locale.ROOT, "%02X", length())
                    : String.format(Locale.ROOT, "0002%04X", length());
            return id + size + data;
        }
    }

    /**
     * Reads the header of a block or a header alone; the length it names is not compared with anything.
     *
     * @param text at least the header
     */
    public static KeyBlockHeader parse(final String text) throws CryptoException {
        if (text.length() < FIXED_LENGTH) {
            throw invalid("a header has 16 characters or more");
        }
        requirePrintable(text);
        number(text, LENGTH_OFFSET, USAGE_OFFSET);
        final int count = number(text, COUNT_OFFSET, RESERVED_OFFSET);
        final List<OptionalBlock> blocks = new ArrayList<>(count);
        int offset = FIXED_LENGTH;
        for (int i = 0; i < count; i++) {
            final OptionalBlock block = optionalBlock(text, offset);
            offset = offset + lengthAt(text, offset);
            blocks.add(block);
        }
        return new KeyBlockHeader(
                KeyBlockVersion.of(text.charAt(0)),
                text.substring(USAGE_OFFSET, ALGORITHM_OFFSET),
                text.charAt(ALGORITHM_OFFSET),
                text.charAt(MODE_OFFSET),
                text.substring(KEY_VERSION_OFFSET, EXPORTABILITY_OFFSET),
                text.charAt(EXPORTABILITY_OFFSET),
                text.substring(RESERVED_OFFSET, FIXED_LENGTH),
                blocks);
    }

    /** Characters of a block's header with its optional blocks. */
    static int headerLength(final String text) throws CryptoException {
        int offset = FIXED_LENGTH;
        for (int i = number(text, COUNT_OFFSET, RESERVED_OFFSET); i > 0; i--) {
            offset += lengthAt(text, offset);
        }
        return offset;
    }

    /** The length that a block names, in characters. */
    public static int namedLength(final String text) throws CryptoException {
        return number(text, LENGTH_OFFSET, USAGE_OFFSET);
    }

    /** The header of a block, filled up to whole cipher blocks with a padding block. */
    String text(final int payloadLength) throws CryptoException {
        final StringBuilder blocks = new StringBuilder();
        for (final OptionalBlock block : optionalBlocks) {
            blocks.append(block.text());
        }
        int count = optionalBlocks.size();
        final int blockLength = version.cipher().blockLength();
        if (blocks.length() % blockLength != 0) {
            final int minimum = blocks.length() + OptionalBlock.SHORT_OVERHEAD;
            final int filled = Bytes.roundUp(minimum, blockLength) - minimum;
            blocks.append(new OptionalBlock(PADDING_ID, "0".repeat(filled)).text());
            count++;
        }
        final int length = FIXED_LENGTH + blocks.length() + payloadLength;
        if (count > MAXIMUM_OPTIONAL_BLOCKS || length > MAXIMUM_LENGTH) {
            throw invalid("a block has 9999 characters and 99 optional blocks at most");
        }
        final String text = String.format(
                Locale.ROOT,
                "%s%04d%s%c%c%s%c%02d%s%s",
                version,
                length,
                usage,
                algorithm,
                mode,
                keyVersion,
                exportability,
                count,
                reserved,
                blocks);
        requirePrintable(text);
        return text;
    }

    private static OptionalBlock optionalBlock(final String text, final int offset) throws CryptoException {
        final int length = lengthAt(text, offset);
        final boolean isLong = hexadecimal(text, offset + 2, offset + 4) == 0;
        final int data = offset + (isLong ? longOverhead(text, offset) : OptionalBlock.SHORT_OVERHEAD);
        if (data > offset + length) {
            throw invalid("an optional block is shorter than its own length");
        }
        return new OptionalBlock(text.substring(offset, offset + 2), text.substring(data, offset + length));
    }

    /** Characters of the optional block at an offset; at least 4, and inside the text. */
    private static int lengthAt(final String text, final int offset) throws CryptoException {
        int length = hexadecimal(text, offset + 2, offset + 4);
        if (length == 0) {
            length = hexadecimal(text, offset + 6, offset + longOverhead(text, offset));
        }
        if (length < OptionalBlock.SHORT_OVERHEAD || length > text.length() - offset) {
            throw invalid("an optional block ends outside the key block");
        }
        return length;
    }

    private static int longOverhead(final String text, final int offset) throws CryptoException {
        final int bytes = hexadecimal(text, offset + 4, offset + 6);
        if (bytes < 1 || bytes > 2) {
            throw invalid("a long length has 1 or 2 bytes");
        }
        return 6 + 2 * bytes;
    }

    private static int number(final String text, final int from, final int to) throws CryptoException {
        return number(text, from, to, 10);
    }

    private static int hexadecimal(final String text, final int from, final int to) throws CryptoException {
        return number(text, from, to, 16);
    }

    private static int number(final String text, final int from, final int to, final int radix) throws CryptoException {
        if (to > text.length()) {
            throw invalid("ends inside its header");
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            final int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                throw invalid("character " + (i + 1) + " is not a digit");
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static void requirePrintable(final String text) throws CryptoException {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw invalid("has characters that are not printable ASCII");
        }
    }

    private static CryptoException invalid(final String detail) {
        return new CryptoException(CryptoError.BAD_KEY_BLOCK, detail);
    }
}

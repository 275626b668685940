package io.turnout.codecs.iso8583;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * The character set of the text fields of a dialect.
 *
 * <p>Each set is a pair of tables between its bytes and ISO 8859-1, which a message is compared and translated with.
 * The two-byte characters of GB 18030 pass through the tables unchanged.
 */
enum TextEncoding {
    ASCII(StandardCharsets.US_ASCII),
    LATIN_1(StandardCharsets.ISO_8859_1),
    /** The Chinese national standard, a superset of GBK and GB 2312; lengths count bytes. */
    GB18030(Charset.forName("GB18030")),
    EBCDIC_037(Charset.forName("IBM037")),
    EBCDIC_500(Charset.forName("IBM500")),
    EBCDIC_1047(Charset.forName("IBM1047"));

    private static final int EBCDIC_NEXT_LINE = 0x15;
    private static final int EBCDIC_LINE_FEED = 0x25;
    private static final byte LATIN_1_NEXT_LINE = (byte) 0x85;

    private static final Map<TextEncoding, byte[]> TO_LATIN_1 = new EnumMap<>(TextEncoding.class);
    private static final Map<TextEncoding, byte[]> FROM_LATIN_1 = new EnumMap<>(TextEncoding.class);

    static {
        for (final TextEncoding encoding : values()) {
            final byte[] table = encoding.tableToLatin1();
            TO_LATIN_1.put(encoding, table);
            FROM_LATIN_1.put(encoding, reversed(table));
        }
    }

    private final Charset charset;

    TextEncoding(final Charset charset) {
        this.charset = charset;
    }

    Charset charset() {
        return charset;
    }

    boolean isEbcdic() {
        return this == EBCDIC_037 || this == EBCDIC_500 || this == EBCDIC_1047;
    }

    /**
     * Indexed by a byte of this character set; the ISO 8859-1 byte of the same character. Shared: not to be written.
     */
    byte[] toLatin1() {
        return TO_LATIN_1.get(this);
    }

    /**
     * Indexed by an ISO 8859-1 byte; the byte of the same character in this character set. Shared: not to be written.
     */
    byte[] fromLatin1() {
        return FROM_LATIN_1.get(this);
    }

    private byte[] tableToLatin1() {
        final byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        if (!isEbcdic()) {
            return bytes;
        }
        final byte[] table = new String(bytes, charset).getBytes(StandardCharsets.ISO_8859_1);
        if (table[EBCDIC_NEXT_LINE] == table[EBCDIC_LINE_FEED]) {
            // The JDK reads both as a line feed; kept apart, every byte survives being read and written again.
            table[EBCDIC_NEXT_LINE] = LATIN_1_NEXT_LINE;
        }
        return table;
    }

    private static byte[] reversed(final byte[] table) {
        final byte[] reversed = new byte[table.length];
        for (int i = 0; i < table.length; i++) {
            reversed[table[i] & 0xFF] = (byte) i;
        }
        return reversed;
    }
}

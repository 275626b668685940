package io.turnout.gateway.iso;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Name and place of a card acceptor (DE43). In 1987 three blank-filled parts of 40 characters: name (25), city (13) and
 * country (2), as events of the engine have them. In 1993 as long as needed:
 *
 * <pre>name \ street \ city \ postal code (10) region (3) country (3)</pre>
 *
 * <p>Streets, postal codes and regions are not known: the street is empty, the others are blank. Allocates nothing.
 */
final class CardAcceptor {

    static final int NAME_LENGTH = 25;
    static final int CITY_LENGTH = 13;
    static final int COUNTRY_LENGTH = 2;
    /** Of the form of 1987. */
    static final int LENGTH = NAME_LENGTH + CITY_LENGTH + COUNTRY_LENGTH;
    /** The longest in the form of 1993. */
    static final int MAXIMUM_LENGTH_OF_1993 = NAME_LENGTH + 2 + CITY_LENGTH + 1 + 10 + 3 + 3;

    private static final byte SEPARATOR = '\\';
    private static final byte BLANK = ' ';
    private static final int POSTAL_CODE_AND_REGION_LENGTH = 13;
    private static final int COUNTRY_LENGTH_OF_1993 = 3;

    private CardAcceptor() {}

    /**
     * Writes the form of 1993 from that of 1987.
     *
     * @param target has room for {@link #MAXIMUM_LENGTH_OF_1993} characters
     * @return characters written from index 0
     */
    static int putFormOf1993(final DirectBuffer source, final int offset, final MutableDirectBuffer target) {
        int at = putTrimmed(source, offset, NAME_LENGTH, target, 0);
        target.putByte(at++, SEPARATOR);
        target.putByte(at++, SEPARATOR);
        at = putTrimmed(source, offset + NAME_LENGTH, CITY_LENGTH, target, at);
        target.putByte(at++, SEPARATOR);
        target.setMemory(at, POSTAL_CODE_AND_REGION_LENGTH + COUNTRY_LENGTH_OF_1993, BLANK);
        at += POSTAL_CODE_AND_REGION_LENGTH;
        target.putBytes(at, source, offset + NAME_LENGTH + CITY_LENGTH, COUNTRY_LENGTH);
        return at + COUNTRY_LENGTH_OF_1993;
    }

    /** The text without the blanks behind it; a separator within becomes a slash. */
    private static int putTrimmed(
            final DirectBuffer source,
            final int offset,
            final int length,
            final MutableDirectBuffer target,
            final int targetOffset) {
        int end = length;
        while (end > 0 && source.getByte(offset + end - 1) == BLANK) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            final byte character = source.getByte(offset + i);
            target.putByte(targetOffset + i, character == SEPARATOR ? (byte) '/' : character);
        }
        return targetOffset + end;
    }
}

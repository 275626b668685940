package io.turnout.codecs.iso8583;

import java.util.Map;

/**
 * A data element in the words of a table of packagers, which is how jPOS and those who borrow its class names write
 * down a dialect: {@code IFB_LLHNUM} of 19.
 *
 * @param className names length, encoding and content in one word; a Java package before it is ignored
 * @param length the fixed length or the longest one, in the unit of the class
 * @param pad {@code true} when the filler of an odd count of digits stands on the left, {@code false} when on the
 *     right; null takes what the class does by itself
 * @param options {@code lenCount} is bytes or nibbles, {@code padNibble} left or right, {@code nib} 0 or F
 * @param name of the data element, for people; may be empty
 */
public record PackagerRow(String className, int length, Boolean pad, Map<String, String> options, String name) {

    /** A copy that nobody else can change. */
    public PackagerRow {
        options = Map.copyOf(options);
    }

    /** A row without options. */
    public static PackagerRow of(final String className, final int length) {
        return new PackagerRow(className, length, null, Map.of(), "");
    }

    /**
     * The attribute it stands for in the notation of ISO 8583, such as {@code n..19}.
     *
     * @throws IllegalArgumentException when the class is not known
     */
    public String attribute() {
        return new PackagerClass(this, false, TextEncoding.LATIN_1, TextEncoding.EBCDIC_1047)
                .line()
                .format()
                .notation();
    }

    String simpleClassName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    boolean padsLeft(final boolean byDefault) {
        return pad == null ? byDefault : pad;
    }
}

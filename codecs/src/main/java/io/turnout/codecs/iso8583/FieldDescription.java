package io.turnout.codecs.iso8583;

import java.util.Map;

/**
 * A data element of a dialect in words, for tables and comparisons.
 *
 * @param field its number
 * @param attribute in the notation of ISO 8583, such as {@code n..19}
 * @param encodings those that matter to it, such as {@code digits} is {@code bcd}
 * @param mask how people see its value
 * @param name of the data element
 */
public record FieldDescription(
        int field, String attribute, Map<String, String> encodings, FieldMask mask, String name) {

    /** The encodings as words of a dialect file. */
    public String words() {
        final StringBuilder words = new StringBuilder();
        encodings.forEach((key, word) -> words.append(words.length() == 0 ? "" : " ")
                .append(key)
                .append('=')
                .append(word));
        return words.toString();
    }
}

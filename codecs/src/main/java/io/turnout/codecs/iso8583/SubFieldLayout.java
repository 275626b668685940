package io.turnout.codecs.iso8583;

import java.util.Map;

/**
 * The parts of one data element, as its dialect has them.
 *
 * @param form how they follow one another
 * @param tagCharacters characters of a tag, of TLV and LTV
 * @param lengthCharacters decimal digits of a length, of TLV and LTV
 * @param repeated whether positions begin anew after the last part, until the value ends
 * @param leadingCharacters characters before the first tag that belong to none
 * @param parts by tag or position, in the order of the dialect; of tags, only those that have a name
 */
record SubFieldLayout(
        SubFieldForm form,
        int tagCharacters,
        int lengthCharacters,
        boolean repeated,
        int leadingCharacters,
        Map<String, FieldFormat> parts) {

    /** The name of a part, or an empty text when it has none. */
    String nameOf(final String tag) {
        final FieldFormat part = parts.get(tag);
        if (part != null) {
            return part.name();
        }
        return form == SubFieldForm.BER_TLV ? CodeTables.nameOfEmvTag(tag) : "";
    }
}

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
 * @param nested the parts of a bitmap; null for all other forms
 */
record SubFieldLayout(
        SubFieldForm form,
        int tagCharacters,
        int lengthCharacters,
        boolean repeated,
        int leadingCharacters,
        Map<String, FieldFormat> parts,
        NestedFields nested) {
    /** Parts one after another, or with tags. */
    SubFieldLayout(
            final SubFieldForm form,
            final int tagCharacters,
            final int lengthCharacters,
            final boolean repeated,
            final int leadingCharacters,
            final Map<String, FieldFormat> parts) {
        this(form, tagCharacters, lengthCharacters, repeated, leadingCharacters, parts, null);
    }

    /** Parts announced by a bitmap. */
    static SubFieldLayout of(final NestedFields nested) {
        return new SubFieldLayout(SubFieldForm.BITMAP, 0, 0, false, 0, Map.of(), nested);
    }

    /** The name of a part, or an empty text when it has none. */
    String nameOf(final String tag) {
        final FieldFormat part = parts.get(tag);
        if (part != null) {
            return part.name();
        }
        return form == SubFieldForm.BER_TLV ? CodeTables.nameOfEmvTag(tag) : "";
    }
}

package io.turnout.codecs.iso8583;

/** How the parts of a value follow one another. */
enum SubFieldForm {
    /** In the order of the dialect, each as long as its attribute says; the last ones may be missing. */
    POSITIONS,
    /** Tag, length, value. */
    TLV,
    /** Length, tag, value; the length counts the tag. */
    LTV,
    /** Tag, length, value in the Basic Encoding Rules of ASN.1 (ISO 8825-1), which EMV uses for chip data. */
    BER_TLV,
    /** A bitmap and the parts it announces: the value is a message without MTI. */
    BITMAP
}

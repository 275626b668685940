package io.turnout.codecs.iso8583;

/** How digits are written: one character each, or packed two to a byte (BCD). */
enum DigitEncoding {
    ASCII,
    EBCDIC,
    BCD
}

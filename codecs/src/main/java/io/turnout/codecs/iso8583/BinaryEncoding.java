package io.turnout.codecs.iso8583;

/**
 * How the bytes of a binary field, or of the bitmap, are written: as they are, or as two hexadecimal characters each.
 */
enum BinaryEncoding {
    RAW,
    ASCII_HEX,
    EBCDIC_HEX
}

package io.turnout.codecs.iso8583;

/** What the value of a field is made of; ISO 8583 calls this its attribute. */
enum FieldType {
    /** a, n, s and their unions: characters. */
    TEXT,
    /** n: digits. */
    NUMERIC,
    /** x+n: the character C or D, then digits. */
    SIGNED,
    /** z: the characters of tracks 2 and 3: digits, separators and fillers. */
    TRACK,
    /** b: bytes. */
    BINARY,
    /** h: hexadecimal digits, counted one by one; not an attribute of the standard. */
    NIBBLES
}

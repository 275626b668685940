package io.turnout.codecs.iso8583;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What surrounds the fields of a message.
 *
 * @param headerBytes before the MTI
 * @param hasMti whether there is one; a data element that is a message itself has none
 * @param mti how the four digits of the MTI are written
 * @param bitmap how bitmaps are written
 * @param lowerCaseBitmap whether hexadecimal letters of bitmaps are written small; both are read
 * @param bitmaps how many bitmaps of 64 fields a message can have, 1 to 3
 * @param bitmapsAlways whether all of them are always there; else each is announced by the first bit of the one before
 * @param firstBitNever whether the first bit stays 0 even when a second bitmap follows
 * @param trailingDataIgnored whether bytes after the last field are accepted
 * @param strictNumeric whether digits written as characters are checked to be digits
 */
record MessageFormat(
        int headerBytes,
        boolean hasMti,
        DigitEncoding mti,
        BinaryEncoding bitmap,
        boolean lowerCaseBitmap,
        int bitmaps,
        boolean bitmapsAlways,
        boolean firstBitNever,
        boolean trailingDataIgnored,
        boolean strictNumeric) {
    static final int MTI_DIGITS = 4;

    static final MessageFormat DEFAULT = new MessageFormat(
            0, true, DigitEncoding.ASCII, BinaryEncoding.ASCII_HEX, false, 2, false, false, false, true);

    private static final int FIELDS_PER_BITMAP = 64;

    MessageFormat withHeaderBytes(final int value) {
        return new MessageFormat(
                value,
                hasMti,
                mti,
                bitmap,
                lowerCaseBitmap,
                bitmaps,
                bitmapsAlways,
                firstBitNever,
                trailingDataIgnored,
                strictNumeric);
    }

    MessageFormat withoutMti() {
        return new MessageFormat(
                headerBytes,
                false,
                mti,
                bitmap,
                lowerCaseBitmap,
                bitmaps,
                bitmapsAlways,
                firstBitNever,
                trailingDataIgnored,
                strictNumeric);
    }

    MessageFormat withMti(final DigitEncoding value) {
        return new MessageFormat(
                headerBytes,
                hasMti,
                value,
                bitmap,
                lowerCaseBitmap,
                bitmaps,
                bitmapsAlways,
                firstBitNever,
                trailingDataIgnored,
                strictNumeric);
    }

    MessageFormat withLowerCaseBitmap(final boolean value) {
        return new MessageFormat(
                headerBytes,
                hasMti,
                mti,
                bitmap,
                value,
                bitmaps,
                bitmapsAlways,
                firstBitNever,
                trailingDataIgnored,
                strictNumeric);
    }

    MessageFormat withFirstBitNever(final boolean value) {
        return new MessageFormat(
                headerBytes,
                hasMti,
                mti,
                bitmap,
                lowerCaseBitmap,
                bitmaps,
                bitmapsAlways,
                value,
                trailingDataIgnored,
                strictNumeric);
    }

    MessageFormat withStrictNumeric(final boolean value) {
        return new MessageFormat(
                headerBytes,
                hasMti,
                mti,
                bitmap,
                lowerCaseBitmap,
                bitmaps,
                bitmapsAlways,
                firstBitNever,
                trailingDataIgnored,
                value);
    }

    MessageFormat withBitmaps(final BinaryEncoding encoding, final int count, final boolean always) {
        return new MessageFormat(
                headerBytes,
                hasMti,
                mti,
                encoding,
                lowerCaseBitmap,
                count,
                always,
                firstBitNever,
                trailingDataIgnored,
                strictNumeric);
    }

    /** In the words of a dialect file, by key. */
    Map<String, String> words() {
        final Map<String, String> words = new LinkedHashMap<>();
        words.put("header-bytes", String.valueOf(headerBytes));
        words.put("mti", Encodings.wordOf(mti));
        words.put("bitmap", Encodings.wordOf(bitmap));
        words.put("lower-case-bitmap", String.valueOf(lowerCaseBitmap));
        words.put("bitmaps", String.valueOf(bitmaps));
        words.put("bitmaps-always", String.valueOf(bitmapsAlways));
        words.put("first-bit-never", String.valueOf(firstBitNever));
        words.put("trailing-data-ignored", String.valueOf(trailingDataIgnored));
        words.put("strict-numeric", String.valueOf(strictNumeric));
        return words;
    }

    boolean isMtiPacked() {
        return mti == DigitEncoding.BCD;
    }

    /** The upper nibble of each digit of an MTI in characters, in each byte of a word. */
    long mtiZones() {
        return mti == DigitEncoding.EBCDIC ? Digits.EBCDIC_ZONES : Digits.ASCII_ZONES;
    }

    int mtiBytes() {
        return !hasMti ? 0 : isMtiPacked() ? MTI_DIGITS / 2 : MTI_DIGITS;
    }

    int bitmapBytes() {
        return bitmap == BinaryEncoding.RAW ? Long.BYTES : 2 * Long.BYTES;
    }

    /** Whether the bitmaps have room for a data element; where there are three, 65 announces the third. */
    boolean holds(final int field) {
        return field <= FIELDS_PER_BITMAP * bitmaps && !(bitmaps == 3 && field == FIELDS_PER_BITMAP + 1);
    }
}

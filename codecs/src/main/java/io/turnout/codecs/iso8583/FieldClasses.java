package io.turnout.codecs.iso8583;

/**
 * What has to be looked at in each field of a dialect, a bit per field, like the bitmaps of a message.
 *
 * <p>Half of a payment is digits, in short fields one after the other, so a whole stretch of them is checked at once.
 */
final class FieldClasses {
    /** Fields whose length and bytes relate as they do in nearly all fields. */
    final long[] usual = new long[MessageScanner.BITMAPS];

    /** Fields that are made of nothing but the usual digits of the dialect, the length included. */
    final long[] digits = new long[MessageScanner.BITMAPS];

    /** Those of them that may have a filler nibble. */
    final long[] filled = new long[MessageScanner.BITMAPS];

    /** Fields that are made of such digits after a character for the sign. */
    final long[] signed = new long[MessageScanner.BITMAPS];

    /** Fields that are checked one by one. */
    final long[] alone = new long[MessageScanner.BITMAPS];

    /** Whether the usual digits are packed two to a byte. */
    final boolean packed;

    /** The upper nibbles of the usual digits, when they are not packed. */
    final long zones;

    FieldClasses(final Dialect dialect) {
        this.packed = dialect.digits() == DigitEncoding.BCD;
        this.zones = dialect.digits() == DigitEncoding.EBCDIC ? Digits.EBCDIC_ZONES : Digits.ASCII_ZONES;
        for (int field = 1; field <= Dialect.LAST_FIELD; field++) {
            if (dialect.has(field)) {
                classify(field, dialect.field(field));
            }
        }
    }

    static boolean has(final long[] fields, final int field) {
        return (fields[(field - 1) >>> MessageScanner.FIELDS_PER_BITMAP_SHIFT] << (field - 1)) < 0;
    }

    private void classify(final int field, final FieldSpec spec) {
        if (spec.isUnusual()) {
            return;
        }
        add(usual, field);
        final boolean lengthOfDigits = spec.isFixed() || spec.lengthEncoding.writesDigits(packed, zones);
        final boolean valueOfDigits = spec.check == (packed ? ValueCheck.PACKED_DIGITS : ValueCheck.DIGITS)
                && (packed || spec.zones == zones);
        if (valueOfDigits && lengthOfDigits) {
            add(digits, field);
            if (packed && !(spec.isFixed() && (spec.maximumCount & 1) == 0)) {
                add(filled, field);
            }
        } else if (spec.check == ValueCheck.SIGN_AND_DIGITS && !packed && spec.zones == zones) {
            add(signed, field);
        } else if (spec.check != ValueCheck.ANYTHING) {
            add(alone, field);
        }
    }

    private static void add(final long[] fields, final int field) {
        fields[(field - 1) >>> MessageScanner.FIELDS_PER_BITMAP_SHIFT] |= Long.MIN_VALUE >>> (field - 1);
    }
}

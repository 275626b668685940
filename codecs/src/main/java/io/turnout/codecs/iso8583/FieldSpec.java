package io.turnout.codecs.iso8583;

/**
 * How one data element is written in one dialect, ready for use by {@link IsoDecoder} and {@link IsoEncoder}.
 *
 * <p>A value has a count of <em>units</em> (characters, digits, bytes or nibbles, as its type has it); lengths on the
 * wire count units. Immutable.
 */
final class FieldSpec {
    final String name;
    final FieldType type;

    /** Units of a fixed field, or the largest count of units of a variable one. */
    final int maximumCount;

    /** The smallest count that can be put: digits are filled up with zeros and text with blanks, all else is whole. */
    final int minimumCount;

    final LengthEncoding lengthEncoding;
    /** Bytes of the length before a variable field; 0 for a fixed field. */
    final int lengthBytes;

    /** Keeps the bytes of the length of the four before the value; 0 when it is not written in digits as characters. */
    final int lengthMask;

    /** The upper nibbles of the digits of the length, when {@link #lengthMask}. */
    final int lengthZones;

    /** What the length counts for each unit of the value. */
    final int lengthPerUnit;

    /** Of a packed value with an odd count: true when the filler is the first nibble, false when it is the last. */
    final boolean padLeft;

    final int filler;

    /** Whether two digits or nibbles share a byte. */
    final boolean packed;

    /** The upper nibble of a digit written as a character, in each byte of a word. */
    final long zones;

    /** Whether each byte of the value is two hexadecimal characters. */
    final boolean hex;

    /** The values of the hexadecimal characters, when {@link #hex}. */
    final byte[] hexValues;

    /** The hexadecimal characters of the values, when {@link #hex}. */
    final byte[] hexCharacters;

    final TextEncoding text;
    final byte[] toLatin1;
    final byte[] fromLatin1;

    /** Whether {@link #toLatin1} changes anything. */
    final boolean translated;

    /** Whether the bytes on the wire are the characters of the value. */
    final boolean verbatim;

    /** Whether the value is text of any kind, or digits, that is written as it is. */
    final boolean plain;

    /** Of such a field of fixed length without a sign, its length; else negative. */
    final int wholeCount;

    /** Whether it is digits, perhaps after a sign. */
    final boolean plainDigits;

    final ValueCheck check;

    /** Bytes of the value of a fixed field. */
    final int fixedBytes;

    /** The smallest number, not negative, that {@code putLong} cannot just write as digits. */
    final long numberLimit;

    /** Whether the length counts half bytes of a value that has whole ones. */
    final boolean countsNibbles;

    /** Whether a variable field takes the bytes of its longest value, whatever its length says. */
    final boolean filledUp;

    private final int leadBytes;
    private final int nibblesPerUnit;

    FieldSpec(
            final FieldFormat format,
            final FieldTraits traits,
            final Encodings encodings,
            final boolean strictNumeric) {
        this.name = format.name();
        this.type = format.type();
        this.countsNibbles = traits.countsNibbles();
        this.filledUp = traits.filledUp();
        this.lengthPerUnit = countsNibbles ? 2 : 1;
        this.maximumCount = format.maximumCount();
        this.lengthEncoding = encodings.length();
        this.lengthBytes = lengthEncoding.lengthBytes(format.lengthDigits());
        final boolean lengthInDigits =
                lengthEncoding == LengthEncoding.ASCII || lengthEncoding == LengthEncoding.EBCDIC;
        this.lengthMask = lengthInDigits && lengthBytes > 0 && lengthBytes <= Integer.BYTES
                ? -1 << (Byte.SIZE * (Integer.BYTES - lengthBytes))
                : 0;
        this.lengthZones = (int) (lengthEncoding == LengthEncoding.EBCDIC ? Digits.EBCDIC_ZONES : Digits.ASCII_ZONES);
        this.minimumCount = isFixed() && !fillsUp() ? maximumCount : 0;
        this.padLeft = (isFixed() ? encodings.fixedPad() : encodings.variablePad()) == Encodings.PadSide.LEFT;
        this.filler = encodings.filler() == Encodings.Filler.ZERO ? 0 : ValueCheck.FILLER_NIBBLE;
        this.packed = type == FieldType.NIBBLES
                ? encodings.binary() == BinaryEncoding.RAW
                : writesDigits() && encodings.digits() == DigitEncoding.BCD;
        this.hex = type == FieldType.BINARY && encodings.binary() != BinaryEncoding.RAW;
        this.hexValues = encodings.binary() == BinaryEncoding.EBCDIC_HEX ? Hex.EBCDIC : Hex.ASCII;
        this.hexCharacters = hexValues == Hex.EBCDIC ? Hex.EBCDIC_CHARACTERS : Hex.ASCII_CHARACTERS;
        this.text = charactersOf(encodings);
        this.toLatin1 = text.toLatin1();
        this.fromLatin1 = text.fromLatin1();
        this.translated = text.isEbcdic();
        this.zones = translated ? Digits.EBCDIC_ZONES : Digits.ASCII_ZONES;
        this.leadBytes = type == FieldType.SIGNED && packed ? 1 : 0;
        this.nibblesPerUnit = packed ? 1 : hex ? 4 : 2;
        this.verbatim = !packed && !translated && type != FieldType.BINARY;
        this.check = ValueCheck.of(this, strictNumeric);
        this.plainDigits = check == ValueCheck.DIGITS || check == ValueCheck.SIGN_AND_DIGITS;
        final boolean plainText = type == FieldType.TEXT && check == ValueCheck.ANYTHING;
        this.plain = verbatim && !filledUp && (plainDigits || plainText);
        this.wholeCount = plain && isFixed() && type != FieldType.SIGNED ? maximumCount : -1;
        this.fixedBytes = valueBytes(maximumCount);
        this.numberLimit = writesPlainNumbers() ? Digits.limit(maximumCount) : 0;
    }

    boolean isFixed() {
        return lengthBytes == 0;
    }

    /** Whether the text has characters outside ISO 8859-1. */
    boolean isChinese() {
        return type == FieldType.TEXT && text == TextEncoding.GB18030;
    }

    /** Whether the length and the bytes of the value do not relate as they do in nearly all fields. */
    boolean isUnusual() {
        return countsNibbles || filledUp;
    }

    /** Bytes a field takes on the wire, without the length before it, when its value has that many units. */
    int takenBytes(final int count) {
        return filledUp ? fixedBytes : valueBytes(count);
    }

    /** What is written after the value of a field that is filled up. */
    byte fillByte() {
        return type == FieldType.BINARY || packed ? 0 : fromLatin1[' '];
    }

    /** Bytes on the wire, without the length before them, of a value with that many units. */
    int valueBytes(final int count) {
        return leadBytes + (((count - leadBytes) * nibblesPerUnit + 1) >> 1);
    }

    /** Where the nibbles of a packed value begin: after the filler, if that is on the left. */
    int firstNibble(final int count) {
        return padLeft ? count & 1 : 0;
    }

    /** Characters of a value with that many units when it is read as a text. */
    int characters(final int count) {
        return type == FieldType.BINARY ? 2 * count : count;
    }

    /** The nibble a packed value writes for an ISO 8859-1 character, or -1 when it cannot. */
    int nibbleOf(final byte character) {
        if (type == FieldType.TRACK && character == '=') {
            return ValueCheck.SEPARATOR_NIBBLE;
        }
        final int nibble = Hex.ASCII[character & 0xFF];
        final boolean allowed = nibble <= 9
                || type == FieldType.NIBBLES
                || (type == FieldType.TRACK
                        && (nibble == ValueCheck.SEPARATOR_NIBBLE || nibble == ValueCheck.FILLER_NIBBLE));
        return allowed ? nibble : -1;
    }

    private boolean fillsUp() {
        return type == FieldType.TEXT || type == FieldType.NUMERIC || type == FieldType.TRACK;
    }

    private boolean writesPlainNumbers() {
        return type == FieldType.NUMERIC || type == FieldType.TEXT || type == FieldType.TRACK;
    }

    private boolean writesDigits() {
        return type == FieldType.NUMERIC || type == FieldType.TRACK || type == FieldType.SIGNED;
    }

    /** Digits and hexadecimal characters may be of another family than the texts. */
    private TextEncoding charactersOf(final Encodings encodings) {
        final boolean digits = writesDigits() && !packed;
        final boolean inHex = hex || (type == FieldType.NIBBLES && !packed);
        if (!inHex && !digits) {
            return encodings.text();
        }
        final boolean ebcdic =
                inHex ? encodings.binary() == BinaryEncoding.EBCDIC_HEX : encodings.digits() == DigitEncoding.EBCDIC;
        if (!ebcdic) {
            return TextEncoding.ASCII;
        }
        return encodings.text().isEbcdic() ? encodings.text() : TextEncoding.EBCDIC_1047;
    }
}

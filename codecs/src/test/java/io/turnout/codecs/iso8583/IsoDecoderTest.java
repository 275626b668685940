package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IsoDecoderTest {
    private static final String ECHO = "0800822000000000000004000000000000000611103000000001301";

    private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[256]);

    @ParameterizedTest(name = "{1} {2} at {3}: {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "iso87-ascii | TRUNCATED        |  0 |  3 | 020",
                "iso87-ascii | NON_NUMERIC      |  0 |  2 | 02x0",
                "iso87-ascii | TRUNCATED        |  1 | 19 | 0200000000000000000",
                "iso87-ascii | BAD_BITMAP       |  1 |  5 | 02000G00000000000000",
                "j8583-0210  | UNKNOWN_FIELD    |  2 | 20 | 0200700000000000000012",
                "j8583-0210  | UNKNOWN_FIELD    |  5 | 26 | 02002800000000000000123456000000000001",
                "iso87-ascii | TRUNCATED_LENGTH |  2 | 21 | 020040000000000000001",
                "iso87-ascii | BAD_LENGTH       |  2 | 20 | 020040000000000000001x",
                "iso87-ascii | LENGTH_OVER_MAX  |  2 | 20 | 0200400000000000000020",
                "iso87-ascii | TRUNCATED        |  2 | 25 | 0200400000000000000019411",
                "iso87-ascii | NON_NUMERIC      |  3 | 23 | 02002000000000000000123x56",
                "iso87-ascii | NON_NUMERIC      |  4 | 37 | 0200301000000000000012345600000000001x12345678",
                "iso87-ascii | NON_NUMERIC      |  3 | 20 | 02003000000000000000x23456000000000",
                "iso87-ascii | BAD_HEX          | 52 | 35 | 02000000000000001000000102030405060G",
                "iso87-ascii | TRAILING_DATA    | -1 | 26 | 02002000000000000000123456!",
                "iso87-ascii | TRAILING_DATA    | -1 | 20 | 02000000000000000000x"
            })
    void shouldNameTheFirstErrorOfTheWire(
            final String dialect, final DecodeError error, final int field, final int offset, final String message) {
        // given
        final IsoDecoder decoder = new IsoDecoder(TestDialects.named(dialect));

        // when
        final int code = decode(decoder, message);

        // then
        assertEquals(error, DecodeError.of(code));
        assertEquals(code, decoder.error());
        assertEquals(field, decoder.errorField());
        assertEquals(offset, decoder.errorOffset());
    }

    @Test
    void shouldReportTheErrorOfAnEarlierFieldWhenALaterOneIsBrokenToo() {
        // given the processing code has a letter and the amount is cut off
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when
        final int code = decode(decoder, "02007000000000000000" + "041111" + "12x456" + "0000");

        // then
        assertEquals(DecodeError.NON_NUMERIC, DecodeError.of(code));
        assertEquals(3, decoder.errorField());
        assertEquals(List.of(2), fieldsOf(decoder));
    }

    @Test
    void shouldKeepTheFieldsBeforeAnErrorOnly() {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when the bitmap announces 3, 11, 37, 41 and 70, and field 37 is cut off
        decode(decoder, "0800A0200000088000000400000000000000" + "123456000001RRN");

        // then
        assertEquals(37, decoder.errorField());
        assertEquals(List.of(3, 11), fieldsOf(decoder));
        assertEquals(1, decoder.getLong(11));
        assertFalse(decoder.isPresent(37));
        assertFalse(decoder.isPresent(41));
        assertFalse(decoder.isPresent(70));
        assertNull(decoder.getString(41));
    }

    @Test
    void shouldForgetTheMessageBefore() {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        decode(decoder, ECHO);

        // when
        decode(decoder, "08");

        // then
        assertEquals(0, decoder.mti());
        assertEquals(List.of(), fieldsOf(decoder));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(70));
    }

    @Test
    void shouldIterateOverBothBitmaps() {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        assertEquals(0, decode(decoder, ECHO));
        assertEquals(List.of(7, 11, 70), fieldsOf(decoder));
    }

    @ParameterizedTest
    @CsvSource({"-1", "0", "1", "65", "128", "129", "192", "193", "2147483647", "-2147483648"})
    void shouldFindNoFieldOutsideTheMessage(final int field) {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        decode(decoder, ECHO);
        assertFalse(decoder.isPresent(field));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(field));
        assertEquals(IsoDecoder.ABSENT, decoder.count(field));
        assertEquals(IsoDecoder.ABSENT, decoder.valueOffset(field));
        assertEquals(IsoDecoder.ABSENT, decoder.valueLength(field));
        assertEquals(IsoDecoder.ABSENT, decoder.getAscii(field, scratch, 0));
        assertEquals(IsoDecoder.ABSENT, decoder.getBytes(field, scratch, 0));
        assertEquals(IsoDecoder.ABSENT, decoder.characterAt(field, 0));
        assertFalse(decoder.equalsAscii(field, ""));
        assertNull(decoder.getString(field));
    }

    @Test
    void shouldPointIntoTheBufferOfTheCaller() {
        // given
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        buffer.putStringWithoutLengthAscii(7, ECHO);
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when
        assertEquals(0, decoder.decode(buffer, 7, ECHO.length()));

        // then
        assertEquals(7 + ECHO.length() - 3, decoder.valueOffset(70));
        assertEquals(3, decoder.valueLength(70));
        assertEquals("301", buffer.getStringWithoutLengthAscii(decoder.valueOffset(70), 3));
    }

    @Test
    void shouldReadAmountsWithASign() {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when
        assertEquals(
                0, decode(decoder, "02000000001E00000000" + "C00000123" + "D00000123" + "X00000123" + "D99999999"));

        // then
        assertEquals(123, decoder.getLong(28));
        assertEquals(-123, decoder.getLong(29));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(30));
        assertEquals(-99_999_999, decoder.getLong(31));
        assertEquals("X00000123", decoder.getString(30));
    }

    @Test
    void shouldNotMakeANumberOfTextThatIsNone() {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when
        assertEquals(
                0,
                decode(
                        decoder,
                        "0200000000000EC00000" + "000000000123" + "A1B2C3" + "05" + "TERM 001" + "123456789012345"));

        // then
        assertEquals(123, decoder.getLong(37));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(38));
        assertEquals(5, decoder.getLong(39));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(41));
        assertEquals(123_456_789_012_345L, decoder.getLong(42));
    }

    @Test
    void shouldNotMakeANumberOfMoreDigitsThanFit() {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        assertEquals(0, decode(decoder, "02004000000000000000" + "18999999999999999999"));
        assertEquals(999_999_999_999_999_999L, decoder.getLong(2));
        assertEquals(0, decode(decoder, "02004000000000000000" + "190000000000000000001"));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(2));
        assertEquals(0, decode(decoder, "02004000000000000000" + "00"));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(2));
        assertEquals(0, decoder.count(2));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        // n3 with the filler on the left, which hosts write as 0 or as F
        "iso87-bcd, 19, 0156, 156, 0",
        "iso87-bcd, 19, F156, 156, 0",
        "iso87-bcd, 19, 1156, , 8",
        "iso87-bcd, 19, 015A, , 8",
        // n3 with the filler on the right
        "iso93-bcd, 19, 1560, 156, 0",
        "iso93-bcd, 19, 156F, 156, 0",
        "iso93-bcd, 19, 1561, , 8",
        "iso93-bcd, 19, F560, , 8",
        // a length in BCD that counts digits
        "iso87-bcd, 32, 0512345F, 12345, 0",
        "iso87-bcd, 32, 05123456, , 8",
        "iso87-bcd, 32, 0A12345F, , 3",
        "iso87-bcd, 32, 12123456789012, , 4",
        // track 2 has a separator and may end with a filler
        "iso87-bcd, 35, 054111DF, 4111=, 0",
        "iso87-bcd, 35, 064111DF, 4111=F, 0",
        "iso87-bcd, 35, 054111EF, , 8",
    })
    void shouldReadPackedDigits(
            final String dialect, final int field, final String value, final String expected, final int error) {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn(dialect));
        final long bitmap = 1L << (64 - field);
        final String hex =
                (dialect.equals("iso87-bcd") ? "0200" : "1200") + HexFormat.of().toHexDigits(bitmap) + value;
        final byte[] message = HexFormat.of().parseHex(hex);

        // when
        final int code = decoder.decode(new UnsafeBuffer(message), 0, message.length);

        // then
        assertEquals(error, code);
        assertEquals(expected, decoder.getString(field));
    }

    @Test
    void shouldReadNumbersOfAllLengthsPackedOnEitherSide() {
        for (final String dialect : List.of("iso87-bcd", "iso93-bcd", "bcd-ebcdic-binlen")) {
            final IsoEncoder encoder = new IsoEncoder(Dialects.builtIn(dialect));
            final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn(dialect));
            long number = 0;
            for (int digits = 1; digits <= 18; digits++) {
                number = number * 10 + digits % 10;
                final int length = encoder.wrap(scratch, 0, 256)
                        .begin(200)
                        .putLong(2, number)
                        .finish();
                assertEquals(0, decoder.decode(scratch, 0, length));
                assertEquals(number, decoder.getLong(2), dialect);
                assertEquals(digits, decoder.count(2));
            }
        }
    }

    @Test
    void shouldCompareWithoutMakingAText() {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        decode(decoder, "02000000000000800000" + "TERM0001");
        assertTrue(decoder.equalsAscii(41, "TERM0001"));
        assertFalse(decoder.equalsAscii(41, "TERM0002"));
        assertFalse(decoder.equalsAscii(41, "TERM000"));
        assertFalse(decoder.equalsAscii(41, "TERM00011"));
        assertFalse(decoder.equalsAscii(42, "TERM0001"));
        assertEquals('T', decoder.characterAt(41, 0));
        assertEquals(IsoDecoder.ABSENT, decoder.characterAt(41, 8));
        assertEquals(IsoDecoder.ABSENT, decoder.characterAt(41, -1));
    }

    @Test
    void shouldReadBinaryValuesAsBytesAndAsCharacters() {
        // given
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));

        // when
        assertEquals(0, decode(decoder, "02000000000000001000" + "0123456789abcdEF"));

        // then
        assertEquals(8, decoder.getBytes(52, scratch, 3));
        assertEquals("0123456789ABCDEF", HexFormat.of().withUpperCase().formatHex(scratch.byteArray(), 3, 11));
        assertEquals(16, decoder.getAscii(52, scratch, 0));
        assertEquals("0123456789ABCDEF", scratch.getStringWithoutLengthAscii(0, 16));
        assertEquals(8, decoder.count(52));
        assertEquals(16, decoder.valueLength(52));
        assertEquals(IsoDecoder.MISSING, decoder.getLong(52));
    }

    @Test
    void shouldAcceptLettersInNumericFieldsOnlyWhenTheDialectIsLenient() {
        final String message = "02002000000000000000" + "12345Q";
        final IsoDecoder strict = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        final IsoDecoder lenient = new IsoDecoder(TestDialects.lenient("iso87-ascii"));
        assertEquals(DecodeError.NON_NUMERIC.code(), decode(strict, message));
        assertEquals(0, decode(lenient, message));
        assertEquals("12345Q", lenient.getString(3));
        assertEquals(IsoDecoder.MISSING, lenient.getLong(3));
        assertEquals(DecodeError.BAD_CHARSET.code(), decode(lenient, "02002000000000000000" + "1234\u00E95"));
    }

    @Test
    void shouldIgnoreTrailingDataWhenTheDialectSaysSo() {
        final IsoDecoder decoder = new IsoDecoder(TestDialects.changed("iso87-ascii", "trailing-data-ignored: true"));
        assertEquals(0, decode(decoder, "02002000000000000000" + "123456" + "more"));
        assertEquals(123_456, decoder.getLong(3));
    }

    private static int decode(final IsoDecoder decoder, final String message) {
        final byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        return decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static List<Integer> fieldsOf(final IsoDecoder decoder) {
        final List<Integer> fields = new ArrayList<>();
        for (int field = decoder.nextField(0); field != IsoDecoder.NO_FIELD; field = decoder.nextField(field)) {
            fields.add(field);
        }
        return fields;
    }
}

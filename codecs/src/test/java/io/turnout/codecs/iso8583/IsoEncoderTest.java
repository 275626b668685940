package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

final class IsoEncoderTest {
    private static final int CAPACITY = 512;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);

    static Stream<Arguments> refusals() {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
        return Stream.of(
                refusal("a bitmap", EncodeError.UNKNOWN_FIELD, 1, encoder -> encoder.putLong(1, 0)),
                refusal("the MTI", EncodeError.UNKNOWN_FIELD, 0, encoder -> encoder.putLong(0, 0)),
                refusal("no field", EncodeError.UNKNOWN_FIELD, -1, encoder -> encoder.putString(-1, "")),
                refusal("a field of no bitmap", EncodeError.UNKNOWN_FIELD, 129, encoder -> encoder.putLong(129, 0)),
                refusal("no field at all", EncodeError.UNKNOWN_FIELD, 193, encoder -> encoder.putLong(193, 0)),
                refusal("a field twice", EncodeError.OUT_OF_ORDER, 4, encoder -> encoder.putLong(4, 1)
                        .putLong(4, 1)),
                refusal("falling order", EncodeError.OUT_OF_ORDER, 3, encoder -> encoder.putLong(4, 1)
                        .putLong(3, 1)),
                refusal("a large number", EncodeError.VALUE_TOO_LONG, 3, encoder -> encoder.putLong(3, 1_000_000)),
                refusal("a large id", EncodeError.VALUE_TOO_LONG, 32, encoder -> encoder.putLong(32, 100_000_000_000L)),
                refusal("a large fee", EncodeError.VALUE_TOO_LONG, 28, encoder -> encoder.putLong(28, -100_000_000)),
                refusal("a long text", EncodeError.VALUE_TOO_LONG, 39, encoder -> encoder.putString(39, "000")),
                refusal(
                        "a long track",
                        EncodeError.VALUE_TOO_LONG,
                        35,
                        encoder -> encoder.putString(35, "1".repeat(38))),
                refusal("long bytes", EncodeError.VALUE_TOO_LONG, 52, encoder -> encoder.putBytes(52, bytes, 0, 9)),
                refusal("short bytes", EncodeError.VALUE_TOO_SHORT, 52, encoder -> encoder.putBytes(52, bytes, 0, 7)),
                refusal("short hex", EncodeError.VALUE_TOO_SHORT, 52, encoder -> encoder.putString(52, "0011")),
                refusal("a debit", EncodeError.NOT_NUMERIC, 4, encoder -> encoder.putLong(4, -1)),
                refusal("a missing number", EncodeError.NOT_NUMERIC, 4, e -> e.putLong(4, IsoDecoder.MISSING)),
                refusal("a missing fee", EncodeError.NOT_NUMERIC, 28, e -> e.putLong(28, IsoDecoder.MISSING)),
                refusal("letters", EncodeError.NOT_NUMERIC, 3, encoder -> encoder.putString(3, "12A456")),
                refusal("a short fee", EncodeError.VALUE_TOO_SHORT, 28, encoder -> encoder.putString(28, "C1")),
                refusal("a number of bytes", EncodeError.NOT_NUMERIC, 52, encoder -> encoder.putLong(52, 1)),
                refusal("odd hex", EncodeError.NOT_HEX, 52, encoder -> encoder.putString(52, "012345678")),
                refusal("no hex", EncodeError.NOT_HEX, 52, encoder -> encoder.putString(52, "012345678901234G")),
                refusal("Chinese", EncodeError.NOT_IN_CHARSET, 43, encoder -> encoder.putString(43, "银联")),
                refusal("bytes as text", EncodeError.NOT_BINARY, 43, encoder -> encoder.putBytes(43, bytes, 0, 40)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void shouldRefuseAValueThatTheFieldCannotHold(
            final String name, final EncodeError error, final int field, final UnaryOperator<IsoEncoder> put) {
        // given
        final IsoEncoder encoder = encoder("iso87-ascii").begin(200);

        // when
        put.apply(encoder).putLong(70, 301);

        // then
        assertEquals(error, EncodeError.of(encoder.finish()), name);
        assertEquals(field, encoder.errorField());
    }

    @ParameterizedTest
    @CsvSource({"-1, BAD_MTI", "10000, BAD_MTI", "0, NONE", "9999, NONE"})
    void shouldRefuseAnMtiThatIsNone(final int mti, final EncodeError error) {
        assertEquals(error, EncodeError.of(encoder("iso87-bcd").begin(mti).finish()));
    }

    @Test
    void shouldRefuseFieldsBeforeAMessageIsBegun() {
        final IsoEncoder encoder = encoder("iso87-ascii");
        assertEquals(EncodeError.OUT_OF_ORDER.code(), encoder.putLong(4, 1).finish());
        assertEquals(EncodeError.OUT_OF_ORDER.code(), new IsoEncoder(Dialects.builtIn("iso87-ascii")).finish());
    }

    @Test
    void shouldForgetARefusalWhenTheNextMessageIsBegun() {
        final IsoEncoder encoder = encoder("iso87-ascii");
        assertEquals(
                EncodeError.NOT_NUMERIC.code(),
                encoder.begin(200).putLong(4, -1).finish());
        assertEquals(26, encoder.begin(200).putLong(3, 1).finish());
    }

    @ParameterizedTest
    @FieldSource("io.turnout.codecs.iso8583.TestDialects#BUILT_IN")
    void shouldWriteNothingOutsideTheCapacity(final String name) {
        final Dialect dialect = Dialects.builtIn(name);
        final IsoEncoder encoder = new IsoEncoder(dialect);
        final int whole = putAll(encoder.wrap(buffer, 0, CAPACITY), dialect).finish();
        for (int capacity = 0; capacity <= whole; capacity++) {
            // given
            buffer.setMemory(0, CAPACITY, (byte) 0x55);

            // when
            final int length =
                    putAll(encoder.wrap(buffer, 64, capacity), dialect).finish();

            // then
            assertEquals(capacity == whole ? whole : EncodeError.BUFFER_FULL.code(), length);
            for (int i = 0; i < CAPACITY; i++) {
                final boolean outside = i < 64 || i >= 64 + capacity;
                assertEquals(outside, outside && buffer.getByte(i) == 0x55);
            }
        }
    }

    @Test
    void shouldFillUpFixedFields() {
        // when
        final int length = encoder("iso87-ascii")
                .begin(200)
                .putLong(3, 7)
                .putString(4, "12")
                .putLong(39, 5)
                .putString(41, "T1")
                .putLong(49, 36)
                .finish();

        // then
        assertEquals(
                "0200" + "3000000002808000" + "000007" + "000000000012" + "05" + "T1      " + "036",
                buffer.getStringWithoutLengthAscii(0, length));
    }

    @Test
    void shouldWriteMessagesOfAnyLengthAndOnlyWhenTheyAreFinished() {
        // given
        final UnsafeBuffer large = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 16));
        final IsoEncoder encoder = new IsoEncoder(Dialects.builtIn("iso87-ascii"));
        final String text = "x".repeat(999);

        // when
        encoder.wrap(large, 7, 20_000).begin(200).putLong(11, 123);
        for (int field = 105; field <= 120; field++) {
            encoder.putString(field, text);
        }
        final byte before = large.getByte(7);
        final int length = encoder.finish();

        // then
        assertEquals(0, before);
        assertEquals(4 + 32 + 6 + 16 * (3 + 999), length);
        assertEquals(0, large.getByte(6) | large.getByte(7 + length));
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ascii"));
        assertEquals(0, decoder.decode(large, 7, length));
        assertEquals(123, decoder.getLong(11));
        assertEquals(text, decoder.getString(120));
    }

    @Test
    void shouldWriteVariableNumbersWithoutLeadingZeros() {
        final int length = encoder("iso87-ascii")
                .begin(200)
                .putLong(32, 0)
                .putLong(33, 1234)
                .finish();
        assertEquals("02000000000180000000" + "010" + "041234", buffer.getStringWithoutLengthAscii(0, length));
    }

    @Test
    void shouldWriteTheSecondBitmapOnlyWhenItIsNeeded() {
        assertEquals(4 + 16 + 6, encoder("iso87-ascii").begin(200).putLong(3, 1).finish());
        assertEquals(
                4 + 32 + 6 + 3,
                encoder("iso87-ascii").begin(200).putLong(3, 1).putLong(70, 1).finish());
        assertEquals(
                4 + 48 + 6 + 1,
                encoder("iso87-ascii-tertiary")
                        .begin(200)
                        .putLong(3, 1)
                        .putLong(130, 1)
                        .finish());
        assertEquals(
                4 + 32 + 6,
                encoder("iso87-ascii-bitmap16-always").begin(200).putLong(3, 1).finish());
    }

    @ParameterizedTest
    @CsvSource({
        "iso87-ascii-tertiary, C0000000000000008000000000000000",
        "ipm-ascii-hexbitmap, c0000000000000000000000000000000",
        "iso87-ascii-bitmap16-always, 40000000000000000000000000000000"
    })
    void shouldAnnounceTheNextBitmapAsTheDialectSays(final String dialect, final String bitmaps) {
        // when
        final IsoEncoder encoder = encoder(dialect).begin(200).putLong(2, 1);
        if (Dialects.builtIn(dialect).has(130)) {
            encoder.putLong(130, 1);
        }
        encoder.finish();

        // then
        assertEquals(bitmaps, buffer.getStringWithoutLengthAscii(4, 32));
    }

    @Test
    void shouldWriteTheHeader() {
        // given
        final byte[] header = HexFormat.of().parseHex("6000030000603100310100");
        final IsoEncoder encoder = encoder("unionpay-pos");

        // when
        final int length = encoder.begin(800)
                .putHeader(new UnsafeBuffer(header), 0, header.length)
                .putLong(11, 1)
                .finish();

        // then
        assertEquals(
                "6000030000603100310100" + "0800" + "0020000000000000" + "000001",
                HexFormat.of().formatHex(buffer.byteArray(), 0, length));
    }

    @Test
    void shouldWriteAHeaderOfZerosWhenThereIsNone() {
        buffer.setMemory(0, CAPACITY, (byte) 0x55);
        final int length = encoder("unionpay-pos").begin(800).putLong(11, 1).finish();
        assertEquals(
                "00".repeat(11) + "0800" + "0020000000000000" + "000001",
                HexFormat.of().formatHex(buffer.byteArray(), 0, length));
    }

    @ParameterizedTest
    @CsvSource({"10, VALUE_TOO_SHORT", "12, VALUE_TOO_LONG"})
    void shouldRefuseAHeaderOfAnotherLength(final int length, final EncodeError error) {
        final UnsafeBuffer header = new UnsafeBuffer(new byte[12]);
        assertEquals(
                error,
                EncodeError.of(encoder("unionpay-pos")
                        .begin(800)
                        .putHeader(header, 0, length)
                        .finish()));
    }

    @Test
    void shouldWriteTheFillerTheDialectAsksFor() {
        // given
        final Dialect dialect =
                TestDialects.withFieldTwo("iso87-bcd", "n..19 filler=f\n  3: n3 filler=f\n  4: n3 filler=f pad=right");

        // when
        final int numbers = new IsoEncoder(dialect)
                .wrap(buffer, 0, CAPACITY)
                .begin(200)
                .putLong(2, 12_345)
                .putLong(3, 156)
                .putLong(4, 156)
                .finish();
        final String fromNumbers = HexFormat.of().withUpperCase().formatHex(buffer.byteArray(), 10, numbers);
        final int texts = new IsoEncoder(dialect)
                .wrap(buffer, 0, CAPACITY)
                .begin(200)
                .putString(2, "12345")
                .putString(3, "156")
                .putString(4, "156")
                .finish();
        final String fromTexts = HexFormat.of().withUpperCase().formatHex(buffer.byteArray(), 10, texts);

        // then
        assertEquals("05" + "12345F" + "F156" + "156F", fromNumbers);
        assertEquals(fromNumbers, fromTexts);
    }

    @Test
    void shouldWriteChineseTextInItsOwnBytes() {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("cups"));
        final int length =
                encoder("cups").begin(200).putString(44, "银联 UnionPay").finish();
        assertEquals(0, decoder.decode(buffer, 0, length));
        assertEquals("银联 UnionPay", decoder.getString(44));
        assertEquals(13, decoder.count(44));
    }

    @Test
    void shouldWritePackedCharacters() {
        final int length = encoder("iso87-ascii")
                .begin(210)
                .putPacked(39, ResponseCodes.pack("A7"))
                .finish();
        assertEquals("02100000000002000000A7", buffer.getStringWithoutLengthAscii(0, length));
    }

    @Test
    void shouldAnswerItselfSoThatCallsCanBeChained() {
        final IsoEncoder encoder = encoder("iso87-ascii");
        assertSame(encoder, encoder.begin(200).putLong(3, 1).putString(41, "T").putLong(4, 1));
    }

    private IsoEncoder encoder(final String dialect) {
        return new IsoEncoder(Dialects.builtIn(dialect)).wrap(buffer, 0, CAPACITY);
    }

    private static IsoEncoder putAll(final IsoEncoder encoder, final Dialect dialect) {
        final UnsafeBuffer name = new UnsafeBuffer("MERCHANT".getBytes(StandardCharsets.US_ASCII));
        encoder.begin(200).putString(2, "4111111111111111").putLong(3, 0).putLong(4, 12_345);
        encoder.putLong(11, 7).putAscii(41, name, 0, 8).putString(52, "0123456789ABCDEF");
        return dialect.has(100) ? encoder.putLong(100, 1234) : encoder;
    }

    private static Arguments refusal(
            final String name, final EncodeError error, final int field, final UnaryOperator<IsoEncoder> put) {
        return Arguments.of(name, error, field, put);
    }
}

package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One purchase of CNY 123.45 in five dialects, its answer, its reversal, and an echo. */
final class WorkedExampleTest {
    private static final String PURCHASE = "0200723C448128C0800016411111111111111100000000000001234506111030"
            + "15000123183015061130125411051000810000001344111111111111111=3012"
            + "2011234567890516210000123TERM0001MERCHANT0000001156";

    private static final String APPROVAL = "0210723A00010EC0800016411111111111111100000000000001234506111030"
            + "15000123183015061106110810000001516210000123A1B2C300TERM0001"
            + "MERCHANT0000001156";

    private static final String REVERSAL = "0420F238448108C080000000004000000000164111111111111111000000000000"
            + "012345061110304600012418301506115411051000810000001516210000123TERM0001MERCHANT0000001156"
            + "020000012306111030150001000000100000000000";

    private static final String ECHO = "0800822000000000000004000000000000000611103000000001301";

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);

    static Stream<Arguments> purchases() {
        return Stream.of(
                Arguments.of(
                        "iso87-bcd",
                        "0200723C448128C080001641111111111111110000000000000123450611103015000123183015061130"
                                + "1254110051000810000001344111111111111111D3012201123456789035313632313030303031323354"
                                + "45524D303030314D45524348414E5430303030303031313536"),
                Arguments.of(
                        "iso87-ascii-binbitmap",
                        "30323030723C448128C08000313634313131313131313131313131313131303030303030303030303030"
                                + "303132333435303631313130333031353030303132333138333031353036313133303132353431313035"
                                + "313030303831303030303030313334343131313131313131313131313131313D33303132323031313233"
                                + "343536373839303531363231303030303132335445524D303030314D45524348414E5430303030303031"
                                + "313536"),
                Arguments.of(
                        "iso87-ebcdic-binbitmap",
                        "F0F2F0F0723C448128C08000F1F6F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F1F0F0F0F0F0F0F0F0F0F0F0F0"
                                + "F0F1F2F3F4F5F0F6F1F1F1F0F3F0F1F5F0F0F0F1F2F3F1F8F3F0F1F5F0F6F1F1F3F0F1F2F5F4F1F1F0F5"
                                + "F1F0F0F0F8F1F0F0F0F0F0F0F1F3F4F4F1F1F1F1F1F1F1F1F1F1F1F1F1F1F17EF3F0F1F2F2F0F1F1F2F3"
                                + "F4F5F6F7F8F9F0F5F1F6F2F1F0F0F0F0F1F2F3E3C5D9D4F0F0F0F1D4C5D9C3C8C1D5E3F0F0F0F0F0F0F1"
                                + "F1F5F6"),
                Arguments.of(
                        "bcd-ebcdic-binlen",
                        "F0F2F0F0723C448128C08000104111111111111111000000000000012345061110301500012318301506"
                                + "11301254110510000810000001224111111111111111D30122011234567890F5F1F6F2F1F0F0F0F0F1F2"
                                + "F3E3C5D9D4F0F0F0F1D4C5D9C3C8C1D5E3F0F0F0F0F0F0F1F1F5F6"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("purchases")
    void shouldReadAndWriteThePurchaseInOtherDialects(final String name, final String hex) {
        assertPurchase(Dialects.builtIn(name), HexFormat.of().parseHex(hex));
    }

    @Test
    void shouldReadAndWriteThePurchaseInAscii() {
        assertPurchase(Dialects.builtIn("iso87-ascii"), PURCHASE.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldReadTheApproval() {
        // given
        final IsoDecoder decoder = decoded("iso87-ascii", APPROVAL.getBytes(StandardCharsets.US_ASCII));

        // then
        assertEquals(210, decoder.mti());
        assertTrue(decoder.equalsAscii(38, "A1B2C3"));
        assertEquals(0, Dialects.builtIn("iso87-ascii").responseCodes().canonical(decoder));
    }

    @Test
    void shouldWriteTheReversalWithItsSecondBitmap() {
        // given
        final IsoEncoder encoder = new IsoEncoder(Dialects.builtIn("iso87-ascii"));
        encoder.wrap(buffer, 0, REVERSAL.length()).begin(420);
        putCommon(encoder, 61_1103_046L, 124);

        // when
        encoder.putLong(18, 5411).putLong(22, 51).putLong(25, 0).putString(32, "10000001");
        encoder.putString(37, "516210000123").putString(41, "TERM0001").putString(42, "MERCHANT0000001");
        encoder.putLong(49, 156).putString(90, "020000012306111030150001000000100000000000");

        // then
        assertEquals(REVERSAL.length(), encoder.finish());
        assertEquals(REVERSAL, buffer.getStringWithoutLengthAscii(0, REVERSAL.length()));
    }

    @Test
    void shouldWriteTheEchoInAsciiAndPacked() {
        // given
        final byte[] packed = HexFormat.of().parseHex("08008220000000000000040000000000000006111030000000010301");

        // when
        final int asciiLength = echo("iso87-ascii");
        final String ascii = buffer.getStringWithoutLengthAscii(0, asciiLength);
        final byte[] written = new byte[echo("iso87-bcd")];
        buffer.getBytes(0, written);

        // then
        assertEquals(ECHO, ascii);
        assertArrayEquals(packed, written);
    }

    private int echo(final String dialect) {
        return new IsoEncoder(Dialects.builtIn(dialect))
                .wrap(buffer, 0, buffer.capacity())
                .begin(800)
                .putLong(7, 611_103_000)
                .putLong(11, 1)
                .putLong(70, 301)
                .finish();
    }

    private void assertPurchase(final Dialect dialect, final byte[] message) {
        // when
        final IsoDecoder decoder = decoded(dialect.name(), message);

        // then
        assertEquals(200, decoder.mti());
        assertTrue(decoder.equalsAscii(2, "4111111111111111"));
        assertEquals(0, decoder.getLong(3));
        assertEquals(12_345, decoder.getLong(4));
        assertEquals(611_103_015, decoder.getLong(7));
        assertEquals(123, decoder.getLong(11));
        assertEquals(183_015, decoder.getLong(12));
        assertEquals(611, decoder.getLong(13));
        assertEquals(3012, decoder.getLong(14));
        assertEquals(5411, decoder.getLong(18));
        assertEquals(10_000_001, decoder.getLong(32));
        assertTrue(decoder.equalsAscii(35, "4111111111111111=30122011234567890"));
        assertTrue(decoder.equalsAscii(37, "516210000123"));
        assertTrue(decoder.equalsAscii(41, "TERM0001"));
        assertTrue(decoder.equalsAscii(42, "MERCHANT0000001"));
        assertEquals(156, decoder.getLong(49));
        assertFalse(decoder.isPresent(39));

        // when
        final IsoEncoder encoder =
                new IsoEncoder(dialect).wrap(buffer, 0, message.length).begin(200);
        putCommon(encoder, 611_103_015, 123);
        encoder.putLong(14, 3012)
                .putLong(18, 5411)
                .putLong(22, decoder.getLong(22))
                .putLong(25, 0);
        encoder.putLong(32, 10_000_001).putString(35, "4111111111111111=30122011234567890");
        encoder.putString(37, "516210000123").putString(41, "TERM0001").putString(42, "MERCHANT0000001");
        encoder.putLong(49, 156);

        // then
        assertEquals(message.length, encoder.finish());
        final byte[] written = new byte[message.length];
        buffer.getBytes(0, written);
        assertArrayEquals(message, written);
    }

    private static void putCommon(final IsoEncoder encoder, final long transmission, final int stan) {
        encoder.putString(2, "4111111111111111").putLong(3, 0).putLong(4, 12_345);
        encoder.putLong(7, transmission).putLong(11, stan).putLong(12, 183_015).putLong(13, 611);
    }

    private static IsoDecoder decoded(final String dialect, final byte[] message) {
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn(dialect));
        assertEquals(0, decoder.decode(new UnsafeBuffer(message), 0, message.length));
        return decoder;
    }
}

package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseCodesTest {
    private static final ResponseCodes CODES_87 =
            Dialects.builtIn("iso87-ascii").responseCodes();
    private static final ResponseCodes CODES_93 =
            Dialects.builtIn("iso93-ascii").responseCodes();

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "05, 1000",
        "08, 1",
        "10, 2",
        "11, 3",
        "12, 9102",
        "14, 1011",
        "25, 9114",
        "30, 9100",
        "41, 2008",
        "51, 1016",
        "54, 1001",
        "55, 1017",
        "68, 9111",
        "91, 9107",
        "94, 9113",
        "96, 9109",
        "A0, 9116"
    })
    void shouldTranslateCodesOf1987BothWays(final String code, final int canonical) {
        assertEquals(canonical, CODES_87.canonical(ResponseCodes.pack(code)));
        assertEquals(ResponseCodes.pack(code), CODES_87.packed(canonical));
    }

    @ParameterizedTest
    @CsvSource({"000, 0", "116, 1016", "208, 2008", "911, 9111", "914, 9114", "904, 9100"})
    void shouldTranslateCodesOf1993BothWays(final String code, final int canonical) {
        assertEquals(canonical, CODES_93.canonical(ResponseCodes.pack(code)));
        assertEquals(ResponseCodes.pack(code), CODES_93.packed(canonical));
    }

    @ParameterizedTest
    @CsvSource({"53, 1014, 39", "98, 9111, 68"})
    void shouldWriteTheFirstOfSeveralCodesWithOneMeaning(final String read, final int canonical, final String written) {
        assertEquals(canonical, CODES_87.canonical(ResponseCodes.pack(read)));
        assertEquals(ResponseCodes.pack(written), CODES_87.packed(canonical));
    }

    @ParameterizedTest
    @CsvSource({"9110, 91", "9112, 91", "9119, A7", "1833, 92", "5001, 95"})
    void shouldWriteFinerCanonicalCodesAsTheirNearestCode(final int canonical, final String code) {
        assertEquals(ResponseCodes.pack(code), CODES_87.packed(canonical));
    }

    @ParameterizedTest
    @CsvSource({"400", "800", "900", "901"})
    void shouldReadEveryAcceptanceOf1993AsApproved(final String code) {
        assertEquals(0, CODES_93.canonical(ResponseCodes.pack(code)));
    }

    @Test
    void shouldApproveExactlyTheCodesThatSaySo() {
        final StringBuilder approvals = new StringBuilder();
        for (int i = 0; i < 1 << 16; i++) {
            if (CODES_87.canonical(i) < ResponseCodes.FIRST_DECLINE) {
                approvals.append((char) (i >> 8)).append((char) (i & 0xFF)).append(' ');
            }
        }
        assertEquals("00 08 10 11 ", approvals.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZ", "06", "99", "0", "000", "\u0000\u0000", "  "})
    void shouldDeclineWhatItDoesNotKnow(final String code) {
        assertFalse(CODES_87.isKnown(ResponseCodes.pack(code)));
        assertEquals(ResponseCodes.UNKNOWN_DECLINE, CODES_87.canonical(ResponseCodes.pack(code)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 999, 1099, 5555, 9999, 100_000})
    void shouldNeverWriteAnApprovalForACanonicalCodeItDoesNotKnow(final int canonical) {
        assertEquals(ResponseCodes.pack("05"), CODES_87.packed(canonical));
        assertEquals(ResponseCodes.pack("100"), CODES_93.packed(canonical));
    }

    @Test
    void shouldKnowTheConditionalApprovalsOfUnionPay() {
        final ResponseCodes cups = Dialects.builtIn("cups").responseCodes();
        assertEquals(0, cups.canonical(ResponseCodes.pack("A2")));
        assertEquals(ResponseCodes.pack("00"), cups.packed(0));
        assertEquals(1016, cups.canonical(ResponseCodes.pack("51")));
    }

    @Test
    void shouldReadTheCodeOfAMessage() {
        // given
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-ebcdic-binbitmap"));
        final IsoEncoder encoder = new IsoEncoder(Dialects.builtIn("iso87-ebcdic-binbitmap"));

        // when
        final int length = encoder.wrap(buffer, 0, 64)
                .begin(210)
                .putPacked(39, CODES_87.packed(1016))
                .finish();

        // then
        assertEquals(0, decoder.decode(buffer, 0, length));
        assertEquals(ResponseCodes.pack("51"), ResponseCodes.raw(decoder));
        assertEquals(1016, CODES_87.canonical(decoder));
        assertTrue(CODES_87.isKnown(ResponseCodes.raw(decoder)));
    }

    @Test
    void shouldSayWhenAMessageHasNoCode() {
        // given
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final IsoDecoder decoder = new IsoDecoder(Dialects.builtIn("iso87-bcd"));
        final IsoEncoder encoder = new IsoEncoder(Dialects.builtIn("iso87-bcd"));

        // when
        decoder.decode(buffer, 0, encoder.wrap(buffer, 0, 64).begin(210).finish());

        // then
        assertEquals(ResponseCodes.MISSING, ResponseCodes.raw(decoder));
        assertEquals(ResponseCodes.MISSING, CODES_87.canonical(decoder));
    }

    @Test
    void shouldHaveACodeForEveryCanonicalOneItReads() {
        for (int packed = 0; packed < 1 << 24; packed++) {
            if (CODES_93.isKnown(packed)) {
                final int canonical = CODES_93.canonical(packed);
                assertEquals(canonical, CODES_93.canonical(CODES_93.packed(canonical)));
            }
        }
    }
}

package io.turnout.gateway.iso;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.turnout.codecs.iso8583.Dialects;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pieces of the versions. */
class IsoVersionTest {

    @ParameterizedTest(name = "{0} near {1}: {2}")
    @CsvSource({
        "1231, 20260102, 20251231",
        "101, 20251230, 20260101",
        "630, 20260615, 20260630",
        "229, 20240301, 20240229",
        "1300, 20260615, 0",
        "0, 20260615, 0",
        "-9223372036854775808, 20260615, 0",
        "632, 20260615, 0",
    })
    void shouldFindTheYearOfADate(final long monthAndDay, final long near, final long date) {
        assertEquals(date, BusinessDates.nearest(monthAndDay, near));
    }

    @ParameterizedTest(name = "{0} near {1}: {2}")
    @CsvSource({
        "260630, 20260615, 20260630",
        "991231, 20000101, 19991231",
        "101, 19991231, 20000101",
        "261301, 20260615, 0",
        "-9223372036854775808, 20260615, 0",
    })
    void shouldFindTheCenturyOfADate(final long date, final long near, final long whole) {
        assertEquals(whole, BusinessDates.nearestOfYear(date, near));
    }

    @ParameterizedTest(name = "mode {0}, PIN {1}, condition {2}, block {3}: {4}")
    @CsvSource({
        "5, 1, 0, true, 510101513001",
        "5, 1, 0, false, 510101500001",
        "7, 2, 0, false, 500101500000",
        "90, 1, 2, true, 210201213001",
        "1, 2, 8, false, 600020600000",
        "81, 0, 59, false, 000050000000",
        "5, 9, 0, false, 510101511001",
        "0, 0, 0, false, 000100000000",
        "80, 6, 0, false, 250101200000",
    })
    void shouldSayIn1993WhatIsKnownOfThePointOfService(
            final int mode, final int pin, final int condition, final boolean pinBlock, final String code) {
        final UnsafeBuffer text = new UnsafeBuffer(new byte[PosDataCode.LENGTH]);
        PosDataCode.put(mode, pin, condition, pinBlock, text);

        assertEquals(code, text.getStringWithoutLengthAscii(0, PosDataCode.LENGTH));
    }

    @Test
    void shouldWriteANameWithoutItsBlanks() {
        final UnsafeBuffer form =
                new UnsafeBuffer("A\\B SHOP                 ROTTERDAM    NL".getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer text = new UnsafeBuffer(new byte[CardAcceptor.MAXIMUM_LENGTH_OF_1993]);
        final int length = CardAcceptor.putFormOf1993(form, 0, text);

        assertEquals("A/B SHOP\\\\ROTTERDAM\\             NL ", text.getStringWithoutLengthAscii(0, length));
    }

    @Test
    void shouldTellTheVersionOfADialect() {
        assertTrue(IsoVersion.of(Dialects.builtIn("iso03-ascii")).isEmpty());
        assertEquals(0, IsoVersion.firstMissing(Dialects.builtIn("iso93-bcd")));
        assertEquals(12, IsoVersion.firstMissing(Dialects.builtIn("iso03-ascii")));
        assertEquals(
                1210, IsoVersion.of(Dialects.builtIn("iso93-bcd")).orElseThrow().mti(210));
        assertEquals(
                IsoVersion.NOT_OF_VERSION,
                IsoVersion.of(Dialects.builtIn("iso93-bcd")).orElseThrow().mtiOf1987(210));
        assertEquals(
                IsoVersion.NOT_OF_VERSION,
                IsoVersion.of(Dialects.builtIn("iso87-bcd")).orElseThrow().mtiOf1987(1210));
    }
}

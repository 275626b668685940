package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PanMaskTest {
    @ParameterizedTest
    @CsvSource({
        "6221235200000000001, 62212352*******0001",
        "4111111111111111,    41111111****1111",
        "340000000000009,     340000*****0009",
        "4000000000002,       400000***0002",
        "400000000000,        ************",
        "1234,                ****",
        "'',                  ''"
    })
    void shouldShowTheBinAndTheLastFourDigits(final String pan, final String masked) {
        // given
        final UnsafeBuffer source = new UnsafeBuffer((" " + pan).getBytes(StandardCharsets.US_ASCII));
        final UnsafeBuffer destination = new UnsafeBuffer(new byte[32]);

        // when
        PanMask.mask(source, 1, pan.length(), destination, 2);

        // then
        assertEquals(masked, destination.getStringWithoutLengthAscii(2, pan.length()));
        assertEquals(0, destination.getByte(2 + pan.length()));
    }

    @ParameterizedTest
    @CsvSource({"19, 8", "16, 8", "15, 6", "13, 6", "12, 0", "0, 0"})
    void shouldShowNoMoreOfTheBinThanAllowed(final int length, final int bin) {
        assertEquals(bin, PanMask.binLength(length));
    }

    @ParameterizedTest
    @CsvSource({"4111111111111111, 41111111****1111"})
    void shouldMaskInPlace(final String pan, final String masked) {
        final UnsafeBuffer buffer = new UnsafeBuffer(pan.getBytes(StandardCharsets.US_ASCII));
        PanMask.mask(buffer, 0, pan.length(), buffer, 0);
        assertEquals(masked, buffer.getStringWithoutLengthAscii(0, pan.length()));
    }
}

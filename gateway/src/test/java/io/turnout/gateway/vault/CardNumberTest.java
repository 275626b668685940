package io.turnout.gateway.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardNumberTest {

    @ParameterizedTest
    @CsvSource({
        "40000012, 400000, 12",
        "378282246310005, 378282, 5",
        "4111111111111111, 41111111, 1111",
        "6304000000000000009, 63040000, 9",
    })
    void shouldTellBinAndLastFour(final String pan, final int bin, final int lastFour) {
        final UnsafeBuffer buffer = new UnsafeBuffer((' ' + pan).getBytes(US_ASCII));

        assertEquals(bin, CardNumber.bin(buffer, 1, pan.length()));
        assertEquals(lastFour, CardNumber.lastFour(buffer, 1, pan.length()));
    }
}

package io.turnout.codecs.iso8583;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LuhnTest {
    private static final long SEED = 7812;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "18",
                "4111111111111111",
                "4242424242424242",
                "5500000000000004",
                "340000000000009",
                "6011000000000004",
                "3530111333300000",
                "4761739001010119",
                "79927398713"
            })
    void shouldAcceptAValidNumber(final String number) {
        assertTrue(isValid(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "4111111111111112", "4111111111111 11", "411111111111111x", "79927398710", "1411"})
    void shouldRefuseAnythingElse(final String number) {
        assertFalse(isValid(number));
    }

    @Test
    void shouldFindEveryWrongDigitAndExactlyOneRightCheckDigit() {
        final Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            final StringBuilder number = new StringBuilder();
            for (int digits = 12 + random.nextInt(7); digits > 0; digits--) {
                number.append(random.nextInt(10));
            }
            int right = 0;
            for (int check = 0; check < 10; check++) {
                right += isValid(number.toString() + check) ? 1 : 0;
            }
            assertEquals(1, right, () -> "seed=" + SEED + " number=" + number);
        }
    }

    private static boolean isValid(final String number) {
        final UnsafeBuffer buffer = new UnsafeBuffer(("9" + number).getBytes(StandardCharsets.US_ASCII));
        return Luhn.isValid(buffer, 1, number.length());
    }
}

package io.turnout.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PinBlocksTest {
    private static final long SEED = Long.getLong("turnout.seed", 1);
    private static final String PAN = "4012345678909";
    private static final byte[] AES_KEY = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");

    @ParameterizedTest
    @EnumSource(PinBlockFormat.class)
    void shouldDecodeWhatItEncodesForEveryLength(final PinBlockFormat format) throws CryptoException {
        final Random random = new Random(SEED);
        final KeyedCipher key = format.cipher().withKey(AES_KEY);
        for (int length = PinBlocks.MINIMUM_PIN_LENGTH; length <= PinBlocks.MAXIMUM_PIN_LENGTH; length++) {
            for (int round = 0; round < 50; round++) {
                final byte[] pin = digits(random, length);
                final String pan = new String(digits(random, 1 + random.nextInt(19)), StandardCharsets.US_ASCII);
                final byte[] clear = PinBlocks.encode(format, pin, pan, random);
                final byte[] enciphered = PinBlocks.encipher(format, key, clear, pan);

                assertArrayEquals(
                        pin,
                        PinBlocks.decode(format, PinBlocks.decipher(format, key, enciphered, pan), pan),
                        () -> "seed=" + SEED);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FORMAT_0, 141234FFFFFFFFFF", "FORMAT_0, 031234FFFFFFFFFF", "FORMAT_0, 0D1234FFFFFFFFFF",
        "FORMAT_0, 04123AFFFFFFFFFF", "FORMAT_0, 041234FFFFFFFFFA", "FORMAT_0, 041234FFFFFFFF",
        "FORMAT_2, 041234FFFFFFFFFF", "FORMAT_2, 241234FFFFFFFFF0", "FORMAT_3, 341234FFFFFFFFF9",
        "FORMAT_4, 441234AAAAAAAAAB0000000000000000", "FORMAT_4, 441234AAAAAAAAAA", "FORMAT_1, 1F12345678901234"
    })
    void shouldRefuseABlockThatBreaksItsFormat(final PinBlockFormat format, final String hex) {
        // Given a card of zeros, so that the block stands in clear
        final byte[] block = HexFormat.of().parseHex(hex);

        assertRefused(CryptoError.BAD_PIN_BLOCK, () -> PinBlocks.decode(format, block, "0000000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "1234567890123", "12a4", "12 4"})
    void shouldRefuseAPinThatIsNone(final String pin) {
        final byte[] bytes = pin.getBytes(StandardCharsets.US_ASCII);

        assertRefused(
                CryptoError.BAD_PIN, () -> PinBlocks.encode(PinBlockFormat.FORMAT_0, bytes, PAN, new Random(SEED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40123456789x9", "12345678901234567890"})
    void shouldRefuseACardThatIsNone(final String pan) {
        final byte[] pin = {'1', '2', '3', '4'};

        assertRefused(CryptoError.BAD_PAN, () -> PinBlocks.encode(PinBlockFormat.FORMAT_3, pin, pan, new Random(SEED)));
        assertRefused(CryptoError.BAD_PAN, () -> PinBlocks.panField(pan));
        assertRefused(
                CryptoError.BAD_PAN, () -> PinBlocks.encode(PinBlockFormat.FORMAT_0, pin, null, new Random(SEED)));
    }

    @Test
    void shouldRefuseAKeyOfAnotherCipher() throws CryptoException {
        final KeyedCipher aes = CipherAlgorithm.AES.withKey(AES_KEY);

        assertRefused(
                CryptoError.WRONG_KEY_USAGE, () -> PinBlocks.encipher(PinBlockFormat.FORMAT_0, aes, new byte[8], PAN));
    }

    /** Rows: from; the formats it may become. ISO 9564-1 clause 9.4. */
    @ParameterizedTest
    @CsvSource({"FORMAT_0, 034", "FORMAT_1, 0134", "FORMAT_2, ''", "FORMAT_3, 034", "FORMAT_4, 034"})
    void shouldAllowOnlyTheTranslationsOfTheStandard(final PinBlockFormat from, final String allowed) {
        final StringBuilder actual = new StringBuilder();
        for (final PinBlockFormat target : PinBlockFormat.values()) {
            if (from.mayBecome(target)) {
                actual.append(target.code());
            }
        }
        assertEquals(allowed, actual.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 00000000000010000000000000000000",
        "112233445566, 01122334455660000000000000000000",
        "1122334455667788999, 71122334455667788999000000000000"
    })
    void shouldLeftFillShortCardsInTheFieldOfFormat4(final String pan, final String expected) throws CryptoException {
        assertEquals(expected, Hex.encode(PinBlocks.panField(pan)));
    }

    private static byte[] digits(final Random random, final int length) {
        final byte[] digits = new byte[length];
        for (int i = 0; i < length; i++) {
            digits[i] = (byte) ('0' + random.nextInt(10));
        }
        return digits;
    }

    private static void assertRefused(final CryptoError error, final org.junit.jupiter.api.function.Executable action) {
        assertEquals(error, assertThrows(CryptoException.class, action).error());
    }
}

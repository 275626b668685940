package io.turnout.gateway.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardVaultTest {

    private static final int GATEWAY = 7;
    private static final long INCARNATION = 0x1122334455667788L;
    private static final String PAN = "4111111111111111";

    @TempDir
    private Path directory;

    private final CardVault vault = new CardVault(KeyMaterial.development(), GATEWAY, INCARNATION);
    private final UnsafeBuffer opened = new UnsafeBuffer(new byte[CardVault.MAXIMUM_PAN_LENGTH]);

    @Test
    void shouldProduceTheTokenAndSealedNumberAnIndependentProgramProduces() {
        // computed with Python's hmac and cryptography modules from the layout in the class description
        protect(vault, PAN);

        assertEquals(0x4a13ba9862761733L, vault.tokenHigh());
        assertEquals(0xc38d8c2922b16aa7L, vault.tokenLow());
        assertEquals(
                "00000000" + "1122334455667788" + "0007000000000000" + "580077d6574641831b6337b671c221ad6b325c3b"
                        + "73b930fe4d2a4ad065a20edc44e6c08a",
                HexFormat.of().formatHex(sealed(vault)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40000000", "4111111111111", "378282246310005", PAN, "6304000000000000000"})
    void shouldOpenWhatItSealed(final String pan) {
        protect(vault, pan);

        assertEquals(pan.length(), unseal(vault, sealed(vault), vault.tokenHigh(), vault.tokenLow()));
        assertEquals(pan, opened.getStringWithoutLengthAscii(0, pan.length()));
    }

    @Test
    void shouldGiveTheSameTokenAndAnotherSealEachTime() {
        final Set<String> seals = new HashSet<>();
        protect(vault, PAN);
        final long high = vault.tokenHigh();
        for (int i = 0; i < 1000; i++) {
            protect(vault, PAN);
            assertEquals(high, vault.tokenHigh());
            seals.add(HexFormat.of().formatHex(sealed(vault)));
        }

        assertEquals(1000, seals.size());
    }

    @Test
    void shouldOpenWhatAnotherGatewayOrRunSealed() {
        final CardVault second = new CardVault(KeyMaterial.development(), GATEWAY + 1, -5L);
        protect(second, PAN);

        assertEquals(16, unseal(vault, sealed(second), second.tokenHigh(), second.tokenLow()));
    }

    @Test
    void shouldOpenSealsOfManyRunsInAnyOrder() {
        final byte[][] seals = new byte[40][];
        for (int run = 0; run < seals.length; run++) {
            final CardVault earlier = new CardVault(KeyMaterial.development(), GATEWAY, run);
            protect(earlier, PAN);
            seals[run] = sealed(earlier);
        }
        protect(vault, PAN);
        for (int i = 0; i < 3 * seals.length; i++) {
            assertEquals(16, unseal(vault, seals[i * 7 % seals.length], vault.tokenHigh(), vault.tokenLow()));
        }
    }

    @Test
    void shouldRefuseASealedNumberWithAnyBitFlipped() {
        protect(vault, PAN);
        final byte[] seal = sealed(vault);
        for (int bit = 0; bit < seal.length * Byte.SIZE; bit++) {
            final byte[] tampered = seal.clone();
            tampered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            opened.setMemory(0, opened.capacity(), (byte) 0);
            final int expected = bit < Integer.SIZE ? CardVault.UNKNOWN_KEY : CardVault.NOT_AUTHENTIC;

            assertEquals(expected, unseal(vault, tampered, vault.tokenHigh(), vault.tokenLow()), "bit " + bit);
            assertEquals(0, opened.getLong(0), "nothing is written when refused");
        }
    }

    @Test
    void shouldRefuseASealedNumberUnderTheTokenOfAnotherCard() {
        protect(vault, "5555555555554444");
        final long otherHigh = vault.tokenHigh();
        final long otherLow = vault.tokenLow();
        protect(vault, PAN);

        assertEquals(CardVault.NOT_AUTHENTIC, unseal(vault, sealed(vault), otherHigh, otherLow));
        assertEquals(CardVault.NOT_AUTHENTIC, unseal(vault, sealed(vault), vault.tokenHigh() ^ 1, vault.tokenLow()));
        assertEquals(CardVault.NOT_AUTHENTIC, unseal(vault, sealed(vault), vault.tokenHigh(), vault.tokenLow() ^ 1));
        assertEquals(16, unseal(vault, sealed(vault), vault.tokenHigh(), vault.tokenLow()), "and goes on working");
    }

    @Test
    void shouldOpenOldSealsAfterAKeyChangeAndProtectNewCardsUnderTheNewKey() throws IOException {
        final String oldKey = "00000001 " + "5a".repeat(32) + "\n";
        final String newKey = "00000002 " + "a5".repeat(32) + "\n";
        final CardVault before = new CardVault(keys(oldKey), GATEWAY, 1);
        final CardVault after = new CardVault(keys(newKey + oldKey), GATEWAY, 2);
        protect(before, PAN);
        protect(after, PAN);

        assertNotEquals(before.tokenHigh(), after.tokenHigh());
        assertEquals(16, unseal(after, sealed(before), before.tokenHigh(), before.tokenLow()));
        assertEquals(CardVault.UNKNOWN_KEY, unseal(before, sealed(after), after.tokenHigh(), after.tokenLow()));
    }

    @Test
    void shouldNotShowTheNumberInTheSeal() {
        protect(vault, PAN);

        assertFalse(new String(sealed(vault), US_ASCII).contains(PAN.substring(0, 4)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 20})
    void shouldRefuseNumbersOfImpossibleLength(final int length) {
        assertThrows(IllegalArgumentException.class, () -> protect(vault, "4".repeat(length)));
    }

    private KeyMaterial keys(final String content) throws IOException {
        final Path file = Files.writeString(directory.resolve("keys"), content, US_ASCII);
        return KeyMaterial.load(file, directory.resolve("data"));
    }

    private static void protect(final CardVault vault, final String pan) {
        vault.protect(new UnsafeBuffer(pan.getBytes(US_ASCII)), 0, pan.length());
    }

    private static byte[] sealed(final CardVault vault) {
        final byte[] bytes = new byte[CardVault.SEALED_LENGTH];
        vault.sealed().getBytes(0, bytes);
        return bytes;
    }

    private int unseal(final CardVault with, final byte[] seal, final long high, final long low) {
        return with.unseal(new UnsafeBuffer(seal), 0, high, low, opened, 0);
    }
}

package io.turnout.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.security.KeyBlockHeader.OptionalBlock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeyBlocksTest {
    private static final long SEED = Long.getLong("turnout.seed", 1);

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @EnumSource(KeyBlockVersion.class)
    void shouldUnwrapWhatItWraps(final KeyBlockVersion version) throws CryptoException {
        for (final int protectionLength :
                version.cipher() == CipherAlgorithm.AES ? new int[] {16, 24, 32} : new int[] {16, 24}) {
            final ProtectionKey protection = ProtectionKey.inMemory(version.cipher(), bytes(protectionLength));
            for (final int keyLength : new int[] {8, 16, 24, 32, 64}) {
                for (final List<OptionalBlock> blocks : optionalBlocks()) {
                    final byte[] key = bytes(keyLength);
                    final KeyBlockHeader header = new KeyBlockHeader(version, "D0", 'A', 'B', "00", 'E', "00", blocks);

                    final String block = KeyBlocks.wrap(protection, header, key, random);
                    final KeyBlocks.Unwrapped unwrapped = KeyBlocks.unwrap(protection, block);

                    assertArrayEquals(key, unwrapped.key(), () -> "seed=" + SEED + " block=" + block);
                    assertEquals(blocks, unwrapped.header().optionalBlocks().subList(0, blocks.size()));
                    assertEquals(block.length(), Integer.parseInt(block.substring(1, 5)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KeyBlockVersion.class)
    void shouldRefuseEveryChangeAndEveryPrefixByName(final KeyBlockVersion version) throws CryptoException {
        // Given
        final ProtectionKey protection = ProtectionKey.inMemory(version.cipher(), bytes(16));
        final KeyBlockHeader header = new KeyBlockHeader(
                version, "P0", 'T', 'E', "12", 'S', "00", List.of(new OptionalBlock("KS", "00604B120F9292800000")));
        final String block = KeyBlocks.wrap(protection, header, bytes(16), random);

        // When, then
        for (int i = 0; i < block.length(); i++) {
            final int position = i;
            assertThrows(CryptoException.class, () -> KeyBlocks.unwrap(protection, block.substring(0, position)));
            for (final char c : "0A9Z~\u00e9\u0000".toCharArray()) {
                final String changed = block.substring(0, i) + c + block.substring(i + 1);
                if (!changed.equals(block)) {
                    assertThrows(CryptoException.class, () -> KeyBlocks.unwrap(protection, changed), changed);
                }
            }
        }
    }

    @Test
    void shouldHideTheLengthOfAKey() throws CryptoException {
        final ProtectionKey protection = ProtectionKey.inMemory(CipherAlgorithm.AES, bytes(32));
        final KeyBlockHeader header = KeyBlockHeader.parse("D0000P0AE00E0000");

        assertEquals(
                KeyBlocks.wrap(protection, header, bytes(32), random).length(),
                KeyBlocks.wrap(protection, header, bytes(16), random).length());
    }

    @ParameterizedTest
    @CsvSource({"B, 8", "B, 32", "D, 8"})
    void shouldRefuseAProtectionKeyOfTheWrongKind(final KeyBlockVersion version, final int length) {
        final byte[] key = bytes(length);
        final KeyBlockHeader header = new KeyBlockHeader(version, "D0", 'A', 'B', "00", 'E', "00", List.of());

        final CryptoException refused = assertThrows(
                CryptoException.class,
                () -> KeyBlocks.wrap(ProtectionKey.inMemory(version.cipher(), key), header, bytes(16), random));

        assertEquals(CryptoError.BAD_KEY_LENGTH, refused.error());
    }

    @Test
    void shouldReadALongOptionalBlock() throws CryptoException {
        final KeyBlockHeader header = KeyBlockHeader.parse("D0000P0AE00E0100" + "CT0002" + "0010" + "abcdef");

        assertEquals(List.of(new OptionalBlock("CT", "abcdef")), header.optionalBlocks());
    }

    @Test
    void shouldNotQuoteAKeyThatIsNotHexadecimal() {
        final CryptoException refused =
                assertThrows(CryptoException.class, () -> Hex.decode("a key", "0011223344556677x"));

        assertEquals(CryptoError.NOT_HEXADECIMAL, refused.error());
        assertFalse(refused.getMessage().contains("0011"));
    }

    private static List<List<OptionalBlock>> optionalBlocks() {
        return List.of(
                List.of(),
                List.of(new OptionalBlock("KS", "00604B120F9292800000")),
                List.of(new OptionalBlock("KC", "00F4B08D"), new OptionalBlock("TS", "2026-11-23T12:00:00Z")),
                List.of(new OptionalBlock("LB", "x".repeat(252))),
                List.of(new OptionalBlock("LB", "x".repeat(251))));
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

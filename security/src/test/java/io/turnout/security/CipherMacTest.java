package io.turnout.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.CBCBlockCipherMac;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.ISO9797Alg3Mac;
import org.bouncycastle.crypto.paddings.ISO7816d4Padding;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** The MACs against Bouncy Castle's, which share no code with ours. */
final class CipherMacTest {
    private static final long SEED = Long.getLong("turnout.seed", 1);
    private static final int ROUNDS = 200;

    private final Random random = new Random(SEED);

    @Test
    void shouldMakeTheSameCmacForEveryCipher() throws CryptoException {
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] data = bytes(random.nextInt(100));
            assertMac(cmac(new DESedeEngine(), data, 24), CipherAlgorithm.TDES, data);
            assertMac(cmac(AESEngine.newInstance(), data, 32), CipherAlgorithm.AES, data);
            assertMac(cmac(new SM4Engine(), data, 16), CipherAlgorithm.SM4, data);
        }
    }

    private byte[] lastKey;

    private byte[] cmac(final BlockCipher cipher, final byte[] data, final int keyLength) {
        lastKey = bytes(keyLength);
        final CMac mac = new CMac(cipher);
        mac.init(new KeyParameter(lastKey));
        mac.update(data, 0, data.length);
        final byte[] result = new byte[mac.getMacSize()];
        mac.doFinal(result, 0);
        return result;
    }

    private void assertMac(final byte[] expected, final CipherAlgorithm algorithm, final byte[] data)
            throws CryptoException {
        assertArrayEquals(expected, CipherMac.cmac(algorithm.withKey(lastKey), data), () -> "seed=" + SEED);
    }

    @Test
    void shouldMakeTheSameRetailAndCbcMacs() throws CryptoException {
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] data = bytes(random.nextInt(100));
            final byte[] key = bytes(16);
            final KeyedCipher whole = CipherAlgorithm.TDES.withKey(key);
            final KeyedCipher left = CipherAlgorithm.TDES.withKey(Arrays.copyOf(key, 8));
            final ISO9797Alg3Mac retail = new ISO9797Alg3Mac(new DESEngine(), 64, new ISO7816d4Padding());
            retail.init(new KeyParameter(key));
            retail.update(data, 0, data.length);
            final CBCBlockCipherMac cbc = new CBCBlockCipherMac(new DESedeEngine(), 64, new ISO7816d4Padding());
            cbc.init(new KeyParameter(key));
            cbc.update(data, 0, data.length);
            final byte[] expected = new byte[8];

            retail.doFinal(expected, 0);
            assertArrayEquals(expected, CipherMac.retail(left, whole, Padding.METHOD_2, data), () -> "seed=" + SEED);
            cbc.doFinal(expected, 0);
            assertArrayEquals(expected, CipherMac.cbc(whole, Padding.METHOD_2, data), () -> "seed=" + SEED);
        }
    }

    @Test
    void shouldFoldTheMessageForTheMacOfUnionPayTerminals() throws CryptoException {
        // Given
        final KeyedCipher key = CipherAlgorithm.TDES.withKey(bytes(16));
        final byte[] data = Hex.decode("data", "0102030405060708" + "1020304050607080" + "FF");

        // When
        final byte[] mac = CipherMac.unionPayEcb(key, data);

        // Then, step by step as the terminal's manual has it
        final String folded = "EE22334455667788";
        final byte[] first = key.encrypt(folded.substring(0, 8).getBytes(StandardCharsets.US_ASCII));
        final byte[] second = folded.substring(8).getBytes(StandardCharsets.US_ASCII);
        final byte[] mixed = new byte[8];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (byte) (first[i] ^ second[i]);
        }
        final String expected = Hex.encode(key.encrypt(mixed)).substring(0, 8);
        assertEquals(expected, new String(mac, StandardCharsets.US_ASCII));
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

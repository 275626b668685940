package io.turnout.security.module;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CipherMac;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyedCipher;
import io.turnout.security.Padding;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calculator against the plain definition of each MAC, over messages of many lengths. */
final class MacCalculatorTest {
    private static final byte[] KEY = HexFormat.of().parseHex("E0F4543F3E2A2C5FFC7E5E5A222E3E4D");
    private static final int WARM_UP = 20_000;
    private static final int MESSAGES = 10_000;
    private static final long NOISE_BYTES = 64 * 1024;

    private final Random random = new Random(Long.getLong("turnout.seed", 1));

    @ParameterizedTest
    @EnumSource(CipherAlgorithm.class)
    void shouldAgreeWithTheDefinitionOfEachMac(final CipherAlgorithm algorithm) throws CryptoException {
        final KeyedCipher whole = algorithm.withKey(KEY);
        final KeyedCipher left = algorithm == CipherAlgorithm.TDES ? algorithm.withKey(Arrays.copyOf(KEY, 8)) : null;
        final MacCalculator calculator = new MacCalculator(whole, left);
        for (int length = 0; length < 3000; length = length < 70 ? length + 1 : length * 2 - 5) {
            final byte[] data = new byte[length];
            random.nextBytes(data);
            for (final Padding padding : Padding.values()) {
                final MacScheme cbc = new MacScheme(MacScheme.Algorithm.CBC, padding, 8);
                assertArrayEquals(CipherMac.cbc(whole, padding, data), mac(calculator, cbc, data, whole));
                if (left != null) {
                    final MacScheme retail = new MacScheme(MacScheme.Algorithm.RETAIL, padding, 8);
                    assertArrayEquals(
                            CipherMac.retail(left, whole, padding, data), mac(calculator, retail, data, whole));
                }
            }
            assertArrayEquals(CipherMac.cmac(whole, data), mac(calculator, MacScheme.AES_CMAC, data, whole));
            if (left != null) {
                assertArrayEquals(
                        CipherMac.unionPayEcb(whole, data), mac(calculator, MacScheme.UNIONPAY_TERMINAL, data, whole));
            }
        }
    }

    @Test
    void shouldMakeNoGarbage() throws CryptoException {
        final MacCalculator calculator = new MacCalculator(
                CipherAlgorithm.TDES.withKey(KEY), CipherAlgorithm.TDES.withKey(Arrays.copyOf(KEY, 8)));
        final byte[] data = new byte[300];
        final byte[] mac = new byte[8];
        for (int i = 0; i < WARM_UP; i++) {
            calculator.compute(MacScheme.X9_19, data, data.length, mac);
        }
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < MESSAGES; i++) {
            calculator.compute(MacScheme.X9_19, data, data.length, mac);
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated <= NOISE_BYTES, "allocated=" + allocated);
    }

    private static byte[] mac(
            final MacCalculator calculator, final MacScheme scheme, final byte[] data, final KeyedCipher key)
            throws CryptoException {
        // The message lies at the beginning of a buffer that holds something else behind it.
        final byte[] buffer = Arrays.copyOf(data, data.length + 40);
        Arrays.fill(buffer, data.length, buffer.length, (byte) 0x5A);
        final byte[] mac = new byte[key.blockLength()];
        calculator.compute(scheme, buffer, data.length, mac);
        return mac;
    }
}

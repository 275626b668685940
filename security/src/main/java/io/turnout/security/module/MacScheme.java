package io.turnout.security.module;

import io.turnout.security.Padding;

/**
 * How messages of one link are authenticated.
 *
 * @param algorithm of the code
 * @param padding for CBC and RETAIL
 * @param length bytes kept, from the left: 4 or more, as a shorter code could be guessed
 */
public record MacScheme(Algorithm algorithm, Padding padding, int length) {
    private static final int MINIMUM_LENGTH = 4;
    private static final int MAXIMUM_LENGTH = 16;

    /** ANSI X9.19: retail MAC, zeros as padding, 8 bytes. */
    public static final MacScheme X9_19 = new MacScheme(Algorithm.RETAIL, Padding.METHOD_1, 8);

    /** The online MAC of UnionPay: CBC, zeros as padding; 4 bytes, written as 8 hexadecimal characters. */
    public static final MacScheme UNIONPAY_ONLINE = new MacScheme(Algorithm.CBC, Padding.METHOD_1, 4);

    /** The MAC of UnionPay terminals: 8 characters. */
    public static final MacScheme UNIONPAY_TERMINAL = new MacScheme(Algorithm.UNIONPAY_ECB, Padding.METHOD_1, 8);

    /** AES-CMAC cut to 8 bytes, the length of DE64 and DE128. */
    public static final MacScheme AES_CMAC = new MacScheme(Algorithm.CMAC, Padding.METHOD_2, 8);

    /** Checks the length. */
    public MacScheme {
        if (length < MINIMUM_LENGTH || length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("macLength=" + length + " is not 4 to 16");
        }
    }

    /** The codes there are; see {@link io.turnout.security.CipherMac}. */
    public enum Algorithm {
        /** ISO/IEC 9797-1 algorithm 1. */
        CBC,
        /** ISO/IEC 9797-1 algorithm 3. */
        RETAIL,
        /** NIST SP 800-38B. */
        CMAC,
        /** Folding by XOR, of UnionPay terminals. */
        UNIONPAY_ECB
    }
}

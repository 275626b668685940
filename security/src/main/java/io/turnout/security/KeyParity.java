package io.turnout.security;

/** The odd parity of DES keys: the lowest bit of each byte makes its number of ones odd. */
public final class KeyParity {
    private KeyParity() {}

    /** Whether each byte has an odd number of ones. */
    public static boolean isOdd(final byte[] key) {
        int wrong = 0;
        for (final byte value : key) {
            wrong |= ~Integer.bitCount(value & 0xFF) & 1;
        }
        return wrong == 0;
    }

    /** A copy with the lowest bit of each byte set as odd parity demands. */
    public static byte[] adjusted(final byte[] key) {
        final byte[] result = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            final int others = key[i] & 0xFE;
            result[i] = (byte) (others | (~Integer.bitCount(others) & 1));
        }
        return result;
    }
}

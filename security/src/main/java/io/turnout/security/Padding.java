package io.turnout.security;

import java.util.Arrays;

/** How a message becomes whole blocks before its MAC is computed, ISO/IEC 9797-1 clause 6.3. */
public enum Padding {
    /** Zeros, as few as needed; an empty message becomes one block of zeros. */
    METHOD_1,
    /** One bit 1, then zeros. */
    METHOD_2,
    /** As method 1, with a block before it that holds the message's length in bits. */
    METHOD_3;

    byte[] pad(final byte[] data, final int blockLength) {
        return switch (this) {
            case METHOD_1 -> zeroFilled(data, Math.max(data.length, 1), blockLength);
            case METHOD_2 -> {
                final byte[] padded = zeroFilled(data, data.length + 1, blockLength);
                padded[data.length] = (byte) 0x80;
                yield padded;
            }
            case METHOD_3 -> {
                final byte[] length = new byte[blockLength];
                Bytes.putNumber(length, blockLength - Long.BYTES, (long) data.length * Byte.SIZE, Long.BYTES);
                yield Bytes.concat(length, zeroFilled(data, Math.max(data.length, 1), blockLength));
            }
        };
    }

    private static byte[] zeroFilled(final byte[] data, final int atLeast, final int blockLength) {
        return Arrays.copyOf(data, Bytes.roundUp(atLeast, blockLength));
    }
}

package io.turnout.security;

/** Small operations on byte arrays that the algorithms share. */
final class Bytes {
    private Bytes() {}

    static byte[] xor(final byte[] left, final byte[] right) {
        final byte[] result = new byte[left.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) (left[i] ^ right[i]);
        }
        return result;
    }

    static byte[] concat(final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final byte[] result = new byte[length];
        int offset = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, result, offset, part.length);
            offset += part.length;
        }
        return result;
    }

    /** The next multiple of a block length, {@code length} itself included. */
    static int roundUp(final int length, final int blockLength) {
        return (length + blockLength - 1) / blockLength * blockLength;
    }

    /** Writes the lowest {@code count} bytes of a number, most significant first. */
    static void putNumber(final byte[] target, final int offset, final long value, final int count) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = (byte) (value >>> (Byte.SIZE * (count - 1 - i)));
        }
    }
}

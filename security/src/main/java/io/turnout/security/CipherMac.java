package io.turnout.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Message authentication codes made from block ciphers. All come out at full length; the caller takes the left part.
 */
public final class CipherMac {
    private static final int CMAC_CONSTANT_64 = 0x1B;
    private static final int CMAC_CONSTANT_128 = 0x87;

    private CipherMac() {}

    /**
     * ISO/IEC 9797-1 algorithm 1: the last block of a CBC encryption. With a single-length DES key and padding method 1
     * this is ANSI X9.9; with SM4 or TDES and padding method 1, the online MAC of UnionPay.
     */
    public static byte[] cbc(final KeyedCipher key, final Padding padding, final byte[] data) throws CryptoException {
        return lastBlock(key, padding.pad(data, key.blockLength()));
    }

    /**
     * ISO/IEC 9797-1 algorithm 3, the retail MAC of ANSI X9.19: chaining under the first third or half of the key, and
     * the whole key only for the last block.
     *
     * @param left the first 8 bytes of the DES key
     * @param whole the whole DES key
     */
    public static byte[] retail(
            final KeyedCipher left, final KeyedCipher whole, final Padding padding, final byte[] data)
            throws CryptoException {
        if (whole.algorithm() != CipherAlgorithm.TDES || left.algorithm() != CipherAlgorithm.TDES) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, "the retail MAC needs a DES key");
        }
        final int blockLength = whole.blockLength();
        final byte[] padded = padding.pad(data, blockLength);
        final byte[] last = Arrays.copyOfRange(padded, padded.length - blockLength, padded.length);
        if (padded.length == blockLength) {
            return whole.encrypt(last);
        }
        final byte[] chained = lastBlock(left, Arrays.copyOf(padded, padded.length - blockLength));
        return whole.encrypt(Bytes.xor(chained, last));
    }

    /** CMAC, NIST SP 800-38B, for any of the ciphers; with AES also RFC 4493. */
    public static byte[] cmac(final KeyedCipher key, final byte[] data) throws CryptoException {
        final int blockLength = key.blockLength();
        final byte[] subkey1 = doubled(key.encrypt(new byte[blockLength]));
        final boolean whole = data.length > 0 && data.length % blockLength == 0;
        final byte[] padded = whole ? data.clone() : Padding.METHOD_2.pad(data, blockLength);
        final byte[] subkey = whole ? subkey1 : doubled(subkey1);
        final int lastOffset = padded.length - blockLength;
        for (int i = 0; i < blockLength; i++) {
            padded[lastOffset + i] ^= subkey[i];
        }
        return lastBlock(key, padded);
    }

    /**
     * The "ECB" MAC of UnionPay point-of-sale terminals: all blocks of 8 bytes are XORed; the result is written as 16
     * hexadecimal characters, of which the first 8 are encrypted, XORed with the second 8 and encrypted again; the MAC
     * is the first 8 hexadecimal characters of the outcome.
     *
     * @return 8 ASCII characters
     */
    public static byte[] unionPayEcb(final KeyedCipher key, final byte[] data) throws CryptoException {
        if (key.algorithm() != CipherAlgorithm.TDES) {
            throw new CryptoException(CryptoError.WRONG_KEY_USAGE, "the UnionPay ECB MAC needs a DES key");
        }
        final int blockLength = key.blockLength();
        final byte[] padded = Padding.METHOD_1.pad(data, blockLength);
        final byte[] folded = new byte[blockLength];
        for (int i = 0; i < padded.length; i++) {
            folded[i % blockLength] ^= padded[i];
        }
        final byte[] text = Hex.encode(folded).getBytes(StandardCharsets.US_ASCII);
        final byte[] first = key.encrypt(Arrays.copyOf(text, blockLength));
        final byte[] second = Arrays.copyOfRange(text, blockLength, text.length);
        final String result = Hex.encode(key.encrypt(Bytes.xor(first, second)));
        return result.substring(0, blockLength).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] lastBlock(final KeyedCipher key, final byte[] blocks) throws CryptoException {
        final byte[] encrypted = key.encryptCbc(key.zeroVector(), blocks);
        return Arrays.copyOfRange(encrypted, encrypted.length - key.blockLength(), encrypted.length);
    }

    /**
     * Multiplication by x in the field of SP 800-38B, which makes the subkeys of CMAC; without a branch on secret bits.
     */
    public static byte[] doubled(final byte[] block) {
        final byte[] result = new byte[block.length];
        for (int i = 0; i < block.length; i++) {
            final int carry = i + 1 < block.length ? (block[i + 1] & 0xFF) >>> (Byte.SIZE - 1) : 0;
            result[i] = (byte) ((block[i] << 1) | carry);
        }
        final int constant = block.length == Long.BYTES ? CMAC_CONSTANT_64 : CMAC_CONSTANT_128;
        result[block.length - 1] ^= (byte) (constant & (block[0] >> (Byte.SIZE - 1)));
        return result;
    }
}

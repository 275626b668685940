package io.turnout.security;

import java.util.Arrays;
import java.util.Random;

/**
 * One side of a PIN translation.
 *
 * @param format of the block
 * @param key of the zone
 */
public record PinTranslation(PinBlockFormat format, KeyedCipher key) {

    /**
     * Re-enciphers a PIN for another zone. The card stays the same: a translation that changed it would let PINs be
     * searched.
     *
     * @param block enciphered as this side says
     * @param pan digits of the card in the same message
     * @param random fills the new block
     */
    public byte[] translate(
            final byte[] block, final PinTranslation target, final CharSequence pan, final Random random)
            throws CryptoException {
        if (!format.mayBecome(target.format)) {
            throw new CryptoException(CryptoError.TRANSLATION_FORBIDDEN, format + " must not become " + target.format);
        }
        final byte[] clear = PinBlocks.decipher(format, key, block, pan);
        byte[] pin = new byte[0];
        byte[] rebuilt = new byte[0];
        try {
            pin = PinBlocks.decode(format, clear, pan);
            rebuilt = PinBlocks.encode(target.format, pin, pan, random);
            return PinBlocks.encipher(target.format, target.key, rebuilt, pan);
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(pin, (byte) 0);
            Arrays.fill(rebuilt, (byte) 0);
        }
    }
}

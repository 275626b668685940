package io.turnout.security;

import java.util.List;

/** Keys that travel in parts with several people: the key is the XOR of all parts. */
public final class KeyComponents {
    private KeyComponents() {}

    /**
     * The key.
     *
     * @param components two or more of one length
     */
    public static byte[] combine(final List<byte[]> components) throws CryptoException {
        if (components.size() < 2) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a key needs two components or more");
        }
        byte[] key = new byte[components.get(0).length];
        for (final byte[] component : components) {
            if (component.length != key.length) {
                throw new CryptoException(CryptoError.BAD_KEY_LENGTH, "components differ in length");
            }
            key = Bytes.xor(key, component);
        }
        return key;
    }
}

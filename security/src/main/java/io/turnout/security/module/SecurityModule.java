package io.turnout.security.module;

import io.turnout.security.CryptoException;

/**
 * Keeps the keys shared with banks and acquirers and works with them. A key has a name ({@code bank-a.mac}) and up to
 * three generations: <em>next</em>, imported and not yet in use; <em>current</em>, used for all that goes out; and
 * <em>previous</em>, still good for what comes in until its grace is over, because messages cross a change of keys on
 * the wire.
 *
 * <p>Never returns, prints or logs a key: only {@link KeyDescription}s with check values. Every refusal has a name, see
 * {@link io.turnout.security.CryptoError}. Used by one thread; an operation may block for as long as a device takes.
 * Time is an argument: nanoseconds of any clock that does not go backwards.
 */
public interface SecurityModule extends AutoCloseable {

    /** A master key, to compare its check value with what the partner wrote down. */
    KeyDescription masterKey(String masterKey) throws CryptoException;

    /**
     * Unwraps a key from a key block and makes it the next one of its name. A next key that was there is forgotten. A
     * key that is the next or the current one already changes nothing; one that was in use before them is refused,
     * because it is an old change of keys that somebody repeats.
     *
     * @param masterKey the key that protects the block
     * @param name of the key, at most 64 characters
     * @param purpose must agree with the usage and mode that the block names
     * @param keyBlock ANSI X9.143 or ISO 20038, versions A to E
     * @param checkValue announced beside it in hexadecimal, 3 bytes or more, or empty for none
     */
    KeyDescription importKeyBlock(String masterKey, String name, KeyPurpose purpose, String keyBlock, String checkValue)
            throws CryptoException;

    /**
     * Unwraps a key that travels as a bare cryptogram and makes it the next one of its name. Nothing authenticates a
     * cryptogram, so the check value is not optional.
     *
     * @param masterKey the key that it is encrypted under
     */
    KeyDescription importCryptogram(String masterKey, String name, KeyPurpose purpose, KeyCryptogram cryptogram)
            throws CryptoException;

    /**
     * Makes the next key the current one, and the current one the previous.
     *
     * @param nowNs when
     * @param graceNs how long the previous key stays good for incoming messages, 0 or more
     */
    KeyDescription activate(String name, long nowNs, long graceNs) throws CryptoException;

    /** Forgets the next key, for instance because the partner refused it; false if there was none. */
    boolean discardNext(String name);

    /** Forgets previous keys whose grace is over; call it on a slow tick. Returns how many. */
    int expire(long nowNs);

    /** What may be known of a key, or null if there is none of this generation. */
    KeyDescription describe(String name, KeyGeneration generation);

    /**
     * The MAC under the current key.
     *
     * @param data begins with the bytes that the MAC covers
     * @param length how many they are
     * @param mac takes as many bytes as the scheme says, from its beginning
     */
    void generateMac(String name, MacScheme scheme, byte[] data, int length, byte[] mac) throws CryptoException;

    /**
     * Verifies a MAC in constant time under the current key, then the previous one while its grace lasts, then the
     * next.
     *
     * @param data begins with the bytes that the MAC covers
     * @param length how many they are
     * @param mac begins with the MAC as received; one shorter than the scheme says is wrong
     * @return under which key it is right, or {@link KeyGeneration#NONE}: then the message is not to be believed
     */
    KeyGeneration verifyMac(String name, MacScheme scheme, byte[] data, int length, byte[] mac, long nowNs)
            throws CryptoException;

    /**
     * Re-enciphers a PIN for another zone, both under current keys. A block that cannot be read under the current key
     * is tried under the previous one while its grace lasts.
     *
     * @param pan digits of the card in the same message
     */
    byte[] translatePin(PinZone from, byte[] block, PinZone to, CharSequence pan, long nowNs) throws CryptoException;

    /**
     * Re-enciphers a PIN for another zone, from a device that derives a key for each transaction (DUKPT).
     *
     * <p>The base derivation key stays where keys lie; the transaction's own key is in this process's memory for the
     * moment of its use, as the PIN is.
     *
     * @param ksn key serial number of the transaction, out of the same message: 10 bytes for TDES, 12 for AES
     * @param pan digits of the card in the same message
     */
    byte[] translatePin(DukptZone from, byte[] ksn, byte[] block, PinZone to, CharSequence pan) throws CryptoException;

    /** Forgets all keys. */
    @Override
    void close();
}

package io.turnout.gateway.vault;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Turns a card number into what may travel through the switch: a token that names the card, and the sealed number that
 * only a vault with the master key opens. Used by one thread; nothing but the JCE allocates.
 *
 * <p>Token = the first 16 bytes of HMAC-SHA-256(token key, all digits of the number), token key = HKDF-SHA-256(master
 * key). The same number has the same token in every gateway and run.
 *
 * <p>Sealed number, 56 bytes, numbers big-endian, AES-256-GCM (NIST SP 800-38D):
 *
 * <pre>
 *   0        4             12         20                     40          56
 *   +--------+-------------+----------+----------------------+-----------+
 *   | key id | incarnation | counter  | ciphertext           | tag       |
 *   +--------+-------------+----------+----------------------+-----------+
 * </pre>
 *
 * The key is HKDF-SHA-256(master key, gateway id, incarnation); the incarnation is a random number of this run. The
 * nonce is four zero bytes and the counter, whose upper 16 bits are the gateway's id, so that any gateway can derive
 * the key and no two share a nonce. The token is the additional authenticated data: a sealed number opens only together
 * with its token. The plaintext is the number of digits and 19 digits, zero-filled, so that the length does not show.
 */
public final class CardVault {

    /** Bytes of a sealed card number. */
    public static final int SEALED_LENGTH = 56;
    /** Digits of the longest card number, ISO/IEC 7812. */
    public static final int MAXIMUM_PAN_LENGTH = 19;
    /** Digits of the shortest card number. */
    public static final int MINIMUM_PAN_LENGTH = 8;

    /** The key a number was sealed under is not among the vault's. */
    public static final int UNKNOWN_KEY = -1;
    /** The sealed number was changed, or belongs to another token. */
    public static final int NOT_AUTHENTIC = -2;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int KEY_ID_OFFSET = 0;
    private static final int INCARNATION_OFFSET = KEY_ID_OFFSET + Integer.BYTES;
    private static final int COUNTER_OFFSET = INCARNATION_OFFSET + Long.BYTES;
    private static final int CIPHERTEXT_OFFSET = COUNTER_OFFSET + Long.BYTES;
    private static final int PLAINTEXT_LENGTH = 1 + MAXIMUM_PAN_LENGTH;
    private static final int TAG_LENGTH = SEALED_LENGTH - CIPHERTEXT_OFFSET - PLAINTEXT_LENGTH;
    private static final int NONCE_LENGTH = 12;
    private static final int NONCE_COUNTER_OFFSET = NONCE_LENGTH - Long.BYTES;
    private static final int TOKEN_LENGTH = 16;
    private static final int HASH_LENGTH = 32;
    private static final int KEY_LENGTH = 32;
    private static final int COUNTER_BITS = 48;
    private static final long COUNTER_LIMIT = 1L << COUNTER_BITS;
    private static final byte[] TOKEN_INFO = "turnout pan token 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEAL_INFO = "turnout sealed pan 1".getBytes(StandardCharsets.US_ASCII);

    private final KeyMaterial keys;
    private final int gatewayId;
    private final long incarnation;
    private final Int2ObjectHashMap<Mac> tokenMacs = new Int2ObjectHashMap<>();
    private final SealingKeys sealingKeys = new SealingKeys();
    private final Cipher cipher;

    private final byte[] plaintext = new byte[PLAINTEXT_LENGTH + TAG_LENGTH];
    private final byte[] sealed = new byte[SEALED_LENGTH];
    private final UnsafeBuffer sealedBuffer = new UnsafeBuffer(sealed);
    private final byte[] opening = new byte[SEALED_LENGTH];
    private final UnsafeBuffer openingBuffer = new UnsafeBuffer(opening);
    private final byte[] hash = new byte[HASH_LENGTH];
    private final UnsafeBuffer hashBuffer = new UnsafeBuffer(hash);
    private final byte[] associated = new byte[TOKEN_LENGTH];
    private final UnsafeBuffer associatedBuffer = new UnsafeBuffer(associated);
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final UnsafeBuffer nonceBuffer = new UnsafeBuffer(nonce);

    private long counter;
    private long tokenHigh;
    private long tokenLow;

    /**
     * @param keys master keys
     * @param gatewayId of this gateway, 0 to 65535
     * @param incarnation random number of this run; a repeated one would repeat nonces
     */
    public CardVault(final KeyMaterial keys, final int gatewayId, final long incarnation) {
        if (gatewayId < 0 || gatewayId > 0xFFFF) {
            throw new IllegalArgumentException("gatewayId=" + gatewayId + " is not 0 to 65535");
        }
        this.keys = keys;
        this.gatewayId = gatewayId;
        this.incarnation = incarnation;
        for (final int keyId : keys.keyIds()) {
            final byte[] tokenKey = derive(keys.masterKey(keyId), TOKEN_INFO);
            tokenMacs.put(keyId, Hkdf.mac(tokenKey));
            Arrays.fill(tokenKey, (byte) 0);
        }
        try {
            this.cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks " + TRANSFORMATION, e);
        }
    }

    /**
     * Computes token and sealed number of a card; read them with {@link #tokenHigh()}, {@link #tokenLow()} and
     * {@link #sealed()}.
     *
     * @param pan ASCII digits, read only during the call
     * @param length digits, 8 to 19
     */
    public void protect(final DirectBuffer pan, final int offset, final int length) {
        if (length < MINIMUM_PAN_LENGTH || length > MAXIMUM_PAN_LENGTH) {
            throw new IllegalArgumentException("panLength=" + length + " is not 8 to 19");
        }
        if (counter == COUNTER_LIMIT) {
            throw new IllegalStateException("sealing counter exhausted, counter=" + counter);
        }
        Arrays.fill(plaintext, (byte) 0);
        plaintext[0] = (byte) length;
        pan.getBytes(offset, plaintext, 1, length);
        final int keyId = keys.currentKeyId();
        computeToken(keyId, length);
        tokenHigh = hashBuffer.getLong(0, ByteOrder.BIG_ENDIAN);
        tokenLow = hashBuffer.getLong(Long.BYTES, ByteOrder.BIG_ENDIAN);
        sealedBuffer.putInt(KEY_ID_OFFSET, keyId, ByteOrder.BIG_ENDIAN);
        sealedBuffer.putLong(INCARNATION_OFFSET, incarnation, ByteOrder.BIG_ENDIAN);
        sealedBuffer.putLong(COUNTER_OFFSET, ((long) gatewayId << COUNTER_BITS) | counter, ByteOrder.BIG_ENDIAN);
        counter++;
        encrypt(keyId);
        Arrays.fill(plaintext, (byte) 0);
    }

    /** First 8 bytes of the token last computed, as a big-endian number. */
    public long tokenHigh() {
        return tokenHigh;
    }

    /** Last 8 bytes of the token last computed, as a big-endian number. */
    public long tokenLow() {
        return tokenLow;
    }

    /** The number last sealed, {@link #SEALED_LENGTH} bytes from index 0; valid until the next {@link #protect}. */
    public DirectBuffer sealed() {
        return sealedBuffer;
    }

    /**
     * Opens a sealed card number.
     *
     * @param source holds {@link #SEALED_LENGTH} bytes at {@code offset}
     * @param high first 8 bytes of the card's token
     * @param low last 8 bytes of the card's token
     * @param pan where the ASCII digits go, at most {@link #MAXIMUM_PAN_LENGTH}; the caller wipes them
     * @return digits written, or {@link #UNKNOWN_KEY} or {@link #NOT_AUTHENTIC}, and then nothing was written
     */
    public int unseal(
            final DirectBuffer source,
            final int offset,
            final long high,
            final long low,
            final MutableDirectBuffer pan,
            final int panOffset) {
        source.getBytes(offset, opening);
        final int keyId = openingBuffer.getInt(KEY_ID_OFFSET, ByteOrder.BIG_ENDIAN);
        if (!tokenMacs.containsKey(keyId)) {
            return UNKNOWN_KEY;
        }
        if (!decrypt(keyId, high, low)) {
            return NOT_AUTHENTIC;
        }
        final int length = plaintext[0];
        computeToken(keyId, length);
        final boolean tokenAgrees = hashBuffer.getLong(0, ByteOrder.BIG_ENDIAN) == high
                && hashBuffer.getLong(Long.BYTES, ByteOrder.BIG_ENDIAN) == low;
        if (tokenAgrees) {
            pan.putBytes(panOffset, plaintext, 1, length);
        }
        Arrays.fill(plaintext, (byte) 0);
        return tokenAgrees ? length : NOT_AUTHENTIC;
    }

    private void computeToken(final int keyId, final int length) {
        final Mac mac = tokenMacs.get(keyId);
        mac.update(plaintext, 1, length);
        try {
            mac.doFinal(hash, 0);
        } catch (final ShortBufferException e) {
            throw new IllegalStateException("hashLength=" + hash.length, e);
        }
    }

    private void encrypt(final int keyId) {
        prepareNonce(sealedBuffer);
        prepareAssociated(tokenHigh, tokenLow);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, sealingKey(keyId, sealedBuffer), gcmParameters());
            cipher.updateAAD(associated);
            cipher.doFinal(plaintext, 0, PLAINTEXT_LENGTH, sealed, CIPHERTEXT_OFFSET);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed, keyId=" + keyId, e);
        }
    }

    private boolean decrypt(final int keyId, final long high, final long low) {
        prepareNonce(openingBuffer);
        prepareAssociated(high, low);
        try {
            cipher.init(Cipher.DECRYPT_MODE, sealingKey(keyId, openingBuffer), gcmParameters());
            cipher.updateAAD(associated);
            cipher.doFinal(opening, CIPHERTEXT_OFFSET, PLAINTEXT_LENGTH + TAG_LENGTH, plaintext, 0);
            return true;
        } catch (final AEADBadTagException e) {
            return false;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("unsealing failed, keyId=" + keyId, e);
        }
    }

    private SecretKeySpec sealingKey(final int keyId, final DirectBuffer header) {
        final long run = header.getLong(INCARNATION_OFFSET, ByteOrder.BIG_ENDIAN);
        final int gateway = (int) (header.getLong(COUNTER_OFFSET, ByteOrder.BIG_ENDIAN) >>> COUNTER_BITS);
        final SecretKeySpec cached = sealingKeys.find(keyId, gateway, run);
        return cached != null ? cached : sealingKeys.add(keyId, gateway, run, deriveSealingKey(keyId, gateway, run));
    }

    private SecretKeySpec deriveSealingKey(final int keyId, final int gateway, final long run) {
        final byte[] info = Arrays.copyOf(SEAL_INFO, SEAL_INFO.length + Short.BYTES + Long.BYTES);
        final UnsafeBuffer infoBuffer = new UnsafeBuffer(info);
        infoBuffer.putShort(SEAL_INFO.length, (short) gateway, ByteOrder.BIG_ENDIAN);
        infoBuffer.putLong(SEAL_INFO.length + Short.BYTES, run, ByteOrder.BIG_ENDIAN);
        final byte[] key = derive(keys.masterKey(keyId), info);
        final SecretKeySpec spec = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
        return spec;
    }

    private void prepareNonce(final DirectBuffer header) {
        nonceBuffer.putLong(
                NONCE_COUNTER_OFFSET, header.getLong(COUNTER_OFFSET, ByteOrder.BIG_ENDIAN), ByteOrder.BIG_ENDIAN);
    }

    private void prepareAssociated(final long high, final long low) {
        associatedBuffer.putLong(0, high, ByteOrder.BIG_ENDIAN);
        associatedBuffer.putLong(Long.BYTES, low, ByteOrder.BIG_ENDIAN);
    }

    private GCMParameterSpec gcmParameters() {
        return new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce);
    }

    private static byte[] derive(final byte[] masterKey, final byte[] info) {
        final byte[] pseudoRandomKey = Hkdf.extract(new byte[0], masterKey);
        final byte[] key = Hkdf.expand(pseudoRandomKey, info, KEY_LENGTH);
        Arrays.fill(pseudoRandomKey, (byte) 0);
        return key;
    }
}

package io.turnout.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

/**
 * Keys wrapped together with what they are for: ANSI X9.143:2021 (TR-31:2018) versions A to D, and version E of ISO
 * 20038:2017. A block is its header, the encrypted payload and an authentication code, both in hexadecimal; the payload
 * is the key's length in bits (2 bytes), the key, and random padding that hides the length.
 *
 * <p>Derivation of the block's keys from the protection key: CMAC over {@code block number (1), usage (2), 0, algorithm
 * (2), length in bits (2)}.
 */
public final class KeyBlocks {
    private static final int ENCRYPTION_VARIANT = 0x45;
    private static final int MAC_VARIANT = 0x4D;
    private static final int CBC_USAGE = 0;
    private static final int MAC_USAGE = 1;
    private static final int COUNTER_MODE_USAGE = 2;
    private static final int DERIVATION_USAGE_OFFSET = 1;
    private static final int DERIVATION_ALGORITHM_OFFSET = 4;
    private static final int DERIVATION_LENGTH_OFFSET = 6;
    private static final int DERIVATION_LENGTH = 8;
    private static final int LONGEST_TDES_KEY = 24;
    private static final int LONGEST_AES_KEY = 32;

    private KeyBlocks() {}

    /** A key taken out of its block. */
    public static final class Unwrapped {
        private final KeyBlockHeader header;
        private final byte[] key;

        private Unwrapped(final KeyBlockHeader header, final byte[] key) {
            this.header = header;
            this.key = key;
        }

        /** What the block says of the key. */
        public KeyBlockHeader header() {
            return header;
        }

        /** The key itself, not a copy; the caller wipes it. */
        public byte[] key() {
            return key;
        }
    }

    /**
     * Wraps a key, padded so that its length does not show: to the longest key of its algorithm.
     *
     * @param header its optional blocks are filled up with a padding block if need be
     * @param random fills the padding; a secure source, except where a known outcome is wanted
     */
    public static String wrap(
            final ProtectionKey protection, final KeyBlockHeader header, final byte[] key, final Random random)
            throws CryptoException {
        final int longest = header.algorithm() == 'A' ? LONGEST_AES_KEY : LONGEST_TDES_KEY;
        return wrap(protection, header, key, Math.max(longest, key.length), random);
    }

    /** As {@link #wrap(ProtectionKey, KeyBlockHeader, byte[], Random)}, with the length to pad the key to. */
    public static String wrap(
            final ProtectionKey protection,
            final KeyBlockHeader header,
            final byte[] key,
            final int paddedKeyLength,
            final Random random)
            throws CryptoException {
        final KeyBlockVersion version = header.version();
        requireCipher(protection, version);
        if (key.length == 0 || paddedKeyLength < key.length) {
            throw new CryptoException(CryptoError.BAD_KEY_LENGTH, "the key does not fit its padded length");
        }
        final int blockLength = version.cipher().blockLength();
        final byte[] payload = new byte[Bytes.roundUp(Short.BYTES + paddedKeyLength, blockLength)];
        random.nextBytes(payload);
        Bytes.putNumber(payload, 0, (long) key.length * Byte.SIZE, Short.BYTES);
        System.arraycopy(key, 0, payload, Short.BYTES, key.length);
        final String headerText = header.text(2 * (payload.length + version.macLength()));
        final byte[] headerBytes = headerText.getBytes(StandardCharsets.US_ASCII);
        final byte[] mac;
        final byte[] encrypted;
        if (version.usesVariants()) {
            encrypted = encryption(protection, version).encryptCbc(Arrays.copyOf(headerBytes, blockLength), payload);
            mac = mac(protection, version, headerBytes, encrypted);
        } else {
            mac = mac(protection, version, headerBytes, payload);
            encrypted = encrypt(encryption(protection, version), version, mac, payload);
        }
        Arrays.fill(payload, (byte) 0);
        return headerText + Hex.encode(encrypted) + Hex.encode(mac);
    }

    /** Takes a key out of its block, after the authentication code was found right. */
    public static Unwrapped unwrap(final ProtectionKey protection, final String block) throws CryptoException {
        final KeyBlockHeader header = KeyBlockHeader.parse(block);
        final KeyBlockVersion version = header.version();
        requireCipher(protection, version);
        if (KeyBlockHeader.namedLength(block) != block.length()) {
            throw invalid("has " + block.length() + " characters and names another length");
        }
        final int headerLength = KeyBlockHeader.headerLength(block);
        final int blockLength = version.cipher().blockLength();
        final byte[] body = Hex.decode("the key block's body", block.substring(headerLength));
        final int payloadLength = body.length - version.macLength();
        final boolean inBlocks = version == KeyBlockVersion.E || payloadLength % blockLength == 0;
        if (payloadLength <= Short.BYTES || !inBlocks || headerLength % blockLength != 0) {
            throw invalid("header or body are not whole cipher blocks");
        }
        final byte[] headerBytes = block.substring(0, headerLength).getBytes(StandardCharsets.US_ASCII);
        final byte[] encrypted = Arrays.copyOf(body, payloadLength);
        final byte[] mac = Arrays.copyOfRange(body, payloadLength, body.length);
        final byte[] payload = version.usesVariants()
                ? openVariant(protection, version, headerBytes, encrypted, mac)
                : openDerived(protection, version, headerBytes, encrypted, mac);
        try {
            return new Unwrapped(header, key(payload));
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    private static byte[] openVariant(
            final ProtectionKey protection,
            final KeyBlockVersion version,
            final byte[] header,
            final byte[] encrypted,
            final byte[] mac)
            throws CryptoException {
        requireEqual(mac, mac(protection, version, header, encrypted));
        final byte[] vector = Arrays.copyOf(header, version.cipher().blockLength());
        return encryption(protection, version).decryptCbc(vector, encrypted);
    }

    private static byte[] openDerived(
            final ProtectionKey protection,
            final KeyBlockVersion version,
            final byte[] header,
            final byte[] encrypted,
            final byte[] mac)
            throws CryptoException {
        final KeyedCipher encryption = encryption(protection, version);
        final byte[] payload = version == KeyBlockVersion.E
                ? counterMode(encryption, mac, encrypted)
                : encryption.decryptCbc(mac, encrypted);
        requireEqual(mac, mac(protection, version, header, payload));
        return payload;
    }

    private static byte[] encrypt(
            final KeyedCipher key, final KeyBlockVersion version, final byte[] mac, final byte[] payload)
            throws CryptoException {
        return version == KeyBlockVersion.E ? counterMode(key, mac, payload) : key.encryptCbc(mac, payload);
    }

    private static byte[] key(final byte[] payload) throws CryptoException {
        final int bits = ((payload[0] & 0xFF) << Byte.SIZE) | (payload[1] & 0xFF);
        final int length = bits / Byte.SIZE;
        if (bits == 0 || bits % Byte.SIZE != 0 || length > payload.length - Short.BYTES) {
            throw invalid("names a key length that it cannot hold");
        }
        return Arrays.copyOfRange(payload, Short.BYTES, Short.BYTES + length);
    }

    private static KeyedCipher encryption(final ProtectionKey protection, final KeyBlockVersion version)
            throws CryptoException {
        if (version.usesVariants()) {
            return version.cipher().withKey(protection.variant(ENCRYPTION_VARIANT));
        }
        return derive(protection, version == KeyBlockVersion.E ? COUNTER_MODE_USAGE : CBC_USAGE);
    }

    private static byte[] mac(
            final ProtectionKey protection, final KeyBlockVersion version, final byte[] header, final byte[] payload)
            throws CryptoException {
        final byte[] covered = Bytes.concat(header, payload);
        try {
            if (version.usesVariants()) {
                final KeyedCipher key = version.cipher().withKey(protection.variant(MAC_VARIANT));
                return Arrays.copyOf(CipherMac.cbc(key, Padding.METHOD_1, covered), version.macLength());
            }
            return CipherMac.cmac(derive(protection, MAC_USAGE), covered);
        } finally {
            Arrays.fill(covered, (byte) 0);
        }
    }

    private static KeyedCipher derive(final ProtectionKey protection, final int usage) throws CryptoException {
        final KeyedCipher master = protection.cipher();
        final int blockLength = master.blockLength();
        final byte[] derived = new byte[Bytes.roundUp(master.keyLength(), blockLength)];
        final byte[] input = new byte[DERIVATION_LENGTH];
        Bytes.putNumber(input, DERIVATION_USAGE_OFFSET, usage, Short.BYTES);
        Bytes.putNumber(input, DERIVATION_ALGORITHM_OFFSET, algorithmCode(master), Short.BYTES);
        Bytes.putNumber(input, DERIVATION_LENGTH_OFFSET, (long) master.keyLength() * Byte.SIZE, Short.BYTES);
        for (int offset = 0; offset < derived.length; offset += blockLength) {
            input[0]++;
            System.arraycopy(CipherMac.cmac(master, input), 0, derived, offset, blockLength);
        }
        final KeyedCipher result = master.algorithm().withKey(Arrays.copyOf(derived, master.keyLength()));
        Arrays.fill(derived, (byte) 0);
        return result;
    }

    /** 0 and 1 for DES with two and three keys; 2, 3, 4 for AES with 128, 192 and 256 bits. */
    private static int algorithmCode(final KeyedCipher master) {
        return master.algorithm() == CipherAlgorithm.TDES
                ? master.keyLength() / LONGEST_TDES_KEY
                : master.keyLength() / Long.BYTES;
    }

    private static byte[] counterMode(final KeyedCipher key, final byte[] start, final byte[] data)
            throws CryptoException {
        final int blockLength = key.blockLength();
        final byte[] counters = new byte[Bytes.roundUp(data.length, blockLength)];
        final byte[] counter = start.clone();
        for (int offset = 0; offset < counters.length; offset += blockLength) {
            System.arraycopy(counter, 0, counters, offset, blockLength);
            for (int i = blockLength - 1; i >= 0 && ++counter[i] == 0; i--) {
                // The carry goes on to the byte before.
            }
        }
        return Bytes.xor(data, key.encrypt(counters));
    }

    private static void requireCipher(final ProtectionKey protection, final KeyBlockVersion version)
            throws CryptoException {
        final KeyedCipher cipher = protection.cipher();
        if (cipher.algorithm() != version.cipher()) {
            throw new CryptoException(
                    CryptoError.WRONG_KEY_USAGE,
                    "version " + version + " needs a protection key for " + version.cipher());
        }
        if (cipher.keyLength() < 2 * Long.BYTES) {
            throw new CryptoException(CryptoError.BAD_KEY_LENGTH, "a single-length key protects no key block");
        }
    }

    private static void requireEqual(final byte[] announced, final byte[] computed) throws CryptoException {
        if (!MessageDigest.isEqual(announced, computed)) {
            throw new CryptoException(
                    CryptoError.KEY_BLOCK_NOT_AUTHENTIC, "another protection key, or the block was changed");
        }
    }

    private static CryptoException invalid(final String detail) {
        return new CryptoException(CryptoError.BAD_KEY_BLOCK, detail);
    }
}

package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.Hex;
import io.turnout.security.KeyBlocks;
import io.turnout.security.KeyCheckValue;
import io.turnout.security.KeyParity;
import io.turnout.security.KeyedCipher;
import io.turnout.security.PinTranslation;
import io.turnout.security.ProtectionKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What is the same wherever keys lie: generations, checks before a key is taken in, MACs and PIN translation. */
final class ZoneSecurityModule implements SecurityModule {
    private static final int MAXIMUM_NAME_LENGTH = 64;
    private static final int MINIMUM_CHECK_VALUE_LENGTH = 3;
    private static final KeyGeneration[] INCOMING = {KeyGeneration.CURRENT, KeyGeneration.PREVIOUS, KeyGeneration.NEXT};

    private final KeyHolder holder;
    private final int capacity;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, KeySet> keys = new HashMap<>();
    private long imports;

    /**
     * @param holder where keys lie; closed with this module
     * @param capacity names of keys at most
     */
    ZoneSecurityModule(final KeyHolder holder, final int capacity) {
        this.holder = holder;
        this.capacity = capacity;
    }

    @Override
    public KeyDescription masterKey(final String masterKey) throws CryptoException {
        final KeyedCipher cipher = protection(masterKey).cipher();
        return new KeyDescription(
                masterKey, masterKey, cipher.algorithm(), cipher.keyLength(), Hex.encode(KeyCheckValue.of(cipher)));
    }

    @Override
    public KeyDescription importKeyBlock(
            final String masterKey,
            final String name,
            final KeyPurpose purpose,
            final String keyBlock,
            final String checkValue)
            throws CryptoException {
        final KeyBlocks.Unwrapped unwrapped = KeyBlocks.unwrap(protection(masterKey), keyBlock);
        try {
            purpose.require(unwrapped.header());
            final CipherAlgorithm algorithm = algorithm(unwrapped.header().algorithm());
            return offer(name, purpose, algorithm, unwrapped.key(), checkValue, false);
        } finally {
            Arrays.fill(unwrapped.key(), (byte) 0);
        }
    }

    @Override
    public KeyDescription importCryptogram(
            final String masterKey, final String name, final KeyPurpose purpose, final KeyCryptogram cryptogram)
            throws CryptoException {
        final KeyedCipher master = protection(masterKey).cipher();
        final byte[] encrypted = Hex.decode("the key cryptogram", cryptogram.cryptogram());
        cryptogram.algorithm().checkKeyLength(encrypted.length);
        final byte[] key =
                switch (cryptogram.mode()) {
                    case ECB -> master.decrypt(encrypted);
                    case CBC -> master.decryptCbc(new byte[master.blockLength()], encrypted);
                };
        final byte[] adjusted = cryptogram.algorithm() == CipherAlgorithm.TDES ? KeyParity.adjusted(key) : key.clone();
        try {
            if (cryptogram.parity() == KeyCryptogram.Parity.REQUIRE && !Arrays.equals(key, adjusted)) {
                throw new CryptoException(CryptoError.BAD_PARITY, "the new key lacks odd parity");
            }
            return offer(name, purpose, cryptogram.algorithm(), adjusted, cryptogram.checkValue(), true);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(adjusted, (byte) 0);
        }
    }

    @Override
    public KeyDescription activate(final String name, final long nowNs, final long graceNs) throws CryptoException {
        if (graceNs < 0) {
            throw new IllegalArgumentException("graceNs=" + graceNs);
        }
        final KeySet set = keys.get(name);
        final WorkingKey activated = set == null ? null : set.activate(nowNs, graceNs);
        if (activated == null) {
            throw new CryptoException(CryptoError.UNKNOWN_KEY, "no next key " + name);
        }
        return activated.description();
    }

    @Override
    public boolean discardNext(final String name) {
        final KeySet set = keys.get(name);
        return set != null && set.discardNext();
    }

    @Override
    public int expire(final long nowNs) {
        int expired = 0;
        for (final KeySet set : keys.values()) {
            expired += set.expire(nowNs) ? 1 : 0;
        }
        return expired;
    }

    @Override
    public KeyDescription describe(final String name, final KeyGeneration generation) {
        final KeySet set = keys.get(name);
        final WorkingKey key = set == null ? null : set.get(generation);
        return key == null ? null : key.description();
    }

    @Override
    public void generateMac(
            final String name, final MacScheme scheme, final byte[] data, final int length, final byte[] mac)
            throws CryptoException {
        current(name).mac(scheme, data, length, mac);
    }

    @Override
    public KeyGeneration verifyMac(
            final String name,
            final MacScheme scheme,
            final byte[] data,
            final int length,
            final byte[] mac,
            final long nowNs)
            throws CryptoException {
        current(name);
        for (final KeyGeneration generation : INCOMING) {
            final WorkingKey key = keys.get(name).get(generation, nowNs);
            if (key != null && key.hasMac(scheme, data, length, mac)) {
                return generation;
            }
        }
        return KeyGeneration.NONE;
    }

    @Override
    public byte[] translatePin(
            final PinZone from, final byte[] block, final PinZone to, final CharSequence pan, final long nowNs)
            throws CryptoException {
        final PinTranslation target =
                new PinTranslation(to.format(), current(to.keyName()).cipher(KeyPurpose.PIN));
        final KeyedCipher source = current(from.keyName()).cipher(KeyPurpose.PIN);
        try {
            return new PinTranslation(from.format(), source).translate(block, target, pan, random);
        } catch (final CryptoException e) {
            final WorkingKey previous = keys.get(from.keyName()).get(KeyGeneration.PREVIOUS, nowNs);
            if (e.error() != CryptoError.BAD_PIN_BLOCK || previous == null) {
                throw e;
            }
            return new PinTranslation(from.format(), previous.cipher(KeyPurpose.PIN))
                    .translate(block, target, pan, random);
        }
    }

    @Override
    public byte[] translatePin(
            final DukptZone from, final byte[] ksn, final byte[] block, final PinZone to, final CharSequence pan)
            throws CryptoException {
        final PinTranslation target =
                new PinTranslation(to.format(), current(to.keyName()).cipher(KeyPurpose.PIN));
        final KeyedCipher source = current(from.keyName()).pinKeyOf(from, ksn);
        return new PinTranslation(from.format(), source).translate(block, target, pan, random);
    }

    @Override
    public void close() {
        keys.clear();
        holder.close();
    }

    private KeyDescription offer(
            final String name,
            final KeyPurpose purpose,
            final CipherAlgorithm algorithm,
            final byte[] key,
            final String checkValue,
            final boolean checkValueNeeded)
            throws CryptoException {
        if (name.isEmpty() || name.length() > MAXIMUM_NAME_LENGTH) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a key's name has 1 to 64 characters");
        }
        if (!keys.containsKey(name) && keys.size() == capacity) {
            throw new CryptoException(CryptoError.TOO_MANY_KEYS, capacity + " keys are the limit");
        }
        final WorkingKey working = WorkingKey.of(holder, purpose, name, name + "#" + (imports + 1), algorithm, key);
        if (checkValueNeeded || !checkValue.isEmpty()) {
            requireCheckValue(working.cipher(purpose), Hex.decode("the check value", checkValue));
        }
        final KeySet set = keys.computeIfAbsent(name, ignored -> new KeySet());
        final WorkingKey same = set.inUse(working.description().checkValue());
        if (same != null) {
            return same.description();
        }
        if (set.wasUsed(working.description().checkValue())) {
            throw new CryptoException(CryptoError.KEY_REUSED, "the new key was in use before");
        }
        imports++;
        set.offer(working);
        return working.description();
    }

    /** Partners make check values of AES keys in two ways; either proves the same. */
    private static void requireCheckValue(final KeyedCipher key, final byte[] announced) throws CryptoException {
        final int length = announced.length;
        if (length < MINIMUM_CHECK_VALUE_LENGTH || length > key.blockLength()) {
            throw new CryptoException(CryptoError.BAD_PARAMETER, "a check value has 3 bytes or more");
        }
        final boolean agrees = MessageDigest.isEqual(KeyCheckValue.zeros(key, length), announced)
                || MessageDigest.isEqual(KeyCheckValue.cmac(key, length), announced);
        if (!agrees) {
            throw new CryptoException(CryptoError.CHECK_VALUE_MISMATCH, "the new key is not the announced one");
        }
    }

    private static CipherAlgorithm algorithm(final char keyBlockCode) throws CryptoException {
        return switch (keyBlockCode) {
            case 'T', 'D' -> CipherAlgorithm.TDES;
            case 'A' -> CipherAlgorithm.AES;
            default -> throw new CryptoException(CryptoError.UNSUPPORTED, "keys for algorithm " + keyBlockCode);
        };
    }

    private ProtectionKey protection(final String masterKey) throws CryptoException {
        final ProtectionKey key = holder.masterKey(masterKey);
        if (key == null) {
            throw new CryptoException(CryptoError.UNKNOWN_KEY, "no master key " + masterKey);
        }
        return key;
    }

    private WorkingKey current(final String name) throws CryptoException {
        final KeySet set = keys.get(name);
        final WorkingKey key = set == null ? null : set.get(KeyGeneration.CURRENT);
        if (key == null) {
            throw new CryptoException(CryptoError.UNKNOWN_KEY, "no active key " + name);
        }
        return key;
    }
}

package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyBlocks;
import io.turnout.security.KeyedCipher;
import io.turnout.security.ProtectionKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys in the memory of this process: for development, tests, and links without PINs. Whoever reads the process's
 * memory has the keys, so a production switch must be told in so many words to do with it.
 */
public final class SoftwareSecurityModule {

    private SoftwareSecurityModule() {}

    /** Master keys to start with. */
    public static final class MasterKeys {
        private final Map<String, ProtectionKey> keys = new HashMap<>();

        /**
         * Adds one.
         *
         * @param key copied; the caller wipes its own
         */
        public MasterKeys add(final String name, final CipherAlgorithm algorithm, final byte[] key)
                throws CryptoException {
            keys.put(name, ProtectionKey.inMemory(algorithm, key));
            return this;
        }

        /**
         * Adds one that comes in a key block of usage K0 or K1.
         *
         * @param under name of the master key that protects the block, added before
         */
        public MasterKeys addKeyBlock(final String name, final String under, final String keyBlock)
                throws CryptoException {
            final ProtectionKey protection = keys.get(under);
            if (protection == null) {
                throw new CryptoException(CryptoError.UNKNOWN_KEY, "no master key " + under);
            }
            final KeyBlocks.Unwrapped unwrapped = KeyBlocks.unwrap(protection, keyBlock);
            try {
                if (!unwrapped.header().usage().startsWith("K")) {
                    throw new CryptoException(
                            CryptoError.WRONG_KEY_USAGE, "key " + name + " does not protect other keys");
                }
                final CipherAlgorithm algorithm =
                        unwrapped.header().algorithm() == 'A' ? CipherAlgorithm.AES : CipherAlgorithm.TDES;
                return add(name, algorithm, unwrapped.key());
            } finally {
                Arrays.fill(unwrapped.key(), (byte) 0);
            }
        }
    }

    /**
     * Starts a module.
     *
     * @param masterKeys wiped when the module is closed
     * @param capacity names of zone keys at most
     * @param environment where it runs
     * @throws IllegalStateException in production, unless allowed
     */
    public static SecurityModule start(final MasterKeys masterKeys, final int capacity, final Environment environment) {
        if (environment == Environment.PRODUCTION) {
            throw new IllegalStateException("keys in memory are refused in production;"
                    + " use a PKCS#11 token or allow the software module explicitly");
        }
        return new ZoneSecurityModule(new Memory(masterKeys.keys), capacity);
    }

    /** Where a software module runs. */
    public enum Environment {
        /** Trials: allowed. */
        DEVELOPMENT,
        /** Real payments: refused. */
        PRODUCTION,
        /** Real payments, and the operator has said that keys in memory will do. */
        PRODUCTION_BUT_ALLOWED
    }

    private record Memory(Map<String, ProtectionKey> masterKeys) implements KeyHolder {
        @Override
        public ProtectionKey masterKey(final String name) {
            return masterKeys.get(name);
        }

        @Override
        public KeyedCipher hold(final CipherAlgorithm algorithm, final byte[] key) throws CryptoException {
            return algorithm.withKey(key);
        }

        @Override
        public void close() {
            masterKeys.values().forEach(ProtectionKey::wipe);
            masterKeys.clear();
        }
    }
}

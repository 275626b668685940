package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyedCipher;
import io.turnout.security.ProtectionKey;

/** Where keys lie: in memory or in a token. */
interface KeyHolder {

    /** The master key of a name, or null. */
    ProtectionKey masterKey(String name) throws CryptoException;

    /** Takes a key in; the caller wipes its bytes. */
    KeyedCipher hold(CipherAlgorithm algorithm, byte[] key) throws CryptoException;

    /** Forgets everything. */
    void close();
}

package io.turnout.security.module;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.KeyedCipher;
import io.turnout.security.ProtectionKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.security.auth.login.LoginException;

/**
 * Keys in a PKCS#11 token. Master keys never leave it. Zone keys are unwrapped with the token's help, are in this
 * process's memory for that moment because PKCS#11 knows neither key blocks nor PIN translation, and then live in the
 * token as session objects that cannot be read back. For the same reason versions A and C of key blocks, which need the
 * master key's bytes, are refused as unsupported.
 *
 * <p>A process logs in to a token as a whole, so it has one module for each token: closing one would log out the other.
 */
public final class Pkcs11SecurityModule {
    private static final String PROVIDER = "SunPKCS11";
    private static final String KEY_ATTRIBUTES = """
            attributes(*, CKO_SECRET_KEY, *) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
            }
            """;

    private Pkcs11SecurityModule() {}

    /**
     * Where the token is.
     *
     * @param library the vendor's PKCS#11 library
     * @param slotIndex number of the slot in the library's list, from 0
     */
    public record Token(Path library, int slotIndex) {

        String configuration() {
            // A double quote would end the name in SunPKCS11's own syntax.
            return "--name = turnout" + slotIndex + "\nlibrary = \"" + library.toAbsolutePath() + "\"\nslotListIndex = "
                    + slotIndex + "\n" + KEY_ATTRIBUTES;
        }
    }

    /**
     * A master key in the token.
     *
     * @param algorithm its cipher
     * @param keyLength bytes; a double-length DES key, which tokens keep as three parts, has 16
     */
    public record MasterKey(CipherAlgorithm algorithm, int keyLength) {}

    /**
     * Logs in and finds the master keys.
     *
     * @param pin of the token's user; the caller wipes it
     * @param masterKeys by their labels in the token
     * @param capacity names of zone keys at most
     */
    public static SecurityModule start(
            final Token token, final char[] pin, final Map<String, MasterKey> masterKeys, final int capacity)
            throws CryptoException {
        final TokenKeys keys = new TokenKeys(provider(token), new HashMap<>());
        boolean started = false;
        try {
            final KeyStore store = KeyStore.getInstance("PKCS11", keys.provider);
            store.load(null, pin);
            for (final Map.Entry<String, MasterKey> entry : masterKeys.entrySet()) {
                keys.masterKeys.put(entry.getKey(), masterKey(store, keys.provider, entry.getKey(), entry.getValue()));
            }
            started = true;
            return new ZoneSecurityModule(keys, capacity);
        } catch (final GeneralSecurityException | IOException | ProviderException e) {
            throw new CryptoException(CryptoError.DEVICE_FAILED, "the token refuses: " + reason(e));
        } finally {
            if (!started) {
                keys.close();
            }
        }
    }

    /** The token's provider, for key ceremonies; keys it makes or takes in cannot be read back. */
    static Provider provider(final Token token) throws CryptoException {
        final Provider template = Security.getProvider(PROVIDER);
        if (template == null) {
            throw new CryptoException(CryptoError.UNSUPPORTED, "this Java lacks " + PROVIDER);
        }
        try {
            return template.configure(token.configuration());
        } catch (final InvalidParameterException | ProviderException e) {
            throw new CryptoException(CryptoError.DEVICE_FAILED, "no token: " + reason(e));
        }
    }

    private static ProtectionKey masterKey(
            final KeyStore store, final Provider provider, final String label, final MasterKey expected)
            throws GeneralSecurityException, CryptoException {
        if (!(store.getKey(label, null) instanceof SecretKey key)) {
            throw new CryptoException(CryptoError.UNKNOWN_KEY, "the token has no secret key " + label);
        }
        if (!key.getAlgorithm().equals(expected.algorithm().jceName())) {
            throw new CryptoException(
                    CryptoError.WRONG_KEY_USAGE, "key " + label + " in the token is for " + key.getAlgorithm());
        }
        return ProtectionKey.inToken(new KeyedCipher(expected.algorithm(), expected.keyLength(), key, provider));
    }

    private static String reason(final Exception e) {
        final Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage();
    }

    private record TokenKeys(Provider provider, Map<String, ProtectionKey> masterKeys) implements KeyHolder {
        @Override
        public ProtectionKey masterKey(final String name) {
            return masterKeys.get(name);
        }

        @Override
        public KeyedCipher hold(final CipherAlgorithm algorithm, final byte[] key) throws CryptoException {
            try {
                final SecretKey held = SecretKeyFactory.getInstance(algorithm.jceName(), provider)
                        .translateKey(algorithm.keySpec(key));
                return new KeyedCipher(algorithm, key.length, held, provider);
            } catch (final GeneralSecurityException | ProviderException e) {
                throw new CryptoException(CryptoError.DEVICE_FAILED, "the token takes no key: " + reason(e));
            }
        }

        @Override
        public void close() {
            masterKeys.clear();
            if (provider instanceof AuthProvider token) {
                try {
                    token.logout();
                } catch (final LoginException e) {
                    // The token is gone or was never logged in: there is nothing left to protect.
                    return;
                }
            }
        }
    }
}

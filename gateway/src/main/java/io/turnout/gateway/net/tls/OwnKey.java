package io.turnout.gateway.net.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Our one certificate. It is shown to whoever asks, also when the peer names other authorities: the peer then refuses
 * it by name, instead of complaining that there is none.
 */
final class OwnKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "own";

    private final PrivateKey key;
    private final X509Certificate[] chain;
    private final String algorithm;

    OwnKey(final PrivateKey key, final List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain.toArray(new X509Certificate[0]);
        this.algorithm = this.chain[0].getPublicKey().getAlgorithm();
    }

    @Override
    public String chooseEngineClientAlias(final String[] keyTypes, final Principal[] issuers, final SSLEngine engine) {
        return chooseClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String chooseEngineServerAlias(final String keyType, final Principal[] issuers, final SSLEngine engine) {
        return chooseServerAlias(keyType, issuers, null);
    }

    @Override
    public String chooseClientAlias(final String[] keyTypes, final Principal[] issuers, final Socket socket) {
        for (final String keyType : keyTypes) {
            if (isOf(keyType)) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public String chooseServerAlias(final String keyType, final Principal[] issuers, final Socket socket) {
        return isOf(keyType) ? ALIAS : null;
    }

    @Override
    public String[] getClientAliases(final String keyType, final Principal[] issuers) {
        return isOf(keyType) ? new String[] {ALIAS} : null;
    }

    @Override
    public String[] getServerAliases(final String keyType, final Principal[] issuers) {
        return getClientAliases(keyType, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(final String alias) {
        return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(final String alias) {
        return key;
    }

    /** TLS 1.2 may name the algorithm of the authority's signature behind the key's: {@code EC_RSA}. */
    private boolean isOf(final String keyType) {
        return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
    }
}

package io.turnout.gateway.net.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where our own certificate and its key are.
 *
 * @param certificate PEM: our certificate, then those of the authorities between it and a root; or, without a key file,
 *     a PKCS#12 file with all of them and one key
 * @param key PEM: PKCS#8, encrypted or not; empty = the other file is PKCS#12
 * @param passphrase of the key or the PKCS#12 file; empty = none
 */
public record TlsKeyFiles(Path certificate, Optional<Path> key, String passphrase) {

    @Override
    public String toString() {
        return "TlsKeyFiles[certificate=" + certificate + ", key="
                + key.map(Path::toString).orElse("PKCS#12") + "]";
    }
}

package io.turnout.security.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.turnout.security.CipherAlgorithm;
import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract against SoftHSM 2, a PKCS#11 token in software. Skipped where it is not installed; to run it:
 *
 * <pre>
 *   apt-get install -y softhsm2 &amp;&amp; mvn -pl security test -Dtest=Pkcs11SecurityModuleTest
 * </pre>
 */
final class Pkcs11SecurityModuleTest extends SecurityModuleContract {
    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so"), Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));
    private static final String PIN = "4711";
    private static final int COMMAND_TIMEOUT_S = 30;

    private static Path library;

    @BeforeAll
    static void prepareToken() throws Exception {
        library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
        assumeTrue(library != null, "SoftHSM is not installed (apt-get install softhsm2): PKCS#11 is not tested");
        final Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        final Path tokens = configuration.resolveSibling("tokens");
        deleteAll(tokens);
        Files.createDirectories(tokens);
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nlog.level = ERROR\n");
        final Process command = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", "turnout", "--so-pin", PIN, "--pin", PIN)
                .redirectErrorStream(true)
                .redirectOutput(configuration.resolveSibling("init-token.log").toFile())
                .start();
        assertEquals(true, command.waitFor(COMMAND_TIMEOUT_S, TimeUnit.SECONDS));
        assertEquals(0, command.exitValue());
        final KeyStore store = KeyStore.getInstance("PKCS11", Pkcs11SecurityModule.provider(token()));
        store.load(null, PIN.toCharArray());
        for (final MasterKeys key : MasterKeys.values()) {
            store.setEntry(key.label, new KeyStore.SecretKeyEntry(key.algorithm.keySpec(key.bytes())), null);
        }
    }

    @Override
    SecurityModule start(final int capacity) throws CryptoException {
        return Pkcs11SecurityModule.start(token(), PIN.toCharArray(), MasterKeys.inToken(), capacity);
    }

    @Test
    void shouldFindMasterKeysThatCannotBeReadBack() throws Exception {
        final KeyStore store = KeyStore.getInstance("PKCS11", Pkcs11SecurityModule.provider(token()));
        store.load(null, PIN.toCharArray());

        assertNull(store.getKey(MasterKeys.TDES.label, null).getEncoded());
    }

    @Test
    void shouldNameWhatIsMissingInTheToken() {
        // Given nobody logged in, as a process logs in to a token as a whole
        stop();
        final var keys = Map.of("zmk-none", new Pkcs11SecurityModule.MasterKey(CipherAlgorithm.TDES, 16));
        final var otherCipher =
                Map.of(MasterKeys.TDES.label, new Pkcs11SecurityModule.MasterKey(CipherAlgorithm.AES, 16));

        assertRefused(CryptoError.UNKNOWN_KEY, token(), PIN, keys);
        assertRefused(CryptoError.WRONG_KEY_USAGE, token(), PIN, otherCipher);
        assertRefused(CryptoError.DEVICE_FAILED, token(), "0000", keys);
        assertRefused(CryptoError.DEVICE_FAILED, new Pkcs11SecurityModule.Token(Path.of("/none.so"), 0), PIN, keys);
    }

    @Test
    void shouldRefuseKeyBlocksThatNeedTheMasterKeysBytes() throws Exception {
        final String block = "A0072P0TE00E0000F5161ED902807AF26F1D62263644BD24192FDB3193C730301CEE8701";
        try (SecurityModule module = start(1)) {
            final CryptoException refused = assertThrows(
                    CryptoException.class,
                    () -> module.importKeyBlock(MasterKeys.TDES.label, "pin", KeyPurpose.PIN, block, ""));
            assertEquals(CryptoError.UNSUPPORTED, refused.error());
        }
    }

    private static void assertRefused(
            final CryptoError error,
            final Pkcs11SecurityModule.Token token,
            final String pin,
            final Map<String, Pkcs11SecurityModule.MasterKey> keys) {
        final CryptoException refused = assertThrows(
                CryptoException.class, () -> Pkcs11SecurityModule.start(token, pin.toCharArray(), keys, 1));
        assertEquals(error, refused.error());
    }

    private static Pkcs11SecurityModule.Token token() {
        return new Pkcs11SecurityModule.Token(library, 0);
    }

    private static void deleteAll(final Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}

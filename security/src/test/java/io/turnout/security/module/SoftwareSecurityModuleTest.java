package io.turnout.security.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.turnout.security.CryptoError;
import io.turnout.security.CryptoException;
import io.turnout.security.module.SoftwareSecurityModule.Environment;
import org.junit.jupiter.api.Test;

final class SoftwareSecurityModuleTest extends SecurityModuleContract {

    @Override
    SecurityModule start(final int capacity) throws CryptoException {
        return SoftwareSecurityModule.start(masterKeys(), capacity, Environment.DEVELOPMENT);
    }

    @Test
    void shouldRefuseToStartInProductionUnlessAllowed() throws CryptoException {
        final SoftwareSecurityModule.MasterKeys keys = masterKeys();

        assertThrows(IllegalStateException.class, () -> SoftwareSecurityModule.start(keys, 1, Environment.PRODUCTION));
        SoftwareSecurityModule.start(keys, 1, Environment.PRODUCTION_BUT_ALLOWED)
                .close();
    }

    @Test
    void shouldForgetMasterKeysWhenClosed() throws CryptoException {
        final SecurityModule module = start(1);

        module.close();

        final CryptoException refused =
                assertThrows(CryptoException.class, () -> module.masterKey(MasterKeys.TDES.label));
        assertEquals(CryptoError.UNKNOWN_KEY, refused.error());
    }

    private static SoftwareSecurityModule.MasterKeys masterKeys() throws CryptoException {
        final SoftwareSecurityModule.MasterKeys keys = new SoftwareSecurityModule.MasterKeys();
        for (final MasterKeys key : MasterKeys.values()) {
            keys.add(key.label, key.algorithm, key.bytes());
        }
        return keys;
    }
}

package io.turnout.gateway.security;

import io.turnout.security.AesDukpt;
import io.turnout.security.CipherAlgorithm;
import io.turnout.security.TdesDukpt;
import io.turnout.security.module.DukptZone;
import io.turnout.security.module.PinZone;

/**
 * How an acquirer's PIN blocks come in: under a zone key, or under keys that terminals derive. One of the two.
 *
 * @param zone key and format; null = derived keys
 * @param devices base derivation key and format; null = a zone key
 */
public record PinSource(PinZone zone, DukptZone devices) {

    /** Checks that it is one of the two. */
    public PinSource {
        if ((zone == null) == (devices == null)) {
            throw new IllegalArgumentException("zone=" + zone + " devices=" + devices);
        }
    }

    /** Bytes of a key serial number, when terminals derive keys. */
    int ksnLength() {
        return devices.algorithm() == CipherAlgorithm.TDES ? TdesDukpt.KSN_LENGTH : AesDukpt.KSN_LENGTH;
    }
}

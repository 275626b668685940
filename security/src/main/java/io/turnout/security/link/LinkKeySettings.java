package io.turnout.security.link;

import io.turnout.security.module.KeyPurpose;

/**
 * How one key of a link is kept and changed.
 *
 * @param masterKey name of the key that new keys come under
 * @param name of the key
 * @param purpose what for
 * @param switchDelayNs after which a new key is used for what goes out even if the peer has not used it, 0 or more
 * @param graceNs how long the old key stays good for what comes in after the change, 0 or more; customary 60 s
 * @param failureLimit wrong MACs in a row after which a new key is asked for, 1 or more; customary 5
 * @param requestIntervalNs between two requests for a key; 0 = the key is never asked for, it comes from elsewhere
 */
public record LinkKeySettings(
        String masterKey,
        String name,
        KeyPurpose purpose,
        long switchDelayNs,
        long graceNs,
        int failureLimit,
        long requestIntervalNs) {

    /** Checks ranges. */
    public LinkKeySettings {
        if (switchDelayNs < 0 || graceNs < 0 || failureLimit < 1 || requestIntervalNs < 0) {
            throw new IllegalArgumentException("switchDelayNs=" + switchDelayNs + " graceNs=" + graceNs
                    + " failureLimit=" + failureLimit + " requestIntervalNs=" + requestIntervalNs);
        }
    }

    /** Whether the peers change this key by messages. */
    boolean isExchanged() {
        return requestIntervalNs > 0;
    }
}

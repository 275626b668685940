package io.turnout.gateway.vault;

import javax.crypto.spec.SecretKeySpec;

/** The sealing keys used lately, so that a key is not derived per card. A new one takes the place of the oldest. */
final class SealingKeys {

    private static final int CAPACITY = 16;

    private final int[] keyIds = new int[CAPACITY];
    private final int[] gatewayIds = new int[CAPACITY];
    private final long[] incarnations = new long[CAPACITY];
    private final SecretKeySpec[] keys = new SecretKeySpec[CAPACITY];
    private int next;

    /** The key, or null when it must be derived. */
    SecretKeySpec find(final int keyId, final int gatewayId, final long incarnation) {
        for (int i = 0; i < CAPACITY; i++) {
            if (incarnations[i] == incarnation && gatewayIds[i] == gatewayId && keyIds[i] == keyId && keys[i] != null) {
                return keys[i];
            }
        }
        return null;
    }

    SecretKeySpec add(final int keyId, final int gatewayId, final long incarnation, final SecretKeySpec key) {
        keyIds[next] = keyId;
        gatewayIds[next] = gatewayId;
        incarnations[next] = incarnation;
        keys[next] = key;
        next = (next + 1) % CAPACITY;
        return key;
    }
}

package io.turnout.security.calculator;

import io.turnout.security.CryptoException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Initial keys of devices heard of; forgets the oldest when there are too many. */
final class KnownDevices extends LinkedHashMap<String, byte[]> {
    private static final long serialVersionUID = 1L;
    private static final int CAPACITY = 10_000;

    @Override
    protected boolean removeEldestEntry(final Map.Entry<String, byte[]> eldest) {
        return size() > CAPACITY;
    }

    /** How an initial key is made when nobody gave it. */
    @FunctionalInterface
    interface Derivation {
        byte[] initialKey(byte[] baseKey) throws CryptoException;
    }

    /**
     * The device's initial key: given in the question, made from the base key in the question, remembered, or made from
     * the standard's example.
     */
    byte[] initialKey(
            final Question question, final String device, final byte[] exampleBaseKey, final Derivation derivation)
            throws CryptoException {
        if (question.has("ik")) {
            put(device, question.bytes("ik"));
        } else if (question.has("bdk")) {
            put(device, derivation.initialKey(question.bytes("bdk")));
        } else if (!containsKey(device)) {
            put(device, derivation.initialKey(exampleBaseKey));
        }
        return get(device);
    }
}

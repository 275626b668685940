package io.turnout.gateway.acquirer;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which session waits for the answer to which request, so that the limit of unanswered requests per session stays exact
 * when a request is repeated on another session. A request is known by a 64-bit hash of its key; should two keys ever
 * share one, a limit is off by one until the next answer, and nothing else happens.
 */
final class InFlightRequests {

    /** No session. */
    static final long NONE = 0;

    private static final float LOAD_FACTOR = 0.55f;

    private final Long2LongHashMap sessionIds = new Long2LongHashMap(1024, LOAD_FACTOR, NONE);

    /** Names a request. */
    static long key(
            final int templateId, final long acquirerId, final long high, final long low, final long createdAtNs) {
        long hash = mix(high, templateId);
        hash = mix(low, hash);
        hash = mix(createdAtNs, hash);
        return mix(acquirerId, hash);
    }

    /**
     * Notes that a session waits for an answer.
     *
     * @return the session that waited for it before, or {@link #NONE}
     */
    long begin(final long key, final long sessionId) {
        return sessionIds.put(key, sessionId);
    }

    /**
     * Notes that the answer came.
     *
     * @return the session that waited for it, or {@link #NONE}
     */
    long end(final long key) {
        return sessionIds.remove(key);
    }

    int count() {
        return sessionIds.size();
    }

    /** The finalizer of SplitMix64. */
    private static long mix(final long value, final long seed) {
        long hash = (value ^ seed) * 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }
}

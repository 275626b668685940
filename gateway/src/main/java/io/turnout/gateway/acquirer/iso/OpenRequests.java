package io.turnout.gateway.acquirer.iso;

import java.nio.ByteBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The requests of one acquirer that wait for their answer: on which session, with what content, and what the answer
 * will echo. Memory only, outside the Java heap, bounded, wiped when a request is answered or its session is lost; the
 * acquirer's repeat brings all of it again. Used by one thread; allocates nothing once constructed.
 */
final class OpenRequests {

    /** No such request, or no room for one. */
    static final int NONE = -1;

    private static final float LOAD_FACTOR = 0.55f;

    private final IsoAcquirerSession[] sessions;
    private final long[] high;
    private final long[] low;
    private final long[] contents;
    private final int[] mtis;
    private final int[] free;
    private final UnsafeBuffer memory;
    private final Long2LongHashMap slots;
    private final Echo echo = new Echo();
    private int freeCount;

    OpenRequests(final int capacity) {
        sessions = new IsoAcquirerSession[capacity];
        high = new long[capacity];
        low = new long[capacity];
        contents = new long[capacity];
        mtis = new int[capacity];
        free = new int[capacity];
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * Echo.CAPACITY));
        slots = new Long2LongHashMap(2 * capacity, LOAD_FACTOR, NONE);
        for (int slot = 0; slot < capacity; slot++) {
            free[slot] = slot;
        }
        freeCount = capacity;
    }

    int count() {
        return sessions.length - freeCount;
    }

    /** The slot of the request with this key, or {@link #NONE}. */
    int find(final long keyHigh, final long keyLow) {
        final int slot = (int) slots.get(index(keyHigh, keyLow));
        return slot != NONE && high[slot] == keyHigh && low[slot] == keyLow ? slot : NONE;
    }

    /**
     * Keeps a request that is not there.
     *
     * @return its slot; {@link #NONE} when every slot is taken, or when its place in the index is, which the key of
     *     another request gives once in 2^64
     */
    int open(
            final IsoAcquirerSession session,
            final long keyHigh,
            final long keyLow,
            final int mti,
            final long content,
            final Echo echoed) {
        final long index = index(keyHigh, keyLow);
        if (freeCount == 0 || slots.containsKey(index)) {
            return NONE;
        }
        final int slot = free[--freeCount];
        slots.put(index, slot);
        sessions[slot] = session;
        high[slot] = keyHigh;
        low[slot] = keyLow;
        mtis[slot] = mti;
        contents[slot] = content;
        echo(slot).copy(echoed);
        session.requestBegun();
        return slot;
    }

    /** Gives a request to the session on which it was repeated. */
    void move(final int slot, final IsoAcquirerSession session) {
        sessions[slot].requestEnded();
        sessions[slot] = session;
        session.requestBegun();
    }

    /** Forgets a request. */
    void close(final int slot) {
        slots.remove(index(high[slot], low[slot]));
        memory.setMemory(slot * Echo.CAPACITY, Echo.CAPACITY, (byte) 0);
        sessions[slot].requestEnded();
        sessions[slot] = null;
        free[freeCount++] = slot;
    }

    /** Forgets what waits on a session. */
    void closeAll(final IsoAcquirerSession session) {
        for (int slot = 0; slot < sessions.length; slot++) {
            if (sessions[slot] == session) {
                close(slot);
            }
        }
    }

    IsoAcquirerSession session(final int slot) {
        return sessions[slot];
    }

    /** Message type of the first transmission seen here. */
    int mti(final int slot) {
        return mtis[slot];
    }

    boolean hasContent(final int slot, final long content) {
        return contents[slot] == content;
    }

    /** Valid until the next call. */
    Echo echo(final int slot) {
        return echo.wrap(memory, slot * Echo.CAPACITY);
    }

    private static long index(final long keyHigh, final long keyLow) {
        return keyHigh ^ Long.rotateLeft(keyLow, 32);
    }
}
